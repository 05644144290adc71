#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include <paritet/trend.h>

#include "support/property.h"

/* Closed forms (METHODS 5) among themselves, and beside what they are a check of. */

static double decimal(struct trial *trial, int most, double unit)
{
    return unit * draw_signed(trial, most);
}

/* ------------------------------------------------------------------ Fieller's set */

/* An estimated line, from a drawn covariance that is one. */
static void line_draw(struct trial *trial, struct pt_line *line)
{
    double s = draw_int(trial, 1, 300) / 100.0, t = draw_int(trial, 1, 300) / 1000.0;
    double r = draw_signed(trial, 95) / 100.0;
    *line = (struct pt_line){ .level = decimal(trial, 400, .1),
                              .pace = decimal(trial, 200, .01),
                              .level_var = s * s,
                              .pace_var = t * t,
                              .covariance = r * s * t,
                              .sigma2 = draw_int(trial, 1, 300) / 50.0,
                              .df = draw_int(trial, 1, 20) };
    trial_say(trial, "# level %.15g, pace %.15g, variances %.15g, %.15g, covariance %.15g, df %g\n",
              line->level, line->pace, line->level_var, line->pace_var, line->covariance, line->df);
}

static bool is_in(const struct pt_fieller *set, double u)
{
    bool between = u >= set->lower && u <= set->upper;
    return set->kind == PT_FIELLER_EXCLUSIVE ? !(u > set->lower && u < set->upper) : between;
}

/* How many standard errors a line lies from a value at u. */
static double errors_off(const struct pt_line *line, double value, bool observation, double u)
{
    double variance = line->level_var + 2 * u * line->covariance + u * u * line->pace_var +
                      (observation ? line->sigma2 : 0);
    return fabs(line->level + line->pace * u - value) / sqrt(variance);
}

static enum verdict a_year_is_in_the_set_where_the_line_is_near_enough(struct trial *trial)
{
    struct pt_line line;
    line_draw(trial, &line);
    double value = decimal(trial, 400, .1), u = decimal(trial, 4000, .1);
    double confidence = draw_int(trial, 1, 99) / 100.0;
    bool observation = draw_bool(trial);
    struct pt_fieller set = pt_fieller_line(&line, value, confidence, observation);
    double tc = gsl_cdf_tdist_Qinv((1 - confidence) / 2, line.df);
    double off = errors_off(&line, value, observation, u);
    if (fabs(off - tc) < 1e-9 * (1 + tc)) {
        return LAW_VOID; /* at an end */
    }
    return is_in(&set, u) == (off < tc)
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%g is %.9g errors off %g, limit %.9g; %s set %.9g to %.9g", u,
                            off, value, tc, pt_fieller_kind_name(set.kind), set.lower, set.upper);
}

static enum verdict more_confidence_or_one_figure_is_a_larger_set(struct trial *trial)
{
    struct pt_line line;
    line_draw(trial, &line);
    double value = decimal(trial, 400, .1), u = decimal(trial, 4000, .1);
    double less = draw_int(trial, 1, 98) / 100.0, more = less + .01;
    struct pt_fieller set = pt_fieller_line(&line, value, less, false);
    struct pt_fieller sure = pt_fieller_line(&line, value, more, false);
    struct pt_fieller figure = pt_fieller_line(&line, value, less, true);
    if (!is_in(&set, u)) {
        u = set.estimate; /* which is in all of them */
    }
    return !isfinite(u) || (is_in(&set, u) && is_in(&sure, u) && is_in(&figure, u))
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%.9g is in one at %g and not in a larger one", u, less);
}

