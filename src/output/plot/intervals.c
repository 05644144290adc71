#include "output/plot/intervals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"
#include "output/say/frequency.h"

#define GAP     10.0 /* between columns */
#define WIDER   1.2  /* room of names that would be cut */
#define ROW_PAD 2.5
#define HIGH    26.0 /* of a row */
#define HEADING 9.5  /* sizes, unless others are set */
#define HEAD    9.0

struct pt_intervals *pt_intervals_new(size_t n_rows)
{
    struct pt_intervals *intervals = calloc(1, sizeof *intervals);
    struct pt_interval_row *rows = calloc(n_rows + 1, sizeof *rows);

    if (intervals == NULL || rows == NULL) {
        free(intervals);
        free(rows);
        return NULL;
    }
    *intervals = (struct pt_intervals){ .rows = rows,
                                        .first = INT_MAX,
                                        .left = PT_PLOT_MARGIN,
                                        .right = PT_PLOT_WIDTH - PT_PLOT_MARGIN,
                                        .heading_size = HEADING,
                                        .head_size = HEAD,
                                        .widest_name = 190.0,
                                        .least = 16.0,
                                        .most = 70.0 };
    return intervals;
}

void pt_intervals_free(struct pt_intervals *intervals)
{
    if (intervals != NULL) {
        free(intervals->rows);
        free(intervals);
    }
}

void pt_intervals_key(const struct pt_chart *chart, const struct pt_language *language,
                      char text[PT_PLOT_TEXT])
{
    char draws[PT_PLOT_NUMBER];

    pt_plot_number(draws, (double)chart->draws, 0, language);
    pt_plot_say(text, language,
                PT_N("Dot: median of %s futures. Thick line: the middle 50 %%; thin: 80 %%. Arrow: "
                     "runs on beyond %d."),
                draws, chart->horizon);
}

static void append(char text[PT_PLOT_TEXT], const char *sentence)
{
    size_t used = strlen(text);

    if (used + strlen(sentence) + 2 <= PT_PLOT_TEXT) {
        stpcpy(stpcpy(text + used, " "), sentence);
    }
}

void pt_intervals_notes(const struct pt_chart *chart, const struct pt_language *language,
                        bool trend, char text[PT_PLOT_TEXT])
{
    char more[PT_PLOT_TEXT];
    size_t n_acting = 0;

    for (size_t k = 1; k < chart->n_outcomes; k++) {
        n_acting += chart->outcomes[k].acts;
    }
    pt_plot_say(text, language, PT_N("Year: the first of %d in a row at parity or target."),
                chart->sustained_years);
    if (trend) {
        pt_plot_say(more, language, PT_N("Projection: paritet, trend type %s."),
                    pt_translate(language, chart->family ? chart->family : "?"));
        append(text, more);
    }
    if (n_acting + 1 > PT_PLOT_OUTCOMES) {
        pt_plot_say(more, language, PT_N("Shown: %d of %zu scenarios."), PT_PLOT_OUTCOMES - 1,
                    n_acting);
        append(text, more);
    }
}

static bool is_shown(const struct pt_chart *chart, size_t outcome)
{
    return outcome == 0 || chart->outcomes[outcome].acts;
}

size_t pt_intervals_count(const struct pt_chart *chart)
{
    size_t n = 0;

    for (size_t k = 0; pt_plot_has_fan(chart) && k < chart->n_outcomes; k++) {
        n += is_shown(chart, k);
    }
    bool asked = n > 1 && chart->outcomes[0].counts != NULL;
    return !asked ? 0 : n < PT_PLOT_OUTCOMES ? n : PT_PLOT_OUTCOMES;
}

