#!/bin/bash
# tests/fuzz/merge.sh [FOLDER]: makes the corpora in tests/fuzz/corpus small again, each with the
# edges of itself and of what runs have learnt (FOLDER/TARGET; build/fuzz/corpus).
# Look for paths of a machine in what is new before it is committed.
cd "$(dirname "$0")/../.." || exit 70
learnt=${1:-build/fuzz/corpus}
for program in build/fuzz/fuzz/*; do
    name=${program##*/} corpus=tests/fuzz/corpus/${program##*/}
    mkdir -p "build/fuzz/merged/$name" "$learnt/$name"
    rm -f "build/fuzz/merged/$name"/*
    "$program" -merge=1 -use_counters=0 "build/fuzz/merged/$name" "$corpus" "$learnt/$name" \
        > "build/fuzz/merged/$name.log" 2>&1 || { echo "FAIL merge $name"; exit 1; }
    echo "$name: $(find "$corpus" -type f | wc -l) inputs before, $(find "build/fuzz/merged/$name" -type f | wc -l)" \
        "with what was learnt, $(du -sb "build/fuzz/merged/$name" | cut -f1) bytes"
done
