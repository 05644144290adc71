#!/bin/bash
# fits.sh [OUT]: how fast paths of each family are walked and how many series are fitted in a second.
# Puts the section "Trend lines" at the end of OUT (docs/benchmarks.md), instead of an older one, and
# prints PASS or FAIL lines.
#
# Environment: ROUNDS (5) and DRAWS (1000000) of the paths, FIT_ROUNDS (1) of SERIES (23000) to fit,
# THREADS (2).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 70
export LC_ALL=C.UTF-8
out=${1:-docs/benchmarks.md}
build=build/${VARIANT:-release}/bench
draws=${DRAWS:-1000000} series=${SERIES:-23000} threads=${THREADS:-2} rounds=${ROUNDS:-5} fit_rounds=${FIT_ROUNDS:-1}
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT

"$build/paths" "$draws" 30 "$rounds" > "$work/paths" || exit 1
"$build/fits" "$series" "$fit_rounds" "$threads" > "$work/fits" || exit 1

awk '$1 == "consensus" {
    printf "%s %-58s %6.3gx (%.3g-%.3g)  must <= 2x, aim <= 1.3x\n", $5 <= 2 ? "PASS" : "FAIL",
        "the consensus path against the Gaussian one", $5, $6, $7
}' "$work/paths"

{
    [ -e "$out" ] && sed '/^## Trend lines$/,$d' "$out"
    cat << END
## Trend lines

Written by \`tests/bench/fits.sh\`. Paths of one series, $draws of 30 years, by each family on one
thread with the same random numbers, families in turns, $rounds rounds; the ratio is to the random
walk with Gaussian shocks (\`drift\`) of the same round: must be <= 2x for the consensus, aim <= 1.3x.

| paths of | ns per path-year | least-most | ratio | least-most |
|---|---:|---:|---:|---:|
END
    tac "$work/paths" | awk '{ printf "| %s | %.2f | %.2f-%.2f | %.2fx | %.2f-%.2fx |\n", $1, $2, $3, $4, $5, $6, $7 }'
    cat << END

Fits of $series synthetic series of 30 figures: a quarter each straight, of constant percentage, an
S-curve and a local trend, all with 5 % noise. A family that refuses a series (no S-curve is to be
seen) has spent its time on it too. Rounds: $fit_rounds.

| family | fitted | series per second, 1 thread | $threads threads | calls of malloc per series |
|---|---:|---:|---:|---:|
END
    awk '{ printf "| %s | %d | %d | %d | %.1f |\n", $1, $2, $3, $4, $5 }' "$work/fits"
} > "$work/page.md"
cp "$work/page.md" "$out"
echo "written: $out"
awk '$1 == "consensus" && $5 > 2 { exit 1 }' "$work/paths"
