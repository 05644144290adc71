#include "output/plot/plot.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "output/say/frequency.h"

/* Another sentence, as far as there is room. */
static void append(char text[PT_PLOT_TEXT], const char *sentence)
{
    size_t used = strlen(text);

    snprintf(text + used, PT_PLOT_TEXT - used, "%s%s", used > 0 ? " " : "", sentence);
}

/* As natural frequencies are read more rightly than percentages. */
static void chance(double p, const struct pt_language *language, char text[PT_PLOT_TEXT])
{
    pt_frequency_print(pt_frequency_of(p), language, text);
}

static void headline_never(const struct pt_headline *headline, const struct pt_language *language,
                           unsigned form, char text[PT_PLOT_TEXT])
{
    char often[PT_PLOT_TEXT];

    if (headline->p_never >= 1.0) {
        pt_plot_say(text, language, PT_N("in none of the futures by %d"), headline->horizon);
        return;
    }
    chance(headline->p_never, language, often);
    switch (form) {
    case 0:
        pt_plot_say(text, language, PT_N("not by %d in %s futures"), headline->horizon, often);
        break;
    case 1:
        pt_plot_say(text, language, PT_N("not by %d: %s"), headline->horizon, often);
        break;
    default:
        pt_plot_say(text, language, PT_N("not by %d"), headline->horizon);
    }
}

static void headline_year(const struct pt_headline *headline, const struct pt_language *language,
                          unsigned form, char text[PT_PLOT_TEXT])
{
    char often[PT_PLOT_TEXT], first[PT_PLOT_TEXT];

    if (headline->earliest == PT_YEAR_ALREADY) {
        pt_plot_say(first, language, PT_N("perhaps already"));
    } else {
        pt_plot_say(first, language, PT_N("earliest %d"), headline->earliest);
    }
    chance(1.0 - headline->p_never, language, often);
    switch (form) {
    case 0:
        pt_plot_say(text, language,
                    headline->target ? PT_N("%s; reached by %d in %s futures")
                                     : PT_N("%s; closed by %d in %s futures"),
                    first, headline->horizon, often);
        break;
    case 1:
        pt_plot_say(text, language, PT_N("%s; %s by %d"), first, often, headline->horizon);
        break;
    default: /* rather no year than one without its chance */
        pt_plot_say(text, language, PT_N("%s by %d"), often, headline->horizon);
    }
}

void pt_plot_headline(const struct pt_headline *headline, const struct pt_language *language,
                      unsigned form, char text[PT_PLOT_TEXT])
{
    *text = '\0';
    switch (headline->kind) {
    case PT_HEADLINE_NO_QUESTION:
        break;
    case PT_HEADLINE_ALREADY:
        pt_plot_say(text, language,
                    headline->target ? PT_N("target already met") : PT_N("already at parity"));
        break;
    case PT_HEADLINE_YEAR:
        headline_year(headline, language, form, text);
        break;
    case PT_HEADLINE_MOSTLY_NEVER:
        headline_never(headline, language, form, text);
        break;
    }
}

const char *pt_plot_unit(const struct pt_chart *chart, const struct pt_language *language)
{
    if (chart->gap && chart->gap_unit != NULL) {
        return *chart->gap_unit == '%' ? pt_translate(language, PT_N("per cent")) : chart->gap_unit;
    }
    if (!chart->percent) {
        return pt_text_in(&chart->unit, language);
    }
    /* A published index, such as 100 for equality, is no difference of shares. */
    bool difference = chart->gap && *pt_text_in(&chart->reference, language) != '\0';
    return pt_translate(language, difference ? PT_N("percentage points") : PT_N("per cent"));
}

