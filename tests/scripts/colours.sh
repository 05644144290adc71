#!/bin/sh
# Colours of the pictures can be told apart by colour-blind readers: tests/support/colours.py looks at
# those that the scripts of a report hold.
cd "$(dirname "$0")/../.." || exit 70
command -v python3 > /dev/null || { echo "SKIP colours: python3"; exit 0; }
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
"build/${VARIANT:-release}/paritet" report models/copenhagen.yaml scenarios/continue.yaml \
    scenarios/both.yaml scenarios/core-services.yaml scenarios/young-men.yaml \
    scenarios/copenhagen/later.yaml scenarios/copenhagen/stepped-up.yaml \
    --no-plots --draws 200 --quiet -o "$scratch/out" > "$scratch/said" 2>&1 ||
    { echo "FAIL colours: $(head -1 "$scratch/said")"; exit 0; }
python3 tests/support/colours.py "$scratch/out/plots"
