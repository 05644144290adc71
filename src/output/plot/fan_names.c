/* What scenarios are called at the ends of their lines. */
#include <string.h>

#include "output/plot/fan.h"

const char *pt_fan_name(const struct pt_fan *fan, size_t outcome)
{
    const struct pt_chart_outcome *from = &fan->chart->outcomes[outcome];
    const char *name = pt_text_in(&from->title, fan->language);

    if (*name == '\0') {
        return outcome == 0 ? pt_translate(fan->language, PT_N("Baseline")) : from->id;
    }
    return name;
}

/* Whether the name of another scenario comes out the same, so that neither says which it is. */
static bool looks_like_another(const struct pt_fan *fan, size_t outcome,
                               const struct pt_fan_detail *detail,
                               const struct pt_plot_lines *lines)
{
    struct pt_plot_lines other;

    for (size_t k = 1; k < fan->n_outcomes; k++) {
        if (k == outcome || fan->same_as[k] != k) {
            continue;
        }
        pt_plot_wrap_evenly(pt_fan_name(fan, k), PT_FAN_COLUMN, detail->size, true,
                            detail->name_lines, &other);
        if (pt_plot_lines_equal(&other, lines)) {
            return true;
        }
    }
    return false;
}

size_t pt_fan_names(const struct pt_fan *fan, size_t first, const struct pt_fan_detail *detail,
                    struct pt_plot_lines *lines)
{
    char text[PT_PLOT_TEXT] = "";
    size_t n = 0, used = 0;

    for (size_t k = 1; k < fan->n_outcomes && used < sizeof text; k++) {
        if (fan->same_as[k] == first) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", n > 0 ? ", " : "",
                                     pt_fan_name(fan, k));
            n++;
        }
    }
    if (n > 1 && n + 1 == fan->chart->n_outcomes) {
        pt_plot_say(text, fan->language, PT_N("All scenarios"));
    }
    size_t most = detail->name_lines + (n > 1 && detail->name_lines > 1);
    pt_plot_wrap_evenly(text, PT_FAN_COLUMN, detail->size, true, most, lines);
    if (n == 1 && lines->cut && first > 0 && looks_like_another(fan, first, detail, lines)) {
        pt_plot_wrap_end(text, PT_FAN_COLUMN, detail->size, true, most, lines);
    }
    if (n > 1 && lines->cut) {
        pt_plot_say(text, fan->language, PT_N("%d scenarios"), (int)n);
        pt_plot_wrap(text, PT_FAN_COLUMN, detail->size, true, 1, lines);
    }
    return n;
}
