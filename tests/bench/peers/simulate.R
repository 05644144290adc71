# The workload of bench_simulate in vectorised R: Rscript simulate.R P H CELLS THREADS SEED
# (one thread, whatever THREADS says). Prints the same line of JSON.
argument <- as.numeric(commandArgs(trailingOnly = TRUE))
draws <- argument[1]
years <- argument[2]
cells <- argument[3]
set.seed(argument[5])
levels <- c(.05, .10, .25, .50, .75, .90, .95)

one_cell <- function(indicator = 3, scenario = 4) {
  speed <- 1 + 0.1 * scenario * pmin(1, seq_len(years) / (1 + scenario %% 5))
  shared <- rnorm(draws)
  gap <- 5 + indicator + 0.40 * shared
  slope <- -(0.30 + 0.02 * indicator) +
    0.06 * (-0.5 * shared + sqrt(1 - 0.5^2) * rnorm(draws))
  first <- rep.int(years + 1, draws)
  paths <- matrix(0, draws, years)
  for (t in seq_len(years)) {
    gap <- gap + slope * speed[t] + rnorm(draws, sd = 0.50)
    first[first > years & gap <= 0] <- t
    first[gap > 0.50] <- years + 1
    paths[, t] <- gap
  }
  list(
    hist = tabulate(first, years + 1),
    q = apply(paths, 2, quantile, probs = levels, names = FALSE, type = 7)
  )
}

start <- proc.time()
for (cell in seq_len(cells)) answer <- one_cell()
spent <- proc.time() - start

list_of <- function(x, format) paste(sprintf(format, x), collapse = ",")
cat(sprintf(
  '{"impl":"R","P":%.0f,"H":%.0f,"cells":%.0f,"wall":%.3f,"cpu":%.3f,"hist":[%s],"q":[%s]}\n',
  draws, years, cells, spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]],
  list_of(answer$hist, "%d"), list_of(as.vector(answer$q), "%.9g")
))
