#include "output/shard/shard.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/json.h"

struct writing {
    bool failed; /* out of memory */
    bool lost;   /* a number that JSON has no word for */
};

static void set(struct writing *w, json_t *object, const char *key, json_t *value)
{
    w->failed |= json_object_set_new(object, key, value) != 0;
}

static json_t *count(uint64_t value)
{
    return json_integer((json_int_t)value);
}

/* 17 digits come back bit for bit. */
static json_t *amount(struct writing *w, double x)
{
    w->lost |= !isfinite(x);
    return json_real(isfinite(x) ? x : 0);
}

static json_t *amounts(struct writing *w, const double *x, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        w->failed |= json_array_append_new(array, amount(w, x[i])) != 0;
    }
    return array;
}

static json_t *counts(struct writing *w, const uint64_t *x, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        w->failed |= json_array_append_new(array, count(x[i])) != 0;
    }
    return array;
}

/* ------------------------------------------------------------------ what run it is */

bool pt_shard_inputs(const struct pt_run *run, struct pt_arena *arena,
                     const struct pt_shard_input **inputs, size_t *n)
{
    size_t most = run->model->n_files;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        most += run->scenarios[s]->n_sources;
    }
    struct pt_shard_input *all = PT_NEW(arena, struct pt_shard_input, most + 1), *next = all;
    for (size_t i = 0; all && i < run->model->n_files; i++) {
        const struct pt_input_file *file = &run->model->files[i];
        *next++ = (struct pt_shard_input){ file->path, file->sha256 };
    }
    for (size_t s = 0; all && s < run->n_scenarios; s++) {
        for (size_t i = 0; i < run->scenarios[s]->n_sources; i++) {
            const struct pt_input_file *file = &run->scenarios[s]->files[i];
            *next++ = (struct pt_shard_input){ file->path, file->sha256 };
        }
    }
    *inputs = all;
    *n = most;
    return all != NULL;
}

json_t *pt_shard_options(const struct pt_run_options *options)
{
    struct writing w = { false, false };
    json_t *object = json_object();
    char seed[24];
    /* past what every program reads exactly, a seed is written as text */
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)options->seed);
    set(&w, object, "draws", count(options->draws));
    set(&w, object, "seed",
        options->seed <= (UINT64_C(1) << 53) ? count(options->seed) : json_string(seed));
    set(&w, object, "sustained-years", json_integer(options->sustained_years));
    if (options->horizon > 0) {
        set(&w, object, "horizon", json_integer(options->horizon));
    }
    if (options->fit_from != INT_MIN) {
        set(&w, object, "from", json_integer(options->fit_from));
    }
    const struct {
        const char *key, *text;
    } texts[] = { { "trend", options->family },
                  { "constants", options->fit.constants },
                  { "indicator", options->indicator },
                  { "place", options->place } };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text) {
            set(&w, object, texts[i].key, json_string(texts[i].text));
        }
    }
    set(&w, object, "rho", json_real(options->fit.rho));
    set(&w, object, "search-breaks", json_boolean(options->fit.search_breaks));
    set(&w, object, "scores", json_boolean(options->fit.scores));
    set(&w, object, "attribution", json_boolean(options->attribution));
    set(&w, object, "groups", json_boolean(options->groups));
    if (w.failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static enum pt_status check_path(const char *path, struct pt_error *err)
{
    if (strcmp(path, "-") == 0) {
        return PT_RAISE(err, PT_EDATA,
                        "a shard needs files that merge can read again, not standard input");
    }
    return pt_utf8_valid(path, strlen(path))
               ? PT_OK
               : PT_RAISE(err, PT_EDATA, "a shard can only name files in UTF-8, and '%s' is not",
                          path);
}

static enum pt_status check_paths(const struct pt_shard_input *inputs, size_t n,
                                  struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < n && status == PT_OK; i++) {
        status = check_path(inputs[i].path, err);
    }
    return status;
}

