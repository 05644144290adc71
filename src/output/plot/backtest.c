/* What would have been said in earlier years: the fan chart's canvas, with one band for each. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"

/* Before the newest figure; in a longer series the bands would be too narrow to be seen. */
#define YEARS_SHOWN 30

/* Tints of bands and lines of medians, the earliest first, which is the widest: three shades of
 * the fan's colour; on a screen, and on paper. */
static const struct shade {
    const char *fill[2], *line[2], *dashes;
} shades[PT_SELFTEST_AHEAD] = {
    { { "#dcebf5", "#e6e6e6" }, { "#4a9fd4", "#757575" }, "(8,3)" },
    { { "#b5d6ea", "#cccccc" }, { "#1f7ab8", "#4d4d4d" }, "(4.5,2.5)" },
    { { "#85bbdc", "#b0b0b0" }, { "#003a5e", "#000000" }, "(2,2)" },
};

/* The shade of a path: the same for so many years ahead in every picture. */
static size_t shade_of(const struct pt_selftest_path *path)
{
    size_t shade = PT_SELFTEST_AHEAD - 1;

    while (shade > 0 && pt_selftest_ahead[PT_SELFTEST_AHEAD - 1 - shade] != (int)path->n) {
        shade--;
    }
    return shade;
}

/* The chart as it is without a future, from the first year shown. */
static struct pt_chart past_of(const struct pt_chart *fan, bool *cut)
{
    struct pt_chart past = *fan;

    past.n_years = past.n_outcomes = 0;
    while (past.n_points > 0 && past.points->year < past.last - YEARS_SHOWN) {
        past.points++;
        past.n_points--;
        *cut = true;
    }
    while (past.n_breaks > 0 && past.n_points > 0 && *past.breaks <= past.points->year) {
        past.breaks++;
        past.n_breaks--;
    }
    return past;
}

/* Parity is shown where it happens to be in the picture; the question here is another. */
static void set_extent(struct pt_fan *fan)
{
    struct pt_chart figures = *fan->chart;

    figures.has_parity = figures.has_target = false;
    fan->extent = pt_plot_extent_of(&figures, 0);
    for (size_t i = 0; i < fan->test->n_paths; i++) {
        const struct pt_selftest_path *path = &fan->test->paths[i];
        for (size_t h = 0; h < path->n; h++) {
            fan->extent.low = fmin(fan->extent.low, path->said[h].lo80);
            fan->extent.high = fmax(fan->extent.high, path->said[h].hi80);
        }
    }
}

static void set_label(const struct pt_fan *fan, const struct pt_fan_detail *detail,
                      const char *name, const char *result, double value,
                      struct pt_fan_label *label)
{
    pt_plot_wrap(name, PT_FAN_COLUMN, detail->size, true, 1, &label->name);
    pt_plot_wrap(result, PT_FAN_COLUMN, detail->size * PT_FAN_RESULT, false,
                 detail->result_lines > 0 ? 1 : 0, &label->result);
    label->end = pt_plot_y(&fan->frame, value);
}

static void collect_labels(struct pt_fan *fan, const struct pt_fan_detail *detail)
{
    char name[PT_PLOT_TEXT], result[PT_PLOT_TEXT];
    struct pt_said_words words;

    for (size_t i = 0; i < fan->test->n_paths; i++) {
        const struct pt_selftest_path *path = &fan->test->paths[i];
        struct pt_fan_label *label = &fan->labels[fan->n_labels++];
        pt_said_print(fan->test, i, fan->language, &words);
        pt_plot_say(name, fan->language, PT_N("Said in %d"), path->origin);
        pt_plot_say(result, fan->language, PT_N("%s (%s to %s)"), pt_plot_signed(words.said),
                    pt_plot_signed(words.low), pt_plot_signed(words.high));
        set_label(fan, detail, name, result, path->said[path->n - 1].point, label);
        snprintf(label->line, sizeof label->line, "said%zu", shade_of(path) + 1);
        strcpy(label->text, "middle");
        if (i + 1 == fan->test->n_paths) {
            label = &fan->labels[fan->n_labels++];
            pt_plot_say(name, fan->language, PT_N("What happened"));
            pt_plot_say(result, fan->language, PT_N("%s in %d"), pt_plot_signed(words.happened),
                        path->origin + (int)path->n);
            set_label(fan, detail, name, result, path->happened, label);
            strcpy(label->line, "ink");
            strcpy(label->text, "ink");
        }
    }
}

static void set_notes(struct pt_fan *fan, bool cut)
{
    struct pt_plot_remarks remarks = { .breaks = fan->chart->n_breaks > 0 };
    char text[3 * PT_PLOT_TEXT + 2], said[PT_PLOT_TEXT], words[PT_PLOT_TEXT],
        more[PT_PLOT_TEXT] = "";

    if (cut) {
        pt_plot_say(more, fan->language, PT_N("Figures before %d are not shown."),
                    fan->chart->points->year);
    }
    pt_plot_say(said, fan->language,
                PT_N("paritet, trend type %s; each band from nothing but the figures known then."),
                pt_translate(fan->language, fan->chart->family ? fan->chart->family : "?"));
    pt_plot_notes(fan->chart, fan->language, remarks, words);
    snprintf(text, sizeof text, "%s%s%s%s%s", said, *more ? " " : "", more, *words ? " " : "",
             words);
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}

