#!/bin/bash
# `simulate --shard K/N` and `merge` give the bytes of one run: whatever the number of shards, their
# threads, the order of the files, the table and its form; and what is no whole set of shards of one
# run is refused by name. The scripts of docs/examples/cluster are run as they are, with GNU parallel
# and with a Slurm that is played.
cd "$(dirname "$0")/../.." || exit 70
repo=$PWD
build=$PWD/build/${VARIANT:-release}
export PATH="$build:$PATH" LC_ALL=C.UTF-8
unset LANGUAGE LANG LC_MESSAGES
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

# verdict NAME REASON FILE...: of the last command; when it failed, REASON and the FILEs are said.
verdict() {
    local status=$?
    if [ $status -eq 0 ]; then
        echo "ok shards $1"
    else
        echo "FAIL shards $1: $2"
        shift 2
        [ $# -eq 0 ] || cat "$@"
    fi
}

# make_shards N FOLDER ARGUMENT...: all shards of a run, with threads that differ.
make_shards() {
    local n=$1 folder=$2 k
    shift 2
    mkdir -p "$folder"
    for k in $(seq "$n"); do
        paritet --quiet simulate "$@" --threads $((1 + k % 3)) --shard "$k/$n" \
            -o "$folder/$k.json" || return 1
    done
}

# same FOLDER ANSWER...: what one run says and what its shards say, byte by byte.
same() {
    local folder=$1
    shift
    paritet --quiet simulate "${run[@]}" "$@" > "$scratch/one" &&
        find "$folder" -name '*.json' -print0 | sort -rz |
        xargs -0 paritet --quiet merge "$@" > "$scratch/merged" &&
        cmp "$scratch/one" "$scratch/merged"
}

# ---- the bytes of one run

copenhagen=(models/copenhagen.yaml scenarios/both.yaml scenarios/young-men.yaml
    scenarios/core-services.yaml scenarios/continue.yaml)
denmark=(models/denmark.yaml scenarios/denmark/*.yaml)
municipalities=(models/municipalities.yaml scenarios/municipalities/odense.yaml)

for model in copenhagen denmark municipalities; do
    declare -n files=$model
    run=(--draws 700 "${files[@]}")
    for n in 1 2 3 7 40; do
        folder=$scratch/$model-$n
        make_shards "$n" "$folder" "${run[@]}" && same "$folder" &&
            same "$folder" --format csv --table bands &&
            same "$folder" --format markdown --lang da
        verdict "$model in $n" "not the bytes of one run"
    done
done

run=(--draws 700 "${copenhagen[@]}")
for table in parity gained attribution costs efficiency bands groups fit fieller selftest status; do
    for form in text csv markdown; do
        same "$scratch/copenhagen-3" --table $table --format $form &&
            same "$scratch/copenhagen-3" --table $table --format $form --lang da
        verdict "table $table as $form" "not the bytes of one run"
    done
done

run=(--draws 300 --seed 18446744073709551615 --horizon 2045 --from 2012 --trend damped
    -i employment-ratio@Odense "${municipalities[@]}")
make_shards 2 "$scratch/options" "${run[@]}" && same "$scratch/options" --format csv
verdict "every option of the run" "not the bytes of one run"
run=(--draws 300 --constants mixed "${denmark[@]}")
make_shards 2 "$scratch/constants" "${run[@]}" && same "$scratch/constants" --table attribution
verdict "constants of the consensus" "not the bytes of one run"

make_shards 2 "$scratch/parity" --draws 300 --table parity "${copenhagen[@]}"
run=(--draws 300 "${copenhagen[@]}")
same "$scratch/parity" --table parity
verdict "made for one table" "not the bytes of one run"

# Scenarios in another order and under other names of the same files are the same run.
paritet -q simulate --draws 300 --shard 1/2 -o "$scratch/a.json" "${copenhagen[@]}"
paritet -q simulate --draws 300 --shard 2/2 -o "$scratch/b.json" "$repo/${copenhagen[0]}" \
    scenarios/continue.yaml ./scenarios/core-services.yaml scenarios/young-men.yaml \
    scenarios/both.yaml
paritet -q simulate "${run[@]}" > "$scratch/one"
paritet -q merge "$scratch/b.json" "$scratch/a.json" | cmp - "$scratch/one"
verdict "files by other names" "not the bytes of one run"

# With a decimal comma in the locale.
if locale -a | grep -qi '^da_DK\.utf-\?8$'; then
    LC_ALL=da_DK.UTF-8 paritet -q simulate --lang en "${run[@]}" --shard 1/1 > "$scratch/c.json" &&
        LC_ALL=da_DK.UTF-8 paritet -q --lang en merge "$scratch/c.json" | cmp - "$scratch/one"
    verdict "in a Danish locale" "not the bytes of one run"
fi

# ---- what is refused

# refuses NAME CODE MESSAGE ARGUMENT...: merge says so, and prints nothing.
refuses() {
    local name=$1 code=$2 message=$3 said status
    shift 3
    said=$(paritet -q merge "$@" 2>&1 > "$scratch/out")
    status=$?
    if [ $status -eq "$code" ] && [ ! -s "$scratch/out" ] && [ "$said" = "paritet: $message" ]; then
        echo "ok shards $name"
    else
        printf 'FAIL shards %s: exit status %s\n%s\n' "$name" $status "$said"
    fi
}

mkdir "$scratch/r" && cp -R models scenarios data "$scratch/r" && cd "$scratch/r" || exit 70
make_shards 3 s --draws 100 "${copenhagen[@]}"
refuses "one is missing" 65 "shard 2 of 3 is missing; make it with the same 'paritet simulate' and \
--shard K/3" s/3.json s/1.json
refuses "two are missing" 65 "shards 1, 3 of 3 are missing; make them with the same 'paritet \
simulate' and --shard K/3" s/2.json
make_shards 40 t --draws 100 "${copenhagen[@]}"
refuses "many are missing" 65 "shards 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ... of 40 are missing; \
make them with the same 'paritet simulate' and --shard K/40" t/40.json
cp s/2.json s/copy.json
refuses "one is there twice" 65 "'s/2.json' and 's/copy.json' are both shard 2 of 3; leave one out" \
    s/1.json s/2.json s/copy.json s/3.json
refuses "other number of shards" 65 "'s/1.json' and 't/2.json' are not parts of one run: 'shards' is \
3 in the first and 40 in the second" s/1.json t/2.json s/3.json

# other OPTION...: shard 2 of another run.
other() {
    rm -f o.json
    paritet -q simulate --draws 100 "${copenhagen[@]}" --shard 2/3 -o o.json "$@"
}
apart="'s/1.json' and 'o.json' are not parts of one run:"
other --seed 5
refuses "another seed" 65 "$apart 'seed' is 20140213 in the first and 5 in the second" s/1.json o.json
other --draws 200
refuses "other draws" 65 "$apart 'draws' is 100 in the first and 200 in the second" s/1.json o.json
other --horizon 2050
refuses "another horizon" 65 "$apart 'horizon' is - in the first and 2050 in the second" \
    s/1.json o.json
other --trend linear
refuses "another trend" 65 "$apart 'trend' is - in the first and \"linear\" in the second" \
    s/1.json o.json
other --constants social
refuses "other constants" 65 "$apart 'constants' is - in the first and \"social\" in the second" \
    s/1.json o.json
other --from 2012
refuses "other years" 65 "$apart 'from' is - in the first and 2012 in the second" s/1.json o.json
other --table parity
refuses "another table" 65 "$apart 'attribution' is true in the first and false in the second" \
    s/1.json o.json
other scenarios/copenhagen/later.yaml
refuses "another scenario" 65 "$apart they were made from 7 and 9 files" s/1.json o.json
cp data/copenhagen.csv kept.csv
printf '\n' >> data/copenhagen.csv
other
refuses "a changed file" 65 "'models/../data/copenhagen.csv' has changed since the shards were made; \
put it back, or make them again" s/1.json s/2.json s/3.json
cp kept.csv data/copenhagen.csv
refuses "shards of another file" 65 "$apart 'models/../data/copenhagen.csv' was not the same when \
they were made" s/1.json o.json s/3.json
mkdir away
cd away || exit 70
refuses "from another folder" 66 "cannot open 'models/copenhagen.yaml', which the shards were made \
from; run merge in the folder where simulate ran, '$scratch/r', or one like it" ../s/1.json
cd ..
refuses "a file that is not there" 66 "cannot open 's/4.json': No such file or directory" s/4.json
refuses "a folder" 66 "cannot read 's': Is a directory" s
: > empty.json
refuses "an empty file" 65 "'empty.json' is empty; make this shard again" s/1.json empty.json
for foreign in '{}' '[]' 'null' '{"program":"paritet"}' 'paritet'; do
    printf '%s' "$foreign" > foreign.json
    refuses "foreign: $foreign" 65 "'foreign.json' is no shard; 'paritet simulate --shard K/N -o \
FILE' makes them" foreign.json
done
refuses "a model" 65 "'models/copenhagen.yaml' is no shard; 'paritet simulate --shard K/N -o FILE' \
makes them" models/copenhagen.yaml
truncate -s 200M huge.json
refuses "a huge file" 65 "'huge.json' is larger than 128 MiB, which is not read; is it the right file?" \
    huge.json
{ printf '{"program":"paritet shard","x":'; printf '[%.0s' $(seq 100000); } > deep.json
refuses "too deep" 65 "'deep.json' is cut short or damaged in line 1; make this shard again" deep.json
head -c 5000 s/2.json > cut.json
refuses "cut short" 65 "'cut.json' is cut short or damaged in line 2; make this shard again" \
    s/1.json cut.json s/3.json
head -c -1 s/2.json > cut.json
refuses "without its last byte" 65 "'cut.json' is not as it was written; make this shard again" \
    s/1.json cut.json s/3.json
sed 's/"version":"[^"]*"/"version":"0.0.9"/' s/2.json > old.json
version=$(paritet --version | head -n 1)
refuses "another version" 65 "'old.json' was made by paritet 0.0.9 and this is ${version#paritet }; \
make and merge shards with one version" s/1.json old.json
sed 's/"seed":20140213/"seed":20140214/' s/2.json > edited.json
refuses "an edited shard" 65 "'edited.json' is not as it was written; make this shard again" \
    s/1.json edited.json

# edited SED [SHARD]: a shard, the second, edited by one who knows how it is sealed.
edited() {
    local shard=${2-s/2.json}
    sed "$1" "$shard" > edited.json
    if cmp -s edited.json "$shard"; then echo "FAIL shards edit $1: changes nothing"; fi
    local n
    n=$(($(stat -c %s edited.json) - 67))
    head -c $n edited.json > sealed.json
    printf '%s"}\n' "$(sha256sum < sealed.json | cut -d ' ' -f 1)" >> sealed.json
}
in_head() {
    edited "$2"
    refuses "edited: $2" 65 "'sealed.json' is damaged: '$1' is missing or wrong; make this shard again" \
        s/1.json sealed.json s/3.json
}
in_cell() {
    edited "$2"
    refuses "edited: $2" 65 "'sealed.json' is damaged: '$1' of 'grade-average' is missing or \
impossible; make this shard again" s/1.json sealed.json s/3.json
}
in_outcome() {
    edited "$2"
    refuses "edited: $2" 65 "'sealed.json' is damaged: '$1' of 'grade-average' under 'baseline' is \
missing or impossible; make this shard again" s/1.json sealed.json s/3.json
}
# What a shard says that it was made from is read again: not where that has no end.
mkfifo waits
for key in '"model":' '"inputs":\[{"path":' '"scenarios":\['; do
    for device in waits /dev/zero; do
        edited "s|$key\"[^\"]*\"|$key\"$device\"|"
        cp sealed.json device.json
        refuses "made from $device: $key" 65 "'device.json' says that it was made from '$device', \
which is a pipe or a device" device.json
    done
done
in_head shard 's/"shard":2/"shard":0/'
in_head shard 's/"shard":2/"shard":4/'
in_head shard 's/"shard":2/"shard":"2"/'
in_head shards 's/"shards":3/"shards":-3/'
in_head draws 's/"draws":100/"draws":0/'
in_head draws 's/"draws":100/"draws":1e2/'
in_head seed 's/"seed":20140213/"seed":"-1"/'
in_head seed 's/"seed":20140213/"seed":1.5/'
in_head trend 's/"rho"/"trend":"crystal","rho"/'
in_head horizon 's/"rho"/"horizon":99999,"rho"/'
in_head options 's/"rho"/"mood":"good","rho"/'
in_head groups 's/"groups":true/"groups":1/'
in_head inputs 's/"inputs":/"outputs":/'
in_head model 's/"model":/"modell":/'
in_cell indicator 's/"cell":1,.*/"cell":1,"projections":[]}/'
in_head results 's/^{"cell":1,.*/&,&/'
in_head projections 's/^\({"cell":1,"projections":\[\)\(.*\)\]}$/\1\2,\2]}/'
in_head cell 's/"cell":1,/"cell":2,/'
in_cell indicator 's/"indicator":"grade-average"/"indicator":"grade"/'
in_outcome bands 's/"bands":\[[^,]*,/"bands":[/'
in_outcome bands 's/"bands":\[[^,]*,/"bands":["a",/'
in_outcome bands 's/"bands":\[[^,]*,/"bands":[null,/'
in_outcome bands 's/"bands":\[[^,]*,/"bands":["inf",/'
in_outcome bands 's/"bands":\[[^,]*,/"bands":[9e9,/'
in_outcome published 's/"published":\[[0-9]*,/"published":[-1,/'
in_outcome published 's/"published":\[[0-9]*,/"published":[101,/'
in_outcome published 's/"published":\[[0-9]*,/"published":[1.0,/'
in_outcome sustained 's/"sustained":\[[0-9]*,/"sustained":[1,/'
in_outcome holds 's/"holds":[0-9]*/"holds":1/'
in_outcome never-holds 's/"never-fades":[0-9]*/"never-fades":1/'
in_outcome gained 's/"both-never":[0-9]*/"both-never":1/'
in_outcome by-target 's/"by-target":0/"by-target":-1/'
in_outcome closed-end 's/"closed-end":{"p10":0.0/"closed-end":{"p10":7.5/'
in_outcome closed-end 's/"closed-end":{"p10":0.0,/"closed-end":{/'
edited 's/"last-year":[0-9]*/"last-year":2031/'
refuses "edited: another horizon" 65 "'s/1.json' and 'sealed.json' are not parts of one run: 'last-year' \
is 2060 in the first and 2031 in the second" s/1.json sealed.json s/3.json
paritet -q simulate --draws 100 "${copenhagen[@]}" --shard 1/1 -o only.json
edited 's/"last-year":[0-9]*/"last-year":2031/' only.json
refuses "edited: the horizon of all" 65 "'sealed.json' was made from other files than are read now; make \
this shard again" sealed.json
edited 's/"folder":"[^"]*",//'
cp sealed.json homeless.json
cd away || exit 70
refuses "from another folder, which is not known" 66 "cannot open 'models/copenhagen.yaml', which the \
shards were made from; run merge in the folder where simulate ran" ../homeless.json
cd ..
sed 's/"draws":100/"draws":NaN/' s/2.json > nan.json
refuses "not a number" 65 "'nan.json' is cut short or damaged in line 1; make this shard again" \
    s/1.json nan.json

refuses "a table that was not made" 64 "the shards were made for one table, without what each lever \
adds; name it with --table, or make them again without --table" "$scratch/parity/1.json" \
    "$scratch/parity/2.json"
refuses "groups that were not made" 64 "the shards were made for one table, without the groups' own \
projections; make them again without --table" --table groups "$scratch/parity/1.json"
cp s/1.json before.json
refuses "an answer over a shard" 73 "'s/1.json' is one of the files read; name another" \
    -o s/1.json s/1.json s/2.json s/3.json
refuses "an answer over the model" 73 "'models/copenhagen.yaml' is one of the files read; name \
another" -o models/copenhagen.yaml s/1.json s/2.json s/3.json
cmp -s s/1.json before.json
verdict "a shard that is not overwritten" "s/1.json was changed"

# ---- the scripts

cd "$repo" || exit 70
run=(--draws 300 "${denmark[@]}")
paritet -q simulate "${run[@]}" --format csv > "$scratch/one"

if command -v parallel > /dev/null; then
    folder="$scratch/a folder"
    MERGE='--quiet --format csv' docs/examples/cluster/parallel.sh 7 "$folder" "${run[@]}" \
        > "$scratch/merged" 2> "$scratch/said" && cmp "$scratch/merged" "$scratch/one"
    verdict "parallel.sh" "not the bytes of one run" "$scratch/said"
    rm "$folder/3.json" && touch -d @0 "$folder/4.json"
    MERGE='--quiet --format csv' docs/examples/cluster/parallel.sh 7 "$folder" "${run[@]}" \
        2> "$scratch/said" | cmp - "$scratch/one" && [ "$(stat -c %Y "$folder/4.json")" = 0 ]
    verdict "parallel.sh again" "not the same, or made again" "$scratch/said"
    ! docs/examples/cluster/parallel.sh 2 "$scratch/none" models/none.yaml x.yaml \
        > "$scratch/out" 2>&1 && [ -z "$(find "$scratch/none" -name '*.json')" ]
    verdict "parallel.sh stops when a shard fails" "it went on"
else
    echo "SKIP shards parallel.sh: parallel"
fi

# A Slurm that runs at once what it is given, in its own copy of the script as Slurm does.
mkdir "$scratch/bin" "$scratch/spool"
cat > "$scratch/bin/sbatch" << 'SBATCH'
#!/bin/bash
while [[ $1 == -* ]]; do
    case $1 in
    --array=*) array=${1#*=} ;;
    --output=*) output=${1#*=} ;;
    --dependency=afterok:*) [ -e "$SPOOL/${1##*:}.done" ] || exit 1 ;;
    esac
    shift
