#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* What links join: members found by indicator and place, while the cast is made. */
struct joining {
    struct pt_run *run;
    struct pt_projection **projections; /* [most] those of the run, then the hidden ones */
    size_t n, most;
};

static size_t find(const struct joining *all, const char *indicator, const char *place)
{
    size_t i = 0;
    while (i < all->n && (strcmp(all->projections[i]->subject->indicator->id, indicator) != 0 ||
                          strcmp(all->projections[i]->subject->place, place) != 0)) {
        i++;
    }
    return i;
}

/* The projection that a link starts from, made where nobody asked for it; *n stays where it cannot
 * be made. */
static enum pt_status add_source(struct joining *all, const struct pt_link *link, const char *place,
                                 struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_run *run = all->run;
    const struct pt_indicator *from = pt_model_find(run->model, link->from);
    struct pt_projection *made = PT_NEW(run->arena, struct pt_projection, 1);
    struct pt_diagnostics quiet; /* nobody asked for what is to be said about this one */
    bool fitted = false;
    enum pt_status status = made ? PT_OK : PT_RAISE_NOMEM(err);
    pt_diagnostics_init(&quiet);
    if (status == PT_OK && from && all->n < all->most) {
        status = pt_fit_at(run, from, place, &quiet, made, &fitted, err);
    }
    pt_diagnostics_free(&quiet);
    if (status == PT_OK && fitted && made->last < run->horizon) {
        made->n_years = (size_t)(run->horizon - made->last);
        all->projections[all->n++] = made;
    } else if (status == PT_OK) {
        if (place[0]) {
            pt_diagnose(list, PT_WARNING, link->at, NULL,
                        "link '%s' does nothing at '%s': '%s' cannot be projected there", link->id,
                        place, link->from);
        } else {
            pt_diagnose(list, PT_WARNING, link->at, NULL,
                        "link '%s' does nothing: '%s' cannot be projected", link->id, link->from);
        }
    }
    return status;
}

/* Until no link leads from something that is not there. */
static enum pt_status add_sources(struct joining *all, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    const struct pt_model *model = all->run->model;
    for (size_t i = 0; i < all->n; i++) {
        const struct pt_subject *subject = all->projections[i]->subject;
        for (size_t k = 0; k < model->n_links; k++) {
            const struct pt_link *link = &model->links[k];
            if (strcmp(link->to, subject->indicator->id) == 0 &&
                find(all, link->from, subject->place) == all->n) {
                enum pt_status status = add_source(all, link, subject->place, list, err);
                if (status != PT_OK) {
                    return status;
                }
            }
        }
    }
    return PT_OK;
}

static enum pt_status medians(const struct pt_run *run, struct pt_member *member,
                              struct pt_error *err)
{
    const struct pt_projection *p = member->projection;
    const struct pt_subject *subject = p->subject;
    struct pt_baseline *baseline = &member->baseline;
    *baseline = (struct pt_baseline){ .last = p->last,
                                      .to_horizon = p->n_years,
                                      .after = (size_t)run->options.sustained_years - 1 };
    size_t years = 1 + baseline->to_horizon + baseline->after;
    double *median = PT_NEW(run->arena, double, years);
    double *reference = p->reference_fit ? PT_NEW(run->arena, double, years) : NULL;
    if (!median || (p->reference_fit && !reference)) {
        return PT_RAISE_NOMEM(err);
    }
    median[0] = subject->projected.y[subject->projected.n - 1];
    for (size_t y = 1; y < years; y++) {
        median[y] = pt_fit_curve(&p->fit, p->last + (int)y);
    }
    for (size_t y = 0; y < years && reference; y++) {
        reference[y] = y == 0 ? subject->reference.y[subject->reference.n - 1]
                              : pt_fit_curve(p->reference_fit, p->last + (int)y);
    }
    baseline->median = median;
    baseline->reference = reference;
    return PT_OK;
}