static json_t *inputs_of(struct writing *w, const struct pt_shard_input *inputs, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *file = json_object();
        set(w, file, "path", json_string(inputs[i].path));
        set(w, file, "sha256", json_string(inputs[i].sha256));
        w->failed |= json_array_append_new(array, file) != 0;
    }
    return array;
}

static json_t *head_of(struct writing *w, const struct pt_run *run,
                       const struct pt_shard_input *inputs, size_t n_inputs)
{
    json_t *head = json_object(), *scenarios = json_array();
    char *folder = getcwd(NULL, 0); /* NULL, too, where it was removed, and names are as they are */
    w->failed |= !folder && errno == ENOMEM;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        w->failed |= json_array_append_new(scenarios, json_string(run->scenarios[s]->path)) != 0;
    }
    set(w, head, "program", json_string(PT_SHARD_PROGRAM));
    set(w, head, "format", json_integer(PT_SHARD_FORMAT));
    set(w, head, "version", json_string(PT_VERSION));
    set(w, head, "shard", count(run->options.shard));
    set(w, head, "shards", count(run->options.shards));
    set(w, head, "cells", count(run->n_cells));
    set(w, head, "last-year", json_integer(run->horizon));
    set(w, head, "options", pt_shard_options(&run->options));
    if (folder && pt_utf8_valid(folder, strlen(folder))) {
        set(w, head, "folder", json_string(folder));
    }
    set(w, head, "model", json_string(run->model->path));
    set(w, head, "scenarios", scenarios);
    set(w, head, "inputs", inputs_of(w, inputs, n_inputs));
    free(folder);
    return head;
}

/* ------------------------------------------------------------------ cells */

static json_t *spread_of(struct writing *w, const struct pt_spread *spread)
{
    json_t *object = json_object();
#define PT_SHARD_SET(key, member) set(w, object, key, amount(w, spread->member));
    PT_SHARD_SPREAD(PT_SHARD_SET)
#undef PT_SHARD_SET
    return object;
}

static json_t *parts_of(struct writing *w, const struct pt_projection *p,
                        const struct pt_outcome *outcome)
{
    json_t *array = json_array();
    for (size_t i = 0; i < outcome->n_parts; i++) {
        const struct pt_part *part = &outcome->parts[i];
        json_t *object = json_object();
        set(w, object, "lever", json_string(part->lever));
#define PT_SHARD_SET(key, member) set(w, object, key, amount(w, part->member));
        PT_SHARD_PART(PT_SHARD_SET)
#undef PT_SHARD_SET
        set(w, object, "gained", counts(w, part->gained, 2 * p->n_years + 1));
        w->failed |= json_array_append_new(array, object) != 0;
    }
    return array;
}

static json_t *outcome_of(struct writing *w, const struct pt_projection *p,
                          const struct pt_outcome *outcome)
{
    json_t *object = json_object();
    set(w, object, "scenario", json_string(outcome->id));
    set(w, object, "bands", amounts(w, outcome->bands, p->n_years * PT_BANDS));
    for (int e = 0; e < PT_EVENTS && p->has_question; e++) {
        set(w, object, pt_event_name((enum pt_event)e),
            counts(w, outcome->events[e].count, p->n_years + 2));
    }
#define PT_SHARD_SET(key, member) set(w, object, key, count(outcome->member));
    PT_SHARD_COUNTS(PT_SHARD_SET)
#undef PT_SHARD_SET
    set(w, object, "gained", counts(w, outcome->gained, 2 * p->n_years + 1));
    set(w, object, "closed-end", spread_of(w, &outcome->closed_end));
    set(w, object, "closed-horizon", spread_of(w, &outcome->closed_horizon));
    if (outcome->n_parts > 0) {
        set(w, object, "parts", parts_of(w, p, outcome));
    }
    return object;
}

