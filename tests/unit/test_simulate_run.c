#include "support/pt_test.h"

#include "test_simulate_models.h"

static const struct pt_projection *find(const struct pt_run *run, const char *stream)
{
    for (size_t i = 0; i < run->n_projections; i++) {
        if (strcmp(run->projections[i].subject->stream, stream) == 0) {
            return &run->projections[i];
        }
    }
    return NULL;
}

static void assert_same(const struct pt_projection *p, const struct pt_outcome *a,
                        const struct pt_outcome *b)
{
    assert_memory_equal(a->bands, b->bands, p->n_years * PT_BANDS * sizeof(double));
    assert_memory_equal(a->gained, b->gained, (2 * p->n_years + 1) * sizeof(uint64_t));
    for (int e = 0; e < PT_EVENTS && p->has_question; e++) {
        assert_memory_equal(a->events[e].count, b->events[e].count,
                            (p->n_years + 2) * sizeof(uint64_t));
    }
    assert_memory_equal(&a->closed_end, &b->closed_end, sizeof a->closed_end);
    assert_memory_equal(&a->closed_horizon, &b->closed_horizon, sizeof a->closed_horizon);
    assert_int_equal(a->by_target, b->by_target);
    assert_int_equal(a->never_holds, b->never_holds);
    assert_int_equal(a->both_never, b->both_never);
    assert_int_equal(a->n_parts, b->n_parts);
    for (size_t k = 0; k < a->n_parts; k++) {
        assert_string_equal(a->parts[k].lever, b->parts[k].lever);
        assert_true(a->parts[k].closed_end == b->parts[k].closed_end &&
                    a->parts[k].chance_horizon == b->parts[k].chance_horizon);
        assert_memory_equal(a->parts[k].gained, b->parts[k].gained,
                            (2 * p->n_years + 1) * sizeof(uint64_t));
    }
}

/* What a run says about a scenario is what it says when alone, on any number of threads. */
static void together_is_one_by_one(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_link link = link_of("l", "participation-gap", "unemployment", -.3);
    model->links = &link;
    model->n_links = 1;
    struct pt_lever a[2] = {
        lever_of("x", "participation-gap", "non-western-immigrants", "pace", .2),
        lever_of("y", "participation-gap", "non-western-immigrants", "closing", 3)
    };
    struct pt_lever b[2] = { a[1], lever_of("z", "participation-gap", "all", "level", -1) };
    struct pt_scenario one = scenario_of("one", a, 2), two = scenario_of("two", b, 2);
    const struct pt_scenario *both[] = { &two, &one }, *alone[] = { &two };
    struct pt_run_options options = options_of(3000), single = options_of(3000);
    options.attribution = single.attribution = true;
    options.threads = 3;
    single.threads = 1;
    struct pt_run *all = run_of(model, both, 2, options), *own = run_of(model, alone, 1, single);
    assert_int_equal(all->n_projections, own->n_projections);
    size_t linked = 0;
    for (size_t i = 0; i < all->n_projections; i++) {
        const struct pt_projection *p = &all->projections[i], *q = &own->projections[i];
        assert_string_equal(p->outcomes[2].id, "two");
        assert_same(p, &p->outcomes[0], &q->outcomes[0]);
        assert_same(p, &p->outcomes[2], &q->outcomes[1]);
        linked += p->outcomes[1].linked;
    }
    assert_int_equal(linked, 1);
    pt_run_free(own);
    pt_run_free(all);
    pt_model_free(model);
}

