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

# The dictionary knows every key and word of the program's tables.
if ! command -v python3 > /dev/null; then
    echo "SKIP fuzz words: python3"
elif lacking=$(python3 tests/support/dictionary.py "build/${VARIANT:-release}/paritet") && [ -z "$lacking" ]; then
    echo "ok fuzz words"
else
    printf 'FAIL fuzz words: add to tests/fuzz/words.dict\n%s\n' "$lacking"
fi
