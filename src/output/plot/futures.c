#include "output/plot/futures.h"

#include "output/plot/behind.h"
#include "output/plot/dots.h"

const char *pt_futures_name(const struct pt_chart *chart, size_t outcome,
                            const struct pt_language *language)
{
    const char *title = pt_text_in(&chart->outcomes[outcome].title, language);

    return outcome == 0     ? pt_translate(language, PT_N("Baseline"))
           : *title != '\0' ? title
                            : chart->outcomes[outcome].id;
}

/* A hundred dots in one place say nothing. */
static bool has(const struct pt_facts *facts, size_t at)
{
    const struct pt_chart *chart = &facts->charts[at];
    struct pt_dots dots;

    if (!pt_plot_has_fan(chart) || chart->outcomes[0].counts == NULL) {
        return false;
    }
    pt_dots_make(chart, 0, &dots);
    return (dots.never < PT_DOTS && dots.already < PT_DOTS) || pt_dots_scenario(chart) > 0;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_chart chart = facts->charts[at];
    chart.slug = slug;
    pt_plot_futures(&chart, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_chart *chart = &facts->charts[at];
    size_t outcomes[PT_FUTURES_PANELS] = { 0, pt_dots_scenario(chart) };
    size_t n_panels = outcomes[1] > 0 ? PT_FUTURES_PANELS : 1;

    for (size_t i = 0; i < n_panels; i++) {
        const struct pt_headline *headline = &chart->outcomes[outcomes[i]].headline;
        struct pt_dots dots;
        pt_dots_make(chart, outcomes[i], &dots);
        pt_buffer_text(out, i > 0 ? " " : "");
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("%s: of 100 futures %d reach the target by %d, and %d do not.")
                          : PT_N("%s: of 100 futures %d reach parity by %d, and %d do not."),
                      pt_futures_name(chart, outcomes[i], language), PT_DOTS - dots.never,
                      chart->horizon, dots.never);
        if (dots.already > 0) {
            pt_buffer_text(out, " ");
            pt_buffer_say(out, language, PT_N("There already: %d."), dots.already);
        }
    }
}

static enum pt_status table(const struct pt_facts *facts, size_t at, struct pt_arena *arena,
                            struct pt_table *table, struct pt_error *err)
{
    static const struct pt_column columns[] = {
        { "scenario", PT_N("scenario"), 1 },
        { "from", PT_N("from"), 2 },
        { "to", PT_N("to"), 3 },
        { "futures", PT_N("futures of 100"), 4 },
    };
    const struct pt_chart *chart = &facts->charts[at];
    size_t outcomes[PT_FUTURES_PANELS] = { 0, pt_dots_scenario(chart) };
    size_t n_panels = outcomes[1] > 0 ? PT_FUTURES_PANELS : 1;
    struct pt_behind behind;

    if (!pt_behind_new(&behind, columns, sizeof columns / sizeof *columns,
                       PT_FUTURES_PANELS * (PT_DOTS_BINS + 2), arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < n_panels; i++) {
        struct pt_dots dots;
        pt_dots_make(chart, outcomes[i], &dots);
        for (size_t b = 0; b < dots.n_bins + 2; b++) {
            int from = PT_YEAR_ALREADY, to = PT_YEAR_ALREADY, n = dots.already;
            if (b > dots.n_bins) {
                from = to = PT_YEAR_NEVER;
                n = dots.never;
            } else if (b > 0) {
                pt_dots_years(chart, &dots, b - 1, &from, &to);
                n = dots.bins[b - 1];
            }
            if (i == 0) {
                pt_behind_word(&behind, PT_N("baseline"));
            } else {
                pt_behind_text(&behind, chart->outcomes[outcomes[i]].id);
            }
            pt_behind_year(&behind, from);
            pt_behind_year(&behind, to);
            pt_behind_amount(&behind, n, 0);
        }
    }
    *table = pt_behind_table(&behind, "futures", PT_N("The years of a hundred futures"));
    return PT_OK;
}

const struct pt_picture_kind pt_picture_kind_futures = {
    .name = "futures",
    .title = PT_N("a hundred futures"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
    .table = table,
};
