#!/bin/bash
# make races: the threads of `simulate`, `report` and `backtest --data` under ThreadSanitizer, in the
# build VARIANT=tsan. Archer, which clang's OpenMP loads by itself, tells the sanitizer where threads
# wait for each other; its manual asks for ignore_noninstrumented_modules. A race of the test's own
# has to be found, and a loop without one has to pass, before anything else is believed.
cd "$(dirname "$0")/.." || exit 70
program=$PWD/build/tsan/paritet
bench=$PWD/build/tsan/bench/bench_simulate
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
export TSAN_OPTIONS='ignore_noninstrumented_modules=1 exitcode=99' OMP_NUM_THREADS=4
failed=0

# run NAME STATUS COMMAND...: its exit status is that; 99 says that a race was found.
run() {
    local name=$1 wanted=$2 status
    shift 2
    "$@" > "$scratch/out" 2> "$scratch/said"
    status=$?
    if [ "$status" -eq "$wanted" ]; then
        echo "ok races $name"
    else
        echo "FAIL races $name: exit status $status"
        grep -A 25 -m 3 'WARNING: ThreadSanitizer' "$scratch/said" || head -n 20 "$scratch/said"
        failed=1
    fi
}

cat > "$scratch/loop.c" << 'C'
#include <stdio.h>
int main(void)
{
    static double sum[4000];
    double all = 0;
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < 4000; i++) {
        sum[AT] += i;
    }
    for (int i = 0; i < 4000; i++) {
        all += sum[i];
    }
    return all < 0;
}
C
for at in i 0; do
    clang -O1 -g -fopenmp -fsanitize=thread -DAT=$at "$scratch/loop.c" -o "$scratch/loop-$at" || exit 1
done
run "a loop without a race passes" 0 "$scratch/loop-i"
run "a race is seen" 99 "$scratch/loop-0"

copenhagen=(models/copenhagen.yaml scenarios/both.yaml scenarios/young-men.yaml scenarios/continue.yaml)
figures=$scratch/figures.csv
awk 'BEGIN {
    print "series,t,value,part"
    srand(7)
    for (s = 1; s <= 60; s++) {
        for (t = 1; t <= 15; t++) {
            value = 40 + s / 3 + t * (s % 7 - 3) / 4 + rand()
            print "s" s "," t "," value "," (t > 11 ? "test" : "train")
        }
    }
}' > "$figures"
for isa in portable avx2 avx512; do
    PARITET_ISA=$isa "$program" families > /dev/null 2>&1 || continue
    export PARITET_ISA=$isa
    run "simulate, $isa" 0 "$program" -q simulate --draws 20000 "${copenhagen[@]}"
    run "the engine's cells, $isa" 0 "$bench" 100000 30 8 4 7 --isa $isa
done
unset PARITET_ISA
run "simulate at many places" 0 "$program" -q simulate --draws 5000 models/municipalities.yaml \
    scenarios/municipalities/*.yaml
run "report" 0 "$program" -q report --no-plots --draws 5000 "${copenhagen[@]}" -o "$scratch/report"
run "fit" 0 "$program" -q fit models/municipalities.yaml
run "backtest" 0 "$program" -q backtest models/copenhagen.yaml
run "backtest --data" 0 "$program" -q backtest --data "$figures"
exit $failed