static enum verdict another_unit_or_origin_is_the_same_set(struct trial *trial)
{
    struct pt_line line, other;
    line_draw(trial, &line);
    double value = decimal(trial, 400, .1), c = DRAW_ONE_OF(trial, double, 10, -1, .01), shift = 7;
    other = line;
    /* the same line in another unit, counted from `shift` years later */
    other.level = c * (line.level + line.pace * shift);
    other.pace = c * line.pace;
    other.level_var =
        c * c * (line.level_var + 2 * shift * line.covariance + shift * shift * line.pace_var);
    other.pace_var = c * c * line.pace_var;
    other.covariance = c * c * (line.covariance + shift * line.pace_var);
    struct pt_fieller a = pt_fieller_line(&line, value, .8, false);
    struct pt_fieller b = pt_fieller_line(&other, c * value, .8, false);
    double A = line.pace * line.pace / line.pace_var, t = gsl_cdf_tdist_Qinv(.1, line.df);
    if (fabs(A - t * t) < 1e-6 * t * t) {
        return LAW_VOID; /* nearly one ray: the last bit says on which side */
    }
    double room = 1e-7 * (fabs(a.lower) + fabs(a.upper) + 10);
    if (a.kind != b.kind) {
        return LAW_BREAKS(trial, "%s becomes %s", pt_fieller_kind_name(a.kind),
                          pt_fieller_kind_name(b.kind));
    }
    return a.kind == PT_FIELLER_WHOLE_LINE || (fabs(a.lower - b.lower - shift) <= room &&
                                               fabs(a.upper - b.upper - shift) <= room)
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%.12g to %.12g becomes %.12g to %.12g", a.lower, a.upper,
                            b.lower, b.upper);
}

/* ------------------------------------------------------------------ first passage */

struct walk {
    double d, mu, s, t;
};

static struct walk walk_draw(struct trial *trial)
{
    struct walk w = { draw_int(trial, 1, 200) / 10.0, decimal(trial, 100, .02),
                      draw_int(trial, 1, 50) / 10.0, draw_int(trial, 1, 60) };
    trial_say(trial, "# distance %g, drift %g, sd %g, %g years\n", w.d, w.mu, w.s, w.t);
    return w;
}

static double passage(struct walk w)
{
    return pt_first_passage(w.d, w.mu, w.s, w.t);
}

static enum verdict passing_is_a_chance_that_grows(struct trial *trial)
{
    struct walk w = walk_draw(trial), later = w, nearer = w, faster = w, unit = w;
    double by = draw_int(trial, 1, 30) / 10.0;
    later.t += by;
    nearer.d /= 1 + by;
    faster.mu += by;
    unit.d *= 10;
    unit.mu *= 10;
    unit.s *= 10;
    double p = passage(w), room = 1e-12;
    return p >= 0 && p <= 1 + room && passage(later) >= p - room && passage(nearer) >= p - room &&
                   passage(faster) >= p - room && fabs(passage(unit) - p) <= room
               ? LAW_HOLDS
               : LAW_BREAKS(trial,
                            "%.17g: later %.17g, nearer %.17g, faster %.17g, in tenths %.17g", p,
                            passage(later), passage(nearer), passage(faster), passage(unit));
}

static enum verdict watched_once_a_year_it_passes_less_often(struct trial *trial)
{
    enum { DRAWS = 1000 };
    static double z0[DRAWS], z1[DRAWS], x[DRAWS];
    static bool passed[DRAWS];
    struct walk w = walk_draw(trial);
    struct pt_stream stream = pt_stream_open(11, "law");
    size_t first = 1000 * draw_below(trial, 1000), count = 0, ends = 0;
    w.t = draw_int(trial, 1, 20);
    for (size_t i = 0; i < DRAWS; i++) {
        x[i] = 0;
        passed[i] = false;
    }
    for (int year = 0; year < (int)w.t; year++) {
        if (year % 2 == 0) {
            pt_stream_normals(&stream, first, DRAWS, (uint32_t)year / 2, z0, z1);
        }
        for (size_t i = 0; i < DRAWS; i++) {
            x[i] += w.mu + w.s * (year % 2 == 0 ? z0 : z1)[i];
            passed[i] |= x[i] >= w.d;
        }
    }
    for (size_t i = 0; i < DRAWS; i++) {
        count += passed[i];
        ends += x[i] >= w.d;
    }
    /* in between: whoever is past at the end has passed; six standard errors */
    double most = passage(w), least = gsl_cdf_ugaussian_P((w.mu * w.t - w.d) / (w.s * sqrt(w.t)));
    double share = (double)count / DRAWS, room = 6 * sqrt((most * (1 - most) + .01) / DRAWS);
    return share <= most + room && share >= least - 6 * sqrt((least * (1 - least) + .01) / DRAWS)
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%.4f passed (%zu at the end), between %.4f and %.4f", share,
                            ends, least, most);
}

