#!/bin/bash
# The manual pages that were built are well-formed, fit 80 columns, are found by what they say, name
# what there is, and their examples run on the models, scenarios and data that come along.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
build=$PWD/build/${VARIANT:-release}
pages=$build/man
export PATH=$build:$PATH MANWIDTH=80 LC_ALL=C.UTF-8

# check TOOL NAME COMMAND...: COMMAND prints nothing, or what is wrong.
check() {
    local tool=$1 name=$2 out
    shift 2
    if ! command -v "$tool" > /dev/null; then
        echo "SKIP manual $name: $tool"
    elif out=$("$@" 2>&1) && [ -z "$out" ]; then
        echo "ok manual $name"
    else
        echo "FAIL manual $name: see below"
        printf '%s\n' "$out"
    fi
}

lint() { mandoc -T lint -W warning "$pages"/*; }
roff() { for page in "$pages"/*; do man --warnings -E UTF-8 -l -Tutf8 -Z "$page" > /dev/null; done; }
found() { lexgrog "$pages"/* | grep -v ': "paritet.* - .*"$'; [ "$(lexgrog "$pages"/* | wc -l)" -ge 17 ]; }
too_wide() { wc -L | awk -v page="$1" '$1 > 80 { print page ": " $1 " columns" }'; }
# shellcheck disable=SC2012 # the names are ours
narrow() {
    for page in "$pages"/*; do
        man -l "$page" 2>&1 | col -bx | too_wide "${page##*/}"
    done
    for language in da en; do
        for command in '' $(ls "$pages" | sed -n 's/^paritet-\(.*\)\.1$/\1/p'); do
            # shellcheck disable=SC2086 # no command is no argument
            paritet --lang $language help $command | too_wide "$language help $command"
        done
    done
}

# Few futures and no pictures: what an example asks is asked all the same.
examples() {
    mkdir "$scratch/bin" "$scratch/at" && cp -R models scenarios data "$scratch/at" || return
    cp tests/cli/backtest/scores-of-two-categories/*.csv "$scratch/at/file.csv" && gzip "$scratch/at/file.csv"
    cat > "$scratch/bin/paritet" << 'SHORT'
#!/bin/sh
case "$* " in
*--draws* | 'help '*) ;;
*' report '*) set -- "$@" --draws 100 --no-plots ;;
*project\ *| *simulate\ *| *status\ *) set -- "$@" --draws 100 ;;
esac
exec "$BUILT/paritet" -q "$@"
SHORT
    chmod +x "$scratch/bin/paritet"
    for page in "$pages"/*; do
        awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' "$page" |
            sed -e 's/\\-/-/g' -e 's/\\e$/\\/' -e 's/\\(dq/"/g' |
            awk '/^(paritet|eval) / || more { print; more = /\\$/ }' > "$scratch/${page##*/}.sh"
        (cd "$scratch/at" && PATH=$scratch/bin:$PATH BUILT=$build bash -e "$scratch/${page##*/}.sh" \
            > /dev/null 2> "$scratch/err") || { echo "${page##*/}:"; cat "$scratch/err"; }
    done
    [ "$(cat "$scratch"/*.sh | grep -c '^paritet ')" -ge 25 ] || echo "few examples"
}

check mandoc "is free of mandoc's warnings" lint
check man "is free of groff's warnings" roff
check lexgrog "is found by its NAME lines" found
check col "and help fit 80 columns" narrow
check bash "has examples that run" examples
if command -v python3 > /dev/null; then
    python3 tests/support/manual.py "$pages"
else
    echo "SKIP manual names what there is: python3"
fi
