"""The workload of bench_simulate in numpy: simulate.py P H CELLS THREADS SEED
(one thread, whatever THREADS says). Prints the same line of JSON."""

import json
import sys
import time

import numpy as np

LEVELS = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]


def one_cell(draw, draws, years, indicator=3, scenario=4):
    """First years and yearly quantiles of one cell."""
    year = np.arange(1, years + 1)
    speed = 1 + 0.1 * scenario * np.minimum(1.0, year / (1 + scenario % 5))
    shared = draw.standard_normal(draws)
    slope = draw.standard_normal(draws)
    slope *= 0.06 * np.sqrt(1 - 0.5**2)
    slope += -0.5 * 0.06 * shared - (0.30 + 0.02 * indicator)
    paths = draw.standard_normal((years, draws))
    paths *= 0.50
    gap = 5 + indicator + 0.40 * shared
    first = np.full(draws, years + 1, dtype=np.int16)
    for t in range(years):
        paths[t] += slope * speed[t]
        paths[t] += gap
        gap = paths[t]
        first[(first > years) & (gap <= 0)] = t + 1
        first[gap > 0.50] = years + 1
    counts = np.bincount(first, minlength=years + 2)[1:]
    return counts, np.quantile(paths, LEVELS, axis=1).T


def main():
    """Times all cells; prints the last one's answer."""
    draws, years, cells, _, seed = (int(word) for word in sys.argv[1:6])
    draw = np.random.default_rng(seed)
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(cells):
        counts, quantiles = one_cell(draw, draws, years)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({
        "impl": "numpy", "P": draws, "H": years, "cells": cells, "wall": wall, "cpu": cpu,
        "hist": counts.tolist(), "q": quantiles.ravel().tolist(),
    }))


main()
