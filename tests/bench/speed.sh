#!/bin/bash
# speed.sh [OUT]: how fast the engine is beside R, numpy and GSL, all interleaved in one run, and
# how time and memory grow. Writes OUT (docs/benchmarks.md) and prints PASS, FAIL or SKIP lines.
#
# Environment: ROUNDS (3) of every row; CELLS (8), DRAWS (1000000), YEARS (30) of the workload,
# PEER_CELLS (as CELLS) of the peers' rows; THREADS (2) of the row with several.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 70
export LC_ALL=C.UTF-8 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
out=${1:-docs/benchmarks.md}
rounds=${ROUNDS:-3} cells=${CELLS:-8} draws=${DRAWS:-1000000} years=${YEARS:-30}
threads=${THREADS:-2} peer_cells=${PEER_CELLS:-${CELLS:-8}}
build=build/${VARIANT:-release}
own=$build/bench_simulate
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT

python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3 || echo python3)

# ---- Rows: key, name, how many cells, command with P H CELLS THREADS SEED after it

keys=() peers=()
declare -A name n_cells command
row() {
    keys+=("$1")
    name[$1]=$2 n_cells[$1]=$3 command[$1]=$4
}
peer() {
    row "$@"
    peers+=("$1")
}

row own "paritet, $threads threads" "$cells" "$own %P %H %C $threads %S"
row one "paritet, 1 thread" "$cells" "$own %P %H %C 1 %S"
row floor "paritet without quantiles, 1 thread" "$cells" "$own %P %H %C 1 %S --floor"
for isa in portable avx2 avx512; do
    if "$own" 1 1 1 1 1 --isa $isa > /dev/null 2>&1; then
        row "one-$isa" "paritet, 1 thread, $isa" "$cells" "$own %P %H %C 1 %S --isa $isa"
        row "floor-$isa" "paritet without quantiles, 1 thread, $isa" "$cells" \
            "$own %P %H %C 1 %S --floor --isa $isa"
    else
        echo "SKIP paritet with $isa: not on this machine"
    fi
done
if [ -x "$build/simulate_gsl" ]; then
    peer sort "GSL mt19937, ziggurat, sort" "$peer_cells" "$build/simulate_gsl %P %H %C 1 %S sort"
    peer select "GSL taus2, ziggurat, gsl_stats_select" "$peer_cells" "$build/simulate_gsl %P %H %C 1 %S select"
else
    echo "SKIP GSL: $build/simulate_gsl is not built"
fi
if "$python" -c 'import numpy' 2> /dev/null; then
    peer numpy "numpy" "$peer_cells" "$python tests/bench/peers/simulate.py %P %H %C 1 %S"
else
    echo "SKIP numpy: $python with numpy (python3-numpy)"
fi
if command -v Rscript > /dev/null; then
    peer r "R vectorised" "$peer_cells" "Rscript tests/bench/peers/simulate.R %P %H %C 1 %S"
else
    echo "SKIP R: Rscript (r-base-core)"
fi

# timed KEY DRAWS CELLS SEED: one run. Appends `wall cpu` in ns per path-year of the whole process
# and the peak memory in KiB (0: not known) to KEY.times, and the answer to KEY.json.
memory=$(type -P time)
timed() {
    local line=${command[$1]} start end used TIMEFORMAT='%U %S'
    line=${line//%P/$2} line=${line//%H/$years} line=${line//%C/$3} line=${line//%S/$4}
    echo 0 > "$work/peak"
    start=$EPOCHREALTIME
    # shellcheck disable=SC2086 # a command line
    used=$({ time ${memory:+"$memory" -f %M -o "$work/peak"} $line > "$work/answer" 2> /dev/null; } 2>&1)
    end=$EPOCHREALTIME
    grep -q '"hist"' "$work/answer" || return
    tail -n 1 "$work/answer" >> "$work/$1.json"
    awk -v s="$start" -v e="$end" -v used="$used" -v p="$2" -v h="$years" -v c="$3" '{
        n = 1e-9 * p * h * c
        split(used, cpu, " ")
        printf "%.4f %.4f %d\n", (e - s) / n, (cpu[1] + cpu[2]) / n, $1
    }' "$work/peak" >> "$work/$1.times"
}

