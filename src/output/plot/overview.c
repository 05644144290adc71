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

const struct pt_picture_kind pt_picture_kind_overview = {
    .name = "overview",
    .title = PT_N("all indicators"),
    .of = PT_PICTURE_OF_RUN,
    .has = has,
    .draw = draw,
};
