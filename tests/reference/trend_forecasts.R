# The families that base R has no function for, written from docs/methods.md and the papers it names:
# robust, theil-sen, drift, damped, theta and the consensus with each set of constants.
all <- read.csv("trend_series.csv", comment.char = "#")
cat("# Rscript trend_forecasts.R > trend_forecasts.csv\n")
cat("family,series,bounds,breaks,quantity,value\n")

say <- function(family, series, bounds, breaks, ...) {
    values <- c(...)
    cat(sprintf("%s,%s,%s,%s,%s,%.17g\n", family, series, bounds, breaks, names(values), values),
        sep = "")
}
aicc <- function(sse, n, k) n * log(sse / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)

# ---- bisquare, as published: Holland and Welsch 1977; DuMouchel and O'Brien 1989
robust <- function(t, y) {
    X <- cbind(1, t)
    n <- length(y)
    p <- 2
    plain <- lm.fit(X, y)
    lift <- 1 / sqrt(1 - pmin(rowSums(qr.Q(qr(X))^2), 0.9999))
    mad <- function(r) median(sort(abs(r))[p:n]) / qnorm(.75)
    trust <- function(u) ifelse(abs(u) < 1, (1 - u^2)^2, 0)
    b <- plain$coefficients
    for (k in 1:2000) {
        r <- lift * (y - X %*% b)[, 1]
        now <- lm.wfit(X, y, trust(r / (4.685 * mad(r))))$coefficients
        moved <- max(abs(now - b))
        b <- now
        if (moved < 1e-14 * max(abs(b))) break
    }
    r <- lift * (y - X %*% b)[, 1]
    s <- 4.685 * mad(r / lift)
    u <- r / s
    slope <- mean(ifelse(abs(u) < 1, (1 - u^2) * (1 - 5 * u^2), 0))
    square <- sum((u * trust(u) / lift)^2) / (n - p)
    sigma <- (1 + p / n * (1 - slope) / slope) * sqrt(square) * s / slope
    ordinary <- sqrt(sum(plain$residuals^2) / (n - p))
    sigma <- max(sigma, sqrt((ordinary^2 * p^2 + sigma^2 * n) / (p^2 + n)))
    se <- sigma * sqrt(diag(solve(crossprod(X))))
    c(intercept = b[[1]], slope = b[[2]], intercept.se = se[[1]], slope.se = se[[2]], sigma = sigma,
      aicc = aicc(sum((r / lift)^2), n, 3))
}

# ---- Theil 1950, Sen 1968: pairs within one definition, older pieces lifted by the median jump
theil.sen <- function(t, y, piece) {
    n <- length(y)
    pairs <- combn(n, 2)
    pairs <- pairs[, piece[pairs[1, ]] == piece[pairs[2, ]]]
    b <- median((y[pairs[2, ]] - y[pairs[1, ]]) / (t[pairs[2, ]] - t[pairs[1, ]]))
    level <- tapply(y - b * t, piece, median)
    joined <- y + level[[length(level)]] - as.numeric(level[as.character(piece)])
    a <- median(joined) - b * median(t)
    r <- joined - a - b * t
    df <- n - 1 - length(level)
    s <- sqrt(sum(r^2) / df)
    centred <- t - ave(t, piece)
    newest <- piece == max(piece)
    slope.var <- pi / 3 / sum(centred^2)
    level.var <- pi / 3 / sum(newest) + mean(t[newest])^2 * slope.var
    c(intercept = a, slope = b, intercept.se = s * sqrt(level.var), slope.se = s * sqrt(slope.var),
      sigma = s, aicc = aicc(sum(r^2), n, 2 + length(level)))
}

# ---- changes within one definition
changes <- function(year, y, piece) {
    same <- diff(piece) == 0
    list(d = diff(y)[same], k = diff(year)[same])
}

drift <- function(year, y, piece) {
    c <- changes(year, y, piece)
    D <- sum(c$d) / sum(c$k)
    s <- sqrt(sum((c$d - c$k * D)^2 / c$k) / (length(c$d) - 1))
    c(slope = D, slope.se = s / sqrt(sum(c$k)), sigma = s)
}

