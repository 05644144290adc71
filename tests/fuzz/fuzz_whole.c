/* From files to answers: the bytes choose a model, its figures and a scenario that are mostly well
 * formed. Whatever is accepted gives answers that keep the promises: quantiles in order and inside
 * the bounds, counts that add up to the draws, chances between 0 and 1, tables that parse back, and
 * the same bytes a second time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <paritet/input.h>
#include <paritet/output.h>

#include "fuzz/fuzz.h"

#define DRAWS 48

/* ------------------------------------------------------------------ choices */

struct feed {
    const uint8_t *bytes;
    size_t n;
};

static unsigned take(struct feed *feed)
{
    if (feed->n == 0) {
        return 0;
    }
    feed->n--;
    return *feed->bytes++;
}

static unsigned below(struct feed *feed, unsigned most)
{
    return take(feed) % most;
}

static double between(struct feed *feed, double low, double high)
{
    return low + (high - low) * (take(feed) * 256 + take(feed)) / 65535.0;
}

#define ONE_OF(feed, ...)                          \
    (((const char *const[]){ __VA_ARGS__ })[below( \
        feed, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))])

/* ------------------------------------------------------------------ files */

/* What the model, the figures and the scenario have to agree on. */
struct question {
    bool percent, two_groups, given, higher;
    double level;
};

static void write_figures(struct feed *feed, const struct question *q, struct pt_buffer *out)
{
    pt_buffer_text(out, "indicator,group,year,value,n,flag\n");
    for (unsigned g = 0; g <= q->two_groups; g++) {
        unsigned n = 1 + below(feed, 24);
        double value = q->level + between(feed, -20, 20), step = between(feed, -2, 2);
        int year = 1995 + (int)below(feed, 12);
        for (unsigned i = 0; i < n; i++) {
            value += step + between(feed, -1, 1);
            if (q->percent) {
                value = fmin(fmax(value, 0), 100);
            }
            pt_buffer_printf(out, "s,%s,%d,%.*f,%s,%s\n", g == 0 ? "group" : "other", year,
                             (int)below(feed, 4), value, ONE_OF(feed, "", "", "1234", "31", "7"),
                             ONE_OF(feed, "", "", "", "p", "e", "u", "b"));
            year += 1 + (below(feed, 12) == 0) * (int)(1 + below(feed, 5));
        }
    }
}

static void write_model(struct feed *feed, const struct question *q, struct pt_buffer *out)
{
    const char *points = q->percent ? "pp" : "points";
    pt_buffer_printf(out,
                     "title: any\nhorizon: %u\ndata: [ figures.csv ]\n"
                     "groups: [ { id: group, title: g }, { id: other, title: o } ]\n"
                     "units: [ { id: grade, title: grades, decimals: %u } ]\n",
                     2020 + below(feed, 60), below(feed, 4));
    if (below(feed, 3) == 0) {
        pt_buffer_printf(out, "policy: { from: 2011, to: %u }\n", 2012 + below(feed, 40));
    }
    pt_buffer_printf(out,
                     "areas:\n- id: a\n  title: a\n  goals:\n  - id: g\n    title: g\n"
                     "    indicators:\n    - id: i\n      title: i\n      decides: true\n"
                     "      unit: \"%s\"\n      series: s\n      group: group\n      better: %s\n",
                     q->percent ? "%" : "grade", q->higher ? "higher" : "lower");
    if (q->two_groups) {
        pt_buffer_printf(
            out, "      reference: other\n      gap: %s\n",
            ONE_OF(feed, "difference", "difference", "ratio", "log-ratio", "odds-ratio"));
    } else if (q->given) {
        pt_buffer_printf(out, "      gap: given\n      parity: %.1f\n", between(feed, -10, 100));
    }
    if (q->two_groups || q->given) {
        pt_buffer_printf(out, "      band: { within: %.2f %s, because: b }\n",
                         between(feed, 0.01, 5), points);
    }
    if (below(feed, 2) == 0) {
        bool figure = !q->two_groups && q->percent;
        pt_buffer_printf(out, "      target: { value: %.1f %s, by: %u }\n", between(feed, 0, 60),
                         figure ? "%" : points, 2000 + below(feed, 70));
    }
    if (below(feed, 2) == 0) {
        const struct pt_family *const *family = pt_families;
        for (unsigned k = below(feed, 16); k > 0 && family[1]; k--) {
            family++;
        }
        pt_buffer_printf(out, "      trend: %s\n", (*family)->name);
    }
    if (below(feed, 4) == 0) {
        pt_buffer_printf(out, "      breaks: [ { year: %u, because: b, kind: %s } ]\n",
                         1996 + below(feed, 20), ONE_OF(feed, "level", "slope", "both"));
    }
    if (q->percent && below(feed, 2) == 0) {
        pt_buffer_text(out, "      bounds: [ 0, 100 ]\n");
    }
}

