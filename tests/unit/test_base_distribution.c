#include "support/pt_test.h"

#include <paritet/base.h>

#include <math.h>
#include <string.h>

/* Parameters every card can be tried with: within the first n_parameters, ascending. */
static const double tries[][PT_DISTRIBUTION_PARAMETERS] = {
    { 0.05, 0.15, 0.30 }, { -3.7, -1.3, 12.385 },    { 0.0, 0.0, 7.0 },    { -7.0, 0.0, 0.0 },
    { 1.1, 1.1, 1.1 },    { 1e9, 1e9 + 1, 1e9 + 3 }, { 1e-9, 3e-9, 5e-9 },
};
enum { N_TRIES = sizeof tries / sizeof *tries };

static void every_card_is_complete_and_found_by_name(void **state)
{
    (void)state;
    for (size_t c = 0; pt_distributions[c] != NULL; c++) {
        const struct pt_distribution *card = pt_distributions[c];
        assert_ptr_equal(pt_distribution_find(card->name), card);
        assert_non_null(card->title);
        assert_non_null(card->reference);
        assert_in_range(card->n_parameters, 1, PT_DISTRIBUTION_PARAMETERS);
        for (size_t i = 0; i < card->n_parameters; i++) {
            assert_non_null(card->parameters[i]);
        }
        const double bad[PT_DISTRIBUTION_PARAMETERS] = { (double)NAN, 1.0, 2.0 };
        assert_non_null(card->check(bad));
        for (size_t t = 0; t < N_TRIES; t++) {
            assert_null(card->check(tries[t]));
        }
    }
    assert_null(pt_distribution_find("fixd"));
}

static void a_larger_uniform_never_draws_less(void **state)
{
    (void)state;
    for (size_t c = 0; pt_distributions[c] != NULL; c++) {
        const struct pt_distribution *card = pt_distributions[c];
        for (size_t t = 0; t < N_TRIES; t++) {
            double before = -HUGE_VAL;
            for (int i = 1; i < 100000; i += 7) {
                double x = card->quantile(tries[t], i * 1e-5);
                assert_true(x >= before);
                before = x;
            }
            /* The neighbours of the mode's share, where the branches meet. */
            double share = (tries[t][1] - tries[t][0]) / (tries[t][2] - tries[t][0]);
            if (share > 0.0 && share < 1.0) {
                assert_true(card->quantile(tries[t], nextafter(share, 0.0)) <=
                            card->quantile(tries[t], share));
                assert_true(card->quantile(tries[t], share) <=
                            card->quantile(tries[t], nextafter(share, 1.0)));
            }
        }
    }
}

/* E X = int_0^1 Q(u) du, by the midpoint rule. Where Q has an infinite slope (the corners of the
 * triangle) the rule is off by about h^1.5, which is 1e-9 of the width for h = 1e-6. */
static void mean_and_sd_are_those_of_the_quantiles(void **state)
{
    (void)state;
    enum { N = 1000000 };
    for (size_t c = 0; pt_distributions[c] != NULL; c++) {
        const struct pt_distribution *card = pt_distributions[c];
        for (size_t t = 0; t < N_TRIES; t++) {
            double origin = tries[t][0], width = tries[t][2] - origin + 1e-300;
            double sum = 0.0, squares = 0.0;
            for (int i = 0; i < N; i++) {
                double x = (card->quantile(tries[t], (i + 0.5) / N) - origin) / width;
                sum += x;
                squares += x * x;
            }
            double mean = sum / N, sd = sqrt(fmax(0.0, squares / N - mean * mean));
            /* Near 1e9 a quantile itself is only known to 1e-7. */
            double tol = fabs(origin) > 1e6 ? 1e-7 : 1e-8;
            assert_close((card->mean(tries[t]) - origin) / width, mean, tol);
            assert_close(card->sd(tries[t]) / width, sd, tol);
        }
    }
}

/* Kotz and van Dorp (2004): F(mode) = (mode - min) / (max - min), and on [0, 1] with its mode at
 * 1/4: F(x) = 4 x^2 left of it, so Q(1/16) = 1/8; 1 - F = 4 (1 - x)^2 / 3, so Q(11/12) = 3/4. */
static void triangular_has_the_textbook_quantiles(void **state)
{
    (void)state;
    const struct pt_distribution *card = pt_distribution_find("triangular");
    const double unit[] = { 0.0, 0.25, 1.0 }, effect[] = { 0.05, 0.15, 0.30 };
    assert_close(card->quantile(unit, 1.0 / 16), 0.125, 1e-15);
    assert_close(card->quantile(unit, 11.0 / 12), 0.75, 1e-15);
    assert_close(card->quantile(effect, 0.4), 0.15, 1e-15);
    /* (0.05 + 0.15 + 0.30) / 3 and sqrt((0.0025 + 0.0225 + 0.09 - 0.0075 - 0.015 - 0.045) / 18) */
    assert_close(card->mean(effect), 1.0 / 6, 1e-15);
    assert_close(card->sd(effect), sqrt(0.0475 / 18), 1e-15);
}

static void triangular_refuses_disorder(void **state)
{
    (void)state;
    const struct pt_distribution *card = pt_distribution_find("triangular");
    const double disorder[][3] = { { 0.3, 0.15, 0.05 }, { 0.1, 0.5, 0.3 }, { 0.3, 0.1, 0.5 } };
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(card->check(disorder[i]),
                            "write the least, the most likely and the largest value in this order");
    }
}

static void draws_nothing_at_the_chance_of_none(void **state)
{
    (void)state;
    const struct pt_effect effect = {
        .distribution = pt_distribution_find("fixed"),
        .par = { 1.3 },
        .chance_of_none = 0.1,
    };
    assert_close(pt_effect_draw(&effect, 0.37, 0.0999), 0.0, 0.0);
    assert_close(pt_effect_draw(&effect, 0.37, 0.1), 1.3, 0.0);
    assert_close(pt_effect_mean(&effect), 0.9 * 1.3, 1e-15);
}

static void no_effect_is_zero(void **state)
{
    (void)state;
    const struct pt_effect none = { 0 };
    assert_close(pt_effect_draw(&none, 0.37, 0.73), 0.0, 0.0);
    assert_close(pt_effect_mean(&none), 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_card_is_complete_and_found_by_name),
        cmocka_unit_test(a_larger_uniform_never_draws_less),
        cmocka_unit_test(mean_and_sd_are_those_of_the_quantiles),
        cmocka_unit_test(triangular_has_the_textbook_quantiles),
        cmocka_unit_test(triangular_refuses_disorder),
        cmocka_unit_test(draws_nothing_at_the_chance_of_none),
        cmocka_unit_test(no_effect_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
