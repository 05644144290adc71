#!/bin/bash
# tests/run.sh [TEXT]: runs every test whose name holds TEXT, shows what failed, and ends with
# `N passed, N failed, N skipped`. `make check` builds what is needed and calls it.
#
# Environment: VARIANT (which build), UPDATE=1 (rewrite the expected files of the CLI cases),
# V=1 (name each test), JOBS (tests at a time), CHECK_LOCALE (a locale in place of C.UTF-8).
#
# Three kinds of test, each printing lines `ok NAME`, `FAIL NAME: REASON` or `SKIP NAME: WHAT IS
# MISSING`, and below a failure what it said, indented:
#   unit     tests/unit/test_*.c, cmocka programs built in build/VARIANT/tests
#   cli      tests/cli/GROUP/CASE/ with a script `cmd` and the text `expected`
#   scripts  tests/scripts/*.sh, which print the lines themselves
set -uo pipefail

unset MAKEFLAGS MFLAGS MAKELEVEL MAKE_TERMOUT MAKE_TERMERR
cd "$(dirname "$0")/.." || exit 70
REPO=$PWD
VARIANT=${VARIANT:-release}
BUILD=$REPO/build/$VARIANT
patience=1
[ "$VARIANT" = release ] || patience=5 # sanitizers take their time
export REPO VARIANT BUILD patience PATH="$BUILD:$PATH"
export PARITET_SHARED=${PARITET_SHARED:-$REPO/../shared}
export LC_ALL=${CHECK_LOCALE:-C.UTF-8} TZ=UTC
# What asks for more than there can be gets nothing, as without the sanitizer.
export ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
unset LANG LANGUAGE LC_MESSAGES LC_NUMERIC LC_CTYPE COLUMNS NO_COLOR
# Another locale brings its decimal sign, its order of letters and its character classes; the language
# of what is expected stays.
[ -z "${CHECK_LOCALE-}" ] || export LANGUAGE=en

# unit FILE.c: runs the program built from it, which reports in the Test Anything Protocol.
unit() {
    local name out status
    name=$(basename "$1" .c)
    out=$(CMOCKA_MESSAGE_OUTPUT=TAP timeout $((240 * patience)) "$BUILD/tests/$name" 2>&1)
    status=$?
    printf '%s\n' "$out" | awk -v name="$name" -v status=$status '
        { all = all "    " $0 "\n" }
        /^1\.\.[0-9]+$/ { planned += substr($0, 4) }
        /^# skip: / { why = substr($0, 9) }
        /^ok [0-9]+ - / { seen++; print "ok " name " " $4 }
        /^not ok [0-9]+ # SKIP / { seen++; print "SKIP " name " " $6 ": " (why ? why : "no reason given") }
        /^not ok [0-9]+ - / { seen++; failed++; print "FAIL " name " " $5 ": see below" }
        END {
            if (!planned || seen != planned || (status != 0 && !failed)) {
                failed++
                print "FAIL " name ": " seen + 0 " of " planned + 0 " tests ran, exit status " status
            }
            if (failed) printf "%s", all
        }'
}

# cli FOLDER/cmd: runs it in a fresh copy, and compares exit status, stdout and stderr.
cli() {
    local folder=${1%/cmd} name scratch stream status
    name=${folder#tests/}
    scratch=$(mktemp -d) || return
    cp -R "$folder" "$scratch/case"
    rm -f "$scratch/case/expected"
    (cd "$scratch/case" && HOME=$scratch timeout $((120 * patience)) sh cmd) \
        > "$scratch/stdout" 2> "$scratch/stderr" < /dev/null
    status=$?

    {
        echo "[exit] $status"
        for stream in stdout stderr; do
            [ -s "$scratch/$stream" ] || continue
            echo "[$stream]"
            cat "$scratch/$stream"
            [ -z "$(tail -c1 "$scratch/$stream" | tr -d '\0')" ] || printf '\n[no newline at end]\n'
        done
    } > "$scratch/actual"

    if [ -n "${UPDATE-}" ] && ! cmp -s "$scratch/actual" "$folder/expected"; then
        cp "$scratch/actual" "$folder/expected"
        echo "    rewritten: $folder/expected"
    fi
    if [ ! -e "$folder/expected" ]; then
        echo "FAIL $name: no expected file (make check UPDATE=1 writes it)"
        sed 's/^/    /' "$scratch/actual"
    elif diff -au --label "$folder/expected" --label "what it says now" \
        "$folder/expected" "$scratch/actual" > "$scratch/diff"; then
        echo "ok $name"
    else
        echo "FAIL $name: not what was expected"
        sed 's/^/    /' "$scratch/diff"
    fi
    rm -rf "$scratch"
}

# script FILE: passes its lines on; one that breaks off is a failure of its own.
script() {
    local out status name
    name=$(basename "$1" .sh)
    out=$(timeout $((600 * patience)) "$1" 2>&1 < /dev/null)
    status=$?
    printf '%s\n' "$out" | sed -E '/^(ok|FAIL|SKIP) /!s/^/    /'
    if [ $status -ne 0 ] && ! grep -q '^FAIL ' <<< "$out"; then
        echo "FAIL $name: exit status $status"
    elif ! grep -qE '^(ok|FAIL|SKIP) ' <<< "$out"; then
        echo "FAIL $name: printed no result"
    fi
}

# One test, called by `all` below through xargs: --job NUMBER KIND PATH.
if [ "${1-}" = --job ]; then
    "$3" "$4" > "$RESULTS/$2" 2>&1
    exit 0
fi

# all KIND PATH...: runs them JOBS at a time, then shows their results in the given order.
all() {
    local kind=$1 number=0 path
    shift
    RESULTS=$(mktemp -d -p "$work")
    export RESULTS
    for path in "$@"; do
        [[ -e $path && $path == *"$only"* ]] || continue
        printf '%05d\0%s\0%s\0' $((++number)) "$kind" "$path"
    done | xargs -0 -r -n 3 -P "${JOBS:-$(nproc)}" tests/run.sh --job
    find "$RESULTS" -type f | LC_ALL=C sort | xargs -r cat > "$RESULTS.$kind"
    if [ -n "${V-}" ]; then cat "$RESULTS.$kind"; else grep -av '^ok ' "$RESULTS.$kind"; fi
    cat "$RESULTS.$kind" >> "$work/all"
    printf '%s: %s passed\n' "$kind" "$(grep -ac '^ok ' "$RESULTS.$kind")"
}

only=${1-}
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT

all unit tests/unit/test_*.c
all cli tests/cli/*/*/cmd
all script tests/scripts/*.sh

passed=$(grep -ac '^ok ' "$work/all")
failed=$(grep -ac '^FAIL ' "$work/all")
skipped=$(grep -ac '^SKIP ' "$work/all")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