static enum pt_status sources(const struct joining *all, struct pt_cast *cast, size_t i,
                              struct pt_error *err)
{
    const struct pt_model *model = all->run->model;
    struct pt_member *member = &cast->members[i];
    const struct pt_subject *subject = member->projection->subject;
    const struct pt_link **links;
    enum pt_status status =
        pt_links_to(model, subject->indicator, all->run->arena, &links, &member->n_sources, err);
    if (status != PT_OK) {
        return status;
    }
    const char *group = subject->indicator->group;
    member->sources = PT_NEW(all->run->arena, const struct pt_member *, member->n_sources + 1);
    member->to_reference = PT_NEW(all->run->arena, bool, member->n_sources + 1);
    if (!member->sources || !member->to_reference) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t k = 0; k < member->n_sources; k++) {
        size_t from = find(all, links[k]->from, subject->place);
        member->to_reference[k] = links[k]->group && strcmp(links[k]->group, group) != 0;
        member->sources[k] = from < cast->n_members ? &cast->members[from] : NULL;
        if (from < cast->n_members) {
            cast->members[from].feeds = true;
        }
    }
    return PT_OK;
}

/* The members of one place that hang together get one number. */
static void number(struct pt_cast *cast, size_t *group)
{
    for (size_t i = 0; i < cast->n_members; i++) {
        group[i] = i;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < cast->n_members; i++) {
            for (size_t k = 0; k < cast->members[i].n_sources; k++) {
                const struct pt_member *source = cast->members[i].sources[k];
                size_t j = source ? (size_t)(source - cast->members) : i;
                if (group[i] != group[j]) {
                    group[i] = group[j] = group[i] < group[j] ? group[i] : group[j];
                    changed = true;
                }
            }
        }
    }
}

static bool ready(const struct pt_component *component, const struct pt_member *member)
{
    for (size_t k = 0; k < member->n_sources; k++) {
        bool there = !member->sources[k];
        for (size_t i = 0; i < component->n; i++) {
            there |= component->members[i] == member->sources[k];
        }
        if (!there) {
            return false;
        }
    }
    return true;
}

/* The members of a group, sources first, else in the order of the run. */
static enum pt_status order(struct pt_cast *cast, size_t *group, size_t which,
                            struct pt_component *component, struct pt_error *err)
{
    size_t left = 0;
    for (size_t i = 0; i < cast->n_members; i++) {
        left += group[i] == which;
    }
    while (left > 0) {
        size_t before = left;
        for (size_t i = 0; i < cast->n_members; i++) {
            if (group[i] == which && ready(component, &cast->members[i])) {
                component->members[component->n++] = &cast->members[i];
                group[i] = SIZE_MAX; /* taken */
                left--;
            }
        }
        if (left == before) {
            return PT_RAISE(err, PT_EINTERNAL, "the links of the model go in a circle");
        }
    }
    return PT_OK;
}

static enum pt_status components(struct pt_run *run, struct pt_cast *cast, struct pt_error *err)
{
    size_t n = cast->n_members;
    size_t *group = PT_NEW(run->arena, size_t, n + 1);
    struct pt_member **members = PT_NEW(run->arena, struct pt_member *, n + 1);
    cast->components = PT_NEW(run->arena, struct pt_component, n + 1);
    if (!group || !members || !cast->components) {
        return PT_RAISE_NOMEM(err);
    }
    number(cast, group);
    for (size_t i = 0; i < n; i++) {
        if (group[i] == i) { /* a group is called by its first member */
            struct pt_component *component = &cast->components[cast->n_components++];
            component->members = members;
            enum pt_status status = order(cast, group, i, component, err);
            if (status != PT_OK) {
                return status;
            }
            members += component->n;
        }
    }
    return PT_OK;
}

enum pt_status pt_cast_make(struct pt_run *run, bool links, struct pt_diagnostics *list,
                            struct pt_cast *cast, struct pt_error *err)
{
    links = links && run->model->n_links > 0;
    struct joining all = { .run = run,
                           .most =
                               run->n_projections * (1 + (links ? run->model->n_indicators : 0)) };
    all.projections = PT_NEW(run->arena, struct pt_projection *, all.most + 1);
    if (!all.projections) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        all.projections[all.n++] = &run->projections[i];
    }
    enum pt_status status = links ? add_sources(&all, list, err) : PT_OK;
    *cast = (struct pt_cast){ .n_members = all.n };
    cast->members = PT_NEW(run->arena, struct pt_member, all.n + 1);
    if (status == PT_OK && !cast->members) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < all.n && status == PT_OK; i++) {
        cast->members[i].projection = all.projections[i];
        cast->members[i].hidden = i >= run->n_projections;
        status = medians(run, &cast->members[i], err);
    }
    for (size_t i = 0; i < all.n && links && status == PT_OK; i++) {
        status = sources(&all, cast, i, err);
    }
    return status == PT_OK ? components(run, cast, err) : status;
}
