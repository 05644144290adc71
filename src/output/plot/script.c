#include "output/plot/plot.h"

#include <math.h>
#include <string.h>

void pt_plot_value(struct pt_buffer *out, double x)
{
    char number[PT_NUMBER_MAX];

    pt_buffer_text(out, isfinite(x) ? pt_number_short(number, x, 10, '.') : "NaN");
}

void pt_plot_variables(struct pt_buffer *out, const char *name, const struct pt_plot_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        pt_buffer_printf(out, "%s%zu = ", name, i + 1);
        pt_plot_quote(out, lines->text[i]);
        pt_buffer_text(out, "\n");
    }
}

void pt_plot_label(struct pt_buffer *out, double x, double y, const char *expression,
                   struct pt_plot_style style)
{
    pt_buffer_printf(out,
                     "set label %s at screen X(%.1f), Y(%.1f) %s font %c(%g) tc rgb %s front\n",
                     expression, x, y, style.align, style.face, style.size, style.colour);
}

void pt_plot_label_text(struct pt_buffer *out, double x, double y, const char *text,
                        struct pt_plot_style style)
{
    struct pt_buffer quoted = { .bytes = NULL };

    pt_plot_quote(&quoted, text);
    if (quoted.failed) {
        out->failed = true;
    } else {
        pt_plot_label(out, x, y, quoted.bytes, style);
    }
    pt_buffer_free(&quoted);
}

void pt_plot_labels(struct pt_buffer *out, double x, double y, double spacing, const char *name,
                    const struct pt_plot_lines *lines, struct pt_plot_style style)
{
    char variable[64];

    for (size_t i = 0; i < lines->n; i++) {
        snprintf(variable, sizeof variable, "%s%zu", name, i + 1);
        pt_plot_label(out, x, y + (double)i * spacing, variable, style);
    }
}

struct pt_look pt_look_of(const struct pt_look *look)
{
    struct pt_look own = { 0 };
    if (look != NULL) {
        own = *look;
    }
    own.language = own.language != NULL ? own.language : &pt_language_english;
    return own;
}

void pt_plot_open(struct pt_buffer *out, const struct pt_look *look, const char *name,
                  size_t n_colours)
{
    const struct pt_language *language = look->language;

    pt_buffer_text(out, "# ");
    pt_buffer_say(out, language, PT_N("Drawn by paritet. To draw it again:"));
    pt_buffer_text(out, "\n#     gnuplot -e \"format='svg'\" ");
    pt_buffer_say(out, language, PT_N("FILE.gp"));
    pt_buffer_text(out, "      (svg, png, pdf)\n#\n# ---- ");
    pt_buffer_say(out, language, PT_N("What you will want to change"));
    pt_buffer_text(out, "\n\nif (!exists('format')) format = 'svg'\nif (!exists('slug')) slug = ");
    pt_plot_quote(out, name);
    pt_buffer_text(out, "\nif (!exists('pixels')) pixels = 1920   # ");
    pt_buffer_say(out, language, PT_N("width of a png"));
    pt_buffer_text(out, "\n\nfamily   = 'sans-serif'\ntextsize = 10\n");
    pt_plot_palette(out, look, n_colours);
    pt_buffer_text(out, "\n");
}

void pt_plot_heading(struct pt_buffer *out, const struct pt_language *language, const char *words)
{
    pt_buffer_printf(out, "\n# ---- %s\n\n", pt_translate(language, words));
}

