# Closed forms beside the simulation: Fieller's set from lm, vcov and qt with polyroot for its ends; first
# passage by integrating the density of the inverse Gaussian law; the damped curve's crossing by uniroot.
all <- read.csv("trend_series.csv", comment.char = "#")
cat("# Rscript closed.R > closed.csv\n")
cat("quantity,series,a,b,c,d,kind,estimate,lower,upper\n")
say <- function(quantity, series, par, kind, estimate, lower, upper)
    cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%.17g,%s,%.17g,%.17g,%.17g\n", quantity, series, par[1],
                par[2], par[3], par[4], kind, estimate, lower, upper))

# years from the last one at which a mean line (observation 0) or one new figure (1) may be at a value
fieller <- function(series, value, confidence, observation) {
    data <- all[all$series == series, ]
    data$u <- data$year - max(data$year)
    fit <- lm(value ~ u, data)
    V <- vcov(fit)
    a <- coef(fit)[[1]] - value
    b <- coef(fit)[[2]]
    t2 <- qt(1 - (1 - confidence) / 2, fit$df.residual)^2
    s2 <- if (observation) summary(fit)$sigma^2 else 0
    roots <- polyroot(c(a^2 - t2 * (V[1, 1] + s2), 2 * (a * b - t2 * V[1, 2]), b^2 - t2 * V[2, 2]))
    real <- all(abs(Im(roots)) < 1e-7 * (1 + abs(roots)))
    ends <- sort(Re(roots))
    steep <- b^2 > t2 * V[2, 2]
    kind <- if (steep) "finite" else if (real) "exclusive" else "whole-line"
    if (kind == "whole-line") ends <- c(-Inf, Inf)
    say("fieller", series, c(value, confidence, observation, 0), kind, -a / b, ends[1], ends[2])
}
for (series in unique(all$series))
    for (confidence in c(.5, .8, .95, .999))
        for (observation in 0:1)
            for (value in c(-10, 0, mean(all$value[all$series == series]), 50, 120))
                fieller(series, value, confidence, observation)

# a slope without error that covaries with the level leaves one ray: -2 t^2 cov u + d^2 - t^2 var <= 0
for (cov in c(-.125, .125, .03)) {
    t2 <- qt(.95, 2)^2
    end <- (5.5^2 - t2 * .25) / (2 * t2 * cov)
    say("ray", "none", c(5.5, .25, cov, .9), "one-ray", Inf, if (cov > 0) end else -Inf,
        if (cov > 0) Inf else end)
}

passage <- function(d, mu, s, t) {
    density <- function(x) d / (s * sqrt(2 * pi * x^3)) * exp(-(d - mu * x)^2 / (2 * s^2 * x))
    # in ln x, where the density is smooth
    p <- integrate(function(v) density(exp(v)) * exp(v), log(t) - 40, log(t), rel.tol = 1e-13,
                   abs.tol = 0, subdivisions = 2000)$value
    say("passage", "none", c(d, mu, s, t), "none", p, 0, 0)
}
for (d in c(.3, 2.7, 9)) for (mu in c(-.4, 0, .13, 1.1)) for (s in c(.6, 2.3)) for (t in c(1, 7, 30))
    passage(d, mu, s, t)

crossing <- function(level, slope, phi) {
    sum <- function(h) phi * (1 - phi^h) / (1 - phi)
    all <- level + slope * phi / (1 - phi)
    h <- if (all >= 0) Inf else uniroot(function(h) level + slope * sum(h), c(0, 2000), tol = 1e-14)$root
    say("crossing", "none", c(level, slope, phi, 0), "none", h, 0, 0)
}
for (level in c(.21, 1.3, 6)) for (slope in c(-.05, -.4, -2.2)) for (phi in c(.8, .9, .98))
    crossing(level, slope, phi)