static void layout(struct pt_fan *fan, bool cut)
{
    struct pt_buffer subtitle = { .bytes = NULL };

    set_extent(fan);
    pt_sentence_selftest(fan->test, fan->language, &subtitle);
    pt_buffer_text(&subtitle, ". ");
    pt_buffer_say(&subtitle, fan->language, PT_N("Dashed: what was said; shaded: its 80 %% band."));
    fan->failed |= subtitle.failed;
    if (!subtitle.failed) {
        subtitle.bytes[0] = (char)toupper((unsigned char)subtitle.bytes[0]);
    }
    pt_fan_headings(fan, subtitle.failed ? "" : subtitle.bytes);
    pt_buffer_free(&subtitle);
    pt_fan_value_axis(fan);
    pt_fan_strip(fan);
    pt_fan_column(fan, collect_labels);
    pt_fan_years(fan);
    fan->frame.year_high = fan->chart->last; /* where the lines end that the labels name */
    set_notes(fan, cut);
}

static void write_data(struct pt_buffer *out, const struct pt_fan *fan)
{
    pt_plot_heading(out, fan->language,
                    PT_N("Data: year and figure; year, what was said, and its 80 % band"));
    pt_plot_data(out, fan->chart, 0);
    for (size_t i = 0; i < fan->test->n_paths; i++) {
        const struct pt_selftest_path *path = &fan->test->paths[i];
        pt_buffer_printf(out, "$said%zu << EOD\n", i + 1);
        for (size_t h = 0; h <= path->n; h++) {
            struct pt_forecast known = { path->known, path->known, path->known, 0, 0 };
            const struct pt_forecast *said = h > 0 ? &path->said[h - 1] : &known;
            const double values[] = { said->point, said->lo80, said->hi80 };
            pt_buffer_printf(out, "%d", path->origin + (int)h);
            for (size_t k = 0; k < 3; k++) {
                pt_buffer_text(out, " ");
                pt_plot_value(out, values[k]);
            }
            pt_buffer_text(out, "\n");
        }
        pt_buffer_text(out, "EOD\n");
    }
}

/* Bands from the earliest on, then the edges that a later one covers, then what was said. */
static void write_paths(struct pt_buffer *out, const struct pt_selftest *test)
{
    for (size_t i = 0; i < test->n_paths; i++) {
        pt_buffer_printf(out,
                         "    $said%zu using 1:3:4 with filledcurves fs solid 1 noborder "
                         "fc rgb band%zu, \\\n",
                         i + 1, shade_of(&test->paths[i]) + 1);
    }
    for (size_t i = 0; i < 2 * test->n_paths; i++) {
        pt_buffer_printf(out,
                         "    $said%zu using 1:%zu with lines lw 0.8*hair lc rgb said%zu, \\\n",
                         i / 2 + 1, 3 + i % 2, shade_of(&test->paths[i / 2]) + 1);
    }
    for (size_t i = 0; i < test->n_paths; i++) {
        size_t shade = shade_of(&test->paths[i]);
        pt_buffer_printf(out,
                         "    $said%zu using 1:2 with lines lw 3.4 lc rgb paper, \\\n"
                         "    $said%zu using 1:2 with lines lw 2 dt %s lc rgb said%zu, \\\n",
                         i + 1, i + 1, shades[shade].dashes, shade + 1);
    }
}

static void write_plot(struct pt_buffer *out, const struct pt_fan *fan)
{
    for (size_t i = 0; i < fan->chart->n_breaks; i++) {
        pt_fan_write_break(out, fan, fan->chart->breaks[i]);
    }
    pt_plot_rectangle(out, fan->has_strip, fan->strip_low, fan->strip_high);
    pt_buffer_text(out, "\nplot \\\n");
    write_paths(out, fan->test);
    if (fan->has_strip) {
        pt_plot_draw_goal(out, fan->strip_low, fan->strip_high);
    }
    pt_plot_draw_observed(out, fan->chart, 0, 0.55);
    pt_buffer_text(out, "    NaN notitle\nset output\n");
}

static void write_colours(struct pt_buffer *out)
{
    char name[32];

    for (size_t i = 0; i < PT_SELFTEST_AHEAD; i++) {
        snprintf(name, sizeof name, "band%zu", i + 1);
        pt_plot_colour(out, name, shades[i].fill[0], shades[i].fill[1]);
        snprintf(name, sizeof name, "said%zu", i + 1);
        pt_plot_colour(out, name, shades[i].line[0], shades[i].line[1]);
    }
    pt_buffer_text(out, "\n");
}

void pt_plot_backtest(const struct pt_selftest_chart *chart, const struct pt_look *look,
                      struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);
    bool cut = false;
    struct pt_chart past = past_of(chart->fan, &cut);

    if (fan == NULL) {
        out->failed = true;
        return;
    }
    fan->chart = &past;
    fan->look = pt_look_of(look);
    fan->language = fan->look.language;
    fan->test = &chart->test;
    fan->about = PT_N("what the method would have said");
    layout(fan, cut);
    pt_plot_open(out, &fan->look, chart->slug, 0);
    write_colours(out);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, chart->slug, PT_PLOT_HEIGHT);
    write_data(out, fan);
    pt_fan_write_axes(out, fan);
    pt_fan_write_headings(out, fan);
    pt_fan_write_labels(out, fan);
    write_plot(out, fan);
    out->failed |= fan->failed;
    free(fan);
}

static bool has(const struct pt_facts *facts, size_t at)
{
    return facts->tests[at].test.n_paths > 0;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_selftest_chart chart = facts->tests[at];
    chart.slug = slug;
    pt_plot_backtest(&chart, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_selftest *test = &facts->tests[at].test;
    for (size_t i = 0; i < test->n_paths; i++) {
        pt_buffer_text(out, i > 0 ? " " : "");
        pt_sentence_said(test, i, language, out);
    }
}

const struct pt_picture_kind pt_picture_kind_backtest = {
    .name = "backtest",
    .title = PT_N("what the method would have said"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
};
