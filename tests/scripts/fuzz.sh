#!/bin/bash
# Every input of the fuzz targets' corpora once more: see tests/fuzz/fuzz.h. `make fuzz` finds new ones.
cd "$(dirname "$0")/../.." || exit 70
for corpus in tests/fuzz/corpus/*; do
    name=${corpus##*/}
    if said=$("build/${VARIANT:-release}/fuzz/$name" "$corpus" 2>&1); then
        echo "ok fuzz $name"
    else
        printf 'FAIL fuzz %s: see below\n%s\n' "$name" "$said"
    fi
done
