# shellcheck shell=sh
# Results of a test script, one for each thing it tries. Sourced by scripts in tests/scripts.

# check NAME COMMAND...: ok where the command succeeds, else what it said.
check() {
    name=$1
    shift
    if out=$("$@" 2>&1); then
        echo "ok $(basename "$0" .sh) $name"
    else
        echo "FAIL $(basename "$0" .sh) $name: '$*' failed"
        printf '%s\n' "$out"
    fi
}
