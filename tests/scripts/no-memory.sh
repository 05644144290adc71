#!/bin/bash
# Whichever allocation of a fit fails, the answer is whole or there is none: exit 71 and a sentence.
cd "$(dirname "$0")/../.." || exit 70
paritet=$PWD/build/${VARIANT:-release}/paritet
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

if [ "${VARIANT:-release}" != release ]; then
    echo "ok no-memory: the release's own"
    exit 0
fi
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -O1 -o "$scratch/memory.so" tests/support/preload/memory.c || exit 1

# with MEMORY_AT; what stands before the 300th is libgomp's and argp's own
run() {
    LD_PRELOAD=$scratch/memory.so OMP_NUM_THREADS=1 "$paritet" --quiet fit --format csv \
        -i employment-ratio models/copenhagen.yaml > "$scratch/out" 2> "$scratch/err"
}

export MEMORY_COUNT=$scratch/count
MEMORY_AT=0 run || { echo "FAIL no-memory: $(cat "$scratch/err")"; exit 1; }
cp "$scratch/out" "$scratch/whole"
n=$(cat "$scratch/count")
tried=0
wrong=
for ((at = 300; at <= n; at += 1 + n / 200)); do
    MEMORY_AT=$at run
    code=$?
    tried=$((tried + 1))
    case $code in
    0) cmp -s "$scratch/out" "$scratch/whole" || wrong="$wrong $at:another-answer" ;;
    71) [ -s "$scratch/err" ] && [ ! -s "$scratch/out" ] || wrong="$wrong $at:not-a-clean-end" ;;
    *) grep -q '^libgomp: Out of memory' "$scratch/err" || wrong="$wrong $at:exit-$code" ;;
    esac
done
if [ -n "$wrong" ] || [ "$tried" -lt 50 ]; then
    echo "FAIL no-memory: of $n allocations, $tried tried:$wrong"
else
    echo "ok no-memory a fit is whole or not there"
fi
