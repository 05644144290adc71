#!/bin/sh
# docs/gallery.md shows every kind of picture, and nothing that is not there.
cd "$(dirname "$0")/../.." || exit 70
page=docs/gallery.md

sed -n 's/^PT_PICTURE(\(.*\))$/\1/p' src/output/plot/pictures.def | while read -r kind; do
    if grep -q "^## .*: \`$kind\`$" "$page" && [ -s "docs/images/gallery/$kind.png" ]; then
        echo "ok gallery shows $kind"
    else
        echo "FAIL gallery shows $kind: make gallery"
    fi
done
sed -n 's/^!\[.*\](\(.*\))$/\1/p' "$page" | while read -r image; do
    [ -s "docs/$image" ] || echo "FAIL gallery: docs/$image is not there; make gallery"
done
for image in docs/images/gallery/*.png; do
    grep -q "(images/gallery/${image##*/})" "$page" || echo "FAIL gallery: $image is not shown"
done
kilobytes=$(cat docs/images/gallery/*.png | wc -c | awk '{ print int($1 / 1000) }')
if [ "$kilobytes" -le 2500 ]; then
    echo "ok gallery is small"
else
    echo "FAIL gallery is small: $kilobytes kB of 2500"
fi