void pt_intervals_add(struct pt_intervals *intervals, const struct pt_chart *chart,
                      const char *heading)
{
    size_t n = pt_intervals_count(chart);

    if (heading != NULL) {
        pt_plot_wrap_evenly(heading, intervals->right - intervals->left, intervals->heading_size,
                            true, 2, &intervals->rows[intervals->n++].name);
    }
    intervals->first = intervals->first < chart->last + 1 ? intervals->first : chart->last + 1;
    intervals->horizon = chart->horizon;
    for (size_t k = 0; n > 0; k++) {
        if (is_shown(chart, k)) {
            struct pt_interval_row *row = &intervals->rows[intervals->n++];
            row->outcome = &chart->outcomes[k];
            row->baseline = k == 0;
            n--;
        }
    }
}

const char *pt_intervals_name(const struct pt_interval_row *row, const struct pt_language *language)
{
    const char *title = pt_text_in(&row->outcome->title, language);

    return row->baseline    ? pt_translate(language, PT_N("Baseline"))
           : *title != '\0' ? title
                            : row->outcome->id;
}

/* The shares of all rows are said in one whole. */
static void set_shares(struct pt_intervals *intervals)
{
    int whole = 10;

    for (size_t i = 0; i < intervals->n; i++) {
        const struct pt_chart_outcome *outcome = intervals->rows[i].outcome;
        if (outcome != NULL) {
            double p[] = { outcome->headline.p_never, outcome->headline.p_already };
            int own = pt_frequency_whole(p, 2);
            whole = own > whole ? own : whole;
            intervals->has_already |= p[1] > 0.0;
        }
    }
    for (size_t i = 0; i < intervals->n; i++) {
        struct pt_interval_row *row = &intervals->rows[i];
        if (row->outcome != NULL) {
            const struct pt_headline *headline = &row->outcome->headline;
            pt_frequency_print(pt_frequency_in(headline->p_never, whole), intervals->language,
                               row->never);
            if (headline->p_already > 0.0) {
                pt_frequency_print(pt_frequency_in(headline->p_already, whole), intervals->language,
                                   row->already);
            }
        }
    }
}

static double width_of(const char *text, double size)
{
    return pt_plot_text_width(text, strlen(text), size, false);
}

/* The names of all rows, and how wide they get. Where two of one panel are cut to the same words, the
 * ends of the names tell them apart. */
static double wrap_names(struct pt_intervals *intervals)
{
    const double size = intervals->name_size, most = intervals->widest_name;
    bool same[PT_PLOT_OUTCOMES] = { false };
    double widest = 0.0;
    size_t start = 0;

    for (size_t i = 0; i <= intervals->n; i++) {
        struct pt_interval_row *row = &intervals->rows[i];
        if (i < intervals->n && row->outcome != NULL) {
            pt_plot_wrap_evenly(pt_intervals_name(row, intervals->language), most, size, true,
                                intervals->name_lines, &row->name);
            continue;
        }
        for (size_t k = start; k < i && i - start <= PT_PLOT_OUTCOMES; k++) {
            same[k - start] = false;
            for (size_t j = start; j < i; j++) {
                const struct pt_plot_lines *a = &intervals->rows[k].name,
                                           *b = &intervals->rows[j].name;
                same[k - start] |= j != k && a->cut && pt_plot_lines_equal(a, b);
            }
        }
        for (size_t k = start; k < i && i - start <= PT_PLOT_OUTCOMES; k++) {
            row = &intervals->rows[k];
            if (same[k - start]) {
                pt_plot_wrap_end(pt_intervals_name(row, intervals->language), most, size, true,
                                 intervals->name_lines, &row->name);
            }
            widest = fmax(widest, row->name.width);
        }
        start = i + 1;
    }
    return widest;
}

