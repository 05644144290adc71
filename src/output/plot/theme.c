#include <string.h>

#include "output/plot/plot.h"

static const char *const names[] = { [PT_THEME_LIGHT] = "light", [PT_THEME_PRINT] = "print" };

bool pt_theme_find(const char *name, enum pt_theme *theme)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *theme = (enum pt_theme)i;
            return true;
        }
    }
    return false;
}

/* Okabe & Ito (2008), "Color Universal Design": told apart by colour-blind readers. On a screen blue
 * is the fan's, bluish green the goal's; sky blue and yellow would drown in the fan or on white. On
 * paper the fan is grey, and what lies upon it keeps its hue, but is dark enough for a copier. */
static const struct colour {
    const char *name, *light, *print;
} palette[] = {
    { "fan90", "#dcebf5", "#e6e6e6" },    { "fan80", "#b5d6ea", "#cccccc" },
    { "fan50", "#85bbdc", "#b0b0b0" },    { "middle", "#005b94", "#000000" },
    { "fantext", "#003a5e", "#000000" },  { "goal", "#009e73", "#00684c" },
    { "goalfill", "#d3ece3", "#edf5f1" }, { "goaltext", "#00684c", "#004d38" },
    { "ink", "#1a1a1a", "#000000" },      { "soft", "#4d4d4d", "#262626" },
    { "faint", "#757575", "#4d4d4d" },    { "pale", "#a8a8a8", "#7a7a7a" },
    { "since", "#b8b8b8", "#8c8c8c" },    { "rule", "#e2e2e2", "#d0d0d0" },
    { "paper", "#ffffff", "#ffffff" },
};

/* Of scenarios, and of words in the same hue that can be read on white. */
static const struct {
    struct colour line, text;
} scenarios[] = {
    { { .light = "#d55e00", .print = "#b34700" }, { .light = "#a84400", .print = "#8a3600" } },
    { { .light = "#cc79a7", .print = "#0072b2" }, { .light = "#943d6c", .print = "#00527f" } },
    { { .light = "#e69f00", .print = "#a3527f" }, { .light = "#8a5a00", .print = "#7d3159" } },
    { { .light = "#000000", .print = "#4d4d4d" }, { .light = "#1a1a1a", .print = "#333333" } },
};
#define N_SCENARIOS (sizeof scenarios / sizeof *scenarios)

void pt_plot_colour(struct pt_buffer *out, const char *name, const char *light, const char *print)
{
    pt_buffer_printf(out, "%-8s = C('%s', '%s')\n", name, light, print);
}

void pt_plot_palette(struct pt_buffer *out, const struct pt_look *look, size_t n_colours)
{
    char name[32];

    pt_buffer_printf(out, "if (!exists('theme')) theme = '%s'\n\n# ", names[look->theme]);
    pt_buffer_say(out, look->language,
                  PT_N("Colours and thin lines: with theme 'light', and with 'print'"));
    pt_buffer_text(out, "\nC(light, print) = theme eq 'print' ? print : light\n");
    for (size_t i = 0; i < sizeof palette / sizeof *palette; i++) {
        pt_plot_colour(out, palette[i].name, palette[i].light, palette[i].print);
    }
    for (size_t i = 0; i < n_colours; i++) {
        const struct colour *line = &scenarios[i % N_SCENARIOS].line;
        const struct colour *text = &scenarios[i % N_SCENARIOS].text;
        snprintf(name, sizeof name, "line%zu", i + 1);
        pt_plot_colour(out, name, line->light, line->print);
        snprintf(name, sizeof name, "text%zu", i + 1);
        pt_plot_colour(out, name, text->light, text->print);
    }
    pt_buffer_text(out, "hair     = C(1.0, 1.5)\n");
}