void pt_plot_target(const struct pt_chart *chart, const struct pt_language *language,
                    char text[PT_PLOT_TEXT])
{
    char number[PT_PLOT_NUMBER];

    pt_plot_number(number, chart->target, chart->decimals, language);
    if (strpbrk(number, ".,") != NULL && strchr(number, 'e') == NULL) {
        size_t n = strlen(number);
        while (chart->decimals > 0 && number[n - 1] == '0') {
            number[--n] = '\0';
        }
        if (number[n - 1] == '.' || number[n - 1] == ',') {
            number[n - 1] = '\0';
        }
    }
    pt_plot_say(text, language, PT_N("%s %s in %d"), number, pt_plot_unit(chart, language),
                chart->target_year);
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* As a word of its own, or in the genitive: "Denmark's", "Danmarks". */
bool pt_title_names(const char *title, const char *place)
{
    size_t n = strlen(place);

    for (const char *at = title; n > 0 && *at != '\0'; at++) {
        if ((at == title || !in_word(at[-1])) && strncasecmp(at, place, n) == 0 &&
            (!in_word(at[n]) || (at[n] == 's' && !in_word(at[n + 1])))) {
            return true;
        }
    }
    return n == 0;
}

void pt_title_with_place(struct pt_buffer *out, const char *title, const char *place)
{
    pt_buffer_text(out, title);
    if (!pt_title_names(title, place)) {
        pt_buffer_text(out, ", ");
        pt_buffer_text(out, place);
    }
}

void pt_plot_title(const struct pt_chart *chart, const struct pt_language *language,
                   char text[PT_PLOT_TEXT])
{
    const char *title = pt_text_in(&chart->title, language);
    const char *place = pt_text_in(&chart->place_title, language);

    title = *title != '\0' ? title : chart->id;
    if (pt_title_names(title, place)) {
        snprintf(text, PT_PLOT_TEXT, "%s", title);
    } else {
        snprintf(text, PT_PLOT_TEXT, "%s, %s", title, place);
    }
}

void pt_plot_axis_title(const struct pt_chart *chart, const struct pt_language *language,
                        bool signs, char text[PT_PLOT_TEXT])
{
    const char *unit = pt_plot_unit(chart, language);
    const char *group = pt_text_in(&chart->group, language);
    const char *reference = pt_text_in(&chart->reference, language);

    if (chart->gap && *reference != '\0' && *unit != '\0') {
        pt_plot_say(text, language, PT_N("gap in %s: %s against %s"), unit, group, reference);
    } else if (chart->gap && *reference != '\0') {
        pt_plot_say(text, language, PT_N("gap: %s against %s"), group, reference);
    } else {
        snprintf(text, PT_PLOT_TEXT, "%s%s%s", unit, *unit && *group ? ", " : "", group);
    }
    if (signs && chart->gap && *reference != '\0') {
        char sign[PT_PLOT_TEXT];
        append(text, pt_plot_say(sign, language, PT_N("(below 0: %s ahead)"), group));
    }
}

void pt_plot_fan_words(const struct pt_chart *chart, const struct pt_language *language,
                       bool dashed, char text[PT_PLOT_TEXT])
{
    char draws[PT_PLOT_NUMBER];

    *text = '\0';
    if (!pt_plot_has_fan(chart)) {
        return;
    }
    pt_plot_number(draws, (double)chart->draws, 0, language);
    if (!dashed) {
        pt_plot_say(text, language, PT_N("Median and the middle 50, 80 and 90 %% of %s futures"),
                    draws);
        return;
    }
    pt_plot_say(text, language,
                PT_N("Fan: the baseline's median and the middle 50, 80 and 90 %% of %s futures. "
                     "Dashed: each scenario's median where it differs."),
                draws);
    if (chart->n_outcomes > PT_PLOT_OUTCOMES) {
        char more[PT_PLOT_TEXT];
        pt_plot_say(more, language, PT_N("Shown: %d of %zu scenarios."), PT_PLOT_OUTCOMES - 1,
                    chart->n_outcomes - 1);
        append(text, more);
    }
}

void pt_plot_source(const struct pt_chart *chart, const struct pt_language *language,
                    char text[PT_PLOT_TEXT])
{
    *text = '\0';
    if (chart->source != NULL && *chart->source != '\0') {
        pt_plot_say(text, language, PT_N("Source: %s"), chart->source);
    }
}

/* "2009, 2014" */
static void break_years(const struct pt_chart *chart, char text[PT_PLOT_TEXT])
{
    size_t used = 0;

    *text = '\0';
    for (size_t i = 0; i < chart->n_breaks && used + 16 < PT_PLOT_TEXT; i++) {
        used += (size_t)snprintf(text + used, PT_PLOT_TEXT - used, "%s%d", i > 0 ? ", " : "",
                                 chart->breaks[i]);
    }
}

void pt_plot_notes(const struct pt_chart *chart, const struct pt_language *language,
                   struct pt_plot_remarks remarks, char text[PT_PLOT_TEXT])
{
    char part[PT_PLOT_TEXT], target[PT_PLOT_TEXT], years[PT_PLOT_TEXT];
    bool hollow = false;

    *text = '\0';
    for (size_t i = 0; i < chart->n_points; i++) {
        hollow |= !chart->points[i].fitted;
    }
    if (pt_plot_has_fan(chart)) {
        append(text, pt_plot_say(part, language, PT_N("Projection: paritet, trend type %s."),
                                 pt_translate(language, chart->family ? chart->family : "?")));
    }
    if (hollow) {
        append(text, pt_plot_say(part, language, PT_N("Hollow points are not part of the trend.")));
    }
    if (remarks.parity) {
        append(text,
               pt_plot_say(part, language, PT_N("A scenario takes the gap to parity at most.")));
    }
    if (remarks.target) {
        pt_plot_target(chart, language, target);
        append(text, pt_plot_say(part, language, PT_N("Diamond: target %s."), target));
    }
    if (remarks.breaks) {
        break_years(chart, years);
        append(text, pt_plot_say(part, language, PT_N("Dotted: breaks in the series, %s."), years));
    }
    if (remarks.beyond) {
        append(text, pt_plot_say(part, language, PT_N("The fan runs on beyond the picture.")));
    }
}
