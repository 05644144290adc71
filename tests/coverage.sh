#!/bin/bash
# `make coverage`: runs all tests with the build that counts (gcov), then says for each room how many
# lines and branches they reach, and which functions none does; the lines that none reaches are left
# in build/cov/not-reached.txt. Tests that end a process by force or starve it count for nothing, as
# the counts are written when a process ends by itself.
cd "$(dirname "$0")/.." || exit 70
command -v gcovr > /dev/null || { echo "no gcovr: make deps-dev" >&2; exit 1; }
if [ -z "${KEEP-}" ]; then
    find build/cov -name '*.gcda' -delete
    VARIANT=cov tests/run.sh "$@" || echo "tests fail here, so that less is reached than could be"
fi
gcovr --root . --object-directory build/cov/obj/src --filter 'src/' --json --output build/cov/coverage.json \
    -j "$(nproc)" build/cov/obj/src > build/cov/gcovr.log 2>&1 || { cat build/cov/gcovr.log; exit 1; }
python3 tests/support/coverage.py build/cov/coverage.json build/cov/not-reached.txt
