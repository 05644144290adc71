/* The file of a shard: one line that says what run it is a part of, one line for each cell, and the
 * SHA-256 of all bytes before it. */
#ifndef PT_OUTPUT_SHARD_H
#define PT_OUTPUT_SHARD_H

#include <jansson.h>

#include <paritet/output.h>

#define PT_SHARD_PROGRAM "paritet shard"
#define PT_SHARD_FORMAT  1
#define PT_SHARD_SEAL    "],\"sha256\":\"" /* then 64 digits, then the end: */
#define PT_SHARD_END     "\"}\n"

/* Counts of an outcome: name in the file, member. */
#define PT_SHARD_COUNTS(X)            \
    X("holds", holds)                 \
    X("never-holds", never_holds)     \
    X("fades", fades)                 \
    X("never-fades", never_fades)     \
    X("by-target", by_target)         \
    X("both-never", both_never)       \
    X("only-scenario", only_scenario) \
    X("only-baseline", only_baseline)

/* Amounts of a spread and of a part. */
#define PT_SHARD_SPREAD(X) \
    X("p10", p10)          \
    X("p50", p50)          \
    X("p90", p90)          \
    X("mean", mean)
#define PT_SHARD_PART(X)                \
    X("closed-end", closed_end)         \
    X("closed-horizon", closed_horizon) \
    X("chance-end", chance_end)         \
    X("chance-horizon", chance_horizon)

/* Every file a run read: the model, its data, the scenarios by id with what they are built on. */
struct pt_shard_input {
    const char *path, *sha256;
};
/* false: out of memory. */
bool pt_shard_inputs(const struct pt_run *run, struct pt_arena *arena,
                     const struct pt_shard_input **inputs, size_t *n);
/* The options of a run that change what is printed; NULL: out of memory. */
json_t *pt_shard_options(const struct pt_run_options *options);

/* The whole of a file; PT_EOPEN, PT_ENOMEM, and PT_EDATA past `most` bytes. The caller frees. */
enum pt_status pt_shard_load(const char *path, size_t most, char **bytes, size_t *n,
                             struct pt_error *err);

struct pt_shard_insides {
    struct pt_arena *arena;
    json_t *root;          /* borrowed by what follows */
    const json_t *options; /* object */
    const json_t *results; /* array of cells; NULL once filled in */
    const char *folder;    /* where simulate ran; NULL: not known */
    int horizon;           /* of the run */
    size_t n_cells;        /* of the run */
    size_t n_inputs;
    const struct pt_shard_input *inputs; /* [n_inputs] */
};

#endif
