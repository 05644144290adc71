#!/bin/sh
# make demo: the whole answer for Copenhagen, in Danish and in English, and which files to open.
set -e
paritet=${PARITET:-./paritet}

"$paritet" --lang da report models/copenhagen.yaml scenarios/*.yaml -o out/copenhagen
"$paritet" --lang en report models/copenhagen.yaml scenarios/*.yaml -o out/copenhagen-en

echo
echo "Open these (Danish; English in out/copenhagen-en):"
for file in out/copenhagen/report.html out/copenhagen/note.md out/copenhagen/parity.csv \
            out/copenhagen/plots/*.png; do
    [ ! -e "$file" ] || echo "  $file"
done
