#!/usr/bin/env python3
"""Writes src/trend/normal_pieces.h: the normal distribution in pieces between the probabilities of
the consensus' quantile table, each a polynomial through Chebyshev nodes, worked out in 60 digits."""
from decimal import Decimal as D, getcontext

getcontext().prec = 60
DEGREE, SPLITS = 7, "1.4375 1.8125 2.125".split()
TABLE = "0.55 0.6 0.65 0.7 0.75 0.8 0.85 0.9 0.95 0.975 0.99 0.995 0.9975".split()
SMALL = D(10) ** -58


def series(first, ratio):
    term = total = first
    k = 0
    while abs(term) > SMALL:
        term *= ratio(k)
        total += term
        k += 1
    return total


def arc_tangent(n):
    return series(D(1) / n, lambda k: -D(2 * k + 1) / ((2 * k + 3) * n * n))


PI = 16 * arc_tangent(5) - 4 * arc_tangent(239)


def half_chance(z):
    """Phi(z) - 1/2"""
    whole = series(z, lambda k: -z * z * (2 * k + 1) / ((2 * k + 2) * (2 * k + 3)))
    return whole / (2 * PI).sqrt()


def cosine(x):
    return series(D(1), lambda k: -x * x / ((2 * k + 1) * (2 * k + 2)))


def normal_score(p):
    z = D(1)
    for _ in range(60):
        z -= (half_chance(z) + D("0.5") - p) * (2 * PI).sqrt() * (z * z / 2).exp()
    return z


def solve(a, b):
    n = len(b)
    for i in range(n):
        top = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[top], b[i], b[top] = a[top], a[i], b[top], b[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            a[r] = [x - f * y for x, y in zip(a[r], a[i])]
            b[r] -= f * b[i]
    x = [D(0)] * n
    for i in reversed(range(n)):
        x[i] = (b[i] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x


def power(d, j):
    return d**j if j else D(1)


edges = sorted([D(0)] + [normal_score(D(p)) for p in TABLE] + [D(s) for s in SPLITS])
middles, chances, slopes = [], [], []
for low, high in zip(edges, edges[1:]):
    middle = D(float((low + high) / 2))
    nodes = [(high - low) / 2 * cosine((2 * i + 1) * PI / (2 * DEGREE + 2)) + (low + high) / 2 - middle
             for i in range(DEGREE + 1)]
    c = solve([[power(d, j) for j in range(DEGREE + 1)] for d in nodes],
              [half_chance(middle + d) for d in nodes])
    middles.append(middle)
    chances.append(c[0])
    slopes.append(c[1:])
pieces = [sum(1 for p in TABLE if D(p) <= half_chance((a + b) / 2) + D("0.5")) for a, b in zip(edges, edges[1:])]
cells = [sum(1 for e in edges[1:-1] if e < (D(i) - D("0.5")) / 8) for i in range(32)]


def row(values):
    return "{ " + ", ".join(repr(float(v)).replace("inf", "INFINITY") for v in values) + " }"


print("""/* Written by tests/bench/normal_pieces.py: do not edit. */
#ifndef PT_TREND_NORMAL_PIECES_H
#define PT_TREND_NORMAL_PIECES_H

#include <math.h>
#include <stdint.h>

#define PT_PIECES %d /* of the positive scores up to PT_PIECES_END */
#define PT_PIECES_END %r
#define PT_PIECES_DEGREE %d

/* Phi(z) - 1/2 on piece k is chance[k] + d (slope[0][k] + d (slope[1][k] + ...)), d = z - middle[k];
 * the pieces end at the probabilities of the quantile table, and some between. */
static const struct pt_normal_pieces {
    double next[PT_PIECES]; /* where a piece ends, which belongs to the next one */
    double middle[PT_PIECES];
    double chance[PT_PIECES];
    double slope[PT_PIECES_DEGREE][PT_PIECES];
    uint8_t row[PT_PIECES];  /* of the quantile table, where the piece starts */
    /* First piece with scores that 8 z rounds to; at most the next one has some too. */
    uint16_t cell[32];
} pt_normal_pieces = {""" % (len(middles), float(edges[-1]), DEGREE))
print("    .next =", row(edges[1:-1] + [D("Infinity")]) + ",")
print("    .middle =", row(middles) + ",")
print("    .chance =", row(chances) + ",")
print("    .slope = {", ", ".join(row([s[j] for s in slopes]) for j in range(DEGREE)), "},")
print("    .row = {", ", ".join(map(str, pieces)), "},")
print("    .cell = {", ", ".join(map(str, cells)), "},")
print("};\n#endif")
