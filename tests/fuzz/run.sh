#!/bin/bash
# tests/fuzz/run.sh SECONDS|RUNS=n [TARGET]: libFuzzer on each target, from its corpus in
# tests/fuzz/corpus, as many at a time as there are cores (JOBS); an input may
# take TIMEOUT seconds (60) and have LENGTH bytes. Prints how many executions and edges
# there were and what was found, and fails if anything was. What it learns stays in
# build/fuzz/corpus, from which tests/fuzz/merge.sh takes what is new; inputs that break a promise lie
# in build/fuzz/found.
cd "$(dirname "$0")/../.." || exit 70
limit=$1 only=${2-} jobs=${JOBS:-$(nproc)}
case $limit in
RUNS=*) how=-runs=${limit#RUNS=} ;;
*) how=-max_total_time=$limit ;;
esac
mkdir -p build/fuzz/found

# The last line of progress: "#123 REDUCE cov: 45 ft: 67 ..."
seen() {
    grep -aoE '^#[0-9]+.*cov: [0-9]+' "build/fuzz/$1.log" 2> /dev/null | tail -n 1 |
        sed -E 's/^#([0-9]+).*cov: ([0-9]+)/\1 \2/'
}

fuzz() {
    local name=$1 log=build/fuzz/$1.log word=ok
    local before after executions edges
    mkdir -p "build/fuzz/corpus/$name"
    before=$(find build/fuzz/found -name "$name-*" | wc -l)
    "build/fuzz/fuzz/$name" "$how" -timeout="${TIMEOUT:-60}" -rss_limit_mb=4096 ${LENGTH:+-max_len=$LENGTH} -print_final_stats=1 \
        -dict=tests/fuzz/words.dict -artifact_prefix="build/fuzz/found/$name-" \
        "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" > "$log" 2>&1 || word=FAIL
    after=$(find build/fuzz/found -name "$name-*" | wc -l)
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    read -r _ edges < <(seen "$name")
    echo "$word fuzz $name: $executions executions, $edges edges, $((after - before)) found"
    [ $word = ok ] || grep -aE 'does not hold|ERROR|runtime error' "$log" | head -n 3
    [ $word = ok ]
}

# Once a minute, where somebody looks on.
progress() {
    while sleep 60; do
        for log in build/fuzz/*.log; do
            name=${log##*/}
            name=${name%.log}
            grep -aq '^stat::' "$log" || echo "   fuzz $name: $(seen "$name" | cut -d ' ' -f 1) executions so far"
        done
    done
}

targets=()
for program in build/fuzz/fuzz/*; do
    name=${program##*/}
    [[ $name == *"$only"* ]] && targets+=("$name")
done
rm -f build/fuzz/*.log
[ -t 1 ] && progress &
watcher=$!
trap 'kill $watcher 2> /dev/null' EXIT

export -f fuzz seen
export how
# threads that wait must not keep the others from working where there are few cores
export OMP_WAIT_POLICY=passive
printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I '{}' bash -c 'fuzz {}'
code=$?
[ $code = 0 ] || exit 1
