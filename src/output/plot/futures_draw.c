/* The year of parity in a hundred futures, one dot each: the baseline, and the scenario that changes
 * most. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/dots.h"
#include "output/plot/fan.h"
#include "output/plot/futures.h"

#define SIDE       96.0 /* width of the columns already and never */
#define SIDE_GAP   22.0
#define NAME       17.0 /* heights: a panel's name, the number above a stack, ticks */
#define WORDS      13.0 /* ... and what is said of it, where that has a line of its own */
#define NUMBER     13.0
#define PANEL_GAP  20.0
#define NAME_SIZE  10.5 /* of letters */
#define WORDS_SIZE 9.5
#define LARGEST    15.0 /* diameters */
#define SMALLEST   2.5
#define TICK_ROOM  44.0 /* width of "2030-34" */

enum { BLOCKS = 3 };
static const char *const blocks[BLOCKS] = { "already", "years", "never" };

/* A stack of dots between two places. */
struct stack {
    double left, right;
    int n;
    const char *block; /* of data */
};

struct picture {
    const struct pt_chart *chart;
    struct pt_fan *fan; /* headings */
    const struct pt_language *language;
    size_t n_panels, outcomes[PT_FUTURES_PANELS];
    struct pt_dots dots[PT_FUTURES_PANELS];
    bool has_already;
    double axis[2], top, panel_height; /* of the dots, with the number above */
    double head;                       /* height of a panel's name and what is said of it */
    double diameter;
};

static double floor_of(const struct picture *picture, size_t panel)
{
    return picture->top + (double)(panel + 1) * (picture->head + NUMBER + picture->panel_height) +
           (double)panel * PANEL_GAP;
}

/* Stack i of a panel: already (where there is such a column), the bins, never; false: none. */
static bool stack_of(const struct picture *picture, size_t panel, size_t i, struct stack *stack)
{
    const struct pt_dots *dots = &picture->dots[panel];
    double bin = (picture->axis[1] - picture->axis[0]) / (double)dots->n_bins;

    if (picture->has_already && i == 0) {
        *stack = (struct stack){ PT_PLOT_MARGIN, PT_PLOT_MARGIN + SIDE, dots->already, "already" };
        return true;
    }
    i -= picture->has_already;
    if (i < dots->n_bins) {
        double left = picture->axis[0] + (double)i * bin;
        *stack = (struct stack){ left, left + bin, dots->bins[i], "years" };
        return true;
    }
    *stack = (struct stack){ PT_PLOT_WIDTH - PT_PLOT_MARGIN - SIDE, PT_PLOT_WIDTH - PT_PLOT_MARGIN,
                             dots->never, "never" };
    return i == dots->n_bins;
}

/* Dots side by side in a stack. */
static size_t abreast(const struct stack *stack, double diameter)
{
    return (size_t)fmax(floor((stack->right - stack->left - 4.0) / diameter), 0.0);
}

static bool fits(const struct picture *picture, double diameter)
{
    struct stack stack;

    for (size_t panel = 0; panel < picture->n_panels; panel++) {
        for (size_t i = 0; stack_of(picture, panel, i, &stack); i++) {
            size_t n = abreast(&stack, diameter);
            if (n == 0 || ceil((double)stack.n / (double)n) * diameter > picture->panel_height) {
                return false;
            }
        }
    }
    return true;
}

/* The name of a panel, and the words that stand beside it if both fit there; else they are below. */
static bool fits_beside(const struct picture *picture, size_t panel, struct pt_plot_lines *name,
                        char words[PT_PLOT_TEXT])
{
    size_t outcome = picture->outcomes[panel];
    const char *text = pt_futures_name(picture->chart, outcome, picture->language);
    const double room = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN;

    pt_plot_headline(&picture->chart->outcomes[outcome].headline, picture->language, 0, words);
    pt_plot_wrap(text, room, NAME_SIZE, true, 1, name);
    return name->width + 12.0 + pt_plot_text_width(words, strlen(words), WORDS_SIZE, false) <= room;
}

static void layout(struct picture *picture)
{
    struct pt_plot_lines name;
    char words[PT_PLOT_TEXT];

    const struct pt_fan *fan = picture->fan;
    double bottom = fan->frame.bottom + 4.0, n = (double)picture->n_panels;

    picture->axis[0] = PT_PLOT_MARGIN + (picture->has_already ? SIDE + SIDE_GAP : 0.0);
    picture->axis[1] = PT_PLOT_WIDTH - PT_PLOT_MARGIN - SIDE - SIDE_GAP;
    picture->top =
        fan->subtitle_y + ((double)fan->subtitle.n - 0.5) * PT_FAN_SUBTITLE * PT_FAN_LEADING + 8.0;
    picture->head = NAME;
    for (size_t i = 0; i < picture->n_panels; i++) {
        picture->head = fits_beside(picture, i, &name, words) ? picture->head : NAME + WORDS;
    }
    picture->panel_height =
        (bottom - picture->top - (n - 1.0) * PANEL_GAP) / n - picture->head - NUMBER;
    for (picture->diameter = LARGEST; picture->diameter > SMALLEST; picture->diameter -= 0.25) {
        if (fits(picture, picture->diameter)) {
            break;
        }
    }
}

