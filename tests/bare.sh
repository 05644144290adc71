#!/bin/bash
# make check-bare: a Debian 12 that has nothing but git, gcc and make installs, demonstrates and
# proves paritet in two commands. Needs root and debootstrap; takes minutes, so it stands alone.
# KEEP=1 leaves the folder.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
unset MAKEFLAGS MFLAGS MAKELEVEL VARIANT CC CFLAGS CPPFLAGS LDFLAGS

if [ "$(id -u)" -ne 0 ]; then
    echo "SKIP bare: not root"
    exit 0
fi
if ! command -v debootstrap > /dev/null; then
    echo "SKIP bare: debootstrap (make deps-dev)"
    exit 0
fi

# shellcheck source=tests/support/bare_root.sh
. tests/support/bare_root.sh
bare=$(mktemp -d)
trap 'bare_remove "$bare"' EXIT
echo "debootstrap ..."
bare_root "$bare" git,gcc,make,ca-certificates || { echo "FAIL bare: debootstrap"; exit 1; }

mkdir "$bare/paritet"
tar -c --exclude=./.git --exclude=./build --exclude=./out --exclude=./paritet . | tar -x -C "$bare/paritet"

result=0
# inside NAME COMMAND: in the tree, in the bare system.
inside() {
    local log=$bare/log
    if bare_run "$bare" "cd /paritet && $2" > "$log" 2>&1; then
        echo "ok bare $1"
    else
        tail -n 40 "$log" | sed 's/^/    /'
        echo "FAIL bare $1: $2"
        result=1
    fi
    grep -E 'Need to get|passed,' "$log" | sed 's/^/    /'
}

# shellcheck disable=SC2016 # expands inside
inside "says what is missing in one line" \
    'out=$(make 2>&1) && exit 1; echo "$out"; [ $(echo "$out" | wc -l) = 1 ] && echo "$out" | grep -q "make deps"'
inside "deps demo" 'make deps demo -j2'
megabytes=$(sed -nE 's/^Need to get (.*\/)?([0-9]+)[.,]?[0-9]* MB.*/\2/p' "$bare/log" | head -n1)
if [ "${megabytes:-99}" -lt 60 ]; then
    echo "ok bare downloads under 60 MB"
else
    echo "FAIL bare downloads under 60 MB: ${megabytes:-unknown}"
    result=1
fi
inside "deps a second time does nothing" 'make deps | grep -q "nothing to install"'
inside "leaves the answer" \
    'cd out/copenhagen && ls parity.csv bands.csv gained.csv fit.csv fieller.csv barometer.xlsx manifest.json plots/*.gp plots/*.png plots/*.svg'
inside "deps check" 'make deps check'
exit $result
