#include <limits.h>
#include <math.h>
#include <string.h>

#include "barometer/subject.h"

/* a longer hole starts the series after it (METHODS 3.1) */
#define HOLE_YEARS 3
/* published rates that rest on fewer persons are flagged (METHODS 4) */

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
    const struct pt_observed *found = pt_data_find(model->data, indicator->series, group, place);
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
                      struct pt_pair *pairs)
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
        pairs[n++] = (struct pt_pair){ &m->observations[i], reference };
    }
    return n;
}

/* Where the fit starts: after the last long hole, and not before fit_from. */
static size_t first_fitted(const struct pt_pair *pairs, size_t n, int fit_from,
                           const struct pt_subject *subject, struct pt_diagnostics *list)
{
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (pairs[i].m->year - pairs[i - 1].m->year - 1 > HOLE_YEARS) {
            first = i;
        }
    }
    if (first > 0 && pairs[first].m->year >= fit_from) {
        pt_diagnose(list, PT_NOTICE, subject->indicator->at, NULL,
                    "'%s': no figures from %d to %d, so the trend starts in %d", subject->stream,
                    pairs[first - 1].m->year + 1, pairs[first].m->year - 1, pairs[first].m->year);
    }
    while (first < n && pairs[first].m->year < fit_from) {
        first++;
    }
    return first;
}

/* A break declared after one figure and not after the next lies between them. */
static bool declared(const struct pt_indicator *indicator, int before, int year)
{
    for (size_t k = 0; k < indicator->n_breaks; k++) {
        if (indicator->breaks[k].year > before && indicator->breaks[k].year <= year) {
            return true;
        }
    }
    return false;
}

/* A break in the data that the model does not declare may not be fitted across in silence, also
 * where the year has no figure of the other group. */
static enum pt_status check_flags(const struct pt_subject *subject, const struct pt_observed *rows,
                                  int first, int last, struct pt_error *err)
{
    for (size_t i = 1; rows && i < rows->n; i++) {
        const struct pt_observation *now = &rows->observations[i];
        int before = rows->observations[i - 1].year;
        if (now->flag == 'b' && now->year > first && before < last &&
            !declared(subject->indicator, before, now->year)) {
            return PT_RAISE(err, PT_EDATA,
                            "'%s': the data mark a break in %d; write under the indicator "
                            "'breaks: [ { year: %d, because: ... } ]', or 'fit-from: %d'",
                            subject->stream, now->year, now->year, now->year);
        }
    }
    return PT_OK;
}

/* The declared breaks inside the fitted years. */
struct breaks {
    size_t n;
    int *year;
    enum pt_break_kind *kind;
};