static void write_dots(struct pt_buffer *out, const struct picture *picture, size_t panel,
                       const char *block)
{
    const double d = picture->diameter, base = floor_of(picture, panel);
    struct stack stack;

    pt_buffer_printf(out, "$%s%zu << EOD\n", block, panel + 1);
    for (size_t i = 0; stack_of(picture, panel, i, &stack); i++) {
        size_t n = abreast(&stack, d), used = (size_t)stack.n < n ? (size_t)stack.n : n;
        double left = (stack.left + stack.right - (double)used * d) / 2.0;
        for (size_t k = 0; k < (size_t)stack.n && strcmp(stack.block, block) == 0; k++) {
            size_t column = k % n, row = k / n;
            pt_buffer_printf(out, "%.2f %.2f\n", left + ((double)column + 0.5) * d,
                             base - ((double)row + 0.5) * d);
        }
    }
    pt_buffer_text(out, "EOD\n");
}

/* How many stand in each stack, above it. */
static void write_numbers(struct pt_buffer *out, const struct picture *picture, size_t panel)
{
    const double d = picture->diameter;
    struct stack stack;
    char text[PT_NUMBER_MAX];

    for (size_t i = 0; stack_of(picture, panel, i, &stack); i++) {
        size_t n = abreast(&stack, d);
        double rows = ceil((double)stack.n / (double)n);
        if (stack.n > 0) {
            snprintf(text, sizeof text, "%d", stack.n);
            pt_plot_label_text(out, (stack.left + stack.right) / 2.0,
                               floor_of(picture, panel) - rows * d - NUMBER / 2.0, text,
                               (struct pt_plot_style){ 'B', 9.5, "ink", "center" });
        }
    }
}

static void write_panel(struct pt_buffer *out, const struct picture *picture, size_t panel)
{
    const char *colour = panel == 0 ? "middle" : "text1";
    double base = floor_of(picture, panel);
    double y = base - picture->panel_height - NUMBER - picture->head + NAME / 2.0;
    struct pt_plot_lines name;
    char words[PT_PLOT_TEXT];

    bool beside = fits_beside(picture, panel, &name, words);
    if (name.n > 0) {
        pt_plot_label_text(out, PT_PLOT_MARGIN, y, name.text[0],
                           (struct pt_plot_style){ 'B', NAME_SIZE, colour, "left" });
    }
    pt_plot_label_text(out, PT_PLOT_MARGIN + (beside ? name.width + 12.0 : 0.0),
                       y + (beside ? 0.0 : WORDS), words,
                       (struct pt_plot_style){ 'R', WORDS_SIZE, "soft", "left" });
    write_numbers(out, picture, panel);
    double ends[][2] = { { PT_PLOT_MARGIN, PT_PLOT_MARGIN + SIDE },
                         { picture->axis[0], picture->axis[1] },
                         { picture->axis[1] + SIDE_GAP, PT_PLOT_WIDTH - PT_PLOT_MARGIN } };
    for (size_t i = picture->has_already ? 0 : 1; i < 3; i++) {
        pt_buffer_printf(
            out, "set arrow from %.1f, %.1f to %.1f, %.1f nohead lw 0.8*hair lc rgb faint\n",
            ends[i][0], base + 1.0, ends[i][1], base + 1.0);
    }
}

static void write_ticks(struct pt_buffer *out, const struct picture *picture)
{
    const struct pt_dots *dots = &picture->dots[0];
    const struct pt_plot_style style = { 'R', PT_FAN_TICKS, "soft", "center" };
    double y = floor_of(picture, picture->n_panels - 1) + 12.0;
    struct stack stack;
    char text[PT_PLOT_TEXT];
    size_t first = picture->has_already;

    stack_of(picture, 0, first, &stack);
    size_t step = (size_t)ceil((dots->width > 1 ? TICK_ROOM : 30.0) / (stack.right - stack.left));
    for (size_t i = 0; stack_of(picture, 0, i, &stack); i++) {
        int from, to;
        pt_dots_years(picture->chart, dots, i - first, &from, &to);
        if (i < first) {
            pt_plot_say(text, picture->language, PT_N("already"));
        } else if (i - first == dots->n_bins) {
            pt_plot_say(text, picture->language, PT_N("not by %d"), picture->chart->horizon);
        } else if (from == to) {
            snprintf(text, sizeof text, "%d", from);
        } else {
            snprintf(text, sizeof text, "%d\xe2\x80\x93%02d", from, to % 100);
        }
        if (i < first || i - first == dots->n_bins || (i - first) % step == 0) {
            pt_plot_label_text(out, (stack.left + stack.right) / 2.0, y, text, style);
        }
    }
}

