#!/bin/bash
# Whichever allocation fails, the answer is whole or not there: tests/support/memory.py says what is tried.
# EVERY=k of them, here a short form; `make faults-memory` takes each. COMMAND=text: of those commands alone.
cd "$(dirname "$0")/../.." || exit 70
export REPO=$PWD
variant=${VARIANT:-release}
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch

command -v python3 > /dev/null || { echo "SKIP no-memory: python3"; exit 0; }
case $variant in
release) ;;
san) export LEAKS=1 ;;
*) echo "ok no-memory: of the release and the sanitizers' build"; exit 0 ;;
esac
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -O1 -o "$scratch/memory.so" tests/support/preload/memory.c -ldl || exit 1
python3 tests/support/memory.py "$PWD/build/$variant/paritet" "$scratch/memory.so" "${EVERY:-499}" "${COMMAND-}"
