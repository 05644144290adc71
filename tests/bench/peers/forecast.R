# forecast.R FILE FIRST N: ets and auto.arima of the R package forecast on N series of a benchmark
# file from number FIRST on (from 0), each with 80 and 95 % intervals 6 years ahead, on one thread.
# Prints the milliseconds that one series takes, `ets arima`.
suppressMessages(library(forecast))
arguments <- commandArgs(TRUE)
first <- as.integer(arguments[2])
n <- as.integer(arguments[3])
rows <- read.csv(gzfile(arguments[1]))
rows <- rows[rows$part == "train", ]
series <- split(rows$value, factor(rows$series, unique(rows$series)))[first + seq_len(n)]
milliseconds <- function(fit) {
    fit(series[[1]]) # what R compiles on first use is not counted
    1e3 * system.time(for (y in series) forecast(fit(y), h = 6, level = c(80, 95)))[["elapsed"]] / n
}
cat(milliseconds(function(y) ets(ts(y))), milliseconds(function(y) auto.arima(ts(y))), "\n")
