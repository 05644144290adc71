#include <string.h>

#include <paritet/scenario.h>

static size_t number_of(const struct pt_model *model, const char *id)
{
    size_t i = 0;
    while (i < model->n_indicators && strcmp(model->indicators[i]->id, id) != 0) {
        i++;
    }
    return i;
}

static bool is_reference(const struct pt_indicator *indicator, const char *group)
{
    return group && strcmp(group, indicator->group) != 0;
}

/* Link after link, until nothing more follows; only the group's figure leads on. */
void pt_lever_moves(const struct pt_model *model, const struct pt_lever *lever, bool (*moved)[2])
{
    memset(moved, 0, model->n_indicators * sizeof *moved);
    size_t own = number_of(model, lever->indicator);
    if (own == model->n_indicators) {
        return;
    }
    moved[own][is_reference(model->indicators[own], lever->group)] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t k = 0; k < model->n_links; k++) {
            const struct pt_link *link = &model->links[k];
            size_t from = number_of(model, link->from), to = number_of(model, link->to);
            if (from < model->n_indicators && to < model->n_indicators && moved[from][0]) {
                bool *figure = &moved[to][is_reference(model->indicators[to], link->group)];
                more |= !*figure;
                *figure = true;
            }
        }
    }
}
