#include "support/pt_test.h"

#include "test_simulate_models.h"

#include "simulate/simulate.h"

/* Many draws: what is sieved has the bytes of sorting everything. */

enum { DRAWS = 100000 };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 of Hyndman and Fan (1996) after sorting everything. */
static void by_sorting(size_t n, double *x, size_t n_levels, const double *levels, double *out)
{
    qsort(x, n, sizeof *x, ascending);
    for (size_t j = 0; j < n_levels; j++) {
        double at = levels[j] * (double)(n - 1);
        size_t k = (size_t)at;
        double low = x[k], high = k + 1 < n ? x[k + 1] : low;
        out[j] = high == low ? low + 0.0 : low + (at - (double)k) * (high - low);
    }
}

/* All paths of a projection: [n_years][DRAWS]. */
static double *paths_of(const struct pt_fit *fit, const struct pt_series *bounds,
                        const char *stream, size_t n_years)
{
    double *x = malloc(n_years * DRAWS * sizeof *x), curve[PT_BLOCK];
    static struct pt_walk walk;
    pt_walk_open(&walk, fit, bounds, PT_SEED_DEFAULT, stream);
    for (uint64_t first = 0; first < DRAWS; first += PT_BLOCK) {
        size_t n = DRAWS - first < PT_BLOCK ? (size_t)(DRAWS - first) : PT_BLOCK;
        pt_walk_start(&walk, first, n, NULL);
        for (size_t h = 1; h <= n_years; h++) {
            pt_walk_year(&walk, h, x + (h - 1) * DRAWS + first, curve);
        }
    }
    return x;
}

static void assert_bands(const double *bands, double *x, size_t n_years)
{
    double expected[PT_BANDS];
    for (size_t y = 0; y < n_years; y++) {
        by_sorting(DRAWS, x + y * DRAWS, PT_BANDS, pt_band_levels, expected);
        assert_memory_equal(bands + y * PT_BANDS, expected, sizeof expected);
    }
}

/* The baseline and the groups on their own, for every trend of the model. */
static void bands_are_those_of_sorted_paths(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_run_options options = options_of(DRAWS);
    options.groups = true;
    options.horizon = 2034;
    struct pt_run *run = run_of(model, NULL, 0, options);
    size_t groups = 0;
    for (size_t i = 0; i < run->n_projections; i += 3) {
        const struct pt_projection *p = &run->projections[i];
        const struct pt_subject *subject = p->subject;
        double *x = paths_of(&p->fit, &subject->projected, subject->stream, p->n_years);
        assert_bands(p->outcomes[0].bands, x, p->n_years);
        free(x);
        if (p->group_bands) {
            char name[200];
            snprintf(name, sizeof name, "%s:%s", subject->stream, subject->indicator->group);
            x = paths_of(p->group_fit, &subject->group, name, p->n_years);
            assert_bands(p->group_bands, x, p->n_years);
            free(x);
            groups++;
        }
    }
    assert_true(groups > 0);
    pt_run_free(run);
    pt_model_free(model);
}

/* A level that is uncertain, half of the draws without effect: an atom among the values. */
static void a_scenario_is_that_of_sorted_paths(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_lever lever =
        lever_of("x", "participation-gap", "non-western-immigrants", "level", 0);
    lever.effect = (struct pt_effect){ .distribution = pt_distribution_find("uniform"),
                                       .par = { 1, 3 },
                                       .chance_of_none = .5 };
    lever.ramp_shape = PT_RAMP_STEP;
    lever.may_overshoot = true;
    lever.reach = 1;
    lever.start = 2030;
    struct pt_scenario one = scenario_of("one", &lever, 1);
    const struct pt_scenario *list[] = { &one };
    struct pt_run_options options = options_of(DRAWS);
    options.indicator = "participation-gap";
    options.horizon = 2034;
    struct pt_run *run = run_of(model, list, 1, options);
    const struct pt_projection *p = &run->projections[0];
    const struct pt_outcome *outcome = &p->outcomes[1];
    double *x = paths_of(&p->fit, &p->subject->projected, p->subject->stream, p->n_years);
    double *closed = malloc(DRAWS * sizeof *closed);
    for (size_t y = 0; y < p->n_years; y++) {
        double reference = pt_fit_curve(p->reference_fit, p->last + 1 + (int)y);
        double sum = 0;
        for (uint64_t first = 0; first < DRAWS; first += PT_BLOCK) {
            size_t n = DRAWS - first < PT_BLOCK ? (size_t)(DRAWS - first) : PT_BLOCK;
            double effects[PT_BLOCK], moved[PT_BLOCK], *now = x + y * DRAWS + first;
            static struct pt_shift shift;
            memset(&shift, 0, sizeof shift);
            pt_lever_draw(&lever, PT_SEED_DEFAULT, first, n, effects);
            for (size_t i = 0; i < n && p->last + 1 + (int)y >= 2030; i++) {
                shift.total[0][i] = shift.whole[0][i] = effects[i];
            }
            pt_move(p->subject, reference, &shift, n, now, moved, NULL);
            for (size_t i = 0; i < n; i++) {
                closed[first + i] = p->subject->gap_sign * (now[i] - moved[i]);
                sum += closed[first + i];
                now[i] = moved[i];
            }
        }
        if (y + 1 == p->n_years) {
            static const double levels[3] = { .10, .50, .90 };
            double q[3];
            by_sorting(DRAWS, closed, 3, levels, q);
            const struct pt_spread *got = &outcome->closed_horizon;
            assert_true(got->p10 == q[0] && got->p50 == q[1] && got->p90 == q[2]);
            assert_true(got->mean == sum / DRAWS && sum != 0);
        }
    }
    assert_bands(outcome->bands, x, p->n_years);
    free(closed);
    free(x);
    pt_run_free(run);
    pt_model_free(model);
}

