#include "output/plot/places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/behind.h"

#define YEARS_AHEAD 10
#define Q90         1.2816 /* of the standard normal distribution */

static bool is_at(const struct pt_facts *facts, size_t indicator, size_t chart)
{
    return facts->run->projections[chart].subject->indicator ==
           facts->run->model->indicators[indicator];
}

static size_t count(const struct pt_facts *facts, size_t indicator)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->n_charts; i++) {
        n += is_at(facts, indicator, i);
    }
    return n;
}

static struct pt_place_row row_of(const struct pt_facts *facts, size_t chart, int year)
{
    const struct pt_chart *fan = &facts->charts[chart];
    const struct pt_subject *subject = facts->run->projections[chart].subject;
    const struct pt_series *series = &subject->projected;
    double newest = series->y[series->n - 1];
    double sampling = series->variance ? Q90 * sqrt(series->variance[series->n - 1]) : (double)NAN;
    struct pt_place_row row = { .chart = fan,
                                .gap = pt_subject_gap(subject, newest),
                                .value = newest,
                                .low = newest - sampling,
                                .high = newest + sampling,
                                .p10 = (double)NAN,
                                .p50 = (double)NAN,
                                .p90 = (double)NAN,
                                .by_horizon = (double)NAN };
    if (pt_plot_has_fan(fan) && year > fan->last && year - fan->last <= (int)fan->n_years) {
        const double *bands = fan->outcomes[0].bands + (year - fan->last - 1) * PT_BANDS;
        row.p10 = bands[1];
        row.p50 = bands[PT_BANDS / 2];
        row.p90 = bands[PT_BANDS - 2];
    }
    if (pt_plot_has_fan(fan) && fan->outcomes[0].headline.kind != PT_HEADLINE_NO_QUESTION) {
        row.by_horizon = 1 - fan->outcomes[0].headline.p_never;
    }
    return row;
}

static int by_gap(const void *a, const void *b)
{
    const struct pt_place_row *x = a, *y = b;
    return x->gap != y->gap ? (x->gap > y->gap) - (x->gap < y->gap)
                            : strcmp(x->chart->place, y->chart->place);
}

/* The largest set of ranges that do not overlap: always the one that ends first (interval
 * scheduling; Kleinberg and Tardos 2005, section 4.1). */
static size_t most_apart(const struct pt_place_rows *places)
{
    size_t n = 0;
    for (double end = -HUGE_VAL;; n++) {
        double next = HUGE_VAL;
        for (size_t i = 0; i < places->n; i++) {
            if (places->rows[i].p10 > end && places->rows[i].p90 < next) {
                next = places->rows[i].p90;
            }
        }
        if (next == HUGE_VAL) {
            return n;
        }
        end = next;
    }
}

bool pt_place_rows_make(const struct pt_facts *facts, size_t indicator, struct pt_place_rows *out)
{
    size_t n = count(facts, indicator);
    struct pt_place_rows made = { .first = INT_MAX, .last = INT_MIN };
    made.rows = calloc(n + 1, sizeof *made.rows);
    if (made.rows == NULL) {
        return false;
    }
    for (size_t i = 0; i < facts->n_charts; i++) {
        if (is_at(facts, indicator, i)) {
            int last = facts->charts[i].last;
            made.first = last < made.first ? last : made.first;
            made.last = last > made.last ? last : made.last;
        }
    }
    int horizon = facts->run->horizon, policy = facts->run->model->policy_to;
    made.year = policy > made.last ? policy : made.last + YEARS_AHEAD;
    made.year = made.year > horizon ? horizon : made.year;
    for (size_t i = 0; i < facts->n_charts && n >= 2; i++) {
        if (is_at(facts, indicator, i)) {
            made.rows[made.n++] = row_of(facts, i, made.year);
        }
    }
    qsort(made.rows, made.n, sizeof *made.rows, by_gap);
    made.apart = most_apart(&made);
    *out = made;
    return true;
}

