#include "support/pt_test.h"

#include "test_simulate_bench.h"

/* What shifts do to a gap: every measure, the parity clip, bounds, mirrors. */
#define EXACT 1e-12

static const char *const measures[] = { "difference", "ratio", "log-ratio", "odds-ratio" };

/* A gap of group m against reference r, standing still. */
static void start(struct bench *b, const char *measure, int better, double m, double r, double sd)
{
    bench_start(b, 12);
    bench_add(b, pt_gap_measure_find(measure)->gap(m, r, better, 100), 0, sd);
    bench_compare(b, 0, measure, better, 100, r, 0);
}

/* METHODS 7: G(m + shift, r) and G(m, r + shift), in both directions of better. */
static void levers_move_the_figures_under_every_measure(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        const struct pt_gap_measure *measure = pt_gap_measure_find(measures[i / 2]);
        int s = i % 2 ? -1 : 1;
        double m = 50 - 11.3 * s, r = 50 + 6.9 * s;
        struct bench b;
        start(&b, measures[i / 2], s, m, r, 0);
        struct pt_lever own = lever_of("a", "level", 4.1 * s, 2026);
        struct pt_lever other = lever_of("a", "level", -3.7 * s, 2026), wide = own;
        struct pt_lever closing = lever_of("a", "closing", 15, 2026), mirror = closing;
        other.group = mirror.group = "r";
        wide.effect.par[0] = -4.1 * s;
        scenario_of(&b, &own, 1);
        scenario_of(&b, &other, 1);
        scenario_of(&b, &wide, 1);
        scenario_of(&b, &closing, 1);
        scenario_of(&b, &mirror, 1);
        bench_run(&b, 512, 3);
        assert_close(median_of(&b, 0, 1, 2), measure->gap(m + 4.1 * s, r, s, 100), EXACT);
        assert_close(median_of(&b, 0, 2, 2), measure->gap(m, r - 3.7 * s, s, 100), EXACT);
        assert_close(median_of(&b, 0, 3, 2), measure->gap(m - 4.1 * s, r, s, 100), EXACT);
        for (int h = 2; h <= 12; h++) { /* what remains of the way between the figures */
            double left = (r - m) * pow(.85, h - 1);
            assert_close(median_of(&b, 0, 4, h), measure->gap(r - left, r, s, 100), EXACT);
            assert_close(median_of(&b, 0, 5, h), measure->gap(m, m + left, s, 100), EXACT);
        }
        bench_end(&b);
    }
}

static void the_figure_is_the_one_whose_gap_it_is(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        int s = i % 2 ? -1 : 1;
        struct bench b;
        start(&b, measures[i / 2], s, 44.7, 51.3, 0);
        double gap = pt_gap_measure_find(measures[i / 2])->gap(44.7, 51.3, s, 100);
        assert_close(pt_subject_figure(&b.subjects[0], gap, 51.3), 44.7, EXACT);
        assert_true(pt_subject_figure(&b.subjects[0], -300, 51.3) <= 100);
        assert_true(pt_subject_figure(&b.subjects[0], 300, 51.3) >= 0);
        b.subjects[0].kind = PT_SUBJECT_SINGLE;
        assert_close(pt_subject_figure(&b.subjects[0], 12.385, 51.3), 12.385, 0);
        bench_end(&b);
    }
}

/* A closing shift may take the gap to 0 and no further; past parity it does nothing. What may
 * overshoot, or widens, counts whole; what is left is for the others. */
static void parity_clips_what_closes(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 8);
    bench_add(&b, 2, -.5, 0);
    struct pt_lever stops = lever_of("a", "level", -1.2, 2025), passes = stops;
    struct pt_lever widens = lever_of("w", "level", .7, 2025);
    passes.id = "b";
    passes.may_overshoot = true;
    struct pt_lever both[2] = { stops, passes }, against[2] = { stops, widens };
    scenario_of(&b, &stops, 1);
    scenario_of(&b, &passes, 1);
    scenario_of(&b, both, 2);
    scenario_of(&b, against, 2);
    bench_run(&b, 512, 3);
    for (int h = 1; h <= 8; h++) {
        double gap = 2 - .5 * h, left = gap - 1.2, wider = gap + .7;
        assert_close(median_of(&b, 0, 1, h), gap - fmin(1.2, fmax(0, gap)), EXACT);
        assert_close(median_of(&b, 0, 2, h), gap - 1.2, EXACT);
        assert_close(median_of(&b, 0, 3, h), left - fmin(1.2, fmax(0, left)), EXACT);
        assert_close(median_of(&b, 0, 4, h), wider - fmin(1.2, fmax(0, wider)), EXACT);
    }
    bench_end(&b);
}