# one value a year: holes on a straight line, older definitions lifted so that the change across a
# break is the mean of the others
regular <- function(year, y, piece) {
    c <- changes(year, y, piece)
    per.year <- mean(c$d / c$k)
    broken <- diff(piece) != 0
    step <- ifelse(broken, per.year * diff(year), diff(y))
    joined <- y[length(y)] - rev(cumsum(c(0, rev(step))))
    list(y = approx(year, joined, year[1]:year[length(year)])$y, observed = length(y), d = c$d,
         k = c$k)
}

# ---- damped Holt (Gardner and McKenzie 1985) on the grid; first level and slope by least squares
holt.grid <- expand.grid(phi = c(.8, .85, .9, .94, .98),
                         beta = c(1e-4, .05, .1, .2, .35, .5, .75, .9999),
                         alpha = c(1e-4, .1, .2, .3, .4, .5, .6, .7, .8, .9, .9999))
holt <- function(y) {
    n <- length(y)
    phi <- holt.grid$phi
    a <- holt.grid$alpha
    b <- holt.grid$beta
    walk <- function(y, level, slope) {
        e <- matrix(0, length(phi), n)
        for (t in 1:n) {
            ahead <- level + phi * slope
            e[, t] <- y[t] - ahead
            level <- ahead + a * e[, t]
            slope <- phi * slope + a * b * e[, t]
        }
        list(e = e, level = level, slope = slope)
    }
    zero <- rep(0, length(phi))
    c0 <- walk(y, zero, zero)
    u <- -walk(0 * y, zero + 1, zero)$e
    v <- -walk(0 * y, zero, zero + 1)$e
    uu <- rowSums(u * u); uv <- rowSums(u * v); vv <- rowSums(v * v)
    uc <- rowSums(u * c0$e); vc <- rowSums(v * c0$e)
    det <- uu * vv - uv * uv
    flat <- det <= 1e-9 * uu * vv
    l0 <- ifelse(flat, uc / uu, (uc * vv - vc * uv) / det)
    b0 <- ifelse(flat, 0, (vc * uu - uc * uv) / det)
    run <- walk(y, l0, b0)
    sse <- rowSums(run$e^2)
    i <- which.min(sse)
    list(sse = sse[i], level = run$level[i], slope = run$slope[i], phi = phi[i])
}
holt.ahead <- function(h, years) h$level + cumsum(h$phi^(1:years)) * h$slope

damped <- function(s) {
    h <- holt(s$y)
    nd <- length(s$d)
    D <- mean(s$d / s$k)
    sd <- sqrt(sum((s$d - s$k * D)^2 / s$k) / (nd - 1))
    sigma <- sqrt((h$sse + 4 * sd^2) / (nd - 2 + 4))
    c(level = h$level, slope = h$slope, damping = h$phi, sigma = sigma,
      ahead = holt.ahead(h, 20)[c(1, 6, 20)])
}

# ---- Theta (Assimakopoulos and Nikolopoulos 2000) on a Box-Cox scale
box.cox <- function(y, l) if (l == 0) log(y) else (y^l - 1) / l
box.cox.back <- function(w, l) if (l == 0) exp(w) else ifelse(l * w + 1 <= 0, 0, pmax(l * w + 1, 0)^(1 / l))
best.lambda <- function(y) {
    l <- (0:20) * .05
    t <- seq_along(y)
    sse <- sapply(l, function(l) sum(lm(box.cox(y / exp(mean(log(y))), l) ~ t)$residuals^2))
    l[which.min(sse)]
}
ses <- function(z) {
    at <- function(alpha) {
        c0 <- 0; u <- 1; uu <- 0; uc <- 0
        for (x in z) {
            uu <- uu + u^2; uc <- uc + u * (x - c0)
            c0 <- c0 + alpha * (x - c0); u <- u - alpha * u
        }
        level <- uc / uu; sse <- 0
        for (x in z) { sse <- sse + (x - level)^2; level <- level + alpha * (x - level) }
        c(sse, alpha, level)
    }
    best <- c(Inf, 0, 0)
    for (alpha in c(1e-4, (1:19) * .05, .9999)) { s <- at(alpha); if (s[1] < best[1]) best <- s }
    for (width in c(.025, .0125, .00625)) {
        centre <- best[2]
        for (side in c(1, -1)) {
            s <- at(min(max(centre + side * width, 1e-4), .9999))
            if (s[1] < best[1]) best <- s
        }
    }
    list(sse = best[1], level = best[3])
}
theta.on <- function(w) {
    t <- seq_along(w)
    line <- lm(w ~ t)$coefficients
    s <- ses(2 * w - (line[[1]] + line[[2]] * t))
    list(level = (s$level + line[[1]] + line[[2]] * length(w)) / 2, step = line[[2]] / 2,
         sse = s$sse / 4)
}
theta <- function(s) {
    y <- s$y
    l <- if (min(y) > 0) best.lambda(y) else 1
    w <- if (l == 1) y else box.cox(y, l)
    back <- function(w) if (l == 1) w else box.cox.back(w, l)
    th <- theta.on(w)
    ahead <- back(th$level + th$step * (1:20))
    c(level = back(th$level), slope = ahead[1] - back(th$level),
      sigma = sqrt(th$sse / max(1, length(s$d) - 2)), ahead = ahead[c(1, 6, 20)])
}

