#!/bin/bash
# `make coverage`: runs all tests with the build that counts (gcov), then says for each room how many
# lines and branches they reach, and which functions none does; the lines that none reaches are left
# in build/cov/not-reached.txt. Tests that end a process by force or starve it count for nothing, as
# the counts are written when a process ends by itself. KEEP=1 prints the counts that are there.
cd "$(dirname "$0")/.." || exit 70
read -ra cc <<< "${CC:-gcc}"
gcov=${GCOV:-gcov}
command -v "$gcov" > /dev/null || { echo "no gcov, which comes with ${cc[-1]}" >&2; exit 1; }
if [ -z "${KEEP-}" ]; then
    find build/cov -name '*.gcda' -delete
    # what cannot be counted, on a full disk or inside the sandbox, is not the program's word
    VARIANT=cov GCOV_ERROR_FILE=/dev/null tests/run.sh "$@" ||
        echo "tests fail here, so that less is reached than could be"
fi
find build/cov/obj/src -name '*.gcno' -print0 |
    xargs -0 "$gcov" --json-format --branch-probabilities --stdout > build/cov/counts.json 2> build/cov/gcov.log ||
    { cat build/cov/gcov.log; exit 1; }
python3 tests/support/coverage.py build/cov/counts.json build/cov/not-reached.txt