static void many_scenarios(uint64_t draws)
{
    enum { SCENARIOS = 6, LEVERS = 8 };
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_lever levers[SCENARIOS][LEVERS];
    struct pt_scenario scenarios[SCENARIOS];
    const struct pt_scenario *list[SCENARIOS];
    char ids[SCENARIOS][LEVERS][32], names[SCENARIOS][16];
    for (int s = 0; s < SCENARIOS; s++) {
        for (int k = 0; k < LEVERS; k++) {
            snprintf(ids[s][k], sizeof ids[s][k], "l%d-%d", s, k);
            levers[s][k] = lever_of(ids[s][k], "leading-positions", "women",
                                    k % 2 ? "level" : "pace", k % 2 ? .7 : .03);
        }
        snprintf(names[s], sizeof names[s], "s%d", s);
        scenarios[s] = scenario_of(names[s], levers[s], LEVERS);
        list[s] = &scenarios[s];
    }
    struct pt_run_options options = options_of(draws);
    options.indicator = "leading-positions";
    options.horizon = 2030;
    struct pt_run *all = run_of(model, list, SCENARIOS, options);
    for (int s = 0; s < SCENARIOS; s += SCENARIOS - 1) { /* the first batch, and the last */
        struct pt_run *own = run_of(model, list + s, 1, options);
        const struct pt_projection *p = &all->projections[0], *q = &own->projections[0];
        assert_same(p, &p->outcomes[0], &q->outcomes[0]);
        assert_same(p, &p->outcomes[1 + s], &q->outcomes[1]);
        pt_run_free(own);
    }
    pt_run_free(all);
    pt_model_free(model);
}

/* More levers than effects are kept for: several batches, and the same numbers; and of more draws
 * no effects are kept. */
static void many_scenarios_are_one_by_one(void **state)
{
    (void)state;
    many_scenarios(100000);
    many_scenarios(140000);
}

/* -i names what is shown; what it hangs on is simulated all the same. */
static void a_chosen_indicator_keeps_its_sources(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_link links[2] = {
        link_of("l", "participation-gap", "unemployment", -.3),
        link_of("m", "unemployment", "unemployment-descendants", .5),
    };
    model->links = links;
    model->n_links = 2;
    struct pt_lever lever =
        lever_of("x", "participation-gap", "non-western-immigrants", "pace", .2);
    struct pt_scenario one = scenario_of("one", &lever, 1);
    const struct pt_scenario *list[] = { &one };
    struct pt_run_options options = options_of(2000);
    struct pt_run *all = run_of(model, list, 1, options);
    options.indicator = "unemployment-descendants";
    struct pt_run *own = run_of(model, list, 1, options);
    assert_int_equal(own->n_projections, 1);
    const struct pt_projection *p = find(all, "unemployment-descendants");
    assert_same(p, &p->outcomes[1], &own->projections[0].outcomes[1]);
    assert_true(own->projections[0].outcomes[1].linked);
    assert_true(fabs(own->projections[0].outcomes[1].closed_horizon.mean) > .01);
    pt_run_free(own);
    pt_run_free(all);
    pt_model_free(model);
}

static void a_link_from_what_cannot_be_projected_does_nothing(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/copenhagen.yaml");
    struct pt_link link = link_of("l", "grade-gap", "unsafe", -.3);
    model->links = &link;
    model->n_links = 1;
    struct pt_lever lever = lever_of("x", "grade-gap", "bilingual", "level", 1);
    struct pt_scenario one = scenario_of("one", &lever, 1);
    const struct pt_scenario *list[] = { &one };
    struct pt_run_options options = options_of(600);
    struct pt_diagnostics diagnostics;
    struct pt_run *run = NULL;
    char text[200] = "";
    options.indicator = "unsafe";
    pt_diagnostics_init(&diagnostics);
    assert_int_equal(pt_run_simulate(model, list, 1, &options, NULL, &diagnostics, &run, NULL),
                     PT_OK);
    for (size_t i = 0; i < diagnostics.n; i++) {
        if (strstr(diagnostics.items[i].message.id, "link") != NULL) {
            pt_message_print(&diagnostics.items[i].message, NULL, text, sizeof text);
        }
    }
    assert_string_equal(text, "link 'l' does nothing: 'grade-gap' cannot be projected");
    assert_same(&run->projections[0], &run->projections[0].outcomes[0],
                &run->projections[0].outcomes[1]);
    pt_run_free(run);
    pt_diagnostics_free(&diagnostics);
    pt_model_free(model);
}

