/* Links between indicators: what can be written, and what one can have wrong by itself. */
#include <stddef.h>
#include <string.h>

#include "barometer/model_table.h"

#define AT(member) offsetof(struct pt_file_link, member)
#define PER_UNIT                                                                          \
    (PT_UNITS(PT_UNIT_PP_PP) | PT_UNITS(PT_UNIT_PP_POINT) | PT_UNITS(PT_UNIT_POINTS_PP) | \
     PT_UNITS(PT_UNIT_POINTS_POINT))
#define COMPLAIN(m, node, ...) \
    pt_spot_report((m)->checker.list, PT_ERROR, &(node)->spot, __VA_ARGS__)

static const char *const whom[] = { "group", "entrants", NULL };
/* as enum pt_confidence */
static const char *const confidences[] = { "high", "medium", "low", NULL };

static const struct pt_field fields[] = {
    { .key = "id",
      .kind = PT_KIND_ID,
      .offset = AT(id),
      .doc = PT_N("The name of the link in tables; FROM-TO where it is left out.") },
    { .key = "from",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(from),
      .doc = PT_N("The indicator that moves first, by its id.") },
    { .key = "to",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(to),
      .doc = PT_N("The indicator that follows, by its id.") },
    { .key = "group",
      .kind = PT_KIND_WORD,
      .offset = AT(group),
      .doc = PT_N("The group of 'to' whose figure follows; the indicator's own where it is left "
                  "out.") },
    { .key = "effect",
      .kind = PT_KIND_EFFECT,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_ANY_UNIT,
      .units = PER_UNIT,
      .offset = AT(effect),
      .doc = PT_N("How far the figure of 'to' follows for each unit by which that of 'from' has "
                  "left its baseline.") },
    { .key = "delay",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_RANGE | PT_FIELD_WHOLE,
      .least = 0,
      .most = 100,
      .units = PT_UNITS(PT_UNIT_YEARS),
      .offset = AT(delay),
      .fallback = "0 years",
      .doc = PT_N("Whole years by which it follows later.") },
    { .key = "acts-on",
      .kind = PT_KIND_CHOICE,
      .choices = whom,
      .offset = AT(acts_on),
      .fallback = "group",
      .doc = PT_N("Whether the whole group follows, or only those who newly enter it.") },
    { .key = "turnover",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE | PT_FIELD_MOST,
      .least = 0,
      .most = 100,
      .units = PT_UNITS(PT_UNIT_PERCENT_YEAR),
      .offset = AT(turnover),
      .doc = PT_N("The share of the group that is replaced every year; goes with 'acts-on: "
                  "entrants'.") },
    { .key = "source",
      .kind = PT_KIND_TEXT,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(source),
      .doc = PT_N("The study, or whose assumption it is."),
      .missing = PT_N("'source' is missing in links; name the study, or say whose assumption the "
                      "effect is") },
    { .key = "confidence",
      .kind = PT_KIND_CHOICE,
      .choices = confidences,
      .offset = AT(confidence),
      .doc = PT_N("How sure the effect is, which sets its chance-of-none; required where that is "
                  "left out.") },
    { .key = NULL },
};
const struct pt_schema pt_link_schema = {
    "links", PT_N("What follows in one indicator when another leaves its baseline."),
    sizeof(struct pt_file_link), fields
};

/* ------------------------------------------------------------------ one link */

static const struct pt_node *head(const struct pt_file_link *link)
{
    const struct pt_node *first = link->at->first != NULL ? link->at->first->key : link->at;
    return link->id.at != NULL ? link->id.at : first;
}

static struct pt_place place_of(const struct pt_node *at, const struct pt_node *otherwise)
{
    return pt_spot_place(&(at != NULL ? at : otherwise)->spot);
}

/* An effect that is in no unit of links: the one that fits is named where its ends are known. */
static void report_unit(struct pt_making *m, const struct pt_file_link *link)
{
    static const enum pt_unit units[2][2] = { { PT_UNIT_POINTS_POINT, PT_UNIT_POINTS_PP },
                                              { PT_UNIT_PP_POINT, PT_UNIT_PP_PP } };
    const struct pt_effect_value *effect = &link->effect;
    const struct pt_indicator *from =
        link->from.value == NULL ? NULL : pt_model_find(m->model, link->from.value);
    const struct pt_indicator *to =
        link->to.value == NULL ? NULL : pt_model_find(m->model, link->to.value);
    bool fits = from != NULL && to != NULL && from->unit != NULL && to->unit != NULL;
    if (fits && effect->unit_at == NULL) {
        COMPLAIN(m, effect->at,
                 "the effect has no unit; a link from '%s' (%s) to '%s' (%s) is in %s, so write "
                 "that",
                 from->id, from->unit, to->id, to->unit,
                 pt_unit_name(units[to->percent][from->percent]));
    } else if (fits) {
        COMPLAIN(m, effect->unit_at,
                 "the effect is in %s, but a link from '%s' (%s) to '%s' (%s) is in %s; write that",
                 pt_unit_name(effect->unit), from->id, from->unit, to->id, to->unit,
                 pt_unit_name(units[to->percent][from->percent]));
    } else if (effect->unit_at == NULL) {
        COMPLAIN(m, effect->at,
                 "the effect has no unit; add how much of 'to' per unit of 'from', such as 'unit: "
                 "pp per point'");
    } else {
        COMPLAIN(m, effect->unit_at,
                 "the effect of a link is in %s; write how much of 'to' per unit of 'from', such "
                 "as pp per point",
                 pt_unit_name(effect->unit));
    }
}