/* What keeps the ids of several pictures on one page apart: letters, digits and '_' only. */
static void svg_name(struct pt_buffer *out, const char *name)
{
    pt_buffer_text(out, "p_");
    for (const char *s = name; *s != '\0'; s++) {
        bool plain =
            (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9');
        pt_buffer_add(out, plain ? s : "_", 1);
    }
}

/* A font size of 10 is 10 points of the canvas in every terminal: gnuplot 5.4's svg counts in
 * them, cairo in 1/72 inch at 96 dots per inch. */
void pt_plot_canvas(struct pt_buffer *out, const struct pt_language *language, const char *name,
                    double height)
{
    pt_plot_heading(out, language, PT_N("Canvas: places are in points from the top left corner"));
    pt_buffer_printf(
        out,
        "W = %.1f; H = %g\n"
        "X(x) = x / W\nY(y) = 1 - y / H\n"
        "R(size) = sprintf('%%s,%%.2f', family, size * textsize / 10.0)\n"
        "B(size) = sprintf('%%s Bold,%%.2f', family, size * textsize / 10.0)\n\n"
        "set encoding utf8\n"
        "if (format eq 'png') {\n"
        "    set terminal pngcairo noenhanced background rgb '#ffffff' size pixels,pixels*H/W \\\n"
        "        font R(10) fontscale pixels/960.0 linewidth pixels/W \\\n"
        "        pointscale pixels/W dashlength 1.7\n"
        "} else { if (format eq 'pdf') {\n"
        "    set terminal pdfcairo noenhanced background rgb '#ffffff' size W/100,H/100 \\\n"
        "        font R(10) fontscale 0.54 linewidth 0.72 pointscale 0.72 dashlength 1.7\n"
        "} else {\n"
        "    set terminal svg noenhanced background rgb '#ffffff' size W,H font R(10) name '",
        PT_PLOT_WIDTH, height);
    svg_name(out, name);
    pt_buffer_text(out, "'\n} }\n"
                        "set output slug.'.'.format\n\n"
                        "tickshift = format eq 'svg' ? 0.5 : 0.0\n"
                        "unset key\nset border 1 lw 0.8*hair lc rgb faint\n"
                        "set grid ytics noxtics back lt 1 lw 0.6*hair lc rgb rule\n");
}

void pt_plot_margins(struct pt_buffer *out, const struct pt_plot_frame *frame)
{
    pt_buffer_printf(out,
                     "set lmargin at screen X(%.1f); set rmargin at screen X(%.1f)\n"
                     "set tmargin at screen Y(%.1f); set bmargin at screen Y(%.1f)\n",
                     frame->left, frame->right, frame->top, frame->bottom);
}

bool pt_plot_has_fan(const struct pt_chart *chart)
{
    return chart->n_years > 0 && chart->n_outcomes > 0;
}

void pt_plot_data_heading(struct pt_buffer *out, const struct pt_language *language)
{
    pt_plot_heading(
        out, language,
        PT_N("Data: year and figure; year and the quantiles 0.05 0.10 0.25 0.50 0.75 0.90 0.95"));
}

void pt_plot_picture_heading(struct pt_buffer *out, const struct pt_language *language)
{
    pt_plot_heading(out, language, PT_N("Picture"));
}

/* $observed: year, value, whether the trend is fitted to it. An empty line where the definition
 * changes keeps the line from joining what cannot be compared. */
static void observed(struct pt_buffer *out, const struct pt_chart *chart)
{
    for (size_t i = 0; i < chart->n_points; i++) {
        const struct pt_chart_point *point = &chart->points[i];
        for (size_t b = 0; i > 0 && b < chart->n_breaks; b++) {
            if (chart->breaks[b] > point[-1].year && chart->breaks[b] <= point->year) {
                pt_buffer_text(out, "\n");
                break;
            }
        }
        pt_buffer_printf(out, "%d ", point->year);
        pt_plot_value(out, point->value);
        pt_buffer_printf(out, " %d\n", point->fitted);
    }
}

static const struct pt_chart_point *last_point(const struct pt_chart *chart)
{
    for (size_t i = chart->n_points; i > 0; i--) {
        if (chart->points[i - 1].year == chart->last) {
            return &chart->points[i - 1];
        }
    }
    return NULL;
}

/* The last observation is a certain beginning of the fan. */
static void baseline(struct pt_buffer *out, const struct pt_chart *chart)
{
    const struct pt_chart_point *last = last_point(chart);
    const double *bands = chart->outcomes[0].bands;

    for (size_t h = last != NULL ? 0 : 1; h <= chart->n_years; h++) {
        pt_buffer_printf(out, "%d", chart->last + (int)h);
        for (size_t i = 0; i < PT_BANDS; i++) {
            pt_buffer_text(out, " ");
            pt_plot_value(out, h == 0 ? last->value : bands[(h - 1) * PT_BANDS + i]);
        }
        pt_buffer_text(out, "\n");
    }
}

bool pt_plot_differs(const struct pt_chart *chart, size_t outcome, size_t h, double by)
{
    size_t i = h * PT_BANDS + PT_BANDS / 2;

    return h < chart->n_years &&
           fabs(chart->outcomes[outcome].bands[i] - chart->outcomes[0].bands[i]) > by;
}

void pt_plot_scenario(struct pt_buffer *out, const struct pt_chart *chart, size_t outcome,
                      double by)
{
    const struct pt_chart_point *last = last_point(chart);
    const double *bands = chart->outcomes[outcome].bands;

    if (last != NULL) {
        pt_buffer_printf(out, "%d ", last->year);
        pt_plot_value(out, last->value);
        pt_buffer_printf(out, " %d\n", pt_plot_differs(chart, outcome, 0, by));
    }
    for (size_t h = 0; h < chart->n_years; h++) {
        bool drawn = pt_plot_differs(chart, outcome, h, by) ||
                     pt_plot_differs(chart, outcome, h + 1, by) ||
                     (h > 0 && pt_plot_differs(chart, outcome, h - 1, by));
        pt_buffer_printf(out, "%d ", chart->last + (int)h + 1);
        pt_plot_value(out, bands[h * PT_BANDS + PT_BANDS / 2]);
        pt_buffer_printf(out, " %d\n", drawn);
    }
}

void pt_plot_data(struct pt_buffer *out, const struct pt_chart *chart, size_t k)
{
    pt_buffer_printf(out, "$observed%zu << EOD\n", k);
    observed(out, chart);
    pt_buffer_text(out, "EOD\n");
    if (pt_plot_has_fan(chart)) {
        pt_buffer_printf(out, "$baseline%zu << EOD\n", k);
        baseline(out, chart);
        pt_buffer_text(out, "EOD\n");
    }
}

void pt_plot_axes(struct pt_buffer *out, const struct pt_plot_frame *frame, int year_step,
                  double size, const struct pt_language *language)
{
    const struct pt_plot_axis *axis = &frame->value;
    char number[PT_PLOT_NUMBER];

    pt_buffer_printf(out, "set xrange [%.4f:%.4f]\nset yrange [", frame->year_low,
                     frame->year_high);
    pt_plot_value(out, axis->low);
    pt_buffer_text(out, ":");
    pt_plot_value(out, axis->high);
    /* Tics take a font from a variable, not from a function. */
    pt_buffer_printf(out, "]\ntickfont = R(%g)\n", size);
    pt_buffer_text(out, "set ytics scale 0 offset 0.4,0 (");
    for (size_t i = 0; i < axis->n; i++) {
        pt_buffer_printf(
            out, "%s'%s' ", i > 0 ? ", " : "",
            pt_plot_number(number, pt_plot_axis_tick(axis, i), axis->decimals, language));
        pt_plot_value(out, pt_plot_axis_tick(axis, i));
    }
    pt_buffer_text(
        out, ") font tickfont tc rgb soft\nset xtics scale 0.4 offset 0,tickshift nomirror out (");
    int low = (int)ceil(frame->year_low), high = (int)floor(frame->year_high);
    const char *comma = "";
    for (int year = low; year <= high; year++) {
        if (year % year_step == 0) {
            pt_buffer_printf(out, "%s'", comma);
            if (year <= frame->year_named) {
                pt_buffer_printf(out, "%d", year);
            }
            pt_buffer_printf(out, "' %d", year);
            comma = ", ";
        }
    }
    pt_buffer_text(out, ") font tickfont tc rgb soft\n");
}
