#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/barometer.h>

#include "support/property.h"

/* Gap measures (METHODS 1). */

/* Rounding of a logarithm or an exponential in the last bits, times the condition of what is asked. */
#define SAME 1e-12

struct pair {
    const struct pt_gap_measure *measure;
    int s;
    double m, r, scale, g;
};

static bool near(double a, double b, double size)
{
    return fabs(a - b) <= SAME * size;
}

/* Two figures for which there is a gap. */
static bool pair_draw(struct trial *trial, struct pair *pair)
{
    size_t n = 0;
    while (pt_gap_measures[n]) {
        n++;
    }
    pair->measure = pt_gap_measures[draw_below(trial, n)];
    pair->s = draw_bool(trial) ? -1 : 1;
    pair->scale = draw_bool(trial) ? 1 : 100;
    pair->m = pair->scale * draw_signed(trial, 1000) / 1000;
    pair->r = pair->scale * draw_signed(trial, 1000) / 1000;
    bool share = strcmp(pair->measure->name, "odds-ratio") == 0;
    if (!share && draw_bool(trial)) {
        pair->m *= 40;
        pair->r *= 40;
    }
    trial_say(trial, "# %s, better: %s, figures %.15g and %.15g, a whole is %g\n",
              pair->measure->name, pair->s > 0 ? "higher" : "lower", pair->m, pair->r, pair->scale);
    if (pair->measure->domain && !pair->measure->domain(pair->m, pair->r, pair->scale)) {
        return false;
    }
    pair->g = pair->measure->gap(pair->m, pair->r, pair->s, pair->scale);
    return true;
}

static enum verdict a_gap_is_positive_where_the_group_is_behind(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    double behind = p.s * (p.r - p.m);
    bool right = behind > 0 ? p.g > 0 : behind < 0 ? p.g < 0 : p.g == 0;
    return right ? LAW_HOLDS : LAW_BREAKS(trial, "the gap is %.17g", p.g);
}

static enum verdict an_inverse_undoes_its_measure(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    double m = p.measure->inverse(p.g, p.r, p.s, p.scale);
    /* a figure is found as well as the larger of the two was known */
    if (!near(m, p.m, fabs(p.m) + fabs(p.r) + p.scale)) {
        return LAW_BREAKS(trial, "back comes %.17g", m);
    }
    double by_m, by_r, g = p.measure->gap(m, p.r, p.s, p.scale);
    p.measure->slopes(p.m, p.r, p.s, p.scale, &by_m, &by_r);
    double size = fabs(p.g) + fabs(by_m) * (fabs(p.m) + fabs(p.r) + p.scale);
    return near(g, p.g, size) ? LAW_HOLDS
                              : LAW_BREAKS(trial, "the gap %.17g comes back as %.17g", p.g, g);
}

static enum verdict the_gap_falls_as_the_group_gains(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    double gain = p.s * p.scale / (100.0 + draw_int(trial, 0, 900));
    if (p.measure->domain && !(p.measure->domain(p.m + gain, p.r, p.scale) &&
                               p.measure->domain(p.m, p.r + gain, p.scale))) {
        return LAW_VOID;
    }
    double group = p.measure->gap(p.m + gain, p.r, p.s, p.scale);
    double reference = p.measure->gap(p.m, p.r + gain, p.s, p.scale);
    /* of two negative figures the ratio turns round: m/r grows towards 0 with r > 0 and m < 0 */
    bool ratio = strcmp(p.measure->name, "ratio") == 0 && p.m <= 0;
    return group < p.g && (ratio || reference > p.g)
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%.17g becomes %.17g, %.17g", p.g, group, reference);
}

static enum verdict groups_that_change_places_turn_the_gap_round(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p) || (p.measure->domain && !p.measure->domain(p.r, p.m, p.scale))) {
        return LAW_VOID;
    }
    double back = p.measure->gap(p.r, p.m, p.s, p.scale);
    if (strcmp(p.measure->name, "ratio") == 0) {
        /* (m/r)(r/m) = 1 */
        double product = (1 - p.s * p.g / 100) * (1 - p.s * back / 100);
        return near(product, 1, 1 + fabs(p.g) + fabs(back))
                   ? LAW_HOLDS
                   : LAW_BREAKS(trial, "%.17g and %.17g", p.g, back);
    }
    return near(back, -p.g, fabs(p.g) + 1) ? LAW_HOLDS
                                           : LAW_BREAKS(trial, "%.17g and %.17g", p.g, back);
}

static enum verdict the_other_direction_is_the_other_sign(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    double other = p.measure->gap(p.m, p.r, -p.s, p.scale);
    return other == -p.g ? LAW_HOLDS : LAW_BREAKS(trial, "%.17g and %.17g", p.g, other);
}

