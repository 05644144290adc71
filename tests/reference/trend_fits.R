# Least squares of every kind by R's own lm and nls. Time is counted from the last year.
all <- read.csv("trend_series.csv", comment.char = "#")
cat("# Rscript trend_fits.R > trend_fits.csv\n")
cat("family,series,weighted,breaks,quantity,estimate,se\n")

say <- function(family, series, weighted, breaks, quantity, estimate, se)
    cat(sprintf("%s,%s,%s,%s,%s,%.17g,%.17g\n", family, series, weighted, breaks, quantity,
                estimate, se))

# Corrected Akaike criterion without the constant n (1 + ln 2 pi), of the figures themselves: jacobian
# is the sum of ln |d fitted scale / d figure|.
aicc <- function(fit, jacobian) {
    n <- nobs(fit)
    k <- attr(logLik(fit), "df")
    -2 * (as.numeric(logLik(fit)) + jacobian) - n * (1 + log(2 * pi)) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
}

report <- function(fit, family, series, weighted, breaks, names, scale = 1, jacobian = 0) {
    table <- summary(fit)$coefficients
    for (k in seq_along(names))
        say(family, series, weighted, breaks, names[k], scale[min(k, length(scale))] * table[k, 1],
            table[k, 2])
    say(family, series, weighted, breaks, "sigma", summary(fit)$sigma, 0)
    say(family, series, weighted, breaks, "aicc", aicc(fit, jacobian), 0)
}

# with derivatives, since differences would cost the errors half their digits
asymptotic <- deriv(~ F + K * exp(-k * t), c("F", "K", "k"), function(F, K, k, t) NULL)
logistic <- deriv(~ F + K / (1 + exp(-(a + b * t))), c("F", "K", "a", "b"),
                  function(F, K, a, b, t) NULL)

for (series in c("falling", "rising")) {
    data <- all[all$series == series, ]
    data$t <- data$year - max(data$year)
    data$before <- data$year < 2011
    for (weighted in c("no", "yes")) {
        # weights with mean 1, so that sigma keeps the series' unit
        data$w <- if (weighted == "yes") 1 / data$variance else 1 + 0 * data$t
        data$w <- data$w / mean(data$w)
        data$wlog <- if (weighted == "yes") data$value^2 / data$variance else 1 + 0 * data$t
        data$wlog <- data$wlog / mean(data$wlog)
        slope <- (100 / (data$value * (100 - data$value)))
        data$wlogit <- if (weighted == "yes") 1 / (data$variance * slope^2) else 1 + 0 * data$t
        data$wlogit <- data$wlogit / mean(data$wlogit)
        line <- c("intercept", "slope")
        report(lm(value ~ t, data, weights = w), "linear", series, weighted, "none", line)
        report(lm(value ~ t + I(-before), data, weights = w), "linear", series, weighted, "level",
               c(line, "level-2011"))
        report(lm(value ~ t + I(-(year - 2011) * before), data, weights = w), "piecewise", series,
               weighted, "slope", c(line, "slope-2011"))
        report(lm(value ~ t + I(-before) + I(-(year - 2011) * before), data, weights = w),
               "piecewise", series, weighted, "both", c(line, "level-2011", "slope-2011"))
        report(lm(value ~ t + I(t^2), data, weights = w), "quadratic", series, weighted, "none",
               c(line, "bend"))
        report(lm(log(value) ~ t, data, weights = wlog), "log-linear", series, weighted, "none",
               line, jacobian = -sum(log(data$value)))
        report(lm(qlogis(value / 100) ~ t, data, weights = wlogit), "logit-linear", series,
               weighted, "none", line, jacobian = sum(log(slope)))
        tight <- nls.control(tol = 1e-7, maxiter = 200)
        if (series == "falling")
            report(nls(value ~ asymptotic(F, K, k, t), data, weights = w, control = tight,
                       start = list(F = 17.5, K = 0.8, k = .2)),
                   "asymptotic", series, weighted, "none", c("limit", "distance", "rate"))
        else
            report(nls(value ~ logistic(F, K, a, b, t), data, weights = w, control = tight,
                       start = list(F = 12, K = 19, a = 5, b = .8)),
                   "logistic", series, weighted, "none", c("floor", "rise", "position", "rate"))
    }
}
