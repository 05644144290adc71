#!/bin/bash
# growth.sh [OUT]: how time and memory of `paritet simulate` grow with draws, scenarios and places,
# what scenarios that share their noise save, and what a whole country would take, from a measured
# tenth. Writes the part of OUT (docs/benchmarks.md) from "## Whole questions" on, and prints PASS or
# FAIL lines. Environment: VARIANT; ROUNDS (3) of what is compared; TENTH_DRAWS (100000).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 70
export LC_ALL=C.UTF-8
out=${1:-docs/benchmarks.md} rounds=${ROUNDS:-3} tenth_draws=${TENTH_DRAWS:-100000}
paritet=$PWD/build/${VARIANT:-release}/paritet
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
time=$(type -P time) || { echo "SKIP growth: time (GNU time)"; exit 0; }

# model PLACES INDICATORS: gaps in employment of so many places, 15 years each, made for this.
model() {
    awk -v places="$1" -v indicators="$2" 'BEGIN {
        srand(7)
        print "indicator,group,place,year,value"
        for (i = 1; i <= indicators; i++) for (p = 1; p <= places; p++) {
            x = 60 + 15 * rand()
            for (y = 2010; y <= 2024; y++) {
                x += 0.5 + 1.6 * (rand() - 0.5)
                printf "i%02d,some,place %02d,%d,%.2f\n", i, p, y, x
            }
        }
    }' > "$work/model-$1-$2.csv"
    {
        echo "title: { da: Vækst, en: Growth }"
        echo "horizon: 2050"
        echo "data: [ model-$1-$2.csv ]"
        echo "places: all"
        echo "groups: [ { id: some, title: { da: nogle, en: some } } ]"
        echo "areas: [ { id: a, title: { da: Alt, en: All }, goals: [ { id: g, title: { da: Alt, en: All }, indicators: ["
        for ((i = 1; i <= $2; i++)); do
            printf '  { id: i%02d, title: { da: Nr. %d, en: No. %d }, unit: "%%", series: i%02d, group: some, gap: given, parity: 100, better: higher, band: { within: 1 pp, because: { da: x, en: x } } },\n' $i $i $i $i
        done
        echo "] } ] } ]"
    } > "$work/model-$1-$2.yaml"
}

# scenarios N INDICATORS: N scenarios with one lever on each indicator, of four kinds and laws.
scenarios() {
    local s i kinds=(level pace level closing)
    local laws=("{ triangular: [ 0.2, 0.9, 2.1 ], unit: pp }" "{ normal: [ 0.1, 0.05 ], unit: pp/year }"
        "{ uniform: [ 0.2, 1.5 ], unit: pp }" "3 %/year")
    mkdir -p "$work/s-$1-$2"
    for ((s = 1; s <= $1; s++)); do
        {
            echo "levers:"
            for ((i = 1; i <= $2; i++)); do
                local k=$(((s + i) % 4))
                printf '  - { id: lever-%d-%d, indicator: i%02d, group: some, kind: %s, effect: %s, reach: %d %%, start: %d, source: made for a test, confidence: medium }\n' \
                    $s $i $i ${kinds[k]} "${laws[k]}" $((20 + (7 * s + 3 * i) % 60)) $((2026 + s % 4))
            done
        } > "$work/s-$1-$2/s$(printf %03d "$s").yaml"
    done
}

# run ARGUMENT...: sets seconds (wall), used (processor) and mib (most memory) of `paritet simulate`.
run() {
    "$time" -f '%e %U %S %M' -o "$work/time" "$paritet" --quiet simulate "$@" \
        --format csv --table gained -o "$work/answer.csv" || { echo "FAIL growth: paritet simulate $*"; exit 1; }
    read -r seconds user system kib < "$work/time"
    used=$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')
    mib=$(awk -v k="$kib" 'BEGIN { printf "%.1f", k / 1024 }')
}

median() { sort -g | awk '{ v[NR] = $1 } END { printf "%.4g", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

bad=0
# verdict NAME VALUE MUST AIM UNIT: less is better.
verdict() {
    awk -v n="$1" -v x="$2" -v must="$3" -v aim="$4" -v unit="$5" 'BEGIN {
        least = must == "stated" ? must : "<= " must unit
        good = must == "stated" || x <= must + 0
        word = x <= aim ? "aim" : good ? "must" : "no"
        printf "| %s | %.3g%s | %s | <= %g%s | %s |\n", n, x, unit, least, aim, unit, word
        printf "%s %s: %.3g%s (must %s, aim <= %g%s)\n", good ? "PASS" : "FAIL", n, x, unit, least, aim, unit > "/dev/stderr"
        exit !good
    }' || bad=1
}

