#include <limits.h>
#include <math.h>
#include <string.h>

#include <paritet/barometer.h>

/* a longer hole starts the series after it (METHODS 3.1) */
#define HOLE_YEARS 3
/* published rates that rest on fewer persons are flagged (METHODS 4) */
#define SMALL_COUNT 50

/* One year of an indicator: the group's observation and, in step with it, the reference's. */
struct pair {
    const struct pt_observation *m, *r;
};

static struct pt_place at_line(const struct pt_observed *series, uint32_t line)
{
    return (struct pt_place){ .path = series->path, .line = line };
}

/* Rows without a place serve a model with one place, and the reverse: one named place in the data
 * serves a model that names none. */
static const struct pt_observed *find(const struct pt_model *model,
                                      const struct pt_indicator *indicator, const char *group,
                                      const char *place)
{
    const struct pt_observed *found =
        pt_data_find(model->data, indicator->series, group, place);
    if (found) {
        return found;
    }
    if (place[0] != '\0') {
        return NULL;
    }
    for (size_t i = 0; i < pt_data_count(model->data); i++) {
        const struct pt_observed *series = pt_data_series(model->data, i);
        if (strcmp(series->indicator, indicator->series) == 0 &&
            strcmp(series->group, group) == 0) {
            if (found) {
                return NULL; /* several places: the model has to say which */
            }
            found = series;
        }
    }
    return found;
}

static size_t pair_up(const struct pt_observed *m, const struct pt_observed *r,
                      struct pair *pairs)
{
    size_t n = 0, j = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct pt_observation *reference = NULL;
        if (r) {
            while (j < r->n && r->observations[j].year < m->observations[i].year) {
                j++;
            }
            if (j == r->n || r->observations[j].year != m->observations[i].year) {
                continue;
            }
            reference = &r->observations[j];
        }
        pairs[n++] = (struct pair){ &m->observations[i], reference };
    }
    return n;
}

/* Where the fit starts: after the last long hole, and not before fit_from. */
static size_t first_fitted(const struct pair *pairs, size_t n, int fit_from,
                           const struct pt_subject *subject, struct pt_diagnostics *list)
{
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        int missing = pairs[i].m->year - pairs[i - 1].m->year - 1;
        if (missing > HOLE_YEARS) {
            first = i;
            pt_diagnose(list, PT_NOTICE, subject->indicator->at, NULL,
                        "'%s': no figures from %d to %d, so the trend starts in %d",
                        subject->stream, pairs[i - 1].m->year + 1, pairs[i].m->year - 1,
                        pairs[i].m->year);
        }
    }
    while (first < n && pairs[first].m->year < fit_from) {
        first++;
    }
    return first;
}

static char flag_of(const struct pair *pair, char flag)
{
    return pair->m->flag == flag || (pair->r && pair->r->flag == flag) ? flag : 0;
}

/* A break in the data that the model does not declare may not be fitted across in silence. */
static enum pt_status check_flags(const struct pt_subject *subject, const struct pair *pairs,
                                  size_t first, size_t n, struct pt_error *err)
{
    const struct pt_indicator *indicator = subject->indicator;
    for (size_t i = first + 1; i < n; i++) {
        if (!flag_of(&pairs[i], 'b')) {
            continue;
        }
        bool declared = false;
        for (size_t k = 0; k < indicator->n_breaks; k++) {
            declared |= indicator->breaks[k].year == pairs[i].m->year;
        }
        if (!declared) {
            return PT_RAISE(err, PT_EDATA,
                            "'%s': the data mark a break in %d; write under the indicator "
                            "'breaks: [ { year: %d, because: ... } ]', or 'fit-from: %d'",
                            subject->stream, pairs[i].m->year, pairs[i].m->year,
                            pairs[i].m->year);
        }
    }
    return PT_OK;
}

/* Sampling variance of a share in per cent or 0..1 behind which n persons stand. */
static double binomial(double figure, double persons, double scale)
{
    /* half a person at each end keeps the variance of 0 and 100 % above 0 (Agresti, Coull 1998) */
    double p = (figure / scale * persons + 0.5) / (persons + 1);
    return scale * scale * p * (1 - p) / persons;
}