# ---- the consensus
sets <- list(
    social = list(c = c(.3603, .3712, .1744, .7481, -.1373, .5677, -.1772, .1234, .3449, .0241, 0),
        q = c(0, .100, .214, .342, .484, .653, .863, 1.144, 1.553, 2.362, 3.376, 5.408, 7.925, 12.551)),
    mixed = list(c = c(.3783, .3901, .2415, .7070, -.1283, .5281, -.2148, .1140, .3377, .0745, 0),
        q = c(0, .109, .228, .358, .507, .679, .890, 1.161, 1.544, 2.273, 3.175, 4.892, 6.753, 10.031)),
    percent = list(c = c(.315, .349, .205, .616, -.185, .564, -.111, .142, .298, -.032, 0),
        q = c(0, .111, .228, .358, .506, .678, .892, 1.175, 1.565, 2.258, 3.101, 4.603, 6.255, 8.591)),
    paritet = list(c = c(-.1040, .5014, .1147, .5275, -.1196, .3137, .0107, .0787, .2885, .0295, .5251),
        q = c(0, .154, .315, .489, .677, .898, 1.168, 1.502, 1.956, 2.745, 3.641, 4.968, 6.201, 7.415),
        w = rbind(c(.2162, .1289, .0914, .1815, .7193, .2354),
                  c(.2722, -.0505, .1154, -.0588, -.4082, -.0075),
                  c(.2122, .0355, -.0608, .0030, -.1394, .0397))))
