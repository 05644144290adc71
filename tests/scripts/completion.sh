#!/bin/bash
# The shells offer what there is: every command, every option of every command and nothing else, and
# values and files where they are known. tests/support/complete asks each of them.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
paritet=$PWD/build/${VARIANT:-release}/paritet
support=$PWD/tests/support/complete
unset ZDOTDIR FPATH

# What the program's own help says: the names of commands, and of the options of a page.
commands() { "$paritet" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p'; }
# shellcheck disable=SC2086 # no command is no argument
options() {
    "$paritet" help $1 > "$scratch/page"
    sed -nE 's/^  (-[a-z])[, ].*/\1/p' "$scratch/page"
    sed -nE 's/^  (    |-[a-z], )(--[a-z-]+).*/\2/p' "$scratch/page"
}

# line LINE, then what has to be offered, one to a line: what is written before it in the same word,
# what follows a name, descriptions and quotes are the shells' own.
line() {
    echo "> $1"
    cat
}
plain() {
    sed -E -e '/^> /!{ s/\t.*//; s/\\//g; s/^--[a-z-]+=(.)/\1/; s/=$//; s/.*,//; s:/$::; s:.*/:: }' \
        -e '/^$/d' | awk '{ n += /^> /; print n "\t" !/^> / "\t" $0 }' | LC_ALL=C sort -u -k1,1n -k2 | cut -f3-
}

mkdir "$scratch/home" "$scratch/at" "$scratch/at/a folder"
touch "$scratch/at/my model.yaml" "$scratch/at/a folder/in it.yml" \
    "$scratch/at/figures.csv" "$scratch/at/series.csv.gz" "$scratch/at/1.json"
{
    commands | line 'paritet '
    options '' | line 'paritet -'
    for command in $(commands); do
        options "$command" | line "paritet $command -"
    done
    line 'paritet --lang da st' <<< status
    line 'paritet --lang=' <<< $'da\nen'
    line 'paritet --color a' <<< $'always\nauto'
    line 'paritet schema ' <<< $'model\nscenario'
    line 'paritet help ba' <<< backtest
    line 'paritet completion f' <<< fish
    line 'paritet project --format=m' <<< markdown
    line 'paritet project --format j' <<< json
    line 'paritet project --trend=logi' <<< $'logistic\nlogit-linear'
    line 'paritet simulate --draws ' <<< auto
    line 'paritet simulate --table=gai' <<< gained
    line 'paritet project --table=gai' < /dev/null # it has no scenarios to gain by
    line 'paritet backtest --table ques' <<< questions
    line 'paritet backtest --families=linear,dam' <<< damped
    line 'paritet status my' <<< 'my model.yaml'
    line 'paritet status -i gap@here my' <<< 'my model.yaml'
    line 'paritet report my\ mo' <<< 'my model.yaml'
    line 'paritet report a\ folder/' <<< 'in it.yml'
    line 'paritet simulate model.yaml my' <<< 'my model.yaml'
    line 'paritet check --data fi' <<< figures.csv
    line 'paritet backtest --data s' <<< series.csv.gz
    line 'paritet merge 1' <<< 1.json
    line 'paritet report -o ' <<< 'a folder'
    line 'paritet fit --output fi' <<< figures.csv
    line 'paritet nonsense s' < /dev/null
} | plain > "$scratch/wanted"
grep '^> ' "$scratch/wanted" | cut -c3- > "$scratch/lines"

# offers SHELL COMMAND...: asks it and compares.
offers() {
    local shell=$1 out
    shift
    if ! command -v "$shell" > /dev/null; then
        echo "SKIP completion $shell: $shell"
        return
    fi
    (cd "$scratch/at" && "$@" < "$scratch/lines") > "$scratch/said.$shell" 2> "$scratch/err.$shell"
    plain < "$scratch/said.$shell" > "$scratch/is.$shell"
    if [ -s "$scratch/lines" ] && [ ! -s "$scratch/err.$shell" ] &&
        out=$(diff -u --label 'what there is' --label "what $shell offers" \
            "$scratch/wanted" "$scratch/is.$shell"); then
        echo "ok completion $shell offers what there is ($(wc -l < "$scratch/lines") lines)"
    else
        echo "FAIL completion $shell offers what there is: see below"
        cat "$scratch/err.$shell"
        printf '%s\n' "$out"
    fi
}

mkdir "$scratch/functions"
"$paritet" completion bash > "$scratch/paritet.bash"
"$paritet" completion zsh > "$scratch/functions/_paritet"
"$paritet" completion fish > "$scratch/paritet.fish"
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home XDG_DATA_HOME=$scratch/home
offers bash bash "$support/bash.sh" "$scratch/paritet.bash"
offers zsh zsh -f "$support/zsh.zsh" "$scratch/functions" "$scratch/from-zsh"
offers fish fish --no-config "$support/fish.fish" "$scratch/paritet.fish"

# Descriptions are in the language that is asked for, and their quotes do not end those of the script.
for shell in zsh fish; do
    "$paritet" --lang da completion "$shell" > "$scratch/danish"
    if ! command -v "$shell" > /dev/null; then
        echo "SKIP completion $shell in Danish: $shell"
    elif grep -q 'hvilken tabel' "$scratch/danish" && ! grep -q 'which table' "$scratch/danish" &&
        "$shell" -n "$scratch/danish"; then
        echo "ok completion $shell in Danish"
    else
        echo "FAIL completion $shell in Danish: English, or no script"
    fi
done
