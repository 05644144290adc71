# Quantiles: type 7 of samples, the scale sqrt(df / chi2) that makes a normal a t, Phi, qt and qnorm.
# A sample is x[i] = ((i 7919) mod m) / 64, so that both sides have the same bits.
cat("# Rscript quantiles.R > quantiles.csv\n")
cat("quantity,a,b,value\n")
say <- function(quantity, a, b, value)
    cat(sprintf("%s,%.17g,%.17g,%.17g\n", quantity, a, b, value), sep = "")
levels <- c(.05, .1, .25, .5, .75, .9, .95)
for (n in c(1, 2, 7, 20, 21, 512, 1000, 20000, 100003)) {
    x <- ((1:n * 7919) %% 10007) / 64
    say("sample", n, levels, quantile(x, levels, type = 7, names = FALSE))
}
z <- c(-6.4, -3.3, -1, -.05, 0, .3, 1.7, 2.9, 4.4, 6.4)
# at z the chi2 with upper tail Phi(z): a large z is a small chi2 and a wide future
for (df in c(1, 2, 3, 5, 9, 14, 30, 100))
    say("scale", df, z, sqrt(df / ifelse(z > 0, qchisq(pnorm(z, lower.tail = FALSE), df),
                                         qchisq(pnorm(z), df, lower.tail = FALSE))))
say("half-chance", 0, z[z > -2.8], pnorm(z[z > -2.8]) - .5)
for (df in c(1, 2, 3.3, 7, 12, 40)) say("t", df, c(.75, .9, .975, .9995), qt(c(.75, .9, .975, .9995), df))
