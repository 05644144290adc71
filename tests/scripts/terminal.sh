#!/bin/bash
# What people see in a terminal: nothing runs over at 80 columns, nothing is wrapped at 200 that has
# room, and colours and drawings are where they were asked for and nowhere else.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

if ! command -v python3 > /dev/null; then
    echo "SKIP terminal: python3"
    exit 0
fi
terminal() { python3 tests/support/terminal.py "$@"; }
result() { # CLAIM STATUS
    if [ "$2" -eq 0 ]; then echo "ok terminal $1"; else echo "FAIL terminal $1: see below"; fi
}
escape=$'\033'
export TERM=xterm-256color
model=models/municipalities.yaml
scenario=scenarios/municipalities/odense.yaml

# Columns of the widest line, wide and combining letters counted as they are shown.
widest() {
    python3 -c '
import re, sys, unicodedata
def width(line):
    line = re.sub("\033\\[[0-9;]*m", "", line)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)
print(max(map(width, sys.stdin.read().split("\n"))))'
}

for lang in da en; do
    for columns in 80 200; do
        terminal $columns paritet -q --lang $lang simulate --draws 500 $model $scenario > "$scratch/$lang-$columns"
        most=$(widest < "$scratch/$lang-$columns")
        [ "$most" -le $columns ] && [ "$most" -gt $((columns * 3 / 5)) ]
        result "$lang at $columns columns uses the width and passes it nowhere ($most)" $?
        most=$(terminal $columns paritet -q --lang $lang status --draws 300 models/denmark.yaml | widest)
        [ "$most" -le $columns ] && [ "$most" -gt $((columns / 2)) ]
        result "status in $lang at $columns columns as well ($most)" $?
    done
done
# at 200 columns every row is one line: as many as places have rows in the table of gains
[ "$(grep -c '^ *─' "$scratch/en-200")" -ge 4 ] && ! grep -q '^indicator$' "$scratch/en-200"
result "at 200 columns no column is lifted" $?

terminal 80 paritet -q status --draws 300 models/denmark.yaml | grep -q "$escape\[38;5;130m◐ "
result "status shows its words with sign and colour" $?

ask() { terminal 100 paritet -q "$@" --draws 500 -i employment-ratio models/copenhagen.yaml; }
ask project > "$scratch/auto"
grep -q "$escape\[1m" "$scratch/auto" && grep -q '[▁▂▃▄▅▆▇█]\{4\}' "$scratch/auto"
result "a terminal shows bold headings and a line of small columns" $?
NO_COLOR=1 ask project > "$scratch/no"
! grep -q "$escape" "$scratch/no" && grep -q '[▁▂▃▄▅▆▇█]\{4\}' "$scratch/no"
result "NO_COLOR takes the colours away and nothing else" $?
NO_COLOR=1 ask --color always project | grep -q "$escape"
result "--color always goes before NO_COLOR" $?
! ask --color never project | grep -q "$escape"
result "--color never has none" $?
TERM=dumb ask project > "$scratch/dumb"
! grep -q "$escape" "$scratch/dumb"
result "a dumb terminal gets none" $?
ask project -o "$scratch/file"
paritet -q project --draws 500 -i employment-ratio models/copenhagen.yaml > "$scratch/pipe"
cmp "$scratch/file" "$scratch/pipe" && ! grep -q "[$escape▁▂▃▅▆▇]" "$scratch/pipe"
result "a file and a pipe get the same plain text" $?
ask project > "$scratch/100"
COLUMNS=60 ask project > "$scratch/60"
[ "$(widest < "$scratch/60")" -le 60 ] && [ "$(widest < "$scratch/100")" -gt 90 ]
result "COLUMNS goes before the terminal's own width" $?
COLUMNS=wide ask project | cmp - "$scratch/100"
result "COLUMNS that is no number is left alone" $?
LC_ALL=C ask project > "$scratch/ascii"
! grep -q '[▁▂▃▅▆▇]' "$scratch/ascii"
result "a terminal without Unicode gets no small columns" $?
