#include <math.h>
#include <string.h>

#include <paritet/answer.h>

static struct pt_text group_title(const struct pt_model *model, const char *id)
{
    const struct pt_group *group = id ? pt_model_group(model, id) : NULL;
    return group ? group->title : (struct pt_text){ 0 };
}

static void set_levels(const struct pt_subject *subject, struct pt_chart *chart)
{
    const struct pt_indicator *indicator = subject->indicator;
    chart->lower = subject->projected.lower;
    chart->upper = subject->projected.upper;
    chart->has_target = indicator->has_target;
    chart->target = indicator->target;
    chart->target_year = indicator->target_year;
    if (subject->kind == PT_SUBJECT_PLAIN) {
        return;
    }
    double centre = -subject->gap_at_zero * subject->gap_sign;
    chart->has_parity = true;
    chart->parity_low = centre - subject->band;
    chart->parity_high = centre + subject->band;
}

static bool set_points(const struct pt_subject *subject, struct pt_arena *arena,
                       struct pt_chart *chart)
{
    size_t n = subject->n_before + subject->projected.n;
    struct pt_chart_point *points = PT_NEW(arena, struct pt_chart_point, n);
    for (size_t i = 0; i < n && points; i++) {
        points[i] = (struct pt_chart_point){ .year = subject->year_before[i],
                                             .value = subject->y_before[i],
                                             .fitted = i >= subject->n_before };
    }
    chart->points = points;
    chart->n_points = n;
    return points != NULL;
}

const double pt_first_year_levels[PT_FIRST_YEARS] = { .10, .25, .50, .75, .90 };

static void set_years(const struct pt_projection *p, const struct pt_outcome *outcome,
                      struct pt_chart_outcome *out)
{
    const struct pt_parity *parity = &outcome->events[PT_EVENT_SUSTAINED];
    out->acts = outcome->n_levers > 0 || outcome->linked;
    out->counts = p->has_question ? parity->count : NULL;
    for (size_t i = 0; i < PT_FIRST_YEARS && p->has_question; i++) {
        out->years[i] = pt_parity_quantile(parity, p->n_years, p->last, pt_first_year_levels[i]);
    }
}

static bool set_outcomes(const struct pt_run *run, const struct pt_projection *p,
                         struct pt_arena *arena, struct pt_chart *chart)
{
    struct pt_chart_outcome *outcomes = PT_NEW(arena, struct pt_chart_outcome, p->n_outcomes);
    for (size_t s = 0; s < p->n_outcomes && outcomes; s++) {
        outcomes[s].id = p->outcomes[s].id;
        if (p->outcomes[s].scenario) {
            outcomes[s].title = p->outcomes[s].scenario->title;
        }
        outcomes[s].bands = p->outcomes[s].bands;
        pt_headline_make(run, p, &p->outcomes[s], &outcomes[s].headline);
        set_years(p, &p->outcomes[s], &outcomes[s]);
    }
    chart->outcomes = outcomes;
    chart->n_outcomes = p->n_outcomes;
    return outcomes != NULL;
}

/* The name, or with a number where a chart has it already; nor is it that of the page of all. */
static const char *slug_of(const struct pt_chart *charts, size_t n, const char *name,
                           struct pt_arena *arena)
{
    const char *slug = name;
    for (size_t number = 2; slug; number++) {
        bool taken = strcmp(slug, "overview") == 0;
        for (size_t i = 0; i < n; i++) {
            taken |= strcmp(charts[i].slug, slug) == 0;
        }
        if (!taken) {
            break;
        }
        slug = pt_arena_printf(arena, "%s-%zu", name, number);
    }
    return slug;
}

static bool make_one(const struct pt_run *run, const struct pt_projection *p,
                     struct pt_arena *arena, struct pt_chart *charts, size_t at)
{
    const struct pt_subject *subject = p->subject;
    const struct pt_indicator *indicator = subject->indicator;
    const char *name = pt_slug(arena, subject->stream); /* "id" or "id-place" */
    struct pt_chart *chart = &charts[at];
    *chart = (struct pt_chart){ .id = indicator->id,
                                .place = subject->place,
                                .slug = slug_of(charts, at, name, arena),
                                .title = indicator->title,
                                .place_title = run->model->place_title,
                                .unit = indicator->unit_title,
                                .percent = indicator->percent,
                                .gap = subject->kind == PT_SUBJECT_TWO_GROUPS,
                                .group = group_title(run->model, indicator->group),
                                .reference = group_title(run->model, indicator->reference),
                                .decimals = indicator->decimals,
                                .last = p->last,
                                .horizon = run->horizon,
                                .n_years = p->n_years,
                                .n_breaks = subject->projected.n_breaks,
                                .breaks = subject->projected.breaks,
                                .family = p->fit.family->title,
                                .source = subject->observed->source,
                                .draws = run->options.draws,
                                .seed = run->options.seed,
                                .sustained_years = run->options.sustained_years };
    if (subject->place[0] != '\0') {
        chart->place_title = (struct pt_text){ subject->place, subject->place };
    }
    chart->gap_unit = chart->gap ? indicator->gap->unit : NULL;
    set_levels(subject, chart);
    return chart->slug && set_points(subject, arena, chart) && set_outcomes(run, p, arena, chart);
}