static void place_columns(struct pt_intervals *intervals)
{
    char never[PT_PLOT_TEXT];
    double names = wrap_names(intervals), words[2] = { 0.0, 0.0 }, size = intervals->name_size;

    for (size_t i = 0; i < intervals->n; i++) {
        struct pt_interval_row *row = &intervals->rows[i];
        if (row->outcome != NULL) {
            words[0] = fmax(words[0], width_of(row->already, size));
            words[1] = fmax(words[1], width_of(row->never, size));
        }
    }
    pt_plot_say(never, intervals->language, PT_N("not by %d"), intervals->horizon);
    const char *heads[] = { pt_translate(intervals->language, PT_N("already")), never };
    for (size_t i = 0; i < 2; i++) {
        double room = fmax(words[i], 40.0);
        do { /* as wide as its words */
            pt_plot_wrap_evenly(heads[i], room, intervals->head_size, false, 2,
                                &intervals->heads[i]);
            room += 6.0;
        } while ((intervals->heads[i].cut || intervals->heads[i].split) && room < 100.0);
        words[i] = fmax(words[i], intervals->heads[i].width);
    }
    intervals->axis[0] = intervals->left + names + GAP;
    if (intervals->has_already) {
        intervals->axis[0] += words[0] + PT_INTERVALS_WORDS;
    }
    intervals->axis[1] = intervals->right - words[1] - PT_INTERVALS_WORDS;
}

static double height_of(const struct pt_intervals *intervals, const struct pt_interval_row *row)
{
    double n = (double)row->name.n * PT_FAN_LEADING;

    /* Where rows are high, panels stand farther apart too. */
    return row->outcome == NULL
               ? n * intervals->heading_size + PT_INTERVALS_PAD + fmax(intervals->least - HIGH, 0.0)
               : fmax(n * intervals->name_size + ROW_PAD, intervals->least);
}

/* Of all rows, none of them lower than `least` */
static double total_height(struct pt_intervals *intervals, double least)
{
    double total = 0.0;

    intervals->least = least;
    for (size_t i = 0; i < intervals->n; i++) {
        intervals->rows[i].height = height_of(intervals, &intervals->rows[i]);
        total += intervals->rows[i].height;
    }
    return total;
}

/* Rows as alike in height as the room allows. */
static void set_heights(struct pt_intervals *intervals)
{
    double room = intervals->bottom - intervals->top, least = intervals->least;
    double low = least, high = intervals->most;

    while (high - low > 0.05) {
        double middle = (low + high) / 2.0;
        if (total_height(intervals, middle) <= room) {
            low = middle;
        } else {
            high = middle;
        }
    }
    total_height(intervals, low);
    intervals->least = least;
}

double pt_intervals_place(struct pt_intervals *intervals)
{
    double y = intervals->top;

    set_shares(intervals);
    place_columns(intervals);
    set_heights(intervals);
    struct pt_interval_row *baseline = NULL;
    for (size_t i = 0; i < intervals->n; i++) {
        struct pt_interval_row *row = &intervals->rows[i];
        row->y = y + row->height / 2.0;
        y += row->height;
        baseline = row->baseline ? row : baseline;
        if (baseline != NULL && row->outcome != NULL) {
            baseline->panel_end = y;
        }
    }
    return y - intervals->top;
}

/* Whether everything fits, and all names whole unless they may be cut. */
static bool try_names(struct pt_intervals *intervals, double size, size_t lines, bool may_cut)
{
    bool cut = false;

    intervals->name_size = size;
    intervals->name_lines = lines;
    double height = pt_intervals_place(intervals);
    for (size_t i = 0; i < intervals->n; i++) {
        cut |= intervals->rows[i].name.cut;
    }
    return height <= intervals->bottom - intervals->top + 0.01 && (!cut || may_cut);
}

/* Whole names before large ones, and rather wider than cut. */
void pt_intervals_choose(struct pt_intervals *intervals, size_t n, const double *sizes)
{
    for (int wide = 0; wide < 2; wide++) {
        intervals->widest_name *= wide ? WIDER : 1.0;
        for (size_t i = 0; i < n; i++) {
            for (size_t lines = 3; lines > 0; lines--) {
                if (try_names(intervals, sizes[i], lines, false)) {
                    return;
                }
            }
        }
    }
    for (size_t lines = 3; lines > 0; lines--) {
        for (size_t i = 0; i < n; i++) {
            if (try_names(intervals, sizes[i], lines, true)) {
                return;
            }
        }
    }
    intervals->name_lines = 2;
    pt_intervals_place(intervals);
}
