#!/bin/bash
# Many scenarios in one run: every number equals that of the scenario run alone, and memory does not
# grow with their number.
#
#   many-scenarios.sh SCENARIOS DRAWS ALONE
#
# makes so many scenarios of eight levers each for models/municipalities.yaml, and runs every
# ALONE-th of them alone as well.
cd "$(dirname "$0")/../.." || exit 70
paritet=$PWD/build/${VARIANT:-release}/paritet
scenarios=$1 draws=$2 alone=$3
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

lever() { # scenario, lever
    local kinds=(level pace closing resources) distributions=(
        "triangular: [ 0.2, 0.9, 2.$(($2 % 10)) ]" "normal: [ 0.$((1 + $1 % 9)), 0.3 ]"
        "pert: [ 0.1, 0.8, 3 ]" "uniform: [ 0.$((1 + $2)), 1.5 ]" "lognormal: [ 0.7, 1.6 ]")
    local kind=${kinds[$((($1 + $2) % 4))]} law=${distributions[$((($1 * 3 + $2) % 5))]}
    echo "  - id: lever-$((($1 * 5 + $2) % 700))-$2"
    echo "    indicator: employment-ratio"
    echo "    group: non-western"
    echo "    kind: $kind"
    case $kind in
        level) echo "    effect: { $law, unit: pp }" ;;
        pace) echo "    effect: { $law, unit: pp/year }" ;;
        closing) echo "    effect: $((1 + ($1 + $2) % 9)) %/year" ;;
        resources) echo "    increase: $((5 + $1 % 40)) %"
            echo "    effect-at: { increase: 10 %, effect: { $law }, unit: pp }"
            echo "    response: diminishing" ;;
    esac
    echo "    reach: $((3 + ($1 * 7 + $2 * 11) % 40)) %"
    echo "    start: $((2026 + ($1 + $2) % 6))"
    echo "    ramp: { years: $((1 + $2 % 4)), shape: s-curve }"
    [ $(($2 % 2)) = 0 ] && echo "    lasts: { until: $((2036 + $1 % 9)), half-life: 4 years }"
    echo "    source: made for a test"
    echo "    confidence: medium"
}

files=()
for ((s = 1; s <= scenarios; s++)); do
    file=$scratch/s$(printf %04d "$s").yaml
    { echo "overlap: independent"; echo "levers:"; for i in 1 2 3 4 5 6 7 8; do lever "$s" "$i"; done; } > "$file"
    files+=("$file")
done

# run FOLDER FILE...: the tables as CSV
run() {
    local out=$1 table
    shift
    mkdir -p "$out"
    for table in parity gained; do
        "$paritet" --quiet simulate models/municipalities.yaml "$@" --draws "$draws" \
            --format csv --table $table -o "$out/$table.csv" || return 1
    done
}

# peak FILE...: the most memory a run takes, in MiB
peak() {
    "$paritet" --quiet simulate models/municipalities.yaml "$@" --draws "$draws" --format csv \
        -o "$scratch/peak.csv" &
    local pid=$! most=0 now
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2> /dev/null) && [ -n "$now" ]; do
        most=$now
        sleep 0.02
    done
    wait $pid || return 1
    echo $((most / 1024))
}

start=$(date +%s%N)
run "$scratch/all" "${files[@]}" || { echo "FAIL many scenarios: the run of all failed"; exit 1; }
end=$(date +%s%N)
wrong=0 compared=0
for ((s = alone; s <= scenarios; s += alone)); do
    name=s$(printf %04d "$s")
    run "$scratch/one" "${files[s - 1]}" || { echo "FAIL many scenarios: $name alone failed"; exit 1; }
    for table in parity gained; do
        cmp -s <(grep ",$name," "$scratch/all/$table.csv") <(grep ",$name," "$scratch/one/$table.csv") ||
            { wrong=$((wrong + 1)); echo "FAIL many scenarios: $table of $name differs from its own run"; }
        compared=$((compared + $(grep -c ",$name," "$scratch/one/$table.csv")))
    done
done
[ $compared -gt 0 ] || { wrong=1; echo "FAIL many scenarios: nothing was compared"; }
[ $wrong = 0 ] && echo "ok many scenarios: $compared rows of $((scenarios / alone)) scenarios out of $scenarios equal those of runs alone"
if [ "$scenarios" -ge 100 ]; then
    echo "two runs of $scenarios scenarios of 8 levers, $draws draws: $(((end - start) / 1000000)) ms"
    echo "most memory, MiB: $(peak "${files[@]:0:2}") with 2 scenarios, $(peak "${files[@]:0:$((scenarios / 2))}") with $((scenarios / 2)), $(peak "${files[@]}") with $scenarios"
fi
exit $wrong
