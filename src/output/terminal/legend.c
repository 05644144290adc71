#include "output/terminal/fan.h"

#include <math.h>
#include <string.h>

#include "output/table/wrap.h"
#include "output/terminal/paint.h"

#define BETWEEN "   "

/* Items one after the other, as many to a line as it holds. */
struct legend {
    struct pt_buffer *out;
    struct pt_arena *arena;
    size_t width, column;
    bool color;
};

/* A mark of at most three characters, and what it stands for. */
static void add(struct legend *legend, const char *mark, const char *paint, const char *text)
{
    size_t marked = pt_utf8_width(mark) + 1, columns = marked + pt_utf8_width(text);
    bool painted = legend->color && paint != NULL;
    struct pt_lines lines;

    if (legend->column > 0 && legend->column + strlen(BETWEEN) + columns > legend->width) {
        pt_buffer_text(legend->out, "\n");
        legend->column = 0;
    } else if (legend->column > 0) {
        pt_buffer_text(legend->out, BETWEEN);
        legend->column += strlen(BETWEEN);
    }
    if (!pt_wrap(legend->arena, text, legend->width - marked, &lines)) {
        legend->out->failed = true;
        return;
    }
    pt_buffer_printf(legend->out, "%s%s%s ", painted ? paint : "", mark,
                     painted ? PT_PAINT_END : "");
    for (size_t i = 0; i < lines.n; i++) {
        pt_buffer_printf(legend->out, "%s%*s", i > 0 ? "\n" : "", i > 0 ? (int)marked : 0, "");
        pt_buffer_add(legend->out, lines.lines[i].text, lines.lines[i].length);
    }
    legend->column += columns;
}

static void add_fan(struct legend *legend, const struct pt_terminal_fan *fan)
{
    char shades[32], draws[PT_PLOT_NUMBER], words[PT_PLOT_TEXT];

    snprintf(shades, sizeof shades, "%s%s%s", fan->glyphs->fan[2], fan->glyphs->fan[1],
             fan->glyphs->fan[0]);
    pt_terminal_number(draws, (double)fan->chart->draws, 0, fan->language);
    add(legend, fan->glyphs->median, pt_fan_paint.fan,
        pt_plot_say(words, fan->language, PT_N("median")));
    add(legend, shades, pt_fan_paint.fan,
        pt_plot_say(words, fan->language, PT_N("the middle 50, 80 and 90 %% of %s futures"),
                    draws));
}

static void add_scenarios(struct legend *legend, const struct pt_terminal_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    struct pt_buffer alike = { 0 };
    char words[PT_PLOT_TEXT];

    for (size_t s = 0; s < fan->n_scenarios; s++) {
        const char *title = pt_text_in(&chart->outcomes[s + 1].title, fan->language);
        title = *title != '\0' ? title : chart->outcomes[s + 1].id;
        if (fan->apart[s]) {
            add(legend, pt_terminal_letter(s), pt_fan_paint.scenarios[s],
                pt_plot_say(words, fan->language, PT_N("median of '%s'"), title));
        } else {
            pt_buffer_printf(&alike, "%s'%s'", alike.n > 0 ? ", " : "", title);
        }
    }
    if (alike.n > 0) {
        add(legend, fan->glyphs->median, pt_fan_paint.fan,
            pt_plot_say(words, fan->language, PT_N("on the same rows: %s"), alike.bytes));
    }
    if (fan->n_scenarios + 1 < chart->n_outcomes) {
        add(legend, "…", NULL,
            pt_plot_say(words, fan->language, PT_N("Shown: %d of %zu scenarios."),
                        (int)fan->n_scenarios, chart->n_outcomes - 1));
    }
    legend->out->failed |= alike.failed;
    pt_buffer_free(&alike);
}

static bool runs_beyond(const struct pt_terminal_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    bool beyond = false;

    for (size_t h = 0; pt_plot_has_fan(chart) && h < chart->n_years; h++) {
        const double *bands = chart->outcomes[0].bands + h * PT_BANDS;
        beyond |= bands[0] < fan->axis.low || bands[PT_BANDS - 1] > fan->axis.high;
    }
    return beyond;
}

void pt_terminal_legend(const struct pt_terminal_fan *fan, const struct pt_writer_options *options,
                        struct pt_arena *arena, struct pt_buffer *out)
{
    struct legend legend = {
        .out = out, .arena = arena, .width = options->width, .color = options->color
    };
    char words[PT_PLOT_TEXT], target[PT_PLOT_TEXT];

    add(&legend, fan->glyphs->fitted, NULL, pt_plot_say(words, fan->language, PT_N("figures")));
    if (fan->has_before) {
        add(&legend, fan->glyphs->before, NULL,
            pt_plot_say(words, fan->language, PT_N("not part of the trend")));
    }
    if (pt_plot_has_fan(fan->chart)) {
        add_fan(&legend, fan);
    }
    if (fan->has_strip) {
        add(&legend, fan->glyphs->strip, pt_fan_paint.goal,
            pt_plot_say(words, fan->language, PT_N("parity")));
    }
    if (fan->has_target) {
        pt_plot_target(fan->chart, fan->language, target);
        add(&legend, fan->glyphs->target, pt_fan_paint.target,
            pt_plot_say(words, fan->language, PT_N("target %s"), target));
    }
    if (fan->has_breaks) {
        add(&legend, fan->glyphs->since, NULL,
            pt_plot_say(words, fan->language, PT_N("break in the series")));
    }
    if (pt_plot_has_fan(fan->chart)) {
        add_scenarios(&legend, fan);
    }
    pt_buffer_text(out, "\n");
    if (runs_beyond(fan)) {
        pt_buffer_say(out, fan->language, PT_N("The fan runs on beyond the picture."));
        pt_buffer_text(out, "\n");
    }
}
