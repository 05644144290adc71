#!/bin/bash
# Whatever ends paritet while it writes, and whatever the machine refuses it, no place holds half an
# answer: tests/support/faults.py and troubles.py say what is tried. N moments (10; `make faults N=100` for
# the long form, which also takes every step and half an hour).
cd "$(dirname "$0")/../.." || exit 70
export REPO=$PWD
paritet=$PWD/build/${VARIANT:-release}/paritet
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch

for program in python3 gnuplot; do
    command -v $program > /dev/null || { echo "SKIP faults: $program"; exit 0; }
done
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -O1 -o "$scratch/strike.so" tests/support/preload/strike.c -ldl || exit 1

short=10 step=29
[ "${VARIANT:-release}" = release ] || short=3 step=97
n=${N:-$short}
# primes, so that the steps tried are of every kind
every=$((n < 10 ? 29 : n == 10 ? 7 : n < 100 ? 3 : 1))
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -O1 -o "$scratch/stingy.so" tests/support/preload/stingy.c -ldl || exit 1
failed=0
for try in "kill $n" "steps $every" "signals $((n * 6 / 10))"; do
    python3 tests/support/faults.py "${try% *}" "$paritet" "$scratch/strike.so" "${try#* }" || failed=1
done
for what in disk inputs folder streams little gnuplot; do
    python3 tests/support/troubles.py $what "$paritet" "$scratch/strike.so" "$scratch/stingy.so" \
        $((every > 1 ? step : 1)) || failed=1
done
exit $failed