static json_t *projection_of(struct writing *w, const struct pt_projection *p)
{
    json_t *object = json_object(), *outcomes = json_array();
    for (size_t s = 0; s < p->n_outcomes; s++) {
        w->failed |= json_array_append_new(outcomes, outcome_of(w, p, &p->outcomes[s])) != 0;
    }
    set(w, object, "indicator", json_string(p->subject->indicator->id));
    set(w, object, "place", json_string(p->subject->place));
    set(w, object, "outcomes", outcomes);
    if (p->group_bands) {
        set(w, object, "group-bands", amounts(w, p->group_bands, p->n_years * PT_BANDS));
        set(w, object, "reference-bands", amounts(w, p->reference_bands, p->n_years * PT_BANDS));
    }
    return object;
}

static json_t *cell_of(struct writing *w, const struct pt_run *run, size_t cell)
{
    json_t *object = json_object(), *projections = json_array();
    set(w, object, "cell", count(cell));
    for (size_t i = 0; i < run->n_projections; i++) {
        if (run->projections[i].cell == cell) {
            json_t *one = projection_of(w, &run->projections[i]);
            w->failed |= json_array_append_new(projections, one) != 0;
        }
    }
    set(w, object, "projections", projections);
    return object;
}

/* ------------------------------------------------------------------ the file */

/* Appends a value without its last `less` bytes and lets go of it. */
static void add(json_t *value, size_t less, struct pt_buffer *out)
{
    pt_json_add(out, value, JSON_COMPACT);
    if (!out->failed) {
        out->n -= less;
        out->bytes[out->n] = '\0';
    }
}

static void seal(struct pt_buffer *out)
{
    char hex[65];
    pt_buffer_text(out, PT_SHARD_SEAL);
    if (!out->failed) {
        pt_sha256(out->bytes, out->n, hex);
        pt_buffer_text(out, hex);
        pt_buffer_text(out, PT_SHARD_END);
    }
}

static enum pt_status print(const struct pt_run *run, struct pt_arena *arena, struct pt_buffer *out,
                            struct pt_error *err)
{
    struct writing w = { false, false };
    const struct pt_shard_input *inputs;
    size_t n;
    if (!pt_shard_inputs(run, arena, &inputs, &n)) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = check_paths(inputs, n, err);
    if (status != PT_OK) {
        return status;
    }
    add(head_of(&w, run, inputs, n), 1, out);
    pt_buffer_text(out, ",\"results\":[\n");
    size_t first = run->options.shard - 1;
    for (size_t cell = first; cell < run->n_cells && !w.failed; cell += run->options.shards) {
        pt_buffer_text(out, cell > first ? ",\n" : "");
        add(cell_of(&w, run, cell), 0, out);
    }
    pt_buffer_text(out, run->n_cells > first ? "\n" : "");
    seal(out);
    if (w.lost) {
        return PT_RAISE(err, PT_EDATA, "a result leaves the numbers; a shard cannot hold it");
    }
    if (out->n > PT_SHARD_BYTES_MOST) {
        return PT_RAISE(err, PT_EDATA, "a shard would be larger than %zu MiB; use more shards",
                        PT_SHARD_BYTES_MOST >> 20);
    }
    return w.failed || out->failed ? PT_RAISE_NOMEM(err) : PT_OK;
}

enum pt_status pt_shard_print(const struct pt_run *run, struct pt_buffer *out, struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = arena ? print(run, arena, out, err) : PT_RAISE_NOMEM(err);
    pt_arena_free(arena);
    return status;
}

enum pt_status pt_shard_check_names(const struct pt_model *model,
                                    const struct pt_scenario *const *scenarios, size_t n,
                                    struct pt_error *err)
{
    const struct pt_run run = { .model = model,
                                .n_scenarios = n,
                                .scenarios = (const struct pt_scenario **)(uintptr_t)scenarios };
    const struct pt_shard_input *inputs;
    size_t n_inputs;
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = arena && pt_shard_inputs(&run, arena, &inputs, &n_inputs)
                                ? check_paths(inputs, n_inputs, err)
                                : PT_RAISE_NOMEM(err);
    pt_arena_free(arena);
    return status;
}
