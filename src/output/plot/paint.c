#include "output/plot/plot.h"

#include <math.h>

bool pt_plot_strip(const struct pt_chart *chart, const struct pt_plot_frame *frame, double *low,
                   double *high)
{
    if (!chart->has_parity || isnan(chart->parity_low) || isnan(chart->parity_high)) {
        return false;
    }
    *low = fmax(chart->parity_low, frame->value.low);
    *high = fmin(chart->parity_high, frame->value.high);
    return *low <= *high;
}

void pt_plot_rectangle(struct pt_buffer *out, bool strip, double low, double high)
{
    if (strip && low < high) {
        pt_buffer_text(out, "set object rectangle from graph 0, first ");
        pt_plot_value(out, low);
        pt_buffer_text(out, " to graph 1, first ");
        pt_plot_value(out, high);
        pt_buffer_text(out, " behind fs solid 1 noborder fc rgb goalfill\n");
    }
}

void pt_plot_draw_fan(struct pt_buffer *out, size_t k)
{
    static const char *const columns[] = { "2:8", "3:7", "4:6" };
    static const char *const colours[] = { "fan90", "fan80", "fan50" };

    for (size_t i = 0; i < 3; i++) {
        pt_buffer_printf(out,
                         "    $baseline%zu using 1:%s with filledcurves fs solid 1 noborder "
                         "fc rgb %s, \\\n",
                         k, columns[i], colours[i]);
    }
}

void pt_plot_draw_goal(struct pt_buffer *out, double low, double high)
{
    if (low == high) {
        pt_buffer_text(out, "    ");
        pt_plot_value(out, low);
        pt_buffer_text(out, " with lines lw 1.4 lc rgb goal, \\\n");
        return;
    }
    for (int i = 0; i < 2; i++) {
        pt_buffer_text(out, "    ");
        pt_plot_value(out, i == 0 ? low : high);
        pt_buffer_text(out, " with lines lw 0.8*hair lc rgb goal, \\\n");
    }
}

void pt_plot_draw_observed(struct pt_buffer *out, const struct pt_chart *chart, size_t k,
                           double size)
{
    size_t n_fitted = 0;

    for (size_t i = 0; i < chart->n_points; i++) {
        n_fitted += chart->points[i].fitted;
    }
    if (n_fitted < chart->n_points) {
        pt_buffer_printf(out,
                         "    $observed%zu using 1:2 with lines lw 1.1*hair lc rgb pale, \\\n"
                         "    $observed%zu using 1:($3 == 1 ? NaN : $2) with points pt 7 ps %g "
                         "lc rgb paper, \\\n"
                         "    $observed%zu using 1:($3 == 1 ? NaN : $2) with points pt 6 ps %g "
                         "lw 1 lc rgb faint, \\\n",
                         k, k, size, k, size);
    }
    if (n_fitted > 0) {
        pt_buffer_printf(out,
                         "    $observed%zu using 1:($3 == 1 ? $2 : NaN) with linespoints pt 7 "
                         "ps %g lw 1.5 lc rgb ink, \\\n",
                         k, size);
    }
}