static void set_effect(struct pt_making *m, const struct pt_file_link *from, struct pt_link *to)
{
    const struct pt_effect_value *effect = &from->effect;
    /* between the two others where a chance is written instead */
    to->confidence = from->confidence.at != NULL ? (enum pt_confidence)from->confidence.value
                                                 : PT_CONFIDENCE_MEDIUM;
    to->effect_at = place_of(effect->at, head(from));
    if (effect->at == NULL) {
        return;
    }
    to->effect = effect->value;
    to->effect_unit = effect->unit;
    if (effect->unit_at == NULL || (PT_UNITS(effect->unit) & PER_UNIT) == 0) {
        report_unit(m, from);
    }
    if (!effect->has_chance) {
        to->effect.chance_of_none = pt_confidence_chance_of_none(to->confidence);
    }
    if (!effect->has_chance && pt_node_find(from->at, "confidence") == NULL) {
        COMPLAIN(m, head(from),
                 "how sure is the effect? write 'confidence: low', 'medium' or 'high', or a "
                 "chance-of-none in the effect");
    }
}

static void set_entrants(struct pt_making *m, const struct pt_file_link *from, struct pt_link *to)
{
    const struct pt_node *turnover = pt_node_find(from->at, "turnover");
    bool entrants = from->acts_on.value == 1;
    to->turnover = entrants ? from->turnover.value.value / 100 : 0;
    if (entrants && turnover == NULL) {
        COMPLAIN(m, from->acts_on.at,
                 "'acts-on: entrants' needs to know how fast the group is replaced; write such as "
                 "'turnover: 2.5 %%/year'");
    } else if (!entrants && turnover != NULL &&
               (from->acts_on.at != NULL || pt_node_find(from->at, "acts-on") == NULL)) {
        COMPLAIN(m, turnover->key,
                 "'turnover' goes with 'acts-on: entrants' only; add that, or leave it out");
    }
}

static void set_names(struct pt_making *m, const struct pt_file_link *from, struct pt_link *to)
{
    to->at = pt_spot_place(&head(from)->spot);
    to->from = from->from.value;
    to->to = from->to.value;
    to->group = from->group.value;
    to->from_at = place_of(from->from.at, head(from));
    to->to_at = place_of(from->to.at, head(from));
    to->group_at = place_of(from->group.at, head(from));
    to->id = from->id.value;
    if (to->from == NULL || to->to == NULL) {
        return;
    }
    if (strcmp(to->from, to->to) == 0) {
        COMPLAIN(m, from->to.at, "a link leads from '%s' to itself; name another indicator",
                 to->from);
    }
    if (pt_node_find(from->at, "id") == NULL) {
        to->id = pt_arena_printf(m->checker.arena, "%s-%s", to->from, to->to);
        m->checker.no_memory |= to->id == NULL;
    }
}

/* Written ids are unique by their table; those that were made may still meet one. */
static void check_id(struct pt_making *m, const struct pt_file_link *from, size_t i)
{
    const struct pt_link *links = m->model->links;
    const struct pt_file_link *all = from - i;
    for (size_t k = 0; k < i; k++) {
        bool written = from->id.at != NULL && all[k].id.at != NULL;
        if (!written && links[i].id != NULL && links[k].id != NULL &&
            strcmp(links[i].id, links[k].id) == 0) {
            COMPLAIN(m, head(from), "link '%s' is already on line %zu; give each its own 'id'",
                     links[i].id, head(&all[k])->spot.line);
            return;
        }
    }
}

void pt_making_links(struct pt_making *m)
{
    const struct pt_list_value *list = &m->file->links;
    m->model->links = PT_NEW(m->checker.arena, struct pt_link, list->n > 0 ? list->n : 1);
    m->checker.no_memory |= m->model->links == NULL;
    for (size_t i = 0; i < list->n && !m->checker.no_memory; i++) {
        const struct pt_file_link *from = &ITEMS(*list, struct pt_file_link)[i];
        struct pt_link *to = &m->model->links[m->model->n_links++];
        set_names(m, from, to);
        set_effect(m, from, to);
        set_entrants(m, from, to);
        to->delay = (int)from->delay.value.value;
        to->source = from->source.value;
        check_id(m, from, i);
    }
}
