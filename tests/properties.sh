#!/bin/bash
# tests/properties.sh [CASES]: tries every law of tests/unit/test_laws_*.c on so many cases (without a number, on
# as many as `make check`), and prints the table of docs/reliability.md; a law that is broken with the
# smallest case that was found, as files.
# `make properties` builds what it needs. Environment: SEED (the same cases for the same seed), VARIANT.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
export PROPERTY_CASES=${1-} PROPERTY_SEED=${SEED-} TMPDIR=$work LC_ALL=C.UTF-8 CMOCKA_MESSAGE_OUTPUT=STDOUT
build=build/${VARIANT:-release}/tests

# shellcheck disable=SC2016 # expands in the inner shell
for source in tests/unit/test_laws_*.c; do
    basename "$source" .c
done | xargs -P "$(nproc)" -I NAME sh -c '"$0/NAME" > "$1/NAME" 2> "$1/NAME.errors"; echo $? > "$1/NAME.status"' \
    "$build" "$work"

failed=0
for status in "$work"/*.status; do
    if ! grep -qx 0 "$status"; then
        failed=1
        sed '/^# law /d; /^\[/d' "${status%.status}"
        grep -v '^\[ *\(OK\|RUN\|PASSED\)' "${status%.status}.errors"
    fi
done
echo "| law | where it holds | cases |"
echo "|---|---|---|"
cat "$work"/test_laws_* | sed -n 's/^# law \(.*\) | \(.*\) | \(.*\) | .*/| \1 | \2 | \3 |/p' |
    awk -F'|' -v OFS='|' '{ gsub(/_/, " ", $2); print }'
[ $failed -eq 0 ] || { echo "a law is broken; see above" >&2; exit 1; }