static void every_measure_is_clipped_at_parity(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct bench b;
        start(&b, measures[i], 1, 71.3, 74.9, 0);
        struct pt_lever stops = lever_of("a", "level", 9, 2025), passes = stops, mirror = stops;
        passes.may_overshoot = true;
        mirror.group = "r";
        mirror.effect.par[0] = -9;
        scenario_of(&b, &stops, 1);
        scenario_of(&b, &passes, 1);
        scenario_of(&b, &mirror, 1);
        bench_run(&b, 512, 3);
        assert_close(median_of(&b, 0, 1, 3), 0, EXACT);
        assert_close(median_of(&b, 0, 2, 3),
                     pt_gap_measure_find(measures[i])->gap(80.3, 74.9, 1, 100), EXACT);
        assert_close(median_of(&b, 0, 3, 3), 0, EXACT);
        bench_end(&b);
    }
}

/* A bigger effect never does less, also where it takes the figure to a bound. */
static void an_effect_past_a_bound_still_closes(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        double before = INFINITY;
        for (double effect = 1; effect < 20; effect += 1.5) {
            struct bench b;
            start(&b, measures[i], 1, 91.7, 96.3, 0);
            struct pt_lever lever = lever_of("a", "level", effect, 2025);
            scenario_of(&b, &lever, 1);
            bench_run(&b, 512, 3);
            double gap = median_of(&b, 0, 1, 1);
            assert_true(gap <= before + EXACT && gap >= -EXACT);
            before = gap;
            bench_end(&b);
        }
        assert_close(before, 0, EXACT);
    }
}

/* Of the difference, draw by draw: +E on the group is -E on the reference. */
static void a_lever_on_the_reference_mirrors_one_on_the_group(void **state)
{
    (void)state;
    static const char *const kinds[] = { "level", "pace", "closing" };
    static const double effects[] = { 2.3, .31, 6.7 };
    for (int i = 0; i < 3; i++) {
        struct bench b;
        start(&b, "difference", 1, 61, 70, .8);
        struct pt_lever own = lever_of("a", kinds[i], effects[i], 2026), other = own;
        own.effect.chance_of_none = other.effect.chance_of_none = .2;
        other.group = "r";
        other.effect.par[0] *= i < 2 ? -1 : 1;
        scenario_of(&b, &own, 1);
        scenario_of(&b, &other, 1);
        bench_run(&b, 3000, 3);
        for (size_t k = 0; k < 12 * PT_BANDS; k++) {
            assert_close(outcome_of(&b, 0, 1)->bands[k], outcome_of(&b, 0, 2)->bands[k], EXACT);
        }
        for (size_t h = 0; h <= 13; h++) {
            assert_int_equal(outcome_of(&b, 0, 1)->events[PT_EVENT_SUSTAINED].count[h],
                             outcome_of(&b, 0, 2)->events[PT_EVENT_SUSTAINED].count[h]);
        }
        bench_end(&b);
    }
}

