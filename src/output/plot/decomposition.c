/* What moved a gap, year by year: the fan chart's canvas with a bar of two parts for each year. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/behind.h"
#include "output/plot/fan.h"
#include "output/say/moved.h"
#include "output/table/amounts.h"

#define HALF_BAR    0.36 /* of a year, at most */
#define WIDEST_HALF 22.0

enum { GROUP, REFERENCE, TOGETHER, PARTS };

/* From where to where a part of a bar reaches: upon the other one where both pull one way. */
struct reach {
    double from, to;
};

static struct reach reach_of(const struct pt_moved *year, size_t part)
{
    double group = year->by_group, reference = year->by_reference;
    if (part == TOGETHER) {
        return (struct reach){ group + reference, group + reference };
    }
    if (part == GROUP) {
        return (struct reach){ 0, group };
    }
    return group * reference > 0 ? (struct reach){ group, group + reference }
                                 : (struct reach){ 0, reference };
}

/* The chart as it is without a future and without a question, over the years that compare. */
static struct pt_chart past_of(const struct pt_chart *fan, const struct pt_decomposition *moved)
{
    struct pt_chart past = *fan;
    past.n_years = past.n_outcomes = past.n_breaks = 0;
    past.has_parity = past.has_target = false;
    past.lower = -HUGE_VAL;
    past.upper = HUGE_VAL;
    while (past.n_points > 0 && past.points->year < moved->years[0].year) {
        past.points++;
        past.n_points--;
    }
    return past;
}

static void set_extent(struct pt_fan *fan)
{
    fan->extent = (struct pt_plot_extent){ 0, 0, -HUGE_VAL, HUGE_VAL };
    for (size_t i = 0; i < fan->moved->n; i++) {
        for (size_t part = 0; part < TOGETHER; part++) {
            struct reach reach = reach_of(&fan->moved->years[i], part);
            fan->extent.low = fmin(fan->extent.low, fmin(reach.from, reach.to));
            fan->extent.high = fmax(fan->extent.high, fmax(reach.from, reach.to));
        }
    }
}

/* What the label of a part says below its name. */
static void say_part(const struct pt_fan *fan, size_t part, struct pt_buffer *out)
{
    const struct pt_decomposition *moved = fan->moved;
    char from[PT_CELL_MAX], to[PT_CELL_MAX];
    if (part != TOGETHER) {
        pt_moved_print(moved, part == GROUP ? PT_MOVER_GROUP : PT_MOVER_REFERENCE, fan->language,
                       out);
        return;
    }
    pt_points_number(moved->years[0].gap, moved->error, fan->language, from);
    pt_points_print(moved->years[moved->n - 1].gap, moved->error, &moved->points, fan->language,
                    to);
    pt_buffer_say(out, fan->language, PT_N("from %s to %s"), pt_plot_signed(from),
                  pt_plot_signed(to));
}

static void collect_labels(struct pt_fan *fan, const struct pt_fan_detail *detail)
{
    static const char *const lines[] = { "group", "reference", "ink" };
    static const char *const texts[] = { "grouptext", "referencetext", "ink" };
    const struct pt_moved *last = &fan->moved->years[fan->moved->n - 1];
    const char *const names[] = { pt_text_in(&fan->chart->group, fan->language),
                                  pt_text_in(&fan->chart->reference, fan->language),
                                  pt_translate(fan->language, PT_N("The gap")) };
    for (size_t part = 0; part < PARTS; part++) {
        struct pt_fan_label *label = &fan->labels[fan->n_labels++];
        struct pt_buffer result = { 0 };
        struct reach reach = reach_of(last, part);
        say_part(fan, part, &result);
        fan->failed |= result.failed;
        pt_plot_wrap_evenly(names[part], PT_FAN_COLUMN, detail->size, true, detail->name_lines,
                            &label->name);
        pt_plot_wrap_evenly(result.failed ? "" : result.bytes, PT_FAN_COLUMN,
                            detail->size * PT_FAN_RESULT, false, detail->result_lines,
                            &label->result);
        pt_buffer_free(&result);
        label->end = pt_plot_y(&fan->frame, (reach.from + reach.to) / 2);
        strcpy(label->line, lines[part]);
        strcpy(label->text, texts[part]);
    }
}

/* The headings of a fan name the gap itself; here it is its change. */
static void set_unit(struct pt_fan *fan)
{
    char text[PT_PLOT_TEXT];
    pt_plot_say(text, fan->language,
                PT_N("change since %d in %s; above 0: to the advantage of the group"),
                fan->moved->years[0].year, pt_points_unit(&fan->moved->points, fan->language));
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_UNIT, false, 1, &fan->unit);
}

static void set_notes(struct pt_fan *fan, bool cut)
{
    char text[2 * PT_PLOT_TEXT + 2], each[PT_PLOT_TEXT], more[PT_PLOT_TEXT] = "";
    int first = fan->moved->years[0].year;
    pt_plot_say(each, fan->language,
                PT_N("Each year is compared with %d alone, and both figures may be off."), first);
    if (cut) {
        pt_plot_say(more, fan->language, PT_N("Figures before %d are not comparable."), first);
    }
    snprintf(text, sizeof text, "%s%s%s", each, *more ? " " : "", more);
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}

