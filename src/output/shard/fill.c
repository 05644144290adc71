#include "output/shard/shard.h"

#include <math.h>
#include <string.h>

/* Fills one projection; only the first trouble is told. */
struct filling {
    const struct pt_shard *shard;
    const struct pt_run *run;
    const struct pt_projection *projection;
    const char *scenario; /* id; NULL: not in an outcome */
    struct pt_error *err;
    enum pt_status status;
};

static void damaged(struct filling *f, const char *key)
{
    const struct pt_projection *p = f->projection;
    if (f->status != PT_OK) {
        return;
    }
    if (p && f->scenario) {
        f->status = PT_RAISE(f->err, PT_EDATA,
                             "'%s' is damaged: '%s' of '%s' under '%s' is missing or impossible; "
                             "make this shard again",
                             f->shard->path, key, p->subject->stream, f->scenario);
    } else if (p) {
        f->status = PT_RAISE(f->err, PT_EDATA,
                             "'%s' is damaged: '%s' of '%s' is missing or impossible; make this "
                             "shard again",
                             f->shard->path, key, p->subject->stream);
    } else {
        f->status = PT_RAISE(f->err, PT_EDATA,
                             "'%s' is damaged: '%s' is missing or wrong; make this shard again",
                             f->shard->path, key);
    }
}

static double amount(struct filling *f, const json_t *value, const char *key)
{
    if (!json_is_real(value)) {
        damaged(f, key);
    }
    return json_real_value(value);
}

/* At most the draws. */
static uint64_t count(struct filling *f, const json_t *value, const char *key)
{
    json_int_t n = json_integer_value(value);
    if (!json_is_integer(value) || n < 0 || (uint64_t)n > f->run->options.draws) {
        damaged(f, key);
        return 0;
    }
    return (uint64_t)n;
}

/* The array under a key, of so many values; NULL: not that. */
static const json_t *array_of(struct filling *f, const json_t *object, const char *key, size_t n)
{
    const json_t *array = json_object_get(object, key);
    if (!json_is_array(array) || json_array_size(array) != n) {
        damaged(f, key);
        return NULL;
    }
    return array;
}

/* Quantiles of each year, which do not fall. */
static void bands(struct filling *f, const json_t *object, const char *key, double *out)
{
    size_t n = f->projection->n_years * PT_BANDS;
    const json_t *array = array_of(f, object, key, n);
    for (size_t i = 0; array && i < n; i++) {
        out[i] = amount(f, json_array_get(array, i), key);
        if (i % PT_BANDS > 0 && out[i] < out[i - 1]) {
            damaged(f, key);
        }
    }
}

/* Returns their sum. */
static uint64_t counts(struct filling *f, const json_t *object, const char *key, size_t n,
                       uint64_t *out)
{
    uint64_t sum = 0;
    const json_t *array = array_of(f, object, key, n);
    for (size_t i = 0; array && i < n; i++) {
        out[i] = count(f, json_array_get(array, i), key);
        sum += out[i];
    }
    return sum;
}

static void spread(struct filling *f, const json_t *object, const char *key, struct pt_spread *out)
{
    const json_t *own = json_object_get(object, key);
#define PT_SHARD_GET(name, member) out->member = amount(f, json_object_get(own, name), key);
    PT_SHARD_SPREAD(PT_SHARD_GET)
#undef PT_SHARD_GET
    if (out->p10 > out->p50 || out->p50 > out->p90) {
        damaged(f, key);
    }
}

static bool is_text(const json_t *object, const char *key, const char *text)
{
    const char *own = json_string_value(json_object_get(object, key));
    return own && strcmp(own, text) == 0;
}

static void parts(struct filling *f, const json_t *object, const struct pt_outcome *outcome)
{
    const json_t *array =
        outcome->n_parts > 0 ? array_of(f, object, "parts", outcome->n_parts) : NULL;
    for (size_t i = 0; array && i < outcome->n_parts; i++) {
        struct pt_part *part = &outcome->parts[i];
        const json_t *own = json_array_get(array, i);
        if (!is_text(own, "lever", part->lever)) {
            damaged(f, "lever");
        }
#define PT_SHARD_GET(name, member) part->member = amount(f, json_object_get(own, name), name);
        PT_SHARD_PART(PT_SHARD_GET)
#undef PT_SHARD_GET
        size_t n = 2 * f->projection->n_years + 1;
        if (counts(f, own, "gained", n, part->gained) > f->run->options.draws ||
            fabs(part->chance_end) > 1 || fabs(part->chance_horizon) > 1) {
            damaged(f, "parts");
        }
    }
}

