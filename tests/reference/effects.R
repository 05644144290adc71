# Laws of assumed effects: quantiles, means and standard deviations by R's own functions; of the
# triangle, which base R does not know, by solving its distribution function and integrating its density.
cat("# Rscript effects.R > effects.csv\n")
cat("law,a,b,c,quantity,p,value\n")
p <- c(1e-12, 1e-6, .001, .0123, .1, .25, .4567, .5, .75, .9, .987, .999, 1 - 1e-6)
say <- function(law, par, quantity, p, value) {
    par <- c(par, 0, 0, 0)[1:3]
    cat(sprintf("%s,%.17g,%.17g,%.17g,%s,%.17g,%.17g\n", law, par[1], par[2], par[3], quantity, p,
                value), sep = "")
}
moments <- function(law, par, mean, sd) {
    say(law, par, "mean", 0, mean)
    say(law, par, "sd", 0, sd)
}
three <- list(c(.05, .15, .3), c(-3.7, -1.3, 12.385), c(0, 0, 7), c(-7, 0, 0), c(2, 2.001, 40))

for (par in list(.05, -3.7)) {
    say("fixed", par, "quantile", p, rep(par, length(p)))
    moments("fixed", par, par, 0)
}
for (par in list(c(.05, .3), c(-3.7, 12.385))) {
    say("uniform", par, "quantile", p, qunif(p, par[1], par[2]))
    moments("uniform", par, mean(par), diff(par) / sqrt(12))
}
for (par in list(c(.8, .3), c(-12.385, 7.1))) {
    say("normal", par, "quantile", p, qnorm(p, par[1], par[2]))
    moments("normal", par, par[1], par[2])
}
for (par in list(c(.8, 1.5), c(12.385, 1.13), c(3e-9, 9.7))) {
    s <- log(par[2])
    say("lognormal", par, "quantile", p, qlnorm(p, log(par[1]), s))
    m <- par[1] * exp(s^2 / 2)
    moments("lognormal", par, m, m * sqrt(exp(s^2) - 1))
    # the mirrored law: its p-quantile is minus the (1 - p)-quantile
    say("lognormal", c(-par[1], par[2]), "quantile", p, -qlnorm(p, log(par[1]), s, lower.tail = FALSE))
    moments("lognormal", c(-par[1], par[2]), -m, m * sqrt(exp(s^2) - 1))
}
for (par in three) {
    w <- par[3] - par[1]
    a <- 1 + 4 * (par[2] - par[1]) / w
    b <- 1 + 4 * (par[3] - par[2]) / w
    say("pert", par, "quantile", p, par[1] + w * qbeta(p, a, b))
    moments("pert", par, par[1] + w * a / (a + b), w * sqrt(a * b / ((a + b)^2 * (a + b + 1))))
    below <- function(x) {
        left <- x < par[2] || par[2] == par[3]
        (if (left) (x - par[1])^2 / (w * (par[2] - par[1])) else 1 - (par[3] - x)^2 / (w * (par[3] - par[2])))
    }
    # the tails where 1 - p keeps its digits only; a root finder has no more than the function gives
    inside <- p[p > 1e-4 & p < .9999]
    x <- sapply(inside, function(p) uniroot(function(x) below(x) - p, par[c(1, 3)], tol = 1e-15)$root)
    say("triangular", par, "quantile", inside, x)
    density <- function(x) 2 / w * ifelse(x < par[2], (x - par[1]) / (par[2] - par[1]),
                                          (par[3] - x) / (par[3] - par[2]))
    over <- function(f) {
        part <- function(from, to) if (to > from)
            integrate(function(x) f(x) * density(x), from, to, rel.tol = 1e-12)$value else 0
        part(par[1], par[2]) + part(par[2], par[3])
    }
    m <- over(function(x) x)
    moments("triangular", par, m, sqrt(over(function(x) (x - m)^2)))
}
