#!/bin/sh
# The data are the ones that data/SOURCES.md speaks of.
cd "$(dirname "$0")/../../data" || exit 70

if out=$(sha256sum --check --quiet --strict SHA256SUMS 2>&1); then
    echo "ok data match SHA256SUMS"
else
    echo "FAIL data match SHA256SUMS: $(echo "$out" | paste -sd ';')"
fi

missing=
for file in *.csv; do
    grep -qF "  $file" SHA256SUMS || missing="$missing $file"
done
if [ -z "$missing" ]; then
    echo "ok every data file has a sum"
else
    echo "FAIL every data file has a sum: not in SHA256SUMS:$missing"
fi