q.at <- c(.5, .55, .6, .65, .7, .75, .8, .85, .9, .95, .975, .99, .995, .9975)
Q <- function(set, p) {
    sign(p - .5) * approx(q.at, set$q, pmax(p, 1 - p), rule = 2)$y
}
sigm <- function(x) 1 / (1 + exp(-x))
statistics <- function(s) {
    nd <- length(s$d)
    md <- mean(s$d / s$k)
    e <- (s$d - s$k * md) / sqrt(s$k)
    sd <- sqrt(sum(e^2) / (nd - 1))
    tau <- abs(md) / (sd / sqrt(nd) + 1e-9 * abs(s$y[length(s$y)]))
    size <- abs(s$d) / sqrt(s$k)
    list(q = mean(size), md = md, sd = sd, ac = sum(e[-1] * e[-nd]) / sum(e^2),
         lt = log(min(max(tau, .05), 50)), ln15 = log(s$observed / 15), size = size)
}
within <- function(s, zero) {
    far <- 1.5 * (max(s$y) - min(s$y))
    last <- s$y[length(s$y)]
    function(f) {
        f <- pmin(pmax(f, last - far), last + far)
        if (zero) pmax(f, 0) else f
    }
}
bases <- function(s, st, positive, zero) {
    y <- s$y
    n <- length(y)
    last <- y[n]
    h <- 1:6
    clip <- within(s, zero)
    plain <- holt(y)
    on <- function(l) {
        if (l == 1) {
            th <- theta.on(y)
            list(f = th$level + th$step * h, D = holt.ahead(plain, 6))
        } else {
            th <- theta.on(box.cox(y, l))
            list(f = box.cox.back(th$level + th$step * h, l),
                 D = box.cox.back(holt.ahead(holt(box.cox(y, l)), 6), l))
        }
    }
    logs <- positive && min(y) > 0
    one <- on(if (logs) best.lambda(y) else 1)
    two <- on(if (logs) 0 else 1)
    newest <- max(1, n - 59):n
    pairs <- combn(newest, 2)
    slope <- median((y[pairs[2, ]] - y[pairs[1, ]]) / (pairs[2, ] - pairs[1, ]))
    f <- clip(rbind(rep(last, 6), last + h * st$md, holt.ahead(plain, 6), one$f, two$f, last + h * slope))
    list(f = f, M = apply(f, 2, median), damps = sqrt(plain$sse / s$observed),
         D = apply(clip(rbind(holt.ahead(plain, 6), one$D, two$D)), 2, median))
}
roughness <- function(s, st) {
    bend <- diff(s$d / s$k)
    log((sqrt(mean(bend^2)) + .05 * st$q) / st$q)
}
point <- function(set, s, st, b, clip) {
    last <- s$y[length(s$y)]
    if (is.null(set$w)) {
        shrink <- 1.55 * sigm(-.1 + .65 * st$lt + .57 * st$ln15)
        g <- sigm(-2.8 + 3 * st$ac + .9 * st$lt + .8 * st$ln15)
        f <- last + (1 - g) * shrink * (b$M - last) + g * (b$D - last)
    } else {
        nd <- length(s$d)
        e <- .05 * st$q
        x <- c(1, st$lt, st$ln15, log((st$size[nd] + e) / st$q), roughness(s, st),
               log((median(st$size) + e) / st$q))
        w <- set$w %*% x
        weight <- .8^((nd - 1):0)
        P <- clip(last + 1:6 * sum(weight * s$d / s$k) / sum(weight))
        f <- clip(last + w[1] * (b$M - last) + w[2] * (b$D - last) + w[3] * (P - last))
    }
    if (s$observed > 12) (f + b$M) / 2 else f
}
consensus <- function(name, s, bounds) {
    set <- sets[[name]]
    st <- statistics(s)
    zero <- bounds != "none"
    b <- bases(s, st, TRUE, zero)
    e <- .05 * st$q
    spread <- apply(b$f, 2, function(x) sqrt(mean((x - mean(x))^2)))
    lh <- log(1:6)
    c <- set$c
    Ld <- log((b$damps + e) / st$q)
    S <- st$q * exp(c[1] + c[2] * lh + c[3] * log((st$sd + e) / st$q) + c[4] * Ld + c[5] * Ld * lh +
                    c[6] * log((spread + .1 * st$q) / st$q) + c[7] * st$ac + c[8] * st$ac * lh +
                    c[9] * 8 / s$observed + c[10] * st$lt +
                    c[11] * log((mean(tail(st$size, 5)) + e) / st$q))
    if (bounds == "percent") {
        x <- s
        x$y <- qlogis(pmin(pmax(s$y / 100, .0005), .9995))
        at <- cumsum(c(1, s$k)) # no breaks here
        x$d <- diff(x$y[at])
        stx <- statistics(x)
        f <- 100 * plogis(point(set, x, stx, bases(x, stx, FALSE, FALSE), NULL))
    } else {
        f <- point(set, s, st, b, within(s, zero))
        if (zero) f <- pmax(f, 0)
    }
    p <- c(.025, .1, .37, .5, .9, .999)
    lower <- if (bounds == "none") -Inf else 0
    upper <- if (bounds == "percent") 100 else Inf
    c(point = f, scale = S, roughness = roughness(s, st),
      q3 = pmin(pmax(f[3] + S[3] * Q(set, p), lower), upper))
}

for (series in unique(all$series)) {
    data <- all[all$series == series, ]
    t <- data$year - max(data$year)
    whole <- 0 * t
    if (nrow(data) >= 6) say("robust", series, "none", "none", robust(t, data$value))
    for (breaks in c("none", if (series %in% c("falling", "rising")) "level")) {
        piece <- if (breaks == "none") whole else as.numeric(data$year >= 2011)
        s <- regular(data$year, data$value, piece)
        say("theil-sen", series, "none", breaks, theil.sen(t, data$value, piece))
        say("drift", series, "none", breaks, drift(data$year, data$value, piece))
        say("damped", series, "none", breaks, damped(s))
        say("theta", series, "none", breaks, theta(s))
        for (name in c("social", "mixed", "paritet"))
            say(paste0("consensus:", name), series, "none", breaks, consensus(name, s, "none"))
    }
    s <- regular(data$year, data$value, whole)
    if (min(s$y) >= 0) {
        say("consensus:social", series, "zero", "none", consensus("social", s, "zero"))
        say("consensus:percent", series, "percent", "none", consensus("percent", s, "percent"))
    }
}