static void write_effect(struct feed *feed, const char *unit, double scale, struct pt_buffer *out)
{
    double a = between(feed, -scale, scale), b = a + between(feed, 0, scale),
           c = b + between(feed, 0, scale);
    switch (below(feed, 6)) {
    case 0:
        pt_buffer_printf(out, "{ fixed: %.3f, unit: %s }", a, unit);
        break;
    case 1:
        pt_buffer_printf(out, "{ normal: [ %.3f, %.3f ], unit: %s }", a, c - a + 0.01, unit);
        break;
    case 2:
        pt_buffer_printf(out, "{ lognormal: [ %.3f, %.3f ], unit: %s }", fabs(a) + 0.01,
                         c - b + 0.01, unit);
        break;
    case 3:
        pt_buffer_printf(out, "{ uniform: [ %.3f, %.3f ], unit: %s }", a, c, unit);
        break;
    default:
        pt_buffer_printf(out, "{ %s: [ %.3f, %.3f, %.3f ], unit: %s, chance-of-none: %u %% }",
                         below(feed, 2) ? "pert" : "triangular", a, b, c, unit, below(feed, 90));
    }
}

static void write_lever(struct feed *feed, const struct question *q, unsigned number,
                        struct pt_buffer *out)
{
    const char *points = q->percent ? "pp" : "points";
    char per_year[32];
    const char *kind =
        ONE_OF(feed, "level", "pace", "pace", "closing", "resources", "reach-target");
    snprintf(per_year, sizeof per_year, "%s/year", points);
    pt_buffer_printf(out, "- id: l%u\n  indicator: i\n  group: %s\n  kind: %s\n  start: %u\n",
                     number, q->two_groups && below(feed, 4) == 0 ? "other" : "group", kind,
                     2005 + below(feed, 50));
    pt_buffer_text(out, "  source: any\n  confidence: low\n");
    if (strcmp(kind, "reach-target") == 0) {
        pt_buffer_printf(out, "  value: %.1f %s\n  by: %u\n", between(feed, 0, 90),
                         q->percent ? "%" : "points", 2020 + below(feed, 60));
        return;
    }
    if (below(feed, 2)) {
        pt_buffer_printf(out, "  reach: %u %%\n", 1 + below(feed, 100));
    }
    if (below(feed, 2)) {
        pt_buffer_printf(out, "  ramp: { years: %u, shape: %s }\n", 1 + below(feed, 9),
                         ONE_OF(feed, "linear", "s-curve", "step"));
    }
    if (below(feed, 2)) {
        pt_buffer_printf(out, "  lasts: { until: %u, half-life: %u years }\n",
                         2020 + below(feed, 60), 1 + below(feed, 9));
    }
    if (below(feed, 3) == 0) {
        pt_buffer_printf(out, "  cost: { amount: %.2f, unit: DKK/year, purse: p }\n",
                         between(feed, 0, 1e6));
    }
    if (strcmp(kind, "resources") == 0) {
        pt_buffer_printf(out, "  increase: %u %%\n  effect-at: { increase: %u %%, effect: ",
                         1 + below(feed, 90), 1 + below(feed, 40));
        write_effect(feed, points, 5, out);
        pt_buffer_printf(out, " }\n  response: %s\n", ONE_OF(feed, "proportional", "diminishing"));
        return;
    }
    pt_buffer_text(out, "  effect: ");
    if (strcmp(kind, "closing") == 0) {
        pt_buffer_printf(out, "{ uniform: [ %.2f, %.2f ], unit: %%/year }\n",
                         between(feed, 0.1, 20), between(feed, 20, 99));
        return;
    }
    write_effect(feed, strcmp(kind, "pace") == 0 ? per_year : points, 4, out);
    pt_buffer_text(out, "\n");
}

static void write_scenario(struct feed *feed, const struct question *q, struct pt_buffer *out)
{
    unsigned n = 1 + below(feed, 3);
    pt_buffer_printf(out, "title: any\noverlap: %s\nlevers:\n",
                     ONE_OF(feed, "independent", "additive", "nested"));
    for (unsigned i = 0; i < n; i++) {
        write_lever(feed, q, i, out);
    }
}

static const char *keep(const char *name, struct pt_buffer *text)
{
    PROMISE(!text->failed);
    const char *path = fuzz_file(name, text->bytes, text->n);
    text->n = 0;
    return path;
}

/* ------------------------------------------------------------------ promises */