model 1 1
model 1 14
model 10 1
model 10 14
model 98 1
scenarios 200 1
scenarios 20 14
one=$work/model-1-1.yaml

{
    cat << 'END'
## Whole questions

`tests/bench/growth.sh`: whole runs of `paritet simulate`, start, fits and the writing of a table
included, on made-up figures of 15 years, with the consensus projection to 2050. One thread, unless
a row says otherwise; seconds of the processor, memory of the process.

| draws | scenarios | places | seconds | peak memory, MiB |
|---:|---:|---:|---:|---:|
END
    for size in "20000 1 1" "200000 1 1" "2000000 1 1" "20000 2 1" "20000 20 1" "20000 200 1" "20000 1 10" "20000 1 98"; do
        read -r draws n places <<< "$size"
        mapfile -t files < <(printf '%s\n' "$work"/s-200-1/*.yaml | head -n "$n")
        run "$work/model-$places-1.yaml" "${files[@]}" --draws "$draws" --threads 1
        printf '| %d | %d | %d | %.2f | %s |\n' "$draws" "$n" "$places" "$used" "$mib"
    done
    echo
    echo "| comparison | measured | must | aim | met |"
    echo "|---|---:|---:|---:|---|"

    # twenty scenarios in one run, and each in a run of its own, one after the other
    mapfile -t files < <(printf '%s\n' "$work"/s-200-1/*.yaml | head -n 20)
    for threads in 1 2; do
        for ((round = 0; round < rounds; round++)); do
            run "$one" "${files[@]}" --draws 1000000 --threads $threads
            together="$seconds $used" apart=0 spent=0
            for file in "${files[@]}"; do
                run "$one" "$file" --draws 1000000 --threads $threads
                apart=$(awk -v a="$apart" -v b="$seconds" 'BEGIN { print a + b }')
                spent=$(awk -v a="$spent" -v b="$used" 'BEGIN { print a + b }')
            done
            echo "$together $apart $spent" | awk '{ print $1 / $3, $2 / $4 }' >> "$work/ratios-$threads"
        done
    done
    verdict "20 scenarios in one run against 20 runs, 1000000 draws, 2 threads, wall" \
        "$(cut -d' ' -f1 "$work/ratios-2" | median)" 0.5 0.3 x
    verdict "the same, 1 thread, processor" "$(cut -d' ' -f2 "$work/ratios-1" | median)" stated 0.3 x

    for ((round = 0; round < 2 * rounds + 1; round++)); do
        run models/copenhagen.yaml scenarios/copenhagen/{advisers,later,safe-by-2032,school-start}.yaml
        echo "$seconds" >> "$work/wall"
    done
    verdict "models/copenhagen.yaml, 4 scenarios, 20000 draws, wall" "$(median < "$work/wall")" 0.25 0.1 " s"

    run "$one" "${files[0]}" --draws 1000000 --threads 1
    verdict "memory of a cell with one scenario, 1000000 draws" \
        "$(awk -v a="$mib" 'BEGIN { print a / 2 }')" 64 16 " MiB"

    mapfile -t files < <(printf '%s\n' "$work"/s-20-14/*.yaml)
    run "$work/model-10-14.yaml" "${files[@]}" --draws "$tenth_draws"
    whole=$(awk -v s="$seconds" -v d="$tenth_draws" 'BEGIN { print s * 9.8 * (100000 / d) / 60 }')
    tenth=$seconds
    verdict "98 places x 14 indicators x 20 scenarios x 100000 draws, wall" "$whole" stated 10 " min"
    cat << END

The last row is not measured but 9.8 times a measured tenth: 10 places, 14 indicators, 20 scenarios
with a lever on every one of them, $tenth_draws draws, all threads, $tenth seconds, $mib MiB.
END
} > "$work/part.md"

if [ -e "$out" ]; then
    sed '/^## Whole questions/,$d' "$out" > "$work/page.md"
    [ "$(tail -n 1 "$work/page.md")" = "" ] || echo >> "$work/page.md"
    cat "$work/part.md" >> "$work/page.md"
    cp "$work/page.md" "$out"
    echo "written: $out"
else
    cat "$work/part.md"
fi
exit $bad