static double variance_of(const struct pt_subject *subject, const struct pair *pair)
{
    const struct pt_indicator *indicator = subject->indicator;
    if (!(pair->m->persons > 0) || (pair->r && !(pair->r->persons > 0)) || !indicator->percent) {
        return NAN;
    }
    double vm = binomial(pair->m->value, pair->m->persons, subject->scale);
    if (!pair->r) {
        return subject->kind == PT_SUBJECT_GIVEN ? NAN : vm;
    }
    double vr = binomial(pair->r->value, pair->r->persons, subject->scale), by_m, by_r;
    indicator->gap->slopes(pair->m->value, pair->r->value, indicator->better, subject->scale,
                           &by_m, &by_r);
    return by_m * by_m * vm + by_r * by_r * vr;
}

static double step_of(unsigned decimals)
{
    return pow(10, -(double)decimals);
}

struct columns {
    int *year;
    double *y, *m, *r, *variance, *persons;
};

static bool columns_new(struct pt_arena *arena, size_t n, struct columns *c)
{
    c->year = PT_NEW(arena, int, n);
    double *block = PT_NEW(arena, double, 5 * n);
    if (!c->year || !block) {
        return false;
    }
    c->y = block;
    c->m = block + n;
    c->r = block + 2 * n;
    c->variance = block + 3 * n;
    c->persons = block + 4 * n;
    return true;
}

static enum pt_status value_of(const struct pt_subject *subject, const struct pair *pair,
                               double *y, struct pt_error *err)
{
    const struct pt_gap_measure *gap = subject->indicator->gap;
    if (!pair->r) {
        *y = pair->m->value;
        return PT_OK;
    }
    const char *why =
        gap->domain ? gap->domain(pair->m->value, pair->r->value, subject->scale) : NULL;
    if (why) {
        return PT_RAISE(err, PT_EDATA, "'%s' has no gap '%s' in %d (%g against %g); "
                        "use 'gap: difference'",
                        subject->stream, gap->name, pair->m->year, pair->m->value,
                        pair->r->value);
    }
    *y = gap->gap(pair->m->value, pair->r->value, subject->indicator->better, subject->scale);
    return PT_OK;
}

static enum pt_status fill(struct pt_subject *subject, const struct pair *pairs, size_t n,
                           struct columns *c, double *rounding, struct pt_error *err)
{
    bool variance = true, persons = false;
    for (size_t i = 0; i < n; i++) {
        enum pt_status status = value_of(subject, &pairs[i], &c->y[i], err);
        if (status != PT_OK) {
            return status;
        }
        c->year[i] = pairs[i].m->year;
        c->m[i] = pairs[i].m->value;
        c->r[i] = pairs[i].r ? pairs[i].r->value : 0;
        c->variance[i] = variance_of(subject, &pairs[i]);
        variance &= isfinite(c->variance[i]) && c->variance[i] > 0;
        c->persons[i] = pairs[i].r && pairs[i].r->persons > 0
                            ? fmin(pairs[i].m->persons, pairs[i].r->persons)
                            : pairs[i].m->persons;
        persons |= c->persons[i] > 0;
        /* the finest digits ever written: 7 between 6.9 and 7.1 is 7.0 */
        *rounding = fmin(*rounding, step_of(pairs[i].m->decimals));
    }
    subject->persons = persons ? c->persons : NULL;
    c->variance = variance ? c->variance : NULL;
    return PT_OK;
}

/* The declared breaks inside the fitted years. */
struct breaks {
    size_t n;
    int *year;
    enum pt_break_kind *kind;
};

static struct pt_series series_of(const struct pt_indicator *indicator, const struct columns *c,
                                  const double *y, size_t first, size_t n, double rounding,
                                  const struct breaks *breaks)
{
    return (struct pt_series){ .n = n - first,
                               .year = c->year + first,
                               .y = y + first,
                               .lower = indicator->lower,
                               .upper = indicator->upper,
                               .rounding = rounding,
                               .n_breaks = breaks->n,
                               .breaks = breaks->year,
                               .break_kinds = breaks->kind };
}

/* A figure without stated bounds that was never negative does not become negative. */
static void close_below(struct pt_series *figure)
{
    double least = INFINITY;
    for (size_t i = 0; i < figure->n; i++) {
        least = fmin(least, figure->y[i]);
    }
    if (figure->lower == -INFINITY && least >= 0) {
        figure->lower = 0;
    }
}

