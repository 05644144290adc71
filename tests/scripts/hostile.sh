#!/bin/sh
# Titles, units, notes, places and sources are text in every form of answer; tests/support/hostile.py.
cd "$(dirname "$0")/../.." || exit 70
for tool in python3 gnuplot; do
    if ! command -v $tool > /dev/null; then
        echo "SKIP hostile: $tool"
        exit 0
    fi
done
python3 tests/support/hostile.py "$PWD/build/${VARIANT:-release}/paritet"
python3 tests/support/hostile_names.py "$PWD/build/${VARIANT:-release}/paritet"