done
job=$(($(find "$SPOOL" -name '*.sbatch' | wc -l) + 1000))
cp "$1" "$SPOOL/$job.sbatch"
chmod +x "$SPOOL/$job.sbatch"
shift
tasks=()
for range in ${array//,/ }; do
    for k in $(seq "${range%-*}" "${range#*-}"); do tasks+=("$k"); done
done
ok=true
for k in "${tasks[@]:-0}"; do
    if [ "$k" != 0 ]; then export SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_COUNT=${#tasks[@]}; fi
    SLURM_CPUS_PER_TASK=2 "$SPOOL/$job.sbatch" "$@" > "${output//%a/$k}" 2>&1 || ok=false
done
if $ok; then touch "$SPOOL/$job.done"; fi
echo "$job;cluster"
SBATCH
chmod +x "$scratch/bin/sbatch"
export SPOOL="$scratch/spool" PATH="$scratch/bin:$PATH"
MERGE='--quiet --format csv' docs/examples/cluster/submit.sh 5 "$scratch/slurm" "${run[@]}" \
    > "$scratch/said" 2>&1 && cmp "$scratch/slurm/answer.txt" "$scratch/one"
verdict "submit.sh" "not the bytes of one run" "$scratch/said" "$scratch"/slurm/*.log
rm "$scratch/slurm/2.json" "$scratch/slurm/5.json" "$scratch/slurm/answer.txt"
ARRAY=2,5 MERGE='--quiet --format csv' docs/examples/cluster/submit.sh 5 "$scratch/slurm" \
    "${run[@]}" > "$scratch/said" 2>&1 && cmp "$scratch/slurm/answer.txt" "$scratch/one"
verdict "submit.sh with lost shards" "not the bytes of one run" "$scratch/said" \
    "$scratch"/slurm/*.log

# The page shows the scripts as they are.
awk -v folder="$scratch/page" '
    BEGIN { system("mkdir -p " folder) }
    /^<!-- file: .* -->$/ { name = $3; sub(/.*\//, "", name); next }
    /^```/ && inside { inside = 0; close(out); next }
    /^```/ && name { inside = 1; out = folder "/" name; name = ""; printf "" > out; next }
    inside { print > out }' docs/cluster.md
diff -r docs/examples/cluster "$scratch/page" > "$scratch/said"
verdict "docs/cluster.md shows the scripts" "not as they are" "$scratch/said"