static void a_circle_of_links_is_refused(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_link links[2] = { link_of("l", "participation-gap", "unemployment", 1),
                                link_of("m", "unemployment", "participation-gap", 1) };
    model->links = links;
    model->n_links = 2;
    struct pt_scenario one = scenario_of("one", NULL, 0);
    const struct pt_scenario *list[] = { &one };
    struct pt_run_options options = options_of(100);
    struct pt_diagnostics diagnostics;
    struct pt_run *run = NULL;
    struct pt_error err;
    pt_diagnostics_init(&diagnostics);
    assert_int_equal(pt_run_simulate(model, list, 1, &options, NULL, &diagnostics, &run, &err),
                     PT_EINTERNAL);
    char said[200];
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "the links of the model go in a circle");
    assert_null(run);
    pt_diagnostics_free(&diagnostics);
    pt_model_free(model);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 of the group's own fit, from a stream of its own; the gap's numbers stay. */
static void groups_have_projections_of_their_own(void **state)
{
    (void)state;
    enum { DRAWS = 401 };
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_run_options options = options_of(DRAWS);
    options.horizon = 2034;
    struct pt_run *plain = run_of(model, NULL, 0, options);
    options.groups = true;
    struct pt_run *run = run_of(model, NULL, 0, options);
    const struct pt_projection *p = find(run, "participation-gap");
    assert_null(find(plain, "participation-gap")->group_bands);
    assert_null(find(run, "unemployment")->group_bands);
    assert_same(p, &p->outcomes[0], &find(plain, "participation-gap")->outcomes[0]);
    const struct pt_fit *fits[2] = { p->group_fit, p->reference_fit };
    const double *bands[2] = { p->group_bands, p->reference_bands };
    static const char *const names[2] = { "participation-gap:non-western-immigrants",
                                          "participation-gap:all" };
    double *x = malloc(p->n_years * DRAWS * sizeof *x);
    for (int g = 0; g < 2; g++) {
        struct pt_stream stream = pt_stream_open(options.seed, names[g]);
        pt_fit_paths(fits[g], &stream, 0, DRAWS, p->n_years, x);
        for (size_t y = 0; y < p->n_years; y++) {
            qsort(x + y * DRAWS, DRAWS, sizeof *x, ascending);
            assert_close(bands[g][y * PT_BANDS], x[y * DRAWS + 20], 1e-12); /* 5 % of 400 */
            assert_close(bands[g][y * PT_BANDS + 3], x[y * DRAWS + 200], 1e-12);
            assert_close(bands[g][y * PT_BANDS + 6], x[y * DRAWS + 380], 1e-12);
        }
    }
    free(x);
    pt_run_free(run);
    pt_run_free(plain);
    pt_model_free(model);
}

/* Real paths, one draw at a time: nothing is later under more effect, and nothing changes without
 * one. */
static void more_effect_is_never_later_on_real_paths(void **state)
{
    (void)state;
    struct pt_model *model = model_of("models/municipalities.yaml");
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct pt_lever none, less, more;
        none = less = more = lever_of("x", "employment-ratio", "non-western",
                                      seed % 2 ? "pace" : "closing", seed % 2 ? .6 : 5);
        none.effect.par[0] = 0;
        more.effect.par[0] *= 2;
        struct pt_scenario a = scenario_of("a", &none, 1), b = scenario_of("b", &less, 1);
        struct pt_scenario c = scenario_of("c", &more, 1);
        const struct pt_scenario *list[] = { &a, &b, &c };
        struct pt_run_options options = options_of(1);
        options.seed = seed;
        struct pt_run *run = run_of(model, list, 3, options);
        for (size_t i = 0; i < run->n_projections; i++) {
            const struct pt_projection *p = &run->projections[i];
            size_t first[4] = { 0 };
            assert_same(p, &p->outcomes[0], &p->outcomes[1]);
            for (size_t s = 0; s < 4; s++) {
                while (p->outcomes[s].events[PT_EVENT_SUSTAINED].count[first[s]] == 0) {
                    first[s]++;
                }
            }
            assert_true(first[2] <= first[1] && first[3] <= first[2]);
        }
        pt_run_free(run);
    }
    pt_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(together_is_one_by_one),
        cmocka_unit_test(many_scenarios_are_one_by_one),
        cmocka_unit_test(a_chosen_indicator_keeps_its_sources),
        cmocka_unit_test(a_link_from_what_cannot_be_projected_does_nothing),
        cmocka_unit_test(a_circle_of_links_is_refused),
        cmocka_unit_test(groups_have_projections_of_their_own),
        cmocka_unit_test(more_effect_is_never_later_on_real_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