static void check_counts(const struct pt_parity *parity, size_t n_years, uint64_t draws)
{
    uint64_t all = 0;
    int last = INT_MIN;
    for (size_t i = 0; i < n_years + 2; i++) {
        all += parity->count[i];
    }
    PROMISE(all == draws);
    for (int i = 1; i < 20; i++) { /* never is the last */
        int year = pt_parity_quantile(parity, n_years, 2000, i / 20.0);
        PROMISE(year >= last);
        last = year;
    }
}

static void check_outcome(const struct pt_run *run, const struct pt_projection *p,
                          const struct pt_outcome *outcome)
{
    const struct pt_series *series = &p->subject->projected;
    for (size_t y = 0; y < p->n_years; y++) {
        const double *band = outcome->bands + y * PT_BANDS;
        for (size_t q = 0; q < PT_BANDS; q++) {
            PROMISE(isfinite(band[q]) && (q == 0 || band[q] >= band[q - 1]));
            PROMISE(p->subject->kind == PT_SUBJECT_TWO_GROUPS ||
                    (band[q] >= series->lower && band[q] <= series->upper));
        }
    }
    for (int event = 0; event < PT_EVENTS; event++) {
        if (outcome->events[event].count && (event > 0 || p->fit.family->has_curve)) {
            check_counts(&outcome->events[event], p->n_years, run->options.draws);
        }
    }
    PROMISE(outcome->by_target <= run->options.draws);
}

/* The own projections of two groups, NULL where there are none. */
static void check_bands(const double *bands, size_t n_years, const struct pt_series *series)
{
    for (size_t i = 0; bands && i < n_years * PT_BANDS; i++) {
        PROMISE(bands[i] >= series->lower && bands[i] <= series->upper);
        PROMISE(i % PT_BANDS == 0 || bands[i] >= bands[i - 1]);
    }
}

struct rows {
    const struct pt_table *table;
    size_t n;
};

static bool check_header(void *user, const struct pt_csv_row *row)
{
    const struct rows *rows = user;
    PROMISE(row->n == rows->table->n_columns);
    for (size_t i = 0; i < row->n; i++) {
        PROMISE(strcmp(row->cells[i].text, rows->table->columns[i].name) == 0);
    }
    return true;
}

static bool check_row(void *user, const struct pt_csv_row *row)
{
    struct rows *rows = user;
    const struct pt_cell *cells = &rows->table->cells[rows->n++ * rows->table->n_columns];
    PROMISE(row->n == rows->table->n_columns);
    for (size_t i = 0; i < row->n; i++) {
        double value;
        int year = cells[i].year;
        /* what a lever adds to a chance may be less than nothing */
        double least = strncmp(rows->table->columns[i].name, "p_", 2) == 0 ? 0 : -1;
        switch (cells[i].kind) {
        case PT_CELL_TEXT:
            PROMISE(strcmp(row->cells[i].text, cells[i].text ? cells[i].text : "") == 0);
            break;
        case PT_CELL_YEAR:
            PROMISE(strcmp(row->cells[i].text, year == PT_YEAR_NEVER ? "never"
                                               : year == PT_YEAR_ALREADY
                                                   ? "already"
                                                   : row->cells[i].text) == 0);
            PROMISE(year == PT_YEAR_NEVER || year == PT_YEAR_ALREADY ||
                    atoi(row->cells[i].text) == year);
            break;
        case PT_CELL_CHANCE:
            PROMISE(cells[i].value >= least && cells[i].value <= 1 && cells[i].error >= 0);
            PROMISE(pt_number_parse(row->cells[i].text, row->cells[i].length, '.', &value, NULL));
            PROMISE(fabs(value - cells[i].value) <= 1e-6);
            break;
        case PT_CELL_AMOUNT:
            PROMISE(isinf(cells[i].value) || fabs(cells[i].value) > 1e300 ||
                    (pt_number_parse(row->cells[i].text, row->cells[i].length, '.', &value, NULL) &&
                     fabs(value - cells[i].value) <= 1e-6 * fabs(cells[i].value) + 1e-300));
            break;
        default:
            break;
        }
    }
    return true;
}

/* As many rows and cells as the table has. */
static void check_json(const struct pt_table *table, const char *bytes, size_t n)
{
    json_t *whole = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
    const json_t *rows = json_object_get(whole, "rows");
    PROMISE(json_is_array(rows) && json_array_size(rows) == table->n_rows);
    for (size_t i = 0; i < table->n_rows; i++) {
        PROMISE(json_object_size(json_array_get(rows, i)) == table->n_columns);
    }
    json_decref(whole);
}

