#!/bin/bash
# Time per series of the consensus with intervals, one thread, against R's ets and auto.arima on the
# same series, in turns: one batch here, one there. Prints PASS, FAIL or SKIP lines.
cd "$(dirname "$0")/../.." || exit 70
shared=${PARITET_SHARED:-../shared}
file=$shared/bench/m3_yearly.csv.gz
program=build/${VARIANT:-release}/bench/time
each=20

if [ ! -e "$file" ]; then
    echo "SKIP time per series: $file"
    exit 0
fi
if ! Rscript -e 'suppressMessages(library(forecast))' > /dev/null 2>&1; then
    echo "SKIP time per series: Rscript with the package forecast (r-cran-forecast)"
    exit 0
fi

echo "\$ $program $file consensus FIRST $each 20; Rscript tests/bench/peers/forecast.R $file FIRST $each"
for first in 0 160 320 480 600; do
    own=$("$program" "$file" consensus $first $each 20) || exit 1
    peers=$(OMP_NUM_THREADS=1 Rscript tests/bench/peers/forecast.R "$file" $first $each) || exit 1
    echo "$own $peers"
done | awk '
    function verdict(name, ratio, must) {
        verdict_word = "FAIL"
        if (ratio >= must) verdict_word = "PASS"
        printf "%s %-62s %9.0fx  must >= %gx\n", verdict_word, name, ratio, must
    }
    { own += $1; ets += $2; arima += $3 }
    END {
        printf "     consensus %.3f ms a series, ets %.1f ms, auto.arima %.1f ms\n", own / NR, ets / NR, arima / NR
        verdict("time per series, R ets against the consensus", ets / own, 30)
        verdict("time per series, R auto.arima against the consensus", arima / own, 200)
    }'
