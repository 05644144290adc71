#!/bin/sh
# po/da.po translates every message the sources hold now, and nothing else.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

if ! command -v xgettext > /dev/null; then
    echo "SKIP catalogue: xgettext"
    exit 0
fi

tools/po-template.sh > "$scratch/template.pot" || exit 1

for po in po/*.po; do
    [ -e "$po" ] || { echo "FAIL catalogue: no po/*.po"; break; }
    # msgcmp names the messages that are new or fuzzy, and warns of those no longer used.
    if msgcmp "$po" "$scratch/template.pot" > "$scratch/said" 2>&1 && [ ! -s "$scratch/said" ]; then
        echo "ok catalogue $po is complete"
    else
        echo "FAIL catalogue $po is complete: see below; make po-update, then translate"
        cat "$scratch/said"
    fi
    if grep -q '^#~' "$po"; then
        echo "FAIL catalogue $po has no leftovers: remove the lines that start with #~"
    else
        echo "ok catalogue $po has no leftovers"
    fi
done