/* The table in every form; as CSV and JSON it is read back. */
static void check_table(const struct pt_table *table, struct pt_buffer *all)
{
    const struct pt_writer_options options = { .language = pt_language_find("da"), .width = 80 };
    for (size_t i = 0; pt_writers[i]; i++) {
        size_t before = all->n;
        pt_writers[i]->write(table, &options, all);
        PROMISE(!all->failed);
        PROMISE(all->n == before || pt_utf8_valid(all->bytes + before, all->n - before));
        if (strcmp(pt_writers[i]->name, "json") == 0) {
            check_json(table, all->bytes + before, all->n - before);
        }
        if (strcmp(pt_writers[i]->name, "csv") == 0 && table->n_rows > 0) {
            struct pt_source source;
            struct pt_diagnostics list;
            struct pt_error err = { 0 };
            struct rows rows = { .table = table };
            const struct pt_csv_handler handler = { check_header, check_row, &rows };
            pt_diagnostics_init(&list);
            PROMISE(pt_source_read(fuzz_file("table.csv", all->bytes + before, all->n - before),
                                   PT_SOURCE_CSV, &source, &list, &err) == PT_OK);
            PROMISE(pt_csv_read(&source, &handler, &list, &err) == PT_OK);
            PROMISE(rows.n == table->n_rows && list.count[PT_ERROR] == 0);
            pt_source_free(&source);
            pt_diagnostics_free(&list);
        }
    }
}

/* Everything that is said about a run, one after another. */
static void say_all(const struct pt_run *run, struct pt_buffer *all)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_facts facts;
    struct pt_error err = { 0 };
    PROMISE(arena && pt_facts_make(run, arena, &facts, &err) == PT_OK);
    for (size_t i = 0; i < facts.n_tables; i++) {
        check_table(&facts.tables[i], all);
        check_table(&facts.for_people[i], all);
    }
    for (size_t i = 0; i < facts.n_charts; i++) {
        const struct pt_look look = { .language = pt_language_find("da") };
        pt_sentence_headline(&facts.charts[i].outcomes[0].headline, look.language, all);
        pt_plot_fan(&facts.charts[i], &look, all);
        PROMISE(!all->failed);
    }
    pt_arena_free(arena);
}

static void simulate(const struct pt_model *model, const struct pt_scenario *scenario, int threads,
                     struct pt_buffer *all)
{
    struct pt_run_options options = pt_run_options_default();
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_run *run = NULL;
    options.draws = DRAWS;
    options.threads = threads;
    options.attribution = options.groups = true;
    pt_diagnostics_init(&list);
    enum pt_status status =
        pt_run_simulate(model, &scenario, scenario != NULL, &options, NULL, &list, &run, &err);
    fuzz_check(&list, status, &err);
    PROMISE(status == PT_OK || status == PT_EDATA);
    for (size_t i = 0; run && i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        check_bands(p->group_bands, p->n_years, &p->subject->group);
        check_bands(p->reference_bands, p->n_years, &p->subject->reference);
        for (size_t s = 0; s < run->projections[i].n_outcomes; s++) {
            check_outcome(run, &run->projections[i], &run->projections[i].outcomes[s]);
        }
    }
    if (run) {
        say_all(run, all);
    }
    pt_run_free(run);
    pt_diagnostics_free(&list);
}

static void answer(const struct pt_model *model, const struct pt_scenario *scenario)
{
    struct pt_buffer once = { 0 }, again = { 0 };
    simulate(model, scenario, 1, &once);
    simulate(model, scenario, 2, &again);
    PROMISE(once.n == again.n && (once.n == 0 || memcmp(once.bytes, again.bytes, once.n) == 0));
    pt_buffer_free(&once);
    pt_buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct feed feed = { bytes, n };
    struct pt_buffer text = { 0 };
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_model *model = NULL;
    struct pt_scenario *scenario = NULL;
    struct question q = { .percent = below(&feed, 2), .two_groups = below(&feed, 2) };
    q.given = !q.two_groups && below(&feed, 2);
    q.higher = below(&feed, 2);
    q.level = between(&feed, 5, 80);
    write_figures(&feed, &q, &text);
    keep("figures.csv", &text);
    write_model(&feed, &q, &text);
    const char *model_path = keep("model.yaml", &text);
    write_scenario(&feed, &q, &text);
    const char *scenario_path = keep("scenario.yaml", &text);
    pt_buffer_free(&text);

    pt_diagnostics_init(&list);
    enum pt_status status = pt_model_read(model_path, &model, &list, &err);
    fuzz_check(&list, status, &err);
    if (model) {
        status = pt_scenario_read_for(model, scenario_path, &scenario, &list, &err);
        fuzz_check(&list, status, &err);
        answer(model, status == PT_OK ? scenario : NULL);
    }
    pt_scenario_free(scenario);
    pt_model_free(model);
    pt_diagnostics_free(&list);
    return 0;
}