for ((round = 1; round <= rounds; round++)); do
    for key in "${keys[@]}"; do
        timed "$key" "$draws" "${n_cells[$key]}" "$round" || echo "FAIL run: ${name[$key]}"
    done
done

# ---- Do all say the same?

wrong=

# The first years and quantiles of a peer against ours, both of `draws` draws: pooled over the
# rounds, every share within 5 of its standard errors and every quantile within 6 of those that
# a normal gives them. (Of some 30 shares and 210 quantiles.)
agree() {
    "$python" - "$work/one.json" "$work/$1.json" << 'END'
import json, math, sys
ours, theirs = ([json.loads(line) for line in open(path)] for path in sys.argv[1:])
rounds, draws = len(ours), ours[0]["P"]
worst = 0
for h in range(len(ours[0]["hist"])):
    a, b = (sum(run["hist"][h] for run in runs) for runs in (ours, theirs))
    if a + b >= 20:
        worst = max(worst, abs(a - b) / math.sqrt(a + b))
wide = 0
for i in range(len(ours[0]["q"])):
    t, k = divmod(i, 7)
    level = [.05, .10, .25, .50, .75, .90, .95][k]
    # the standard error of a normal quantile, from the spread between .25 and .75
    sd = (ours[0]["q"][7 * t + 4] - ours[0]["q"][7 * t + 2]) / 1.34898
    z = {.05: 1.64485, .10: 1.28155, .25: .67449, .50: 0}[min(level, round(1 - level, 2))]
    dense = math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / sd
    se = math.sqrt(level * (1 - level) / draws / rounds) / dense
    a, b = (sum(run["q"][i] for run in runs) / rounds for runs in (ours, theirs))
    wide = max(wide, abs(a - b) / se / math.sqrt(2))
print(f"{worst:.1f} {wide:.1f}")
sys.exit(worst > 5 or wide > 6)
END
}

for key in "${peers[@]}"; do
    if errors=$(agree "$key"); then
        echo "PASS same answer: ${name[$key]} (largest differences, in standard errors: $errors)"
    else
        echo "FAIL same answer: ${name[$key]} ($errors standard errors)"
        wrong="${name[$key]} says something else"
    fi
done
for key in "${keys[@]}"; do
    [[ $key == one-* ]] || continue
    same=$(for k in one "$key"; do sed 's/.*"hist"/"hist"/' "$work/$k.json" | md5sum; done | sort -u | wc -l)
    if [ "$same" = 1 ]; then
        echo "PASS same bytes: ${name[$key]}"
    else
        echo "FAIL same bytes: ${name[$key]}"
        wrong="${name[$key]} has other bytes"
    fi
done

# ---- What came out

# figures COLUMN FILE: median, least and most.
figures() {
    cut -d' ' -f"$1" "$2" | sort -g | awk '{ v[NR] = $1 } END {
        printf "%.4f %.4f %.4f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[1], v[NR]
    }'
}

# ratio KEY OTHER COLUMN: of OTHER to KEY, round by round: median, least and most.
ratio() {
    paste -d' ' <(cut -d' ' -f"$3" "$work/$1.times") <(cut -d' ' -f"$3" "$work/$2.times") |
        awk '{ print $2 / $1 }' > "$work/ratio"
    figures 1 "$work/ratio"
}

# verdict NAME KEY OTHER COLUMN least|most MUST AIM
verdict() {
    [ -s "$work/$2.times" ] && [ -s "$work/$3.times" ] || return 0
    # shellcheck disable=SC2046 # three numbers
    set -- "$@" $(ratio "$2" "$3" "$4")
    awk -v name="$1" -v kind="$5" -v must="$6" -v aim="$7" -v x="$8" -v low="$9" -v high="${10}" '
        BEGIN {
            sign = kind == "least" ? ">=" : "<="
            good = kind == "least" ? x >= must : x <= must
            better = kind == "least" ? x >= aim : x <= aim
            word = better ? "aim" : good ? "must" : "no"
            printf "| %s | %.3gx | %.3g-%.3gx | %s %gx | %s %gx | %s |\n", name, x, low, high, sign, must, sign, aim, word
            printf "%s %-58s %6.3gx (%.3g-%.3g)  must %s %gx, aim %s %gx\n",
                good ? "PASS" : "FAIL", name, x, low, high, sign, must, sign, aim > "/dev/stderr"
        }'
}