/* However the scenarios of one indicator are cut over the threads. */
static void threads_do_not_matter(void **state)
{
    (void)state;
    enum { SCENARIOS = 5 };
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_lever levers[SCENARIOS][2];
    struct pt_scenario scenarios[SCENARIOS];
    const struct pt_scenario *list[SCENARIOS];
    static const char *const names[SCENARIOS] = { "a", "b", "c", "d", "e" };
    for (int s = 0; s < SCENARIOS; s++) {
        levers[s][0] = lever_of(names[s], "leading-positions", "women", "pace", .05 * s);
        levers[s][1] = lever_of("shared", "leading-positions", "women", "level", .5);
        scenarios[s] = scenario_of(names[s], levers[s], 2);
        list[s] = &scenarios[s];
    }
    struct pt_run_options options = options_of(40000);
    options.indicator = "leading-positions";
    options.attribution = true;
    options.horizon = 2035;
    options.threads = 1;
    struct pt_run *one = run_of(model, list, SCENARIOS, options);
    const struct pt_projection *p = &one->projections[0];
    for (int threads = 2; threads <= 4; threads++) {
        options.threads = threads;
        struct pt_run *more = run_of(model, list, SCENARIOS, options);
        for (size_t s = 0; s <= SCENARIOS; s++) {
            const struct pt_outcome *a = &p->outcomes[s], *b = &more->projections[0].outcomes[s];
            assert_memory_equal(a->bands, b->bands, p->n_years * PT_BANDS * sizeof *a->bands);
            assert_memory_equal(a->gained, b->gained, (2 * p->n_years + 1) * sizeof *a->gained);
            assert_memory_equal(&a->closed_end, &b->closed_end, sizeof a->closed_end);
            assert_int_equal(a->n_parts, b->n_parts);
            for (size_t k = 0; k < a->n_parts; k++) {
                assert_true(a->parts[k].closed_horizon == b->parts[k].closed_horizon);
            }
        }
        pt_run_free(more);
    }
    pt_run_free(one);
    pt_model_free(model);
}

/* One draw and two, and sizes at which a block or the kept values end. */
static void any_number_of_draws(void **state)
{
    (void)state;
    static const uint64_t sizes[] = { 1, 2, 3, 511, 512, 513, 1024, 16384, 16385, 20000 };
    struct pt_model *model = model_of("models/denmark.yaml");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct pt_run_options options = options_of(sizes[k]);
        options.indicator = "leading-positions";
        options.horizon = 2030;
        struct pt_run *run = run_of(model, NULL, 0, options);
        const struct pt_projection *p = &run->projections[0];
        double *row = malloc((size_t)sizes[k] * sizeof *row), expected[PT_BANDS];
        double *x = paths_of(&p->fit, &p->subject->projected, p->subject->stream, p->n_years);
        uint64_t total = 0;
        for (size_t y = 0; y < p->n_years; y++) {
            memcpy(row, x + y * DRAWS, (size_t)sizes[k] * sizeof *row);
            by_sorting((size_t)sizes[k], row, PT_BANDS, pt_band_levels, expected);
            assert_memory_equal(p->outcomes[0].bands + y * PT_BANDS, expected, sizeof expected);
        }
        for (size_t h = 0; h < p->n_years + 2; h++) {
            total += p->outcomes[0].events[PT_EVENT_SUSTAINED].count[h];
        }
        assert_int_equal(total, sizes[k]);
        free(x);
        free(row);
        pt_run_free(run);
    }
    pt_model_free(model);
}

static char enough_said[300]; /* the last message on how many draws are enough */