/* A point of size 1 has a radius of 4.5 in gnuplot's svg, and of 3 and half its line in cairo. */
static void write_plot(struct pt_buffer *out, const struct picture *picture)
{
    pt_buffer_printf(out,
                     "set lmargin at screen 0; set rmargin at screen 1\n"
                     "set tmargin at screen 1; set bmargin at screen 0\n"
                     "set xrange [0:W]; set yrange [H:0]\nunset border; unset tics; unset grid\n"
                     "radius = %.2f\n"
                     "size = format eq 'svg' ? radius / 4.5 : (radius - 0.5) / 3.0\n",
                     picture->diameter * 0.44);
    for (size_t i = 0; i < picture->n_panels; i++) {
        write_panel(out, picture, i);
    }
    write_ticks(out, picture);
    pt_buffer_text(out, "\nplot \\\n");
    for (size_t i = 0; i < picture->n_panels; i++) {
        const struct pt_dots *dots = &picture->dots[i];
        const bool any[] = { dots->already > 0,
                             dots->already + dots->never<PT_DOTS, dots->never> 0 };
        const char *const looks[] = { "pt 7 ps size lc rgb goal",
                                      i == 0 ? "pt 7 ps size lc rgb middle"
                                             : "pt 7 ps size lc rgb line1",
                                      "pt 6 ps size lw 1.1 lc rgb faint" };
        for (size_t b = 0; b < BLOCKS; b++) {
            if (any[b]) {
                pt_buffer_printf(out, "    $%s%zu using 1:2 with points %s, \\\n", blocks[b], i + 1,
                                 looks[b]);
            }
        }
    }
    pt_buffer_text(out, "    NaN notitle\nset output\n");
}

static void write_script(struct pt_buffer *out, const struct picture *picture)
{
    struct pt_fan *fan = picture->fan;

    pt_plot_open(out, &fan->look, picture->chart->slug, 1);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, picture->chart->slug, PT_PLOT_HEIGHT);
    pt_plot_heading(out, fan->language, PT_N("Data: the place of each dot"));
    for (size_t i = 0; i < picture->n_panels; i++) {
        for (size_t b = 0; b < BLOCKS; b++) {
            write_dots(out, picture, i, blocks[b]);
        }
    }
    pt_plot_picture_heading(out, fan->language);
    pt_fan_write_headings(out, fan);
    write_plot(out, picture);
}

static void set_words(struct pt_fan *fan, bool target)
{
    char words[PT_PLOT_TEXT], more[PT_PLOT_TEXT];

    pt_plot_say(words, fan->language,
                target ? PT_N("Each dot is 1 of 100 futures, at the year in which the target is "
                              "reached.")
                       : PT_N("Each dot is 1 of 100 futures, at the year in which the gap is "
                              "closed."));
    pt_fan_headings(fan, words);
    fan->unit.n = 0;
    pt_plot_say(words, fan->language, PT_N("Year: the first of %d in a row at parity or target."),
                fan->chart->sustained_years);
    pt_plot_say(more, fan->language, PT_N("Projection: paritet, trend type %s."),
                pt_translate(fan->language, fan->chart->family ? fan->chart->family : "?"));
    char both[2 * PT_PLOT_TEXT];
    snprintf(both, sizeof both, "%s %s", words, more);
    pt_plot_wrap(both, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}

void pt_plot_futures(const struct pt_chart *chart, const struct pt_look *look,
                     struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);
    struct picture picture = { .chart = chart, .fan = fan, .n_panels = 1 };

    if (fan == NULL) {
        out->failed = true;
        return;
    }
    fan->chart = chart;
    fan->look = pt_look_of(look);
    fan->language = picture.language = fan->look.language;
    fan->about = PT_N("a hundred futures");
    picture.outcomes[1] = pt_dots_scenario(chart);
    picture.n_panels += picture.outcomes[1] > 0;
    for (size_t i = 0; i < picture.n_panels; i++) {
        pt_dots_make(chart, picture.outcomes[i], &picture.dots[i]);
        picture.has_already |= chart->outcomes[picture.outcomes[i]].headline.p_already > 0.0;
    }
    set_words(fan, chart->outcomes[0].headline.target);
    layout(&picture);
    write_script(out, &picture);
    free(fan);
}