static enum pt_status breaks_inside(const struct pt_indicator *indicator, const int *year,
                                    size_t first, size_t n, struct pt_arena *arena,
                                    struct breaks *breaks, struct pt_error *err)
{
    breaks->n = 0;
    breaks->year = PT_NEW(arena, int, indicator->n_breaks + 1);
    breaks->kind = PT_NEW(arena, enum pt_break_kind, indicator->n_breaks + 1);
    if (!breaks->year || !breaks->kind) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t k = 0; k < indicator->n_breaks && n > first; k++) {
        int at = indicator->breaks[k].year;
        if (at > year[first] && at <= year[n - 1]) {
            breaks->year[breaks->n] = at;
            breaks->kind[breaks->n++] = indicator->breaks[k].kind;
        }
    }
    return PT_OK;
}

static void kind_of(struct pt_subject *subject)
{
    const struct pt_indicator *indicator = subject->indicator;
    subject->gap_sign = -indicator->better;
    subject->band = indicator->has_band ? indicator->band : 0;
    if (indicator->reference) {
        subject->kind = PT_SUBJECT_TWO_GROUPS;
        subject->gap_sign = 1;
    } else if (indicator->gap) {
        subject->kind = PT_SUBJECT_GIVEN;
        subject->gap_at_zero = indicator->better * indicator->parity;
    } else if (indicator->has_target) {
        subject->kind = PT_SUBJECT_SINGLE;
        subject->gap_at_zero = indicator->better * indicator->target;
        subject->band = 0;
    } else {
        subject->kind = PT_SUBJECT_PLAIN;
    }
}

static enum pt_status cut(const struct pt_model *model, int fit_from, struct pt_arena *arena,
                          struct pt_diagnostics *list, struct pt_subject *subject,
                          struct pt_error *err)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_observed *m = find(model, indicator, indicator->group, subject->place);
    const struct pt_observed *r =
        indicator->reference ? find(model, indicator, indicator->reference, subject->place) : NULL;
    if (!m || (indicator->reference && !r)) {
        return PT_RAISE(err, PT_EDATA, "'%s': no figures for group '%s'", subject->stream,
                        m ? indicator->reference : indicator->group);
    }
    struct pair *pairs = PT_NEW(arena, struct pair, m->n + 1);
    struct columns c;
    if (!pairs || !columns_new(arena, m->n + 1, &c)) {
        return PT_RAISE_NOMEM(err);
    }
    size_t n = pair_up(m, r, pairs);
    size_t first = first_fitted(pairs, n, fit_from == INT_MIN ? indicator->fit_from : fit_from,
                                subject, list);
    if (first == n) {
        return PT_RAISE(err, PT_EDATA, "'%s': no figures to fit", subject->stream);
    }
    subject->observed = m;
    double rounding = 1;
    enum pt_status status = check_flags(subject, pairs, first, n, err);
    if (status == PT_OK) {
        status = fill(subject, pairs, n, &c, &rounding, err);
    }
    struct breaks breaks;
    if (status == PT_OK) {
        status = breaks_inside(indicator, c.year, first, n, arena, &breaks, err);
    }
    if (status != PT_OK) {
        return status;
    }
    subject->projected = series_of(indicator, &c, c.y, first, n, rounding, &breaks);
    subject->projected.variance = c.variance ? c.variance + first : NULL;
    subject->persons = subject->persons ? subject->persons + first : NULL;
    subject->group = series_of(indicator, &c, c.m, first, n, rounding, &breaks);
    close_below(&subject->group);
    if (r) {
        subject->reference = series_of(indicator, &c, c.r, first, n, rounding, &breaks);
        close_below(&subject->reference);
        subject->projected.lower = -INFINITY; /* a gap may cross zero */
        subject->projected.upper = INFINITY;
    } else {
        close_below(&subject->projected);
    }
    subject->n_before = first;
    subject->year_before = c.year;
    subject->y_before = c.y;
    for (size_t i = first; i < n && subject->persons; i++) {
        if (c.persons[i] > 0 && c.persons[i] < SMALL_COUNT) {
            pt_diagnose(list, PT_WARNING, at_line(m, pairs[i].m->line), NULL,
                        "'%s': the figure of %d rests on %g persons, fewer than %d",
                        subject->stream, c.year[i], c.persons[i], SMALL_COUNT);
        }
    }
    return PT_OK;
}

