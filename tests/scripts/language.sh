#!/bin/sh
# No text of the program's own in English in a Danish run and the reverse; tests/support/language.py
# looks at every command, every file of a report, and what is said of wrong files.
cd "$(dirname "$0")/../.." || exit 70
if ! command -v python3 > /dev/null; then
    echo "SKIP language: python3"
    exit 0
fi
if ! python3 -c 'import yaml' 2> /dev/null; then
    echo "SKIP language: python3-yaml"
    exit 0
fi
python3 tests/support/language.py "$PWD/build/${VARIANT:-release}/paritet"
