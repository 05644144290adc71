#include <limits.h>
#include <string.h>

#include "simulate/component.h"

/* Of a projection: itself, its fits, and what was read of its figures. */
#define SUBJECT_BYTES (sizeof(struct pt_projection) + sizeof(struct pt_subject) + 5000)
/* Numbers of draws that --draws auto may try, each with outcomes of its own. */
#define ROUNDS 10

/* What adds up over the subjects. */
struct sum {
    const struct pt_model *model;
    const struct pt_run_options *options;
    const struct pt_scenario *const *scenarios; /* [n_scenarios] */
    size_t n_scenarios;
    struct pt_run_size *size;
    double draws;
    double task; /* bytes of the largest task */
};

/* The newest figure of an indicator at a place; INT_MIN: there is none. */
static int last_of(const struct pt_model *model, const struct pt_indicator *indicator,
                   const char *place)
{
    const struct pt_observed *o =
        indicator->series ? pt_data_find(model->data, indicator->series, indicator->group, place)
                          : NULL;
    return o && o->n > 0 ? o->observations[o->n - 1].year : INT_MIN;
}

/* Levers that act on an indicator, in how many scenarios, and the most of one. */
struct acting {
    size_t levers, scenarios, most;
};
static struct acting acting_on(const struct sum *sum, const struct pt_indicator *indicator)
{
    struct acting acting = { 0, 0, 0 };
    for (size_t s = 0; s < sum->n_scenarios; s++) {
        size_t own = 0;
        for (size_t i = 0; i < sum->scenarios[s]->n_levers; i++) {
            own += strcmp(sum->scenarios[s]->levers[i].indicator, indicator->id) == 0;
        }
        acting.levers += own;
        acting.scenarios += own > 0;
        acting.most = own > acting.most ? own : acting.most;
    }
    return acting;
}

/* A task of one subject: rows of a block, and the sieves of as many outcomes as it may have. */
static double task_bytes(const struct sum *sum, const struct acting *acting, double years)
{
    const double block = PT_BLOCK * sizeof(double);
    double sieves = (double)pt_outcome_bytes((uint64_t)sum->draws, (size_t)years);
    double all = sieves * (1 + (double)acting->scenarios);
    double fewest = sieves * (acting->scenarios > 0 ? 2 : 1); /* the baseline and one more */
    double taken = all < PT_TASK_BYTES_MOST ? all : PT_TASK_BYTES_MOST;
    double links = sum->n_scenarios > 0 ? (double)sum->model->n_links : 0;
    return (taken > fewest ? taken : fewest) + sizeof(struct pt_running) +
           (1 + links) * (sizeof(struct pt_store) + block * 3 * years) +
           (double)acting->most * block * (years + 4);
}

static void add_subject(struct sum *sum, const struct acting *acting, double years)
{
    const struct pt_run_options *options = sum->options;
    double outcomes = 1 + (double)sum->n_scenarios;
    double outcome = sizeof(struct pt_outcome) + years * PT_BANDS * sizeof(double) +
                     (2 * years + 1 + PT_EVENTS * (years + 2)) * sizeof(uint64_t);
    double parts = (double)acting->levers * (sizeof(struct pt_part) + 2 * years * sizeof(uint64_t));
    double rounds = options->mc_error > 0 ? ROUNDS : 1, task = task_bytes(sum, acting, years);
    sum->size->subjects += 1;
    sum->size->outcomes += outcomes;
    sum->size->outcome_years += outcomes * years;
    sum->size->kept +=
        SUBJECT_BYTES + rounds * (outcomes * outcome + (options->attribution ? parts : 0));
    sum->task = task > sum->task ? task : sum->task;
}

/* Adds an indicator at each of its places; *newest is the newest of their figures. With horizon 0
 * nothing is added. */
static void add_indicator(struct sum *sum, const struct pt_indicator *indicator, int horizon,
                          struct pt_arena *arena, int *newest)
{
    const struct pt_run_options *options = sum->options;
    const char *const *places;
    if (options->indicator && strcmp(options->indicator, indicator->id) != 0) {
        return;
    }
    struct acting acting = acting_on(sum, indicator);
    size_t n = pt_model_places(sum->model, indicator, arena, &places);
    for (size_t k = 0; k < n; k++) {
        int last = last_of(sum->model, indicator, places[k]);
        if (options->place && strcmp(options->place, places[k]) != 0) {
            continue;
        }
        *newest = last > *newest ? last : *newest;
        if (last != INT_MIN && last < horizon) {
            add_subject(sum, &acting, horizon - last);
        }
    }
}

/* Effects that are drawn once for all places. */
static double effects_bytes(const struct sum *sum)
{
    double levers = 0, most = PT_EFFECTS_BYTES_MOST;
    for (size_t s = 0; s < sum->n_scenarios; s++) {
        levers += (double)sum->scenarios[s]->n_levers;
    }
    double all = levers * sum->draws * sizeof(double);
    return all < most ? all : most;
}

enum pt_status pt_run_measure(const struct pt_model *model,
                              const struct pt_scenario *const *scenarios, size_t n,
                              const struct pt_run_options *options, struct pt_run_size *out,
                              struct pt_error *err)
{
    const struct pt_run unmade = { .model = model, .options = *options };
    struct pt_run_size size = { 0 };
    struct sum sum = { model, options, scenarios, n, &size, (double)options->draws, 0 };
    struct pt_arena *arena = pt_arena_new();
    int newest = INT_MIN, horizon = pt_run_horizon(&unmade, scenarios, n);
    if (!arena) {
        return PT_RAISE_NOMEM(err);
    }
    if (options->mc_error > 0) {
        sum.draws = PT_DRAWS_ENOUGH_MOST;
    }
    for (size_t i = 0; i < model->n_indicators && horizon < PT_YEAR_LEAST; i++) {
        add_indicator(&sum, model->indicators[i], 0, arena, &newest);
    }
    if (horizon < PT_YEAR_LEAST && newest > INT_MIN) {
        horizon += newest; /* so many years after it */
    }
    for (size_t i = 0; i < model->n_indicators; i++) {
        add_indicator(&sum, model->indicators[i], horizon, arena, &newest);
    }
    pt_arena_free(arena);
    double threads = pt_threads(options->threads);
    double tasks = size.subjects * (double)(n > 0 ? n : 1);
    size.threads = threads < tasks ? threads : tasks;
    size.working = size.threads * sum.task + effects_bytes(&sum);
    *out = size;
    return PT_OK;
}
