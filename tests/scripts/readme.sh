#!/bin/bash
# Every command in README.md works: its ```sh blocks run one after the other in a copy of the tree.
#
# A block below the line <!-- file: NAME --> is written to that file instead; one below
# <!-- not run: REASON --> is left out. Left out are also git clone, cd into the clone and make
# deps; `make deps demo` becomes `make demo`.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
variant=${VARIANT:-release}

if [ ! -e README.md ]; then
    echo "FAIL readme: no README.md"
    exit 1
fi

# What is built comes along, so that nothing is compiled a second time.
mkdir "$scratch/tree"
tar -c --exclude=./.git --exclude=./out --exclude='./build/*/tests' . | tar -x -C "$scratch/tree"
ln -sf "build/$variant/paritet" "$scratch/tree/paritet"

awk -v folder="$scratch" '
    /^<!-- (file|not run): .* -->$/ { note = $0; gsub(/^<!-- | -->$/, "", note); next }
    !inside && /^```/ {
        inside = 1
        language = substr($0, 4)
        out = ""
        if (note ~ /^file: /) out = folder "/tree/" substr(note, 7)
        else if (language == "sh" && note == "") out = sprintf("%s/block-%04d", folder, NR)
        note = ""
        if (out != "") printf "" > out
        next
    }
    inside && /^```/ { inside = 0; if (out != "") close(out); next }
    inside && out != "" { print > out }
    !inside && NF { note = "" }' README.md

for block in "$scratch"/block-*; do
    name="readme line $((10#${block##*-}))"
    sed -i -e 's/make deps demo/make demo/' -e '/make deps/d' -e '/^git clone/d' -e '/^cd paritet/d' "$block"
    [ -s "$block" ] || continue
    if out=$(cd "$scratch/tree" && sh -ex "$block" 2>&1 < /dev/null); then
        echo "ok $name"
    else
        echo "FAIL $name: a command failed"
        printf '%s\n' "$out" | tail -n 30
    fi
done
