#!/bin/sh
# A line on the terminal says how far a long run is; tests/support/progress.py looks at it.
cd "$(dirname "$0")/../.." || exit 70
if ! command -v python3 > /dev/null; then
    echo "SKIP progress: python3"
    exit 0
fi
REPO=$PWD python3 tests/support/progress.py "$PWD/build/${VARIANT:-release}/paritet"
