/* What is known, as the tables and the definitions hold it, and which part may say what of it. */
#ifndef PARITET_TEST_NOTE_KNOWN_H
#define PARITET_TEST_NOTE_KNOWN_H

#include "test_note_numbers.h"

/* ------------------------------------------------------------------ what is known */

__attribute__((unused)) static size_t column_of(const struct pt_table *table, const char *name)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        if (strcmp(table->columns[c].name, name) == 0) {
            return c;
        }
    }
    return SIZE_MAX;
}

__attribute__((unused)) static void add_cell(const struct walk *walk, struct numbers *set, const struct pt_cell *cell)
{
    char text[PT_CELL_MAX], token[TOKEN];
    const char *at = text, *from;
    switch (cell->kind) {
    case PT_CELL_AMOUNT:
        if (isfinite(cell->value)) {
            add_amount(set, cell);
        }
        break;
    case PT_CELL_CHANCE:
        add_chance(set, cell->value);
        break;
    case PT_CELL_COUNT:
        add_whole(set, cell->value);
        break;
    case PT_CELL_YEAR:
        if (cell->year != PT_YEAR_NEVER && cell->year != PT_YEAR_ALREADY) {
            add_whole(set, cell->year);
        }
        break;
    case PT_CELL_MESSAGE:
        pt_cell_print(cell, walk->bench->language, text);
        while (next(&at, walk->bench->language->decimal, token, &from)) {
            join(&at, walk->bench->language->decimal, token);
            add(set, token);
        }
        break;
    default:
        break;
    }
}

__attribute__((unused)) static void add_table(const struct walk *walk, struct numbers *set, const struct pt_table *table,
                      const char *indicator, const char *place)
{
    size_t id = column_of(table, "indicator"), at = column_of(table, "place");
    set->prices = strcmp(table->name, "efficiency") == 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        const struct pt_cell *row = &table->cells[i * table->n_columns];
        if (indicator != NULL && id != SIZE_MAX &&
            (strcmp(row[id].text, indicator) != 0 ||
             (at != SIZE_MAX && strcmp(row[at].text, place) != 0))) {
            continue;
        }
        for (size_t c = 0; c < table->n_columns; c++) {
            add_cell(walk, set, &row[c]);
        }
        size_t part = column_of(table, "by_group");
        if (part != SIZE_MAX) { /* the picture's table also has what both did together */
            struct pt_cell sum = row[part];
            sum.value += row[part + 1].value;
            add_cell(walk, set, &sum);
        }
    }
}

/* The tables a part may take its numbers from. */
__attribute__((unused)) static void add_tables(const struct walk *walk, struct numbers *set, const char *const *names,
                       const char *indicator, const char *place)
{
    const struct pt_facts *facts = &walk->bench->facts;
    for (size_t k = 0; names[k] != NULL; k++) {
        const struct pt_table *table = pt_facts_table(facts, names[k], false);
        assert_non_null(table);
        add_table(walk, set, table, indicator, place);
    }
}

static const char *const in_summary[] = { "parity", "gained", NULL };
static const char *const in_overview[] = { "status", "goals", "parity", NULL };
static const char *const in_scenarios[] = { "parity", "gained", NULL };
static const char *const in_indicator[] = { "parity",     "gained", "attribution",   "costs",
                                            "efficiency", "status", "decomposition", NULL };
static const char *const in_tables[] = { "parity",     "gained",  "attribution", "costs",
                                         "efficiency", "status",  "goals",       "decomposition",
                                         "selftest",   "history", "bands",       "groups",
                                         NULL };

__attribute__((unused)) static void add_definition(struct numbers *set, const struct pt_indicator *indicator)
{
    add_stated(set, indicator->band);
    add_stated(set, indicator->parity);
    add_stated(set, indicator->target);
    add_stated(set, indicator->lower);
    add_stated(set, indicator->upper);
    add_whole(set, indicator->target_year);
    for (size_t i = 0; i < indicator->n_breaks; i++) {
        add_whole(set, indicator->breaks[i].year);
    }
}

/* The first and the last year of which the status was judged anew. */
__attribute__((unused)) static void add_history(const struct walk *walk, struct numbers *set, const struct pt_projection *p)
{
    const struct pt_standings *standings = &walk->bench->facts.standings;
    const struct pt_earlier_standing *last = NULL;
    for (size_t i = 0; i < standings->n_earlier; i++) {
        if (standings->earlier[i].projection == p) {
            if (last == NULL) {
                add_whole(set, standings->earlier[i].year);
            }
            last = &standings->earlier[i];
        }
    }
    if (last != NULL) {
        add_whole(set, last->year);
    }
}