/* METHODS 1: measures may disagree on the direction, and a gap may close because the reference
 * fell. Both are said, since a planner would want to know before a council does. */
static void look_at_groups(const struct pt_subject *subject, struct pt_diagnostics *list)
{
    const struct pt_indicator *indicator = subject->indicator;
    size_t last = subject->projected.n - 1;
    if (subject->kind != PT_SUBJECT_TWO_GROUPS || last == 0) {
        return;
    }
    double m0 = subject->group.y[0], m1 = subject->group.y[last];
    double r0 = subject->reference.y[0], r1 = subject->reference.y[last];
    double own = subject->projected.y[last] - subject->projected.y[0];
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        const struct pt_gap_measure *other = pt_gap_measures[i];
        if (!other->compares || other == indicator->gap ||
            (other->domain && (other->domain(m0, r0, subject->scale) ||
                               other->domain(m1, r1, subject->scale)))) {
            continue;
        }
        double change = other->gap(m1, r1, indicator->better, subject->scale) -
                        other->gap(m0, r0, indicator->better, subject->scale);
        if (change * own < 0) {
            pt_diagnose(list, PT_NOTICE, indicator->at, NULL,
                        own < 0 ? "'%s': measured by '%s' the gap narrows from %d to %d, measured "
                                  "by '%s' it widens"
                                : "'%s': measured by '%s' the gap widens from %d to %d, measured "
                                  "by '%s' it narrows",
                        subject->stream, indicator->gap->name, subject->projected.year[0],
                        subject->projected.year[last], other->name);
        }
    }
    if (own < 0 && indicator->better * (r1 - r0) < 0) {
        pt_diagnose(list, PT_NOTICE, indicator->at, NULL,
                    indicator->better * (m1 - m0) <= 0
                        ? "'%s': the gap narrows from %d to %d although the group did not gain: "
                          "the reference '%s' lost more (levelling down)"
                        : "'%s': the gap narrows from %d to %d partly because the reference '%s' "
                          "lost (levelling down)",
                    subject->stream, subject->projected.year[0], subject->projected.year[last],
                    indicator->reference);
    }
}

enum pt_status pt_subject_prepare(const struct pt_model *model,
                                  const struct pt_indicator *indicator, const char *place,
                                  int fit_from, struct pt_arena *arena,
                                  struct pt_diagnostics *list, struct pt_subject *subject,
                                  struct pt_error *err)
{
    struct pt_subject made = { .indicator = indicator,
                               .scale = indicator->percent ? 100 : 1 };
    made.place = pt_arena_copy(arena, place, strlen(place));
    made.stream = place[0] ? pt_arena_printf(arena, "%s@%s", indicator->id, place)
                           : indicator->id;
    if (!made.place || !made.stream) {
        return PT_RAISE_NOMEM(err);
    }
    if (!indicator->series) {
        return PT_RAISE(err, PT_EDATA, "'%s': no figures are published here", made.stream);
    }
    kind_of(&made);
    enum pt_status status = cut(model, fit_from, arena, list, &made, err);
    if (status == PT_OK) {
        look_at_groups(&made, list);
        *subject = made;
    }
    return status;
}

double pt_subject_gap(const struct pt_subject *subject, double projected)
{
    return subject->gap_at_zero + subject->gap_sign * projected;
}

size_t pt_model_places(const struct pt_model *model, const struct pt_indicator *indicator,
                       struct pt_arena *arena, const char *const **places)
{
    static const char *const nowhere[] = { "" };
    *places = nowhere;
    if (!model->all_places) {
        if (model->n_places > 0) {
            *places = (const char *const *)model->places;
            return model->n_places;
        }
        return 1;
    }
    const char *const *known;
    size_t n_known = pt_data_places(model->data, &known), n = 0;
    const char **found = PT_NEW(arena, const char *, n_known + 1);
    if (!found || !indicator->series) {
        return 1;
    }
    for (size_t i = 0; i < n_known; i++) {
        if (pt_data_find(model->data, indicator->series, indicator->group, known[i])) {
            found[n++] = known[i];
        }
    }
    if (n == 0) {
        return 1;
    }
    *places = found;
    return n;
}