static void layout(struct pt_fan *fan, bool cut)
{
    char words[PT_PLOT_TEXT];
    set_extent(fan);
    pt_plot_say(words, fan->language,
                PT_N("Bars: what each of the two has done to the gap between them since %d; line: "
                     "both together"),
                fan->moved->years[0].year);
    pt_fan_headings(fan, words);
    set_unit(fan);
    set_notes(fan, cut);
    pt_fan_value_axis(fan);
    pt_fan_column(fan, collect_labels);
    pt_fan_years(fan);
    fan->frame.year_low = fan->moved->years[0].year - 0.7;
    fan->frame.year_high = fan->moved->years[fan->moved->n - 1].year + 0.5;
}

/* The reference's part is lighter than the group's also where there is no colour. */
static void write_colours(struct pt_buffer *out)
{
    pt_plot_colour(out, "group", "#005b94", "#333333");
    pt_plot_colour(out, "grouptext", "#005b94", "#1a1a1a");
    pt_plot_colour(out, "reference", "#eaa878", "#e3b08c");
    pt_plot_colour(out, "referencetext", "#8a3b00", "#6b2e00");
    pt_buffer_text(out, "\n");
}

static void write_data(struct pt_buffer *out, const struct pt_fan *fan)
{
    pt_plot_heading(out, fan->language,
                    PT_N("Data: year, where the group's and the reference's part of the bar begin "
                         "and end, and both together"));
    pt_buffer_text(out, "$moved << EOD\n");
    for (size_t i = 0; i < fan->moved->n; i++) {
        const struct pt_moved *year = &fan->moved->years[i];
        struct reach group = reach_of(year, GROUP);
        struct reach reference = reach_of(year, REFERENCE);
        const double values[] = { group.from, group.to, reference.from, reference.to,
                                  year->by_group + year->by_reference };
        pt_buffer_printf(out, "%d", year->year);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            pt_buffer_text(out, " ");
            pt_plot_value(out, values[k]);
        }
        pt_buffer_text(out, "\n");
    }
    pt_buffer_text(out, "EOD\n");
}

static void write_plot(struct pt_buffer *out, const struct pt_fan *fan)
{
    double years = fan->frame.year_high - fan->frame.year_low;
    double half = fmin(HALF_BAR, WIDEST_HALF * years / (fan->frame.right - fan->frame.left));
    static const char *const parts[] = { "group", "reference" };
    pt_buffer_text(out, "\nplot \\\n");
    for (size_t i = 0; i < 2; i++) {
        pt_buffer_printf(
            out,
            "    $moved using 1:(0):($1-%.3f):($1+%.3f):%zu:%zu with boxxyerror fs solid 1 "
            "noborder lc rgb %s, \\\n",
            half, half, 2 + 2 * i, 3 + 2 * i, parts[i]);
    }
    pt_buffer_text(out, "    0 with lines lw 0.8 lc rgb faint, \\\n"
                        "    $moved using 1:6 with lines lw 4 lc rgb paper, \\\n"
                        "    $moved using 1:6 with linespoints pt 7 ps 0.55 lw 1.8 lc rgb ink, \\\n"
                        "    NaN notitle\nset output\n");
}

void pt_plot_decomposition(const struct pt_chart *chart, const struct pt_decomposition *moved,
                           const char *slug, const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);
    struct pt_chart past = past_of(chart, moved);
    if (fan == NULL) {
        out->failed = true;
        return;
    }
    fan->chart = &past;
    fan->moved = moved;
    fan->look = pt_look_of(look);
    fan->language = fan->look.language;
    fan->about = PT_N("what moved the gap");
    bool cut = false;
    for (size_t i = 0; i < chart->n_points; i++) {
        cut |= chart->points[i].fitted && chart->points[i].year < moved->years[0].year;
    }
    layout(fan, cut);
    pt_plot_open(out, &fan->look, slug, 0);
    write_colours(out);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, slug, PT_PLOT_HEIGHT);
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
    return facts->moved[at].n > 0;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    pt_plot_decomposition(&facts->charts[at], &facts->moved[at], slug, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_chart *chart = &facts->charts[at];
    pt_sentence_moved(&facts->moved[at], pt_text_in(&chart->group, language),
                      pt_text_in(&chart->reference, language), language, out);
}

static enum pt_status table(const struct pt_facts *facts, size_t at, struct pt_arena *arena,
                            struct pt_table *table, struct pt_error *err)
{
    static const struct pt_column columns[] = {
        { "year", PT_N("year"), 1 },
        { "gap", PT_N("gap"), 2 },
        { "by_group", PT_N("closed by the group"), 3 },
        { "by_reference", PT_N("closed by the reference"), 4 },
        { "together", PT_N("together"), 5 },
    };
    const size_t width = sizeof columns / sizeof *columns;
    const struct pt_decomposition *moved = &facts->moved[at];
    struct pt_behind behind;
    if (!pt_behind_new(&behind, columns, width, moved->n, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < moved->n; i++) {
        const struct pt_moved *year = &moved->years[i];
        pt_behind_year(&behind, year->year);
        pt_behind_amount(&behind, year->gap, moved->error);
        pt_behind_amount(&behind, year->by_group, moved->error);
        pt_behind_amount(&behind, year->by_reference, moved->error);
        pt_behind_amount(&behind, year->by_group + year->by_reference, moved->error);
    }
    *table = pt_behind_table(&behind, "decomposition", PT_N("What moved the gap"));
    return PT_OK;
}

const struct pt_picture_kind pt_picture_kind_decomposition = {
    .name = "decomposition",
    .title = PT_N("what moved the gap"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
    .table = table,
};
