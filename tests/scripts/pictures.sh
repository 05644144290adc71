#!/bin/sh
# Every picture card where a layout is hard: nothing touches, leaves the canvas or hides a figure. What
# tests/support/sweep.py sees is tested on pictures with such faults.
cd "$(dirname "$0")/../.." || exit 70
for tool in python3 gnuplot; do
    command -v "$tool" > /dev/null || { echo "SKIP pictures: $tool"; exit 0; }
done
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || {
    echo "SKIP pictures: fonts-dejavu-core"
    exit 0
}
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
python3 tests/support/sweep.py "build/${VARIANT:-release}/paritet" "$scratch"
