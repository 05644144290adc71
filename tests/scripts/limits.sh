#!/bin/sh
# Each limit of include/paritet/limits.h is tried at the limit and one beyond, and memory is measured
# against the input: tests/support/limits.py. LONG=1 also takes what needs files of gigabytes.
cd "$(dirname "$0")/../.." || exit 70
command -v python3 > /dev/null || { echo "SKIP limits: python3"; exit 0; }
exec python3 tests/support/limits.py "$PWD/build/${VARIANT:-release}/paritet" "${VARIANT:-release}"