/* Every draw is counted once. */
static void add_up(struct filling *f, const struct pt_outcome *outcome, uint64_t gained)
{
    const struct pt_projection *p = f->projection;
    uint64_t draws = f->run->options.draws;
    uint64_t never = outcome->events[PT_EVENT_SUSTAINED].count[p->n_years + 1];
    if (outcome->holds + outcome->fades != draws || outcome->never_holds > outcome->holds ||
        outcome->never_fades > outcome->fades) {
        damaged(f, "holds");
    }
    if (outcome->never_holds + outcome->never_fades != never) {
        damaged(f, "never-holds");
    }
    if (gained + outcome->both_never + outcome->only_scenario + outcome->only_baseline != draws) {
        damaged(f, "gained");
    }
}

static void fill_outcome(struct filling *f, const json_t *object, struct pt_outcome *outcome)
{
    const struct pt_projection *p = f->projection;
    f->scenario = outcome->id;
    if (!is_text(object, "scenario", outcome->id)) {
        damaged(f, "scenario");
    }
    bands(f, object, "bands", outcome->bands);
    for (int e = 0; e < PT_EVENTS && p->has_question; e++) {
        const char *name = pt_event_name((enum pt_event)e);
        if (counts(f, object, name, p->n_years + 2, outcome->events[e].count) !=
            f->run->options.draws) {
            damaged(f, name);
        }
    }
#define PT_SHARD_GET(name, member) outcome->member = count(f, json_object_get(object, name), name);
    PT_SHARD_COUNTS(PT_SHARD_GET)
#undef PT_SHARD_GET
    uint64_t gained = counts(f, object, "gained", 2 * p->n_years + 1, outcome->gained);
    if (p->has_question) {
        add_up(f, outcome, gained);
    }
    spread(f, object, "closed-end", &outcome->closed_end);
    spread(f, object, "closed-horizon", &outcome->closed_horizon);
    parts(f, object, outcome);
}

static void fill_projection(struct filling *f, const json_t *object, struct pt_projection *p)
{
    f->projection = p;
    f->scenario = NULL;
    if (!is_text(object, "indicator", p->subject->indicator->id) ||
        !is_text(object, "place", p->subject->place)) {
        damaged(f, "indicator");
    }
    const json_t *outcomes = array_of(f, object, "outcomes", p->n_outcomes);
    for (size_t s = 0; outcomes && s < p->n_outcomes; s++) {
        fill_outcome(f, json_array_get(outcomes, s), &p->outcomes[s]);
    }
    f->scenario = NULL;
    if (p->group_bands) {
        bands(f, object, "group-bands", p->group_bands);
        bands(f, object, "reference-bands", p->reference_bands);
    }
    f->projection = NULL;
}

static void fill_cell(struct filling *f, const json_t *object, size_t cell)
{
    const json_t *number = json_object_get(object, "cell");
    const json_t *projections = json_object_get(object, "projections");
    size_t n = 0;
    if (!json_is_integer(number) || (uint64_t)json_integer_value(number) != cell) {
        damaged(f, "cell");
    }
    for (size_t i = 0; i < f->run->n_projections && f->status == PT_OK; i++) {
        if (f->run->projections[i].cell == cell) {
            fill_projection(f, json_array_get(projections, n++), &f->run->projections[i]);
        }
    }
    if (json_array_size(projections) != n) {
        damaged(f, "projections");
    }
}

/* The run was made from the files that the shard names. */
static enum pt_status same_run(const struct pt_shard *shard, const struct pt_run *run,
                               struct pt_error *err)
{
    const struct pt_shard_insides *insides = shard->insides;
    const struct pt_shard_input *inputs;
    size_t n;
    if (!pt_shard_inputs(run, insides->arena, &inputs, &n)) {
        return PT_RAISE_NOMEM(err);
    }
    bool same = n == insides->n_inputs && run->n_cells == insides->n_cells &&
                run->horizon == insides->horizon;
    for (size_t i = 0; same && i < n; i++) {
        same = strcmp(inputs[i].sha256, insides->inputs[i].sha256) == 0;
    }
    return same
               ? PT_OK
               : PT_RAISE(err, PT_EDATA,
                          "'%s' was made from other files than are read now; make this shard again",
                          shard->path);
}

enum pt_status pt_shard_fill(struct pt_shard *shard, struct pt_run *run, struct pt_error *err)
{
    struct filling f = { .shard = shard, .run = run, .err = err };
    struct pt_shard_insides *insides = shard->insides;
    size_t next = 0;
    f.status = same_run(shard, run, err);
    for (size_t cell = shard->part - 1; cell < run->n_cells && f.status == PT_OK;
         cell += shard->parts) {
        fill_cell(&f, json_array_get(insides->results, next++), cell);
    }
    if (json_array_size(insides->results) != next) {
        damaged(&f, "results");
    }
    json_object_del(insides->root, "results");
    insides->results = NULL;
    return f.status;
}