static enum verdict another_unit_is_the_same_gap(struct trial *trial)
{
    struct pair p;
    double c = DRAW_ONE_OF(trial, double, 10, 100, .01, 7);
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    bool points = p.measure->unit == NULL; /* in the figure's own unit */
    double other = p.measure->gap(c * p.m, c * p.r, p.s, c * p.scale);
    double expected = points ? c * p.g : p.g;
    double by_m, by_r;
    p.measure->slopes(p.m, p.r, p.s, p.scale, &by_m, &by_r);
    double size = fabs(expected) + (points ? c : 1) * (fabs(by_m * p.m) + fabs(by_r * p.r) + 1);
    return near(other, expected, size) ? LAW_HOLDS
                                       : LAW_BREAKS(trial, "%.17g becomes %.17g", p.g, other);
}

static enum verdict slopes_are_those_of_the_measure(struct trial *trial)
{
    struct pair p;
    if (!pair_draw(trial, &p)) {
        return LAW_VOID;
    }
    double d = 1e-5 * p.scale, by_m, by_r;
    double edge = fmin(fmin(fabs(p.m), fabs(p.r)), fmin(fabs(p.scale - p.m), fabs(p.scale - p.r)));
    if (p.measure->domain && edge < 1000 * d) {
        return LAW_VOID; /* differences see the pole */
    }
    p.measure->slopes(p.m, p.r, p.s, p.scale, &by_m, &by_r);
    double left =
        p.measure->gap(p.m + d, p.r, p.s, p.scale) - p.measure->gap(p.m - d, p.r, p.s, p.scale);
    double right =
        p.measure->gap(p.m, p.r + d, p.s, p.scale) - p.measure->gap(p.m, p.r - d, p.s, p.scale);
    /* a central difference is wrong by d^2 over six times the third derivative */
    return fabs(left / (2 * d) - by_m) <= 1e-4 * fabs(by_m) + 1e-9 &&
                   fabs(right / (2 * d) - by_r) <= 1e-4 * fabs(by_r) + 1e-9
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%.17g, %.17g against %.17g, %.17g", by_m, by_r, left / (2 * d),
                            right / (2 * d));
}

static enum verdict a_log_ratio_is_the_logarithm_of_the_ratio(struct trial *trial)
{
    double m = draw_int(trial, 1, 100000) / 100.0, r = draw_int(trial, 1, 100000) / 100.0;
    int s = draw_bool(trial) ? -1 : 1;
    double ratio = pt_gap_measure_find("ratio")->gap(m, r, s, 100);
    double log_ratio = pt_gap_measure_find("log-ratio")->gap(m, r, s, 100);
    trial_say(trial, "# better: %s, figures %.15g and %.15g\n", s > 0 ? "higher" : "lower", m, r);
    /* ratio = 100 s (1 - m/r) and log-ratio = s ln(r/m) */
    double from = 100 * s * -expm1(-s * log_ratio);
    return near(from, ratio, 100 * (1 + m / r)) ? LAW_HOLDS
                                                : LAW_BREAKS(trial, "%.17g and %.17g", ratio, from);
}

static enum verdict an_odds_ratio_does_not_mind_which_share_is_counted(struct trial *trial)
{
    double m = draw_int(trial, 1, 999) / 10.0, r = draw_int(trial, 1, 999) / 10.0;
    int s = draw_bool(trial) ? -1 : 1;
    const struct pt_gap_measure *odds = pt_gap_measure_find("odds-ratio");
    trial_say(trial, "# better: %s, figures %.15g and %.15g\n", s > 0 ? "higher" : "lower", m, r);
    double in_work = odds->gap(m, r, s, 100), without = odds->gap(100 - m, 100 - r, -s, 100);
    return near(in_work, without, 1e3) ? LAW_HOLDS
                                       : LAW_BREAKS(trial, "%.17g and %.17g", in_work, without);
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 3000 }
        LAW(a_gap_is_positive_where_the_group_is_behind, "every measure"),
        LAW(an_inverse_undoes_its_measure, "every measure"),
        LAW(the_gap_falls_as_the_group_gains,
            "every measure; grows with the reference too, but for a ratio of a figure below 0"),
        LAW(groups_that_change_places_turn_the_gap_round,
            "every measure; of a ratio (1 - g/100)(1 - g'/100) = 1"),
        LAW(the_other_direction_is_the_other_sign, "every measure"),
        LAW(another_unit_is_the_same_gap, "every measure; a difference in the other unit"),
        LAW(slopes_are_those_of_the_measure, "every measure, away from its poles"),
        LAW(a_log_ratio_is_the_logarithm_of_the_ratio, "figures above 0"),
        LAW(an_odds_ratio_does_not_mind_which_share_is_counted,
            "shares; with the direction turned"),
    };
    return LAWS_RUN(laws);
}
