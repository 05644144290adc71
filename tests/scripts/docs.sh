#!/bin/bash
# Every ```yaml block of the guides is checked beside the data and models of docs/examples.
#
# Without a note above it, a block of docs/scenarios.md is a scenario and one of docs/models.md a
# model. The line <!-- lever --> says that it is one lever of a scenario, <!-- indicator --> that it
# is part of an indicator, <!-- links --> that it is the list of links of a model, <!-- head --> that it
# stands on top of one; <!-- file: NAME --> keeps it under that name for later blocks, and
# ", wrong: MESSAGE" expects that message.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
paritet=$PWD/build/${VARIANT:-release}/paritet
cp docs/examples/*.csv docs/examples/exampleby.yaml "$scratch"

# blocks FILE: writes each block to NUMBER.block and its note to NUMBER.note, by its line.
blocks() {
    awk -v folder="$2" '
        /^<!-- (lever|indicator|links|head|file: .*|wrong: .*)(, wrong: .*)? -->$/ {
            note = $0
            gsub(/^<!-- | -->$/, "", note)
            next
        }
        !inside && /^```yaml$/ {
            inside = 1
            out = sprintf("%s/%04d", folder, NR)
            print note > (out ".note")
            close(out ".note")
            printf "" > (out ".block")
            note = ""
            next
        }
        inside && /^```/ { inside = 0; close(out ".block"); next }
        inside { print > (out ".block"); next }
        NF { note = "" }' "$1"
}

# The frame that a part stands in; what an indicator needs and the part does not say comes with it.
lever() {
    printf 'title: frame\nlevers:\n'
    sed -e '1s/^/  - /' -e '2,$s/^/    /' "$1"
}
indicator() {
    cat << FRAME
title: frame
data: [ figures.csv ]
groups:
  - { id: newcomers, title: newcomers }
  - { id: natives, title: natives }
  - { id: women, title: women }
  - { id: everyone, title: everyone }
areas:
  - id: area
    title: area
    goals:
      - id: goal
        title: goal
        indicators:
          - id: indicator
            title: indicator
            unit: "%"
            series: employment
FRAME
    grep -q '^group:' "$1" || printf '            group: everyone\n'
    grep -q '^better:' "$1" || printf '            better: higher\n'
    sed 's/^/            /' "$1"
}
links() {
    sed -e 's/grade-gap/grade-average/' -e 's/employment-gap/youth-education/' exampleby.yaml
    cat "$1"
}
head() {
    cat "$1" exampleby.yaml
}

# one GUIDE NUMBER: the verdict on one block.
one() {
    local guide=$1 number=$2 note wanted='' frame model=exampleby.yaml scenario='' said status
    note=$(cat "$number.note")
    case $note in
    *wrong:*) wanted=${note#*wrong: } frame=${note%%[,]*} ;;
    *) frame=$note ;;
    esac
    case $frame in
    file:*) scenario=${frame#file: } && cp "$number.block" "$scenario" ;;
    lever) scenario=$number.yaml && lever "$number.block" > "$scenario" ;;
    indicator | links | head) model=$number.yaml && "$frame" "$number.block" > "$model" ;;
    *) if [ "$guide" = models ]; then model=$number.yaml; else scenario=$number.yaml; fi
        cp "$number.block" "$number.yaml" ;;
    esac
    # shellcheck disable=SC2086 # no scenario is no argument
    said=$("$paritet" check "$model" $scenario 2>&1)
    status=$?
    if [ -z "$wanted" ]; then
        [ $status -eq 0 ] && ! grep -qE ': (error|warning): ' <<< "$said"
    else
        grep -qF -- "$wanted" <<< "$said"
    fi && echo "ok docs/$guide.md line $((10#$number))" && return
    echo "FAIL docs/$guide.md line $((10#$number)): exit status $status${wanted:+, wanted: $wanted}"
    printf '%s\n' "$said" | grep -E 'error|warning|paritet:'
}

for guide in scenarios models; do
    mkdir "$scratch/$guide"
    cp "$scratch"/*.csv "$scratch"/*.yaml "$scratch/$guide"
    blocks "docs/$guide.md" "$scratch/$guide"
    cd "$scratch/$guide" || exit 70
    for note in [0-9]*.note; do
        one "$guide" "${note%.note}"
    done
    cd "$OLDPWD" || exit 70
done
