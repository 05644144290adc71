#include "support/pt_test.h"

#include <paritet/base.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Parameters to try every card with: ordinary, skewed, of one sign, negative, far from zero, tiny,
 * and of no width at all. */
static const struct attempt {
    const char *name;
    double par[PT_DISTRIBUTION_PARAMETERS];
} attempts[] = {
    { "fixed", { 0.05 } },
    { "fixed", { -3.7 } },
    { "triangular", { 0.05, 0.15, 0.30 } },
    { "triangular", { -3.7, -1.3, 12.385 } },
    { "triangular", { 0.0, 0.0, 7.0 } },
    { "triangular", { -7.0, 0.0, 0.0 } },
    { "triangular", { 1.1, 1.1, 1.1 } },
    { "triangular", { 1e9, 1e9 + 1, 1e9 + 3 } },
    { "triangular", { 1e-9, 3e-9, 5e-9 } },
    { "pert", { 0.05, 0.15, 0.30 } },
    { "pert", { -3.7, -1.3, 12.385 } },
    { "pert", { 0.0, 0.0, 7.0 } },
    { "pert", { -7.0, 0.0, 0.0 } },
    { "pert", { 1.1, 1.1, 1.1 } },
    { "pert", { 1e9, 1e9 + 1, 1e9 + 3 } },
    { "pert", { 1e-9, 3e-9, 5e-9 } },
    { "normal", { 0.8, 0.3 } },
    { "normal", { -12.385, 7.1 } },
    { "normal", { 1.1, 0.0 } },
    { "normal", { 1e9, 3.0 } },
    { "normal", { 3e-9, 1e-9 } },
    { "lognormal", { 0.8, 1.5 } },
    { "lognormal", { -12.385, 1.13 } },
    { "lognormal", { 3e-9, 1.7 } },
    { "lognormal", { -1.1, 1.0 } },
    { "uniform", { 0.05, 0.30 } },
    { "uniform", { -3.7, 12.385 } },
    { "uniform", { 1.1, 1.1 } },
    { "uniform", { 1e9, 1e9 + 3 } },
    { "uniform", { 1e-9, 5e-9 } },
};
enum { N_ATTEMPTS = sizeof attempts / sizeof *attempts };

static const struct pt_distribution *card_of(const struct attempt *attempt)
{
    const struct pt_distribution *card = pt_distribution_find(attempt->name);
    assert_non_null(card);
    return card;
}

static void every_card_is_complete_and_found_by_name(void **state)
{
    (void)state;
    for (size_t c = 0; pt_distributions[c] != NULL; c++) {
        const struct pt_distribution *card = pt_distributions[c];
        assert_ptr_equal(pt_distribution_find(card->name), card);
        assert_non_null(card->title);
        assert_non_null(card->reference);
        assert_in_range(card->n_parameters, 1, PT_DISTRIBUTION_PARAMETERS);
        size_t tried = 0;
        for (size_t t = 0; t < N_ATTEMPTS; t++) {
            tried += card_of(&attempts[t]) == card;
        }
        assert_true(tried > 0);
        for (size_t i = 0; i < card->n_parameters; i++) {
            assert_non_null(card->parameters[i]);
            double bad[PT_DISTRIBUTION_PARAMETERS] = { 1.0, 2.0, 3.0 };
            assert_null(card->check(bad));
            bad[i] = (double)NAN;
            assert_non_null(card->check(bad));
            bad[i] = HUGE_VAL;
            assert_non_null(card->check(bad));
        }
    }
    for (size_t t = 0; t < N_ATTEMPTS; t++) {
        assert_null(card_of(&attempts[t])->check(attempts[t].par));
    }
    assert_null(pt_distribution_find("fixd"));
}