version() {
    case $1 in
    r) Rscript --version 2>&1 | head -n 1 ;;
    numpy) "$python" -c 'import numpy, sys; print("Python", sys.version.split()[0] + ", numpy", numpy.__version__)' ;;
    gsl) echo "GSL $(gsl-config --version 2> /dev/null || pkg-config --modversion gsl)" ;;
    esac
}

{
    cat << END
# How fast the engine is

Written by \`make bench\` (\`tests/bench/speed.sh\`): do not edit. Every row ran once in each of
$rounds rounds, one after the other, so that what disturbs the machine disturbs all alike. The figures
are medians with the least and the most.

* Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) processors,
  $(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo); best instruction set of ours:
  $("$own" 1 1 1 1 1 | sed 's/.*"isa":"\([^"]*\)".*/\1/')
* System: $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), Linux $(uname -r | cut -d. -f1,2), $(${CC:-gcc} --version | head -n 1)
* $(version gsl); $(version numpy 2> /dev/null); $(version r 2> /dev/null)

## One question, many futures

Each cell is a gap that drifts towards parity with an uncertain level and slope, a ramp on the slope
and a lasting shock each year: $draws paths over $years years, the seven quantiles of every year
(exact, type 7) and the first year at parity. Peers are written for this project, in the way one
would write them with vectors or with the library's own functions
(\`tests/bench/peers/\`). Whole processes, start included: ours with $cells cells, a peer with
$peer_cells. Every row's first years and quantiles agree with ours within the Monte Carlo error, and
ours have the same bytes for each instruction set, or this page would not have been written.

| what runs | ns per path-year, wall | least-most | ns per path-year, processor | peak memory, MiB |
|---|---:|---:|---:|---:|
END
    for key in "${keys[@]}"; do
        [ -s "$work/$key.times" ] || continue
        read -r wall low high <<< "$(figures 1 "$work/$key.times")"
        read -r cpu _ <<< "$(figures 2 "$work/$key.times")"
        read -r peak _ <<< "$(figures 3 "$work/$key.times")"
        printf '| %s | %.2f | %.2f-%.2f | %.2f | %s |\n' "${name[$key]}" "$wall" "$low" "$high" \
            "$cpu" "$(awk -v k="$peak" 'BEGIN { if (k > 0) printf "%.0f", k / 1024; else print "-" }')"
    done
    cat << 'END'

| comparison | ratio | least-most | must | aim | met |
|---|---:|---:|---:|---:|---|
END
    verdict "against R vectorised, wall" own r 1 least 45 100
    verdict "against numpy, wall" own numpy 1 least 18 50
    verdict "against GSL mt19937, ziggurat, sort, wall" own sort 1 least 45 100
    verdict "against GSL taus2, ziggurat, select, processor" one select 2 least 12 25
    verdict "exact quantiles against none, processor" floor one 2 most 2.5 1.7
    for isa in portable avx2 avx512; do
        verdict "the same with $isa, processor" "floor-$isa" "one-$isa" 2 most 2.5 1.7
    done
    cat << END

The rows marked *processor* compare one thread with one by the time the processor was busy, which
other work on the machine disturbs less.

## How it grows

One thread; draws times ten, then cells times ten. Memory is that of the process.

| draws | cells | seconds | ns per path-year | peak memory, MiB |
|---:|---:|---:|---:|---:|
END
    for size in "1000 8" "10000 8" "100000 8" "1000000 8" "10000000 8" "20000 8" "20000 80" "20000 800"; do
        read -r p c <<< "$size"
        rm -f "$work/one.times"
        timed one "$p" "$c" 1
        read -r _ cpu peak < "$work/one.times"
        awk -v p="$p" -v c="$c" -v h="$years" -v ns="$cpu" -v k="$peak" \
            'BEGIN { printf "| %d | %d | %.3f | %.2f | %.1f |\n", p, c, ns * p * c * h * 1e-9, ns, k / 1024 }'
    done
} > "$work/page.md"
if [ -n "$wrong" ]; then
    echo "not written: $out ($wrong)"
    exit 1
fi
cp "$work/page.md" "$out"
echo "written: $out"