enum pt_status pt_charts_make(const struct pt_run *run, struct pt_arena *arena,
                              struct pt_chart **charts, size_t *n, struct pt_error *err)
{
    struct pt_chart *made = PT_NEW(arena, struct pt_chart, run->n_projections + 1);
    for (size_t i = 0; made && i < run->n_projections; i++) {
        if (!make_one(run, &run->projections[i], arena, made, i)) {
            made = NULL;
        }
    }
    if (!made) {
        return PT_RAISE_NOMEM(err);
    }
    *charts = made;
    *n = run->n_projections;
    return PT_OK;
}

enum pt_status pt_selftest_charts_make(const struct pt_run *run, const struct pt_chart *charts,
                                       struct pt_arena *arena, struct pt_selftest_chart **out,
                                       struct pt_error *err)
{
    size_t n = run->n_projections;
    struct pt_selftest_chart *made = PT_NEW(arena, struct pt_selftest_chart, n + 1);
    for (size_t i = 0; made && i < n; i++) {
        const char *name = pt_arena_printf(arena, "%s-backtest", charts[i].slug);
        made[i].fan = &charts[i];
        made[i].slug = slug_of(charts, n, name, arena);
        if (!made[i].slug) {
            return PT_RAISE_NOMEM(err);
        }
        enum pt_status status =
            pt_selftest_make(run, &run->projections[i], arena, &made[i].test, err);
        if (status != PT_OK) {
            return status;
        }
    }
    if (!made) {
        return PT_RAISE_NOMEM(err);
    }
    *out = made;
    return PT_OK;
}

/* One of the two groups: the figures that its trend is fitted to, and its own bands. */
static bool set_series(const struct pt_run *run, const char *id, const struct pt_series *series,
                       const double *bands, const struct pt_fit *fit, struct pt_arena *arena,
                       struct pt_group_series *out)
{
    struct pt_chart_point *points = PT_NEW(arena, struct pt_chart_point, series->n + 1);
    for (size_t i = 0; i < series->n && points; i++) {
        points[i] = (struct pt_chart_point){ .year = series->year[i],
                                             .value = series->y[i],
                                             .fitted = true };
    }
    *out = (struct pt_group_series){ .title = group_title(run->model, id),
                                     .id = id,
                                     .n_points = series->n,
                                     .points = points,
                                     .bands = bands,
                                     .family = fit ? fit->family->title : NULL };
    return points != NULL;
}

static bool make_groups(const struct pt_run *run, const struct pt_projection *p,
                        struct pt_arena *arena, struct pt_groups_chart *out)
{
    const struct pt_subject *subject = p->subject;
    out->has_series = p->group_bands && p->reference_bands && p->n_years > 0;
    if (!out->has_series) {
        return true;
    }
    out->lower = subject->group.lower;
    out->upper = subject->group.upper;
    return set_series(run, subject->indicator->group, &subject->group, p->group_bands, p->group_fit,
                      arena, &out->group) &&
           set_series(run, subject->indicator->reference, &subject->reference, p->reference_bands,
                      p->reference_fit, arena, &out->reference);
}

enum pt_status pt_groups_charts_make(const struct pt_run *run, const struct pt_chart *charts,
                                     struct pt_arena *arena, struct pt_groups_chart **out,
                                     struct pt_error *err)
{
    size_t n = run->n_projections;
    struct pt_groups_chart *made = PT_NEW(arena, struct pt_groups_chart, n + 1);
    for (size_t i = 0; made && i < n; i++) {
        const char *name = pt_arena_printf(arena, "%s-groups", charts[i].slug);
        made[i].fan = &charts[i];
        made[i].slug = name ? slug_of(charts, n, name, arena) : NULL;
        if (!made[i].slug || !make_groups(run, &run->projections[i], arena, &made[i])) {
            made = NULL;
        }
    }
    if (!made) {
        return PT_RAISE_NOMEM(err);
    }
    *out = made;
    return PT_OK;
}