/* ------------------------------------------------------------------ the damped sum */

static enum verdict a_damped_curve_crosses_where_its_sum_does(struct trial *trial)
{
    double level = draw_int(trial, 1, 400) / 10.0, slope = decimal(trial, 600, .01);
    double phi = draw_int(trial, 80, 98) / 100.0;
    double h = pt_damped_crossing(level, slope, phi), sum = 0, power = 1;
    trial_say(trial, "# %g above the band, slope %g, damping %g: %.12g\n", level, slope, phi, h);
    double all = level + slope * phi / (1 - phi);
    if (fabs(all) < 1e-9 * level) {
        return LAW_VOID; /* it is there after all time */
    }
    if (!isfinite(h)) {
        return all > 0 ? LAW_HOLDS : LAW_BREAKS(trial, "it goes to %g", all);
    }
    for (int year = 1; year <= 400; year++) {
        power *= phi;
        sum += power;
        double now = level + slope * sum;
        bool there = year >= h;
        if (fabs(year - h) > 1e-6 && fabs(now) > 1e-9 * level && there != (now <= 0)) {
            return LAW_BREAKS(trial, "in year %d it is at %.12g", year, now);
        }
    }
    return LAW_HOLDS;
}

/* ------------------------------------------------------------------ laws of effects */

static enum verdict a_larger_chance_is_no_smaller_effect(struct trial *trial)
{
    size_t n = 0;
    while (pt_distributions[n]) {
        n++;
    }
    const struct pt_distribution *law = pt_distributions[draw_below(trial, n)];
    double a = decimal(trial, 500, .02), b = a + draw_int(trial, 0, 300) * .01;
    double par[] = { a, b, b + draw_int(trial, 0, 300) * .01 };
    double u = draw_int(trial, 1, 99999) * 1e-5, v = u + draw_int(trial, 0, 1000) * 1e-9;
    if (law->check(par)) {
        return LAW_VOID;
    }
    double low = law->quantile(par, u), high = law->quantile(par, v);
    trial_say(trial, "# %s of %g, %g, %g at %.9g: %.17g\n", law->name, par[0], par[1], par[2], u,
              low);
    return high >= low && isfinite(low) ? LAW_HOLDS : LAW_BREAKS(trial, "at %.9g: %.17g", v, high);
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where, cases) { #name, where, name, cases }
        LAW(a_year_is_in_the_set_where_the_line_is_near_enough, "Fieller's set, all kinds", 3000),
        LAW(more_confidence_or_one_figure_is_a_larger_set, "Fieller's set, all kinds", 3000),
        LAW(another_unit_or_origin_is_the_same_set, "Fieller's set, all kinds but the border",
            3000),
        LAW(passing_is_a_chance_that_grows, "first passage: with time, nearness and drift", 3000),
        LAW(watched_once_a_year_it_passes_less_often,
            "first passage against walks, to six standard errors", 100),
        LAW(a_damped_curve_crosses_where_its_sum_does, "damped trend", 3000),
        LAW(a_larger_chance_is_no_smaller_effect, "every law of an assumed effect", 3000),
    };
    return LAWS_RUN(laws);
}
