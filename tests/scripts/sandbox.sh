#!/bin/bash
# --sandbox: the same answers, and nothing else can be read, written, started or called; refused where
# the kernel cannot do it.
cd "$(dirname "$0")/../.." || exit 70
REPO=$PWD
paritet=$PWD/build/${VARIANT:-release}/paritet
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
failed=0
# libraries that are preloaded come before the sanitizer's, which looks for leaks by tracing the program
export ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0:detect_leaks=0

ok() { echo "ok sandbox $1"; }
fail() {
    echo "FAIL sandbox $1: see below"
    sed 's/^/    /' | head -40
    failed=1
}
# same NAME WANTED GOT
same() { if [ "$2" = "$3" ]; then ok "$1"; else printf 'wanted: %s\ngot:    %s\n' "$2" "$3" | fail "$1"; fi; }

# left WORD: what is in this folder and has it in its name
left() { find . -maxdepth 1 -name "*$1*"; }

command -v gnuplot > /dev/null || { echo "SKIP sandbox: gnuplot"; exit 0; }
build() { ${CC:-gcc} -D_GNU_SOURCE -O1 "$@" || exit 1; }
build -shared -fPIC -o "$scratch/old.so" tests/support/preload/old_kernel.c -ldl

cd "$scratch" || exit 70
mkdir models data scenarios secret
cp "$REPO"/models/copenhagen.yaml models
cp "$REPO"/data/copenhagen*.csv data
cp "$REPO"/scenarios/{both,mentors,core-services}.yaml scenarios 2> /dev/null
cp "$REPO"/scenarios/*.yaml scenarios
echo 'indicator,group,year,value' > secret/figures.csv
model=models/copenhagen.yaml scenario=scenarios/both.yaml

# ---- the kernel has none
if OLD_KERNEL=444 LD_PRELOAD=$scratch/old.so "$paritet" --sandbox levers > out 2> err; then code=0; else code=$?; fi
same "is refused by its name where there is no Landlock" \
    "69 paritet: --sandbox cannot be had on this machine: Function not implemented; it needs Linux 5.13 or later with Landlock and seccomp switched on; leave it out, or use a container " \
    "$code $(cat err) $(cat out)"
if OLD_KERNEL=444 LD_PRELOAD=$scratch/old.so "$paritet" --sandbox report --no-plots $model -o folder > out 2> err; then code=0; else code=$?; fi
same "leaves nothing where it is refused" "69 " "$code $(left folder)"
if OLD_KERNEL=446 LD_PRELOAD=$scratch/old.so "$paritet" --sandbox --lang da levers > out 2> err; then code=0; else code=$?; fi
same "is refused in Danish where the rules are not taken" "69 paritet: --sandbox kan ikke" "$code $(cut -c1-27 err)"
if OLD_KERNEL=seccomp LD_PRELOAD=$scratch/old.so "$paritet" --sandbox report --no-plots $model -o folder > out 2> err; then code=0; else code=$?; fi
same "is refused where seccomp is switched off" "69 1 " "$code $(grep -c 'cannot be had' err) $(left folder)"

if ! "$paritet" --sandbox levers > out 2> err; then
    echo "SKIP sandbox: Landlock in the kernel"
    exit $failed
fi

# ---- the same answers
report() { "$paritet" -q ${1:+"$1"} report --draws 200 $model $scenario -o folder; }
report '' && mv folder plain && report --sandbox && mv folder fenced
rm -f plain/manifest.json fenced/manifest.json
if diff -r plain fenced > differences; then ok "a report has the same bytes"; else fail "a report has the same bytes" < differences; fi

wrong=
try() {
    "$paritet" -q "$@" > out.plain 2> err.plain; local plain=$?
    "$paritet" -q --sandbox "$@" > out.fenced 2> err.fenced; local fenced=$?
    { [ $plain = $fenced ] && cmp -s out.plain out.fenced && cmp -s err.plain err.fenced; } ||
        wrong="$wrong
$plain $fenced $*: $(cat err.fenced)"
}
printf 'based-on: both.yaml\n%s\n' "$(sed '/^levers:/,$d' $scenario)" > scenarios/again.yaml
try levers
try check $model $scenario
try status $model
try fit --format csv $model -i employment-ratio
try simulate --draws 200 --format json $model scenarios/again.yaml
try simulate --draws 200 --shard 1/2 $model $scenario -o 1.json
try simulate --draws 200 --shard 2/2 $model $scenario -o 2.json
try merge --format csv 1.json 2.json
try check --data data/*.csv
try backtest $model -i employment-ratio -o backtest.txt
try check models
try check models/none.yaml
try check $scenario
try check $model -o none/file
try check $model -o /dev/full
try check $model -o $model
try report --no-plots $model -o secret
sed 's|\.\./data/|../data/none-|' $model > models/without.yaml
try check models/without.yaml
if [ -z "$wrong" ]; then ok "every command answers and complains as without"; else echo "$wrong" | fail "every command answers and complains as without"; fi

ln -s ../plain/status.csv scenarios/link.csv
"$paritet" -q --sandbox status --format csv $model -o scenarios/link.csv && cmp -s plain/status.csv scenarios/link.csv
same "a link as the output keeps pointing" "0 yes" "$? $([ -L scenarios/link.csv ] && echo yes)"

# ---- what cannot be known before it is read
if "$paritet" --sandbox check - < $model > out 2> err; then code=0; else code=$?; fi
same "a model from a pipe is refused" \
    "64 paritet: --sandbox has to know what '-' names before it is read; save it as a file first" "$code $(cat err)"
mkfifo fifo
sed 's|\.\./data/copenhagen.csv|../fifo|' $model > models/fifo.yaml
timeout 20 "$paritet" --sandbox check models/fifo.yaml > out 2> err
same "a pipe named as data does not hang" 65 $?

# ---- what is refused
mkdir bin
# escape FLAGS...: tried inside of paritet, on a copy of the model that may be lost
escape() {
    cp $model models/lost.yaml
    build -DPRELOADED -DSECRET="\"$PWD/secret/figures.csv\"" -DINPUT="\"$PWD/models/lost.yaml\"" \
        -DBESIDE="\"$PWD/beside\"" -shared -fPIC -o escape.so "$REPO/tests/support/preload/escape.c"
    LD_PRELOAD=$PWD/escape.so "$paritet" -q "$@" 2>&1 > /dev/null | sed -n 's/^.*escape: //p'
}
got=$(escape check models/copenhagen.yaml)
# some of them a container refuses anyway
for one in read list make write append link symlink mkfifo rename chmod chown truncate unlink run; do
    case "$got " in *" $one "*) ;; *) echo "$got" | fail "the attempt '$one' succeeds without it" ;; esac
done
cat > version.c << 'END'
#include <unistd.h>
int main(void) { return (int)syscall(444, NULL, 0, 1); }
END
build -o version version.c
./version
version=$?
can=
[ "$version" -ge 6 ] || can=" signal"
same "nothing else can be done by a command" "20 tried, could:$can" "$(escape --sandbox check models/lost.yaml)"
same "nor by one that writes a file" "20 tried, could:$can" "$(escape --sandbox check models/lost.yaml -o answer)"
same "nor by a report" "20 tried, could:$can" "$(escape --sandbox report --no-plots models/lost.yaml -o folder)"

cp $model models/lost.yaml
build -DSECRET="\"$PWD/secret/figures.csv\"" -DINPUT="\"$PWD/models/lost.yaml\"" -DBESIDE="\"$PWD/beside\"" \
    -o bin/gnuplot "$REPO/tests/support/preload/escape.c"
PATH=$PWD/bin:$PATH "$paritet" -q --sandbox report models/lost.yaml -o other > out 2> err
code=$?
same "nor by gnuplot" "69 20 tried, could: signal" "$code $(sed -n 's/^.*escape: //p' err | sed "s/could:$/could: signal/")"
same "nothing is left of it" "" "$(left other)$(left beside)"

# ---- a program that is not named gnuplot
printf '#!/bin/sh\necho ran > ran\n' > bin/gnuplot
PATH=$PWD/bin:$PATH "$paritet" -q --sandbox report $model -o other > out 2> err
same "a script is not started in place of gnuplot" "69 " "$? $(left other)$(left ran)"
exit $failed
