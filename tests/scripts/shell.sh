#!/bin/sh
# The shell scripts have none of the faults that shellcheck knows.
cd "$(dirname "$0")/../.." || exit 70

if ! command -v shellcheck > /dev/null; then
    echo "SKIP shellcheck: shellcheck"
    exit 0
fi
for script in .ci/run tools/*.sh tests/*.sh tests/scripts/*.sh tests/support/*.sh tests/support/complete/*.sh \
    docs/examples/cluster/* $(grep -l '^#!/bin/sh' debian/tests/*); do
    if out=$(shellcheck -x "$script"); then
        echo "ok shellcheck $script"
    else
        echo "FAIL shellcheck $script: see below"
        printf '%s\n' "$out"
    fi
done
