#!/bin/bash
# tests/fuzz/run.sh SECONDS [TARGET]: libFuzzer on each target, from its corpus in tests/fuzz/corpus.
# What it learns stays in build/fuzz/corpus, and inputs that break a promise in build/fuzz/found.
cd "$(dirname "$0")/../.." || exit 70
seconds=$1 only=${2-} failed=0
mkdir -p build/fuzz/found
for program in build/fuzz/fuzz/*; do
    name=${program##*/}
    [[ $name == *"$only"* ]] || continue
    mkdir -p "build/fuzz/corpus/$name"
    log=build/fuzz/$name.log
    if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -dict=tests/fuzz/words.dict -artifact_prefix="build/fuzz/found/$name-" \
        "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" > "$log" 2>&1; then
        word=ok
    else
        word=FAIL failed=1
        grep -E 'does not hold|ERROR|runtime error' "$log" | head -n 3
    fi
    echo "$word fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions"
done
exit $failed
