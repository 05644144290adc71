/* All indicators at all places on one page. */
#include "output/plot/plot.h"

static bool has(const struct pt_facts *facts, size_t at)
{
    (void)at;
    return facts->n_charts > 0;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    const struct pt_multiples all = {
        .slug = slug,
        .title = pt_text_in(&facts->run->model->title, pt_look_of(look).language),
        .n = facts->n_charts,
        .charts = facts->charts,
    };
    (void)at;
    pt_plot_multiples(&all, look, out);
}

/* Each title with the answer below it. */
static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    char title[PT_PLOT_TEXT], answer[PT_PLOT_TEXT];

    (void)at;
    pt_buffer_say(out, language, PT_N("%zu indicators in small, if nothing new is done."),
                  facts->n_charts);
    for (size_t i = 0; i < facts->n_charts; i++) {
        const struct pt_chart *chart = &facts->charts[i];
        *answer = '\0';
        if (pt_plot_has_fan(chart)) {
            pt_plot_headline(&chart->outcomes[0].headline, language, 0, answer);
        }
        pt_plot_title(chart, language, title);
        pt_buffer_printf(out, " %s%s%s.", title, *answer != '\0' ? ": " : "", answer);
    }
}

const struct pt_picture_kind pt_picture_kind_overview = {
    .name = "overview",
    .title = PT_N("all indicators"),
    .of = PT_PICTURE_OF_RUN,
    .has = has,
    .draw = draw,
    .say = say,
};
