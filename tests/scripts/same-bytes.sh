#!/bin/bash
# The same bytes for any number of threads, any instruction set, any order of scenarios and any
# compiler: tables of `simulate` and the numbers of bench_simulate.
#
# The builds compared are the one under test and, of release, san and clang, those that are there and
# up to date; `make same-bytes` makes all three first, as CI does. It sets ALL=1, which lets none be
# missing.
cd "$(dirname "$0")/../.." || exit 70
variant=${VARIANT:-release}
unset MAKEFLAGS MFLAGS MAKELEVEL VARIANT CC PARITET_ISA OMP_NUM_THREADS
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

# Scenarios whose levers act together, on one model with links and groups and on one with places.
copenhagen=(models/copenhagen.yaml scenarios/both.yaml scenarios/young-men.yaml
    scenarios/core-services.yaml scenarios/continue.yaml)
# shellcheck disable=SC2034 # by name, as the next
backwards=(models/copenhagen.yaml scenarios/continue.yaml scenarios/core-services.yaml
    scenarios/young-men.yaml scenarios/both.yaml)
# The same model with its series in two files, the later ones first.
mkdir "$scratch/models"
for part in 1 2; do
    awk -F, -v part=$part 'NR == 1 || ($1 < "k") == (part == 2)' data/copenhagen.csv \
        > "$scratch/part$part.csv"
done
sed 's|^data: .*|data: [ ../part1.csv, ../part2.csv ]|' models/copenhagen.yaml \
    > "$scratch/models/copenhagen.yaml"
# shellcheck disable=SC2034
split=("$scratch/models/copenhagen.yaml" "${copenhagen[@]:1}")

# sums BUILD ISA THREADS ORDER: a line for each table, its name and md5.
sums() {
    local program=build/$1/paritet table
    local -n files=$4
    for table in parity bands gained attribution groups; do
        printf '%s %s\n' $table "$(PARITET_ISA=$2 "$program" --quiet simulate --draws "$draws" \
            --threads "$3" --format csv --table $table "${files[@]}" | md5sum)"
    done
    printf 'places %s\n' "$(PARITET_ISA=$2 OMP_NUM_THREADS=$3 "$program" --quiet simulate \
        --draws "$draws" --format csv --table bands models/municipalities.yaml \
        scenarios/municipalities/*.yaml | md5sum)"
    for cells in 1 3; do
        printf 'bench %s\n' "$("build/$1/bench/bench_simulate" $((draws * 5)) 30 $cells "$3" 7 \
            --isa "$2" | grep -o '"hist".*' | md5sum)"
    done
}

# same NAME ARGUMENT...: the sums are those of the reference.
same() {
    local name=$1
    shift
    sums "$@" > "$scratch/sums" 2> "$scratch/said"
    if [ -s "$scratch/said" ]; then
        echo "FAIL same-bytes $name: it says something"
        failed=1
        head -n 3 "$scratch/said"
    elif out=$(diff "$scratch/reference" "$scratch/sums"); then
        echo "ok same-bytes $name"
    else
        echo "FAIL same-bytes $name: other bytes than $reference"
        failed=1
        printf '%s\n' "$out"
    fi
}

draws=1500 failed=0
reference="$variant, best instruction set, one thread"
isas=
for isa in portable avx2 avx512; do
    ! PARITET_ISA=$isa "build/$variant/paritet" families > /dev/null 2>&1 || isas="$isas $isa"
done
best=${isas##* }
sums "$variant" "$best" 1 copenhagen > "$scratch/reference"
empty=$(md5sum < /dev/null)
if grep -qF "$empty" "$scratch/reference" || [ "$(wc -l < "$scratch/reference")" -ne 8 ]; then
    echo "FAIL same-bytes: no tables to compare"
    cat "$scratch/reference"
    exit 1
fi
draws=1501
sums "$variant" "$best" 1 copenhagen | diff "$scratch/reference" - | grep -c '^>' > "$scratch/differ"
if [ "$(cat "$scratch/differ")" -eq 8 ]; then
    echo "ok same-bytes sees a draw more in every table"
else
    echo "FAIL same-bytes sees a draw more in every table: in $(cat "$scratch/differ") of 8"
    failed=1
fi
draws=1500

for threads in 2 3 4; do
    same "$variant, $threads threads" "$variant" "$best" $threads copenhagen
done
for isa in $isas; do
    [ "$isa" = "$best" ] || same "$variant, $isa" "$variant" "$isa" 2 copenhagen
done
same "$variant, scenarios backwards" "$variant" "$best" 2 backwards
same "$variant, data in other files" "$variant" "$best" 2 split

for build in release san clang; do
    [ "$build" != "$variant" ] || continue
    if make -q VARIANT=$build "build/$build/paritet" "build/$build/bench_simulate" > /dev/null 2>&1
    then
        for isa in $isas; do
            same "$variant and $build, $isa" $build "$isa" 2 copenhagen
        done
    elif [ -n "${ALL-}" ]; then
        echo "FAIL same-bytes $variant and $build: no build/$build"
        failed=1
    fi
done
exit $failed