/* Shares instead of per cent: a hundredth of everything, the same first years. */
static void shares_and_per_cent_reach_parity_in_the_same_years(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        const struct pt_gap_measure *measure = pt_gap_measure_find(measures[i]);
        struct bench b[2];
        for (int j = 0; j < 2; j++) {
            double whole = j ? 1 : 100, sd = .011 * measure->gap(.61, .70, 1, 1) / .09;
            /* of the difference the gap itself has the figure's scale */
            double per = i == 0 ? whole : 1;
            bench_start(&b[j], 25);
            bench_add(&b[j], measure->gap(.61 * whole, .70 * whole, 1, whole), -.002 * per,
                      sd * per);
            bench_compare(&b[j], 0, measures[i], 1, whole, .70 * whole, 0);
            struct pt_lever level = lever_of("a", "level", .021 * whole, 2026);
            struct pt_lever levers[2] = { level, lever_of("c", "closing", 4, 2028) };
            levers[0].effect.chance_of_none = .3;
            scenario_of(&b[j], levers, 2);
            bench_run(&b[j], 4000, 3);
        }
        for (int e = 0; e < PT_EVENTS; e++) {
            assert_memory_equal(outcome_of(&b[0], 0, 1)->events[e].count,
                                outcome_of(&b[1], 0, 1)->events[e].count, 27 * sizeof(uint64_t));
        }
        assert_true(outcome_of(&b[0], 0, 1)->events[PT_EVENT_SUSTAINED].count[26] < 4000);
        bench_end(&b[0]);
        bench_end(&b[1]);
    }
}

static size_t first_year_of(const struct pt_outcome *outcome)
{
    size_t h = 0;
    while (outcome->events[PT_EVENT_SUSTAINED].count[h] == 0) {
        h++;
    }
    return h;
}

/* One draw at a time: no larger effect is later, and none is larger in any year, whatever kind,
 * seed and measure. */
static void more_effect_is_never_later_in_any_draw(void **state)
{
    (void)state;
    static const char *const kinds[] = { "level", "pace", "closing" };
    static const double small[] = { .7, .09, 1.9 };
    size_t earlier = 0;
    for (int i = 0; i < 3 * 4 * 50; i++) {
        struct bench b;
        start(&b, measures[i / 3 % 4], 1, 61, 66, 0);
        b.projections[0].fit.sigma = .25 * fabs(b.projections[0].fit.level);
        b.run.options.seed = (uint64_t)(1000 + i);
        struct pt_lever less = lever_of("a", kinds[i % 3], small[i % 3], 2026), more = less;
        more.effect.par[0] *= 1.7;
        scenario_of(&b, &less, 1);
        scenario_of(&b, &more, 1);
        bench_run(&b, 1, 3);
        for (size_t s = 1; s <= 2; s++) {
            size_t before = first_year_of(outcome_of(&b, 0, s - 1));
            assert_true(first_year_of(outcome_of(&b, 0, s)) <= before);
            earlier += first_year_of(outcome_of(&b, 0, s)) < before;
            for (int h = 1; h <= 12; h++) {
                assert_true(median_of(&b, 0, s, h) <= median_of(&b, 0, s - 1, h) + EXACT);
            }
        }
        bench_end(&b);
    }
    assert_true(earlier > 60); /* the question was not idle */
}

/* Two halves of an additive programme are one whole. */
static void two_halves_are_one(void **state)
{
    (void)state;
    static const char *const kinds[] = { "level", "pace" };
    for (int i = 0; i < 8; i++) {
        struct bench b;
        start(&b, measures[i / 2], 1, 61, 66, 0);
        b.projections[0].fit.sigma = .2 * fabs(b.projections[0].fit.level);
        struct pt_lever one = lever_of("a", kinds[i % 2], i % 2 ? .125 : 2.5, 2026);
        struct pt_lever halves[2] = { one, one };
        one.reach = .75;
        halves[0].reach = halves[1].reach = .375;
        halves[1].id = "b";
        scenario_of(&b, &one, 1);
        scenario_of(&b, halves, 2);
        bench_run(&b, 2000, 3);
        assert_memory_equal(outcome_of(&b, 0, 1)->bands, outcome_of(&b, 0, 2)->bands,
                            12 * PT_BANDS * sizeof(double)); /* halves of doubles are exact */
        bench_end(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levers_move_the_figures_under_every_measure),
        cmocka_unit_test(the_figure_is_the_one_whose_gap_it_is),
        cmocka_unit_test(parity_clips_what_closes),
        cmocka_unit_test(every_measure_is_clipped_at_parity),
        cmocka_unit_test(an_effect_past_a_bound_still_closes),
        cmocka_unit_test(a_lever_on_the_reference_mirrors_one_on_the_group),
        cmocka_unit_test(shares_and_per_cent_reach_parity_in_the_same_years),
        cmocka_unit_test(more_effect_is_never_later_in_any_draw),
        cmocka_unit_test(two_halves_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