/* At the ends, where branches meet, and between neighbours of the grid that uniforms lie on. */
static void a_larger_uniform_never_draws_less(void **state)
{
    (void)state;
    enum { N = 4000 };
    static double u0[N], u1[N];
    struct pt_stream stream = pt_stream_open(12385, "neighbours");
    pt_stream_uniforms(&stream, 0, N, 0, u0, u1);
    for (size_t t = 0; t < N_ATTEMPTS; t++) {
        const struct pt_distribution *card = card_of(&attempts[t]);
        const double *par = attempts[t].par;
        double before = card->quantile(par, 0x1p-54);
        assert_true(isfinite(before));
        for (int e = 53; e > 12; e--) {
            double x = card->quantile(par, ldexp(1.0, -e));
            assert_true(x >= before);
            before = x;
        }
        for (int i = 10; i < 40000; i += 7) {
            double x = card->quantile(par, i * 2.5e-5);
            assert_true(x >= before);
            before = x;
        }
        for (int e = 20; e <= 53; e++) {
            double x = card->quantile(par, 1.0 - ldexp(1.0, -e));
            assert_true(x >= before);
            before = x;
        }
        assert_true(isfinite(before));
        for (int i = 0; i < N; i++) {
            assert_true(card->quantile(par, u0[i]) <= card->quantile(par, u0[i] + 0x1p-52));
            double end = (2.0 * floor(u1[i] * 0x1p20) + 1.0) * 0x1p-53;
            assert_true(card->quantile(par, end) <= card->quantile(par, end + 0x1p-52));
            assert_true(card->quantile(par, 1.0 - end - 0x1p-52) <= card->quantile(par, 1.0 - end));
        }
    }
}

/* The neighbours of the share where the branches of a quantile meet. */
static void branches_do_not_cross(void **state)
{
    (void)state;
    for (size_t t = 0; t < N_ATTEMPTS; t++) {
        const struct pt_distribution *card = card_of(&attempts[t]);
        const double *par = attempts[t].par;
        if (card->n_parameters < 3 || !(par[2] > par[0])) {
            continue;
        }
        double share = (par[1] - par[0]) / (par[2] - par[0]);
        /* pert: its branches meet at the share below (a + 1) / 8 of the width */
        double a = 1.0 + 4.0 * share;
        share =
            strcmp(card->name, "pert") == 0 ? gsl_cdf_beta_P((a + 1.0) / 8.0, a, 6.0 - a) : share;
        if (!(share > 0.0 && share < 1.0)) {
            continue;
        }
        double u = share - 200 * 0x1p-53, before = card->quantile(par, u);
        for (int i = 0; i < 400; i++) {
            u = nextafter(u, 1.0);
            double x = card->quantile(par, u);
            assert_true(x >= before);
            before = x;
        }
    }
}

/* E g(X) = int g(Q(P(z))) p(z) dz with the standard normal p, by the trapezoid rule: for smooth Q
 * its error falls faster than any power of the step h; a corner of Q leaves h^2 / 12 times its
 * jump, below 1e-9 of the width for h = 1e-4. What lies beyond |z| = 8 is below 1e-14. */
static void mean_and_sd_are_those_of_the_quantiles(void **state)
{
    (void)state;
    enum { N = 160000 };
    const double h = 16.0 / N;
    for (size_t t = 0; t < N_ATTEMPTS; t++) {
        const struct pt_distribution *card = card_of(&attempts[t]);
        const double *par = attempts[t].par;
        double origin = card->quantile(par, 0.5), width = card->sd(par) + 1e-300;
        double sum = 0.0, squares = 0.0;
        for (int i = 0; i <= N; i++) {
            double z = -8.0 + i * h;
            double p = exp(-0.5 * z * z) * h / sqrt(2.0 * M_PI);
            double x = (card->quantile(par, gsl_cdf_ugaussian_P(z)) - origin) / width;
            sum += p * x;
            squares += p * x * x;
        }
        /* Near 1e9 a quantile itself is only known to 1e-7. */
        double tol = fabs(origin) > 1e6 ? 1e-7 : 1e-8;
        double sd = sqrt(fmax(0.0, squares - sum * sum));
        assert_close((card->mean(par) - origin) / width, sum, tol);
        assert_close(card->sd(par) / width, card->sd(par) > 0.0 ? sd : 0.0, tol);
        if (card->sd(par) == 0.0) { /* of no width: the one value, whatever is drawn */
            assert_close(card->quantile(par, 0x1p-54), origin, 0.0);
            assert_close(card->quantile(par, 1.0 - 0x1p-53), origin, 0.0);
            assert_close(card->mean(par), origin, 0.0);
        }
    }
}

/* n draws: the mean within K standard errors sd / sqrt(n), the variance within K of its own,
 * sqrt((m4 - s^4) / n) with the draws' fourth moment. K = 4: one in 16000 for each of 60 numbers,
 * and the seed is fixed. */
