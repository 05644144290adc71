#!/bin/sh
# A cluster with Slurm: an array job makes the shards, a job that waits for it joins them.
#
#   submit.sh SHARDS FOLDER [OPTION...] MODEL SCENARIO...
#
# The answer goes to FOLDER/answer.txt. ARRAY=7,12 makes only these shards (again), of as many as
# before; MERGE holds the options of the answer (such as "--format csv").
set -eu
here=$(dirname "$0")
SHARDS=$1 FOLDER=$2
shift 2
mkdir -p "$FOLDER"
export SHARDS FOLDER MERGE="${MERGE-}"
job=$(sbatch --parsable --export=ALL --array="${ARRAY:-1-$SHARDS}" --output="$FOLDER/%a.log" \
    "$here/shard.sbatch" "$@")
sbatch --parsable --export=ALL --dependency="afterok:${job%%;*}" --output="$FOLDER/merge.log" \
    "$here/merge.sbatch"
