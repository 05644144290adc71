#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "output/say/explain.h"

/* What each scenario will do, programme by programme: those whose effect is least sure first. */

/* A source that says itself that it is none. */
static bool is_assumption(const struct pt_text *source)
{
    static const char *const words[] = { "assum", "antag", NULL };
    const char *texts[] = { source->da, source->en };
    for (size_t t = 0; t < 2; t++) {
        for (const char *at = texts[t]; at && *at; at++) {
            for (size_t w = 0; words[w]; w++) {
                if (strncasecmp(at, words[w], strlen(words[w])) == 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

int pt_lever_doubt(const struct pt_lever *lever)
{
    return lever->has_confidence && lever->confidence == PT_CONFIDENCE_LOW ? 0
           : is_assumption(&lever->source)                                 ? 1
                                                                           : 2;
}

static void put(const struct pt_explaining *lines, struct pt_buffer *line, size_t level)
{
    lines->put(lines->user, level, line->n > 0 ? line->bytes : "", line->failed);
    pt_buffer_free(line);
    *line = (struct pt_buffer){ 0 };
}

static const char *text_or(const struct pt_explaining *lines, const struct pt_text *text,
                           const char *id)
{
    const char *title = pt_text_in(text, lines->language);
    return title[0] != '\0' ? title : id;
}

static const char *title_of(const struct pt_explaining *lines, const struct pt_lever *lever)
{
    return text_or(lines, &lever->title, lever->id);
}

/* As it is called in lists: titles are for readers of the note, ids for those who write the files. */
static const char *name_of(const struct pt_explaining *lines, const struct pt_lever *lever)
{
    return lines->titles ? title_of(lines, lever) : lever->id;
}

/* The name and how sure it is. */
static void say_name(const struct pt_explaining *lines, const struct pt_lever *first,
                     struct pt_buffer *line)
{
    const char *title = title_of(lines, first);
    pt_buffer_text(line, lines->titles ? title : first->id);
    if (!lines->titles && strcmp(title, first->id) != 0) {
        pt_buffer_printf(line, ", %s", title);
    }
    pt_buffer_text(line, " (");
    pt_sentence_confidence(first, lines->language, line);
    pt_buffer_text(line, ")");
}

static void say_subject(const struct pt_explaining *lines, const struct pt_model *model,
                        const struct pt_lever *lever, struct pt_buffer *line)
{
    const struct pt_indicator *indicator = pt_model_find(model, lever->indicator);
    const struct pt_group *group = pt_model_group(model, lever->group);
    const char *title = lever->indicator, *whose = lever->group;
    if (lines->titles && indicator != NULL) {
        title = pt_text_in(&indicator->title, lines->language);
    }
    if (lines->titles && group != NULL) {
        whose = pt_text_in(&group->title, lines->language);
    }
    pt_buffer_printf(line, "%s, %s%s%s: ", title, whose, lever->place ? ", " : "",
                     lever->place ? lever->place : "");
    pt_sentence_lever(lever, indicator, lines->language, line);
}

void pt_explain_programme(const struct pt_explaining *lines, const struct pt_model *model,
                          const struct pt_scenario *scenario, const struct pt_lever *first)
{
    struct pt_buffer line = { 0 };
    say_name(lines, first, &line);
    put(lines, &line, 1);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->entry == first->entry) {
            say_subject(lines, model, lever, &line);
            put(lines, &line, 2);
        }
    }
    if (first->n_costs == 0 && lines->titles && first->kind->effect_in != PT_EFFECT_NONE) {
        pt_buffer_say(&line, lines->language, PT_N("No cost is written."));
        put(lines, &line, 2);
    }
    if (first->n_costs > 0) {
        pt_sentence_cost(first, lines->language, &line);
        put(lines, &line, 2);
    }
    pt_buffer_say(&line, lines->language, PT_N("Source: %s"),
                  pt_text_in(&first->source, lines->language));
    put(lines, &line, 2);
}

/* ------------------------------------------------------------------ what it is built on */

static bool has_lever(const struct pt_scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (strcmp(scenario->levers[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_name(struct pt_buffer *list, const char *id)
{
    pt_buffer_printf(list, "%s'%s'", list->n > 0 ? ", " : "", id);
}

static void add_part(struct pt_buffer *line, const struct pt_explaining *lines, const char *format,
                     struct pt_buffer *list)
{
    if (list->n > 0) {
        pt_buffer_text(line, "; ");
        pt_buffer_say(line, lines->language, format, list->bytes);
    }
    line->failed |= list->failed;
    pt_buffer_free(list);
}

/* The base, as it is read by itself: what is not in this scenario was dropped. */
static void say_base(const struct pt_explaining *lines, const struct pt_scenario *scenario,
                     const struct pt_scenario *base)
{
    struct pt_buffer line = { 0 }, same = { 0 }, changed = { 0 }, added = { 0 }, dropped = { 0 };
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (i == 0 || lever->entry != scenario->levers[i - 1].entry) {
            add_name(!has_lever(base, lever->id) ? &added
                     : lever->changes_base       ? &changed
                                                 : &same,
                     name_of(lines, lever));
        }
    }
    for (size_t i = 0; i < base->n_levers; i++) {
        if (!has_lever(scenario, base->levers[i].id) &&
            (i == 0 || base->levers[i].entry != base->levers[i - 1].entry)) {
            add_name(&dropped, name_of(lines, &base->levers[i]));
        }
    }
    pt_buffer_say(&line, lines->language, PT_N("Built on '%s'"),
                  lines->titles ? text_or(lines, &base->title, base->id) : base->id);
    add_part(&line, lines, PT_N("as there: %s"), &same);
    add_part(&line, lines, PT_N("changed: %s"), &changed);
    add_part(&line, lines, PT_N("added: %s"), &added);
    add_part(&line, lines, PT_N("left out: %s"), &dropped);
    pt_buffer_text(&line, ".");
    put(lines, &line, 1);
}

void pt_explain_base(const struct pt_explaining *lines, const struct pt_scenario *scenario)
{
    struct pt_diagnostics list; /* it was read before: nothing new can be wrong with it */
    struct pt_scenario *base = NULL;
    struct pt_error err;
    if (!scenario->based_on) {
        return;
    }
    pt_diagnostics_init(&list);
    enum pt_status status = pt_scenario_read(scenario->based_on, &base, &list, &err);
    if (status == PT_OK) {
        say_base(lines, scenario, base);
    } else if (status == PT_ENOMEM) {
        lines->put(lines->user, 1, "", true);
    }
    pt_scenario_free(base);
    pt_diagnostics_free(&list);
}

/* ------------------------------------------------------------------ all of it */

/* Whether two levers share a group of an indicator, so that overlap means something. */
static bool overlaps(const struct pt_scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(scenario->levers[i].indicator, scenario->levers[k].indicator) == 0 &&
                strcmp(scenario->levers[i].group, scenario->levers[k].group) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool names(const struct pt_scenario *scenario, const char *indicator)
{
    bool named = false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        named |= strcmp(scenario->levers[i].indicator, indicator) == 0;
    }
    return named;
}

/* What no lever names but links lead to. */
static void say_carried(const struct pt_explaining *lines, const struct pt_model *model,
                        const struct pt_scenario *scenario)
{
    struct pt_buffer line = { 0 }, list = { 0 };
    size_t n = model->n_indicators;
    bool(*moved)[2] = calloc(n + 1, sizeof *moved), *all = calloc(n + 1, sizeof *all);
    for (size_t i = 0; moved && all && i < scenario->n_levers; i++) {
        pt_lever_moves(model, &scenario->levers[i], moved);
        for (size_t k = 0; k < n; k++) {
            all[k] |= moved[k][0] || moved[k][1];
        }
    }
    for (size_t k = 0; moved && all && k < n; k++) {
        if (all[k] && !names(scenario, model->indicators[k]->id)) {
            const struct pt_indicator *indicator = model->indicators[k];
            add_name(&list, lines->titles ? text_or(lines, &indicator->title, indicator->id)
                                          : indicator->id);
        }
    }
    if (list.n > 0) {
        pt_buffer_say(&line, lines->language, PT_N("By links of the model it also moves %s."),
                      list.bytes);
        put(lines, &line, 1);
    }
    if (!moved || !all || list.failed) {
        line.failed = true;
        put(lines, &line, 1);
    }
    free(moved);
    free(all);
    pt_buffer_free(&list);
    pt_buffer_free(&line);
}

void pt_explain_rest(const struct pt_explaining *lines, const struct pt_model *model,
                     const struct pt_scenario *scenario)
{
    struct pt_buffer line = { 0 };
    if (overlaps(scenario)) {
        pt_sentence_overlap(scenario->overlap, lines->language, &line);
        put(lines, &line, 1);
    }
    say_carried(lines, model, scenario);
    if (scenario->n_levers == 0) {
        pt_buffer_say(&line, lines->language, PT_N("no levers: the baseline"));
        put(lines, &line, 1);
    }
}

void pt_explain_scenario(const struct pt_explaining *lines, const struct pt_model *model,
                         const struct pt_scenario *scenario)
{
    pt_explain_base(lines, scenario);
    for (int rank = 0; rank <= PT_DOUBT_MOST; rank++) {
        for (size_t i = 0; i < scenario->n_levers; i++) {
            const struct pt_lever *lever = &scenario->levers[i];
            bool first = i == 0 || lever->entry != scenario->levers[i - 1].entry;
            if (first && pt_lever_doubt(lever) == rank) {
                pt_explain_programme(lines, model, scenario, lever);
            }
        }
    }
    pt_explain_rest(lines, model, scenario);
}

void pt_explain_links(const struct pt_explaining *lines, const struct pt_model *model)
{
    struct pt_buffer line = { 0 };
    if (model->n_links > 0) {
        pt_buffer_say(&line, lines->language,
                      PT_N("What a scenario changes in one indicator is carried on to others:"));
        put(lines, &line, 1);
    }
    for (size_t i = 0; i < model->n_links; i++) {
        pt_sentence_link(&model->links[i], model, lines->titles, lines->language, &line);
        put(lines, &line, 2);
    }
}
