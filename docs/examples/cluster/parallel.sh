#!/bin/sh
# One host, all its cores: makes the shards side by side with GNU parallel, then joins them.
#
#   parallel.sh SHARDS FOLDER [OPTION...] MODEL SCENARIO...
#
# The answer goes to standard output. Shards that FOLDER holds already are not made again, so after
# a crash the same command goes on where it stopped; empty FOLDER when files have changed.
# JOBS is how many run at a time, MERGE the options of the answer (such as "--format csv").
set -eu
shards=$1 folder=$2
shift 2
mkdir -p "$folder"
for k in $(seq "$shards"); do
    [ -e "$folder/$k.json" ] || echo "$k"
done | parallel --quote --no-run-if-empty --jobs "${JOBS:-100%}" --halt soon,fail=1 \
    paritet simulate --quiet --threads 1 --shard "{}/$shards" -o "$folder/{}.json" "$@"
# shellcheck disable=SC2086 # several options
exec paritet merge ${MERGE-} "$folder"/*.json
