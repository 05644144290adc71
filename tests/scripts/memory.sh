#!/bin/sh
# valgrind finds no read of uninitialised memory, which the sanitizers do not see, and no leak.
cd "$(dirname "$0")/../.." || exit 70
paritet=build/${VARIANT:-release}/paritet
log=$(mktemp) || exit 70
trap 'rm -rf "$log" "$log.json" "$log.report"' EXIT

if [ "${VARIANT:-release}" = san ]; then
    echo "ok memory: the sanitizers look themselves"
    exit 0
fi
if ! command -v valgrind > /dev/null; then
    echo "SKIP memory: valgrind"
    exit 0
fi

# clean NAME ARGUMENT...: with threads, only memory that is definitely lost counts.
clean() {
    name=$1
    shift
    if valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
        "$paritet" "$@" > /dev/null 2> "$log"; then
        echo "ok memory $name"
    else
        echo "FAIL memory $name: paritet $* under valgrind"
        head -n 40 "$log"
    fi
}

clean check check models/copenhagen.yaml scenarios/both.yaml
clean fit fit models/copenhagen.yaml
clean status --quiet status --draws 200 --threads 1 models/copenhagen.yaml
clean simulate --quiet simulate --draws 200 --threads 1 models/copenhagen.yaml scenarios/both.yaml
clean shard --quiet simulate --draws 200 --threads 1 --shard 1/1 -o "$log.json" \
    models/copenhagen.yaml scenarios/both.yaml
clean merge --quiet merge "$log.json"
clean report --quiet report --draws 200 --threads 1 --no-plots -i employment-ratio -o "$log.report" \
    models/copenhagen.yaml scenarios/both.yaml