#define K 4.0
static void draws_have_the_mean_and_variance_of_the_card(void **state)
{
    (void)state;
    enum { N = 40000 };
    static double u[N], v[N], x[N];
    struct pt_stream stream = pt_stream_open(20261123, "draws");
    pt_stream_uniforms(&stream, 0, N, 0, u, v);
    for (size_t t = 0; t < N_ATTEMPTS; t++) {
        const struct pt_distribution *card = card_of(&attempts[t]);
        const double *par = attempts[t].par;
        double mean = 0.0, s2 = 0.0, m4 = 0.0;
        for (int i = 0; i < N; i++) {
            x[i] = card->quantile(par, u[i]) - card->mean(par);
            mean += x[i] / N;
        }
        for (int i = 0; i < N; i++) {
            double d = x[i] - mean;
            s2 += d * d / (N - 1);
            m4 += d * d * d * d / N;
        }
        double sd = card->sd(par), least = 1e-15 * fabs(card->mean(par));
        assert_true(fabs(mean) <= K * sd / sqrt(N) + least);
        assert_true(fabs(s2 - sd * sd) <= K * sqrt(fmax(0.0, m4 - s2 * s2) / N) + least * least);
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

/* With whole a the beta law is a sum of binomial chances: I_x(a, 6 - a) = P(Bin(5, x) >= a). */
static void pert_is_the_beta_law_with_weight_four(void **state)
{
    (void)state;
    const struct pt_distribution *card = pt_distribution_find("pert");
    static const double u[] = { 0x1p-53, 1e-9, 0.013, 0.3, 0.5, 0.77, 0.99, 1.0 - 0x1p-30 };
    static const double choose[] = { 1, 5, 10, 10, 5, 1 };
    for (int a = 1; a <= 5; a++) {
        const double unit[] = { 0.0, (a - 1) / 4.0, 1.0 };
        for (size_t i = 0; i < sizeof u / sizeof *u; i++) {
            double x = card->quantile(unit, u[i]), share = 0.0;
            for (int k = 5; k >= a; k--) {
                share += choose[k] * pow(x, k) * pow(1.0 - x, 5 - k);
            }
            assert_close(share / u[i], 1.0, 1e-12);
        }
    }
    /* 1 - (1 - u)^(1/5) and u^(1/5) */
    const double first[] = { 0.0, 0.0, 1.0 }, last[] = { 0.0, 1.0, 1.0 };
    assert_close(card->quantile(first, 0.3), -expm1(log1p(-0.3) / 5), 1e-15);
    assert_close(card->quantile(last, 0x1p-53) / pow(2.0, -53.0 / 5), 1.0, 1e-14);
    assert_close(card->quantile(last, 0.3), pow(0.3, 0.2), 1e-15);
    /* between whole a: the incomplete beta function of GSL */
    for (double mode = 0.03; mode < 1.0; mode += 0.0719) {
        const double unit[] = { 0.0, mode, 1.0 };
        double a = 1.0 + 4.0 * mode;
        for (size_t i = 1; i < sizeof u / sizeof *u; i++) {
            double x = card->quantile(unit, u[i]);
            assert_close(gsl_cdf_beta_P(x, a, 6.0 - a) / u[i], 1.0, 1e-11);
        }
    }
    /* (0.05 + 4 * 0.15 + 0.30) / 6; sqrt(a b / 252) of the width, a = 2.6, b = 3.4 */
    const double effect[] = { 0.05, 0.15, 0.30 };
    assert_close(card->mean(effect), 0.95 / 6, 1e-15);
    assert_close(card->sd(effect), 0.25 * sqrt(2.6 * 3.4 / 252), 1e-15);
}

/* z(0.975) = 1.959963984540054 and z(0.8) = 0.8416212335729143 (Wichura 1988; R: qnorm). */
static void normal_and_lognormal_have_the_textbook_quantiles(void **state)
{
    (void)state;
    const struct pt_distribution *normal = pt_distribution_find("normal");
    const struct pt_distribution *lognormal = pt_distribution_find("lognormal");
    const double effect[] = { 0.8, 0.3 }, factor[] = { 0.8, 1.5 };
    assert_close(normal->quantile(effect, 0.975), 0.8 + 0.3 * 1.959963984540054, 1e-15);
    assert_close(normal->quantile(effect, 0.2), 0.8 - 0.3 * 0.8416212335729143, 1e-15);
    assert_close(lognormal->quantile(factor, 0.5), 0.8, 1e-15);
    assert_close(lognormal->quantile(factor, 0.975), 0.8 * pow(1.5, 1.959963984540054), 1e-15);
    /* ln(1.5)^2 = 0.16440195389316542: 0.8 e^(0.0822...), and that times sqrt(e^0.1644... - 1) */
    assert_close(lognormal->mean(factor), 0.8 * exp(0.08220097694658271), 1e-15);
    assert_close(lognormal->sd(factor),
                 0.8 * exp(0.08220097694658271) * sqrt(expm1(0.16440195389316542)), 1e-15);
}

static void a_law_with_its_signs_turned_draws_the_mirror_image(void **state)
{
    (void)state;
    static const struct attempt pairs[][2] = {
        { { "lognormal", { 0.8, 1.5 } }, { "lognormal", { -0.8, 1.5 } } },
        { { "normal", { 0.8, 0.3 } }, { "normal", { -0.8, 0.3 } } },
        { { "uniform", { 0.05, 0.30 } }, { "uniform", { -0.30, -0.05 } } },
        { { "triangular", { 0.05, 0.15, 0.30 } }, { "triangular", { -0.30, -0.15, -0.05 } } },
        { { "pert", { 0.05, 0.15, 0.30 } }, { "pert", { -0.30, -0.15, -0.05 } } },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct pt_distribution *card = card_of(&pairs[i][0]);
        const double *here = pairs[i][0].par, *there = pairs[i][1].par;
        for (double u = 0.001; u < 1.0; u += 0.0073) {
            assert_close(card->quantile(here, u), -card->quantile(there, 1.0 - u), 1e-14);
        }
        assert_close(card->mean(here), -card->mean(there), 1e-15);
        assert_close(card->sd(here), card->sd(there), 1e-15);
    }
}

static void a_refusal_says_what_the_numbers_are(void **state)
{
    (void)state;
    static const struct {
        struct attempt attempt;
        const char *sentence;
    } cases[] = {
        { { "normal", { 0.8, -0.3 } },
          "the standard deviation is at least 0; write [ mean, standard deviation ]" },
        { { "fixed", { (double)NAN } }, "the value must be a finite number" },
        { { "normal", { (double)NAN, 0.3 } },
          "the mean and the standard deviation must be finite numbers" },
        { { "lognormal", { 0.8, (double)INFINITY } },
          "the median and the geometric standard deviation must be finite numbers" },
        { { "pert", { 0.1, (double)NAN, 0.3 } },
          "the least, the most likely and the largest value must be finite numbers" },
        { { "uniform", { -(double)INFINITY, 0.1 } },
          "the least and the largest value must be finite numbers" },
        { { "uniform", { 0.3, 0.1 } }, "write the least and the largest value in this order" },
        { { "pert", { 0.1, 0.5, 0.3 } },
          "write the least, the most likely and the largest value in this order" },
        { { "lognormal", { 0.0, 1.5 } },
          "the median of a lognormal effect is not 0; for no effect at all write 'fixed: 0'" },
        { { "lognormal", { 0.8, 0.5 } },
          "the geometric standard deviation is a factor from 1 to 100: 1.5 puts two draws of "
          "three between median / 1.5 and median * 1.5" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pt_distribution *card = card_of(&cases[i].attempt);
        assert_string_equal(card->check(cases[i].attempt.par), cases[i].sentence);
    }
    const double many[] = { 0.8, 100.5 };
    assert_non_null(pt_distribution_find("lognormal")->check(many));
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
        cmocka_unit_test(branches_do_not_cross),
        cmocka_unit_test(mean_and_sd_are_those_of_the_quantiles),
        cmocka_unit_test(draws_have_the_mean_and_variance_of_the_card),
        cmocka_unit_test(triangular_has_the_textbook_quantiles),
        cmocka_unit_test(pert_is_the_beta_law_with_weight_four),
        cmocka_unit_test(normal_and_lognormal_have_the_textbook_quantiles),
        cmocka_unit_test(a_law_with_its_signs_turned_draws_the_mirror_image),
        cmocka_unit_test(a_refusal_says_what_the_numbers_are),
        cmocka_unit_test(triangular_refuses_disorder),
        cmocka_unit_test(draws_nothing_at_the_chance_of_none),
        cmocka_unit_test(no_effect_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