const char *pt_place_row_name(const struct pt_place_row *row, const struct pt_language *language)
{
    return pt_text_in(&row->chart->place_title, language);
}

void pt_place_rows_apart(const struct pt_place_rows *places, const struct pt_language *language,
                         char text[PT_PLOT_TEXT])
{
    *text = '\0';
    if (places->apart == 1) {
        pt_plot_say(text, language, PT_N("No two of the %zu places can be told apart in %d."),
                    places->n, places->year);
    } else if (places->apart > 1) {
        pt_plot_say(text, language, PT_N("At most %zu of the %zu places can be told apart in %d."),
                    places->apart, places->n, places->year);
    }
}

static bool has(const struct pt_facts *facts, size_t at)
{
    return count(facts, at) >= 2;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_place_rows places;
    if (!pt_place_rows_make(facts, at, &places)) {
        out->failed = true;
        return;
    }
    pt_plot_places(&places, slug, look, out);
    free(places.rows);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    struct pt_place_rows places;
    char first[PT_PLOT_NUMBER], last[PT_PLOT_NUMBER], apart[PT_PLOT_TEXT];
    if (!pt_place_rows_make(facts, at, &places)) {
        out->failed = true;
        return;
    }
    const struct pt_place_row *best = places.rows, *worst = &places.rows[places.n - 1];
    unsigned decimals = best->chart->decimals;
    pt_place_rows_apart(&places, language, apart);
    pt_buffer_say(
        out, language, PT_N("First is %s with %s, last %s with %s (%s)."),
        pt_place_row_name(best, language), pt_plot_number(first, best->value, decimals, language),
        pt_place_row_name(worst, language), pt_plot_number(last, worst->value, decimals, language),
        pt_plot_unit(best->chart, language));
    pt_buffer_printf(out, "%s%s", *apart != '\0' ? " " : "", apart);
    free(places.rows);
}

static enum pt_status table(const struct pt_facts *facts, size_t at, struct pt_arena *arena,
                            struct pt_table *table, struct pt_error *err)
{
    static const struct pt_column columns[] = {
        { "place", PT_N("place"), 1 },  { "year", PT_N("year"), 2 },
        { "value", PT_N("figure"), 3 }, { "then", PT_N("projected to"), 4 },
        { "p10", PT_N("10 %"), 5 },     { "p50", PT_N("middle"), 6 },
        { "p90", PT_N("90 %"), 7 },     { "by_horizon", PT_N("by the horizon"), 8 },
    };
    struct pt_place_rows places;
    struct pt_behind behind;
    if (!pt_place_rows_make(facts, at, &places)) {
        return PT_RAISE_NOMEM(err);
    }
    bool ok = pt_behind_new(&behind, columns, sizeof columns / sizeof *columns, places.n, arena);
    for (size_t i = 0; i < places.n && ok; i++) {
        const struct pt_place_row *row = &places.rows[i];
        double error = (row->p90 - row->p10) / 10;
        pt_behind_text(&behind, row->chart->place);
        pt_behind_year(&behind, row->chart->last);
        pt_behind_amount(&behind, row->value, pow(10, 1 - (double)row->chart->decimals));
        pt_behind_year(&behind, places.year);
        pt_behind_amount(&behind, row->p10, error);
        pt_behind_amount(&behind, row->p50, error);
        pt_behind_amount(&behind, row->p90, error);
        pt_behind_chance(&behind, row->by_horizon, (double)row->chart->draws);
    }
    if (ok) {
        *table = pt_behind_table(&behind, "places", PT_N("The places"));
    }
    free(places.rows);
    return ok ? PT_OK : PT_RAISE_NOMEM(err);
}

const struct pt_picture_kind pt_picture_kind_places = {
    .name = "places",
    .title = PT_N("places compared"),
    .of = PT_PICTURE_OF_INDICATOR,
    .has = has,
    .draw = draw,
    .say = say,
    .table = table,
};
