#!/bin/bash
# What `make lint` does: clang-tidy (.clang-tidy) on every source of the program and the library, and
# cppcheck (tests/support/cppcheck.txt). Kernels for one instruction set are their portable twin.
cd "$(dirname "$0")/.." || exit 70
failed=0
log=build/lint
mkdir -p $log
find src -name '*.c' ! -name '*_avx*.c' | LC_ALL=C sort > $log/files

# One source a process: what is said of it, if anything.
# shellcheck disable=SC2317 # xargs calls it
tidy() { "${CLANG_TIDY:-clang-tidy-14}" --quiet "$1" -- -std=gnu11 -D_GNU_SOURCE -Iinclude -Isrc -fopenmp 2> /dev/null; }
export -f tidy
xargs -a $log/files -P "$(nproc)" -I{} bash -c "tidy {}" > $log/tidy
grep -q . $log/tidy && failed=1
cat $log/tidy
echo "clang-tidy: $(wc -l < $log/files) sources, $(grep -c ' error: ' $log/tidy) findings"

cppcheck --enable=warning,style,performance,portability --std=c11 --inline-suppr --quiet -j "$(nproc)" \
    -D_GNU_SOURCE -Iinclude -Isrc --library=gnu --suppressions-list=tests/support/cppcheck.txt \
    --error-exitcode=1 --template='{file}:{line}: {id}: {message}' src 2> $log/cppcheck || failed=1
cat $log/cppcheck
echo "cppcheck: $(grep -c . $log/cppcheck) findings"
exit $failed