static struct pt_series series_of(const struct pt_indicator *indicator, const struct pt_columns *c,
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

/* Whether figures of a percentage look like shares of one. */
static bool are_shares(const struct pt_series *series)
{
    bool broken = false;
    for (size_t i = 0; i < series->n; i++) {
        if (!(series->y[i] >= 0 && series->y[i] <= 1)) {
            return false;
        }
        broken |= series->y[i] != floor(series->y[i]);
    }
    return broken && series->n > 2;
}

static void warn_of_few(const struct pt_subject *subject, int year, double persons,
                        struct pt_place place, struct pt_diagnostics *list)
{
    if (persons > 0 && persons < PT_PERSONS_FEW) {
        pt_diagnose(list, PT_WARNING, place, NULL,
                    "'%s': the figure of %d rests on %g persons, fewer than %d", subject->stream,
                    year, persons, PT_PERSONS_FEW);
    }
}

static void warn_of_shares(const struct pt_subject *subject, struct pt_place place,
                           struct pt_diagnostics *list)
{
    bool alone = subject->reference.n == 0;
    if (subject->indicator->percent && are_shares(&subject->group) &&
        (alone || are_shares(&subject->reference))) {
        pt_diagnose(list, PT_WARNING, place, NULL,
                    "'%s': every figure is a fraction between 0 and 1, which is read as less than "
                    "1 %%; if 0.48 is to be 48 %%, write 48",
                    subject->stream);
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
    struct pt_pair *pairs = PT_NEW(arena, struct pt_pair, m->n + 1);
    struct pt_columns c;
    if (!pairs || !pt_columns_new(arena, m->n + 1, &c)) {
        return PT_RAISE_NOMEM(err);
    }
    size_t n = pair_up(m, r, pairs);
    size_t first =
        first_fitted(pairs, n, fit_from == INT_MIN ? indicator->fit_from : fit_from, subject, list);
    if (first == n) {
        return n > 0 ? PT_RAISE(err, PT_EDATA, "'%s': no figures from %d on", subject->stream,
                                fit_from == INT_MIN ? indicator->fit_from : fit_from)
                     : PT_RAISE(err, PT_EDATA,
                                indicator->reference
                                    ? PT_N("'%s': no year has a figure of both groups")
                                    : PT_N("'%s': every figure is missing"),
                                subject->stream);
    }
    subject->observed = m;
    int from = pairs[first].m->year, to = pairs[n - 1].m->year;
    enum pt_status status = check_flags(subject, m, from, to, err);
    if (status == PT_OK) {
        status = check_flags(subject, r, from, to, err);
    }
    if (status == PT_OK) {
        status = pt_columns_fill(subject, pairs, n, &c, err);
    }
    struct breaks breaks;
    if (status == PT_OK) {
        status = breaks_inside(indicator, c.year, first, n, arena, &breaks, err);
    }
    if (status != PT_OK) {
        return status;
    }
    subject->projected = series_of(indicator, &c, c.y, first, n, c.step, &breaks);
    subject->projected.variance = c.variance ? c.variance + first : NULL;
    subject->sampling = c.sampling + first;
    subject->persons = subject->persons ? subject->persons + first : NULL;
    subject->group = series_of(indicator, &c, c.m, first, n, c.step_m, &breaks);
    close_below(&subject->group);
    if (r) {
        subject->reference = series_of(indicator, &c, c.r, first, n, c.step_r, &breaks);
        close_below(&subject->reference);
        subject->projected.constants = PT_GAP_CONSTANTS;
        subject->projected.lower = -INFINITY; /* a gap may cross zero */
        subject->projected.upper = INFINITY;
    } else {
        close_below(&subject->projected);
    }
    subject->n_before = first;
    subject->year_before = c.year;
    subject->y_before = c.y;
    for (size_t i = first; i < n && subject->persons; i++) {
        warn_of_few(subject, c.year[i], c.persons[i], at_line(m, pairs[i].m->line), list);
    }
    warn_of_shares(subject, at_line(m, pairs[first].m->line), list);
    return PT_OK;
}

enum pt_status pt_subject_prepare(const struct pt_model *model,
                                  const struct pt_indicator *indicator, const char *place,
                                  int fit_from, struct pt_arena *arena, struct pt_diagnostics *list,
                                  struct pt_subject *subject, struct pt_error *err)
{
    struct pt_subject made = { .indicator = indicator, .scale = indicator->percent ? 100 : 1 };
    made.place = pt_arena_copy(arena, place, strlen(place));
    made.stream = place[0] ? pt_arena_printf(arena, "%s@%s", indicator->id, place) : indicator->id;
    if (!made.place || !made.stream) {
        return PT_RAISE_NOMEM(err);
    }
    if (!indicator->series) {
        return PT_RAISE(err, PT_EDATA, "'%s': no figures are published here", made.stream);
    }
    kind_of(&made);
    enum pt_status status = cut(model, fit_from, arena, list, &made, err);
    if (status == PT_OK) {
        pt_subject_notices(&made, list);
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

double pt_subject_figure(const struct pt_subject *subject, double projected, double reference)
{
    if (subject->kind != PT_SUBJECT_TWO_GROUPS) {
        return projected;
    }
    const struct pt_indicator *indicator = subject->indicator;
    double m = indicator->gap->inverse(projected, reference, indicator->better, subject->scale);
    return fmin(fmax(m, subject->group.lower), subject->group.upper);
}