static struct pt_run *enough(const struct pt_model *model, const struct pt_scenario *const *list,
                             size_t n, struct pt_run_options options, size_t said[3])
{
    struct pt_diagnostics diagnostics;
    struct pt_run *run = NULL;
    pt_diagnostics_init(&diagnostics);
    assert_int_equal(pt_run_simulate(model, list, n, &options, NULL, &diagnostics, &run, NULL),
                     PT_OK);
    for (int k = 0; k < 3; k++) {
        said[k] = 0;
    }
    for (size_t i = 0; i < diagnostics.n; i++) {
        const struct pt_diagnostic *item = &diagnostics.items[i];
        if (strstr(item->message.id, "%zu futures are") != NULL) {
            said[item->severity]++;
            pt_message_print(&item->message, NULL, enough_said, sizeof enough_said);
        }
    }
    pt_diagnostics_free(&diagnostics);
    return run;
}

/* What is asked for is kept, half of the draws would not have done, and the numbers are those of a
 * run with so many. */
static void draws_that_are_enough(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_lever lever = lever_of("x", "leading-positions", "women", "pace", .1);
    struct pt_scenario one = scenario_of("one", &lever, 1);
    const struct pt_scenario *list[] = { &one };
    struct pt_run_options options = options_of(1);
    options.indicator = "leading-positions";
    options.mc_error = .12;
    size_t said[3];
    struct pt_run *run = enough(model, list, 1, options, said);
    uint64_t draws = run->options.draws;
    assert_true(draws > PT_DRAWS_DEFAULT && said[PT_NOTICE] == 1 && said[PT_WARNING] == 0);
    options.mc_error = 0;
    options.draws = draws;
    struct pt_run *given = run_of(model, list, 1, options);
    options.draws = draws / 2;
    struct pt_run *half = run_of(model, list, 1, options);
    const struct pt_projection *p = &run->projections[0];
    double worst[2] = { 0 };
    bool still = true;
    for (size_t s = 0; s < 2; s++) {
        const struct pt_outcome *a = &p->outcomes[s], *b = &given->projections[0].outcomes[s];
        const struct pt_outcome *c = &half->projections[0].outcomes[s];
        assert_memory_equal(a->bands, b->bands, p->n_years * PT_BANDS * sizeof *a->bands);
        assert_memory_equal(a->gained, b->gained, (2 * p->n_years + 1) * sizeof *a->gained);
        const struct pt_parity *now = &a->events[PT_EVENT_SUSTAINED];
        const struct pt_parity *before = &c->events[PT_EVENT_SUSTAINED];
        for (int k = 0; k < 2; k++) {
            double n = (double)(k == 0 ? draws : draws / 2);
            double never = (double)(k == 0 ? now : before)->count[p->n_years + 1] / n;
            worst[k] = fmax(worst[k], 100 * sqrt(never * (1 - never) / n));
        }
        static const double levels[3] = { .1, .5, .9 };
        for (int q = 0; q < 3; q++) {
            long x = pt_parity_quantile(now, p->n_years, p->last, levels[q]);
            long y = pt_parity_quantile(before, p->n_years, p->last, levels[q]);
            still &= labs(x - y) <= 1 || (x == INT_MAX && y == p->last + (int)p->n_years);
        }
    }
    assert_true(worst[0] > 0 && worst[0] < .12 && still);
    assert_true(worst[1] >= .12 || draws == 2 * PT_DRAWS_DEFAULT);
    pt_run_free(half);
    pt_run_free(given);
    pt_run_free(run);
    pt_model_free(model);
}

/* Nothing to be known better than by the first run; and a demand that nothing meets. */
static void enough_at_once_or_never(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_run_options options = options_of(1);
    size_t said[3];
    options.indicator = "leading-positions";
    options.mc_error = 50;
    struct pt_run *run = enough(model, NULL, 0, options, said);
    assert_int_equal(run->options.draws, 2 * PT_DRAWS_DEFAULT); /* years want a second look */
    assert_string_equal(enough_said, "40000 futures are enough: every chance is known to 0.20 "
                                     "percentage points, and the years have settled");
    pt_run_free(run);
    options.mc_error = 1e-6;
    options.indicator = "unemployment";
    options.horizon = 2026; /* few years: it takes all draws there are */
    run = enough(model, NULL, 0, options, said);
    assert_int_equal(run->options.draws, PT_DRAWS_ENOUGH_MOST);
    assert_int_equal(said[PT_WARNING], 1);
    assert_string_equal(enough_said,
                        "10240000 futures are the most that --draws auto takes: a chance is only "
                        "known to 0.016 percentage points; --mc-error asks for less than 1e-06");
    pt_run_free(run);
    pt_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_those_of_sorted_paths),
        cmocka_unit_test(a_scenario_is_that_of_sorted_paths),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(any_number_of_draws),
        cmocka_unit_test(draws_that_are_enough),
        cmocka_unit_test(enough_at_once_or_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