/* Of one projection: what it was fitted to, and how often its bands held. */
__attribute__((unused)) static void add_projection(const struct walk *walk, struct numbers *set, size_t at, bool past)
{
    const struct pt_projection *p = &walk->bench->run->projections[at];
    const struct pt_selftest *test = &walk->bench->facts.tests[at].test;
    if (past) {
        add_parts(set, test->inside80, test->n);
        add_history(walk, set, p);
        return;
    }
    add_whole(set, (double)p->fit.n);
    add_whole(set, p->fit.first);
    add_whole(set, p->fit.last);
    add_whole(set, p->last + 20); /* METHODS 3.7: verified so far */
    for (size_t s = 1; s < p->n_outcomes; s++) {
        add_whole(set, p->outcomes[s].end);
    }
}

__attribute__((unused)) static void add_lever(struct numbers *set, const struct pt_lever *lever)
{
    for (size_t k = 0;
         lever->effect.distribution != NULL && k < lever->effect.distribution->n_parameters; k++) {
        add_stated(set, lever->effect.par[k]);
        add_stated(set, lever->kind->full_effect != NULL
                            ? lever->kind->full_effect(lever, lever->effect.par[k])
                            : NAN);
    }
    add_stated(set, 100 * lever->effect.chance_of_none);
    add_stated(set, 100 * lever->reach);
    add_stated(set, 100 * lever->increase);
    add_stated(set, 100 * lever->effect_increase);
    add_stated(set, lever->half_life);
    add_whole(set, lever->start);
    add_whole(set, lever->ramp_years);
    add_whole(set, lever->until);
    for (size_t i = 0; i < lever->n_costs; i++) {
        add_stated(set, lever->costs[i].amount);
    }
}

__attribute__((unused)) static void add_assumptions(const struct walk *walk, struct numbers *set)
{
    for (size_t s = 0; s < walk->bench->n_scenarios; s++) {
        for (size_t i = 0; i < walk->bench->scenarios[s]->n_levers; i++) {
            add_lever(set, &walk->bench->scenarios[s]->levers[i]);
        }
    }
}

__attribute__((unused)) static void add_links(const struct walk *walk, struct numbers *set)
{
    const struct pt_model *model = walk->bench->model;
    add(set, "1"); /* "1 more in ..." */
    for (size_t i = 0; i < model->n_links; i++) {
        add_stated(set, model->links[i].effect.par[0]);
        add_stated(set, model->links[i].effect.par[1]);
        add_stated(set, 100 * model->links[i].effect.chance_of_none);
        add_whole(set, model->links[i].delay);
    }
}

__attribute__((unused)) static void add_run(const struct walk *walk, struct numbers *set)
{
    add_whole(set, walk->bench->run->horizon);
    add_whole(set, (double)walk->bench->run->options.draws);
    add_whole(set, walk->bench->run->options.sustained_years);
    /* the written constants: the level of ranges, and as far as forecasts have been verified */
    add(set, "80");
    add(set, "20");
    add(set, "8/10");
    add(set, "1/100");
    add(set, "99/100");
}

/* The method box: what docs/methods.md states of the method, section by section. */
__attribute__((unused)) static void add_method(struct numbers *set)
{
    static const char *const constants[] = { "7/10", "1/10",   "5/10",   "9/10", "75/100",
                                             "25",   "4",      "84/100", "318",  "85/100",
                                             "7125", "51/100", "50/100" };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        add(set, constants[i]);
    }
}

__attribute__((unused)) static void add_summary(const struct walk *walk, struct numbers *set)
{
    const struct pt_standings *standings = &walk->bench->facts.standings;
    size_t count[PT_STANDINGS] = { 0 }, inside = 0, n = 0;
    for (size_t i = 0; i < standings->n; i++) {
        count[standings->rows[i].word]++;
    }
    add_whole(set, (double)standings->n);
    add_whole(set, (double)count[PT_STANDING_REACHED]);
    add_whole(set, (double)count[PT_STANDING_ON_COURSE]);
    add_whole(set, (double)count[PT_STANDING_UNCERTAIN]);
    add_whole(set, (double)(count[PT_STANDING_OFF_COURSE] + count[PT_STANDING_MOVING_AWAY]));
    add_whole(set, (double)(count[PT_STANDING_NO_QUESTION] + count[PT_STANDING_TOO_LITTLE] +
                            count[PT_STANDING_NO_FIGURES]));
    for (size_t i = 0; i < walk->bench->facts.n_charts; i++) {
        n += walk->bench->facts.tests[i].test.n;
        inside += walk->bench->facts.tests[i].test.inside80;
    }
    add_parts(set, inside, n);
}

#endif
