#include "support/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool near(double a, double b, double size, double tolerance)
{
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance * size;
}

/* ------------------------------------------------------------------ outcomes */

static enum verdict bands_agree(struct trial *trial, const struct pt_projection *p,
                                const struct pt_outcome *a, const struct pt_outcome *b,
                                const struct relation *how)
{
    for (size_t y = 0; y < p->n_years; y++) {
        double size = fabs(how->scale); /* what closed is 0 but for rounding */
        for (size_t q = 0; q < PT_BANDS; q++) {
            size = fmax(size, fabs(b->bands[y * PT_BANDS + q]) + fabs(how->shift));
        }
        for (size_t q = 0; q < PT_BANDS; q++) {
            double expected = how->scale * a->bands[y * PT_BANDS + q] + how->shift;
            double got = b->bands[y * PT_BANDS + q];
            if (!near(expected, got, size, how->tolerance)) {
                return LAW_BREAKS(trial, "%s: the %g quantile %zu years ahead is %.17g, not %.17g",
                                  a->id, pt_band_levels[q], y + 1, got, expected);
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict counts_agree(struct trial *trial, const char *id, const char *what,
                                 const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t i = 0; a && b && i < n; i++) {
        if (a[i] != b[i]) {
            return LAW_BREAKS(trial, "%s: %llu draws of '%s' at place %zu, not %llu", id,
                              (unsigned long long)b[i], what, i, (unsigned long long)a[i]);
        }
    }
    return !a == !b ? LAW_HOLDS : LAW_BREAKS(trial, "%s: '%s' is there or not", id, what);
}

static enum verdict spreads_agree(struct trial *trial, const char *id, const struct pt_spread *a,
                                  const struct pt_spread *b, const struct relation *how)
{
    const double from[] = { a->p10, a->p50, a->p90, a->mean };
    const double to[] = { b->p10, b->p50, b->p90, b->mean };
    double scale = fabs(how->scale), size = fmax(fabs(to[0]), fabs(to[2])) + scale;
    for (size_t i = 0; i < 4; i++) {
        if (!near(scale * from[i], to[i], size, how->tolerance)) {
            return LAW_BREAKS(trial, "%s: closes %.17g points, not %.17g", id, to[i],
                              scale * from[i]);
        }
    }
    return LAW_HOLDS;
}

enum verdict outcomes_agree(struct trial *trial, const struct answer *a, const char *id_a,
                            const struct answer *b, const char *id_b, const struct relation *how)
{
    const struct pt_projection *p = answer_projection(a), *r = answer_projection(b);
    const struct pt_outcome *from = answer_outcome(a, id_a), *to = answer_outcome(b, id_b);
    if (p->n_years != r->n_years || p->last + how->years != r->last || !from || !to) {
        return LAW_BREAKS(trial, "%zu years after %d, not %zu after %d", r->n_years, r->last,
                          p->n_years, p->last + how->years);
    }
    const uint64_t of_a[] = { from->holds,         from->never_holds,  from->fades,
                              from->never_fades,   from->by_target,    from->both_never,
                              from->only_scenario, from->only_baseline };
    const uint64_t of_b[] = {
        to->holds,     to->never_holds, to->fades,         to->never_fades,
        to->by_target, to->both_never,  to->only_scenario, to->only_baseline
    };
    enum verdict verdict = bands_agree(trial, p, from, to, how);
    for (int event = 0; event < PT_EVENTS && verdict == LAW_HOLDS; event++) {
        verdict = counts_agree(trial, id_a, pt_event_name((enum pt_event)event),
                               from->events[event].count, to->events[event].count, p->n_years + 2);
    }
    if (verdict == LAW_HOLDS) {
        verdict =
            counts_agree(trial, id_a, "years gained", from->gained, to->gained, 2 * p->n_years + 1);
    }
    if (verdict == LAW_HOLDS) {
        verdict = counts_agree(trial, id_a, "sums", of_a, of_b, sizeof of_a / sizeof *of_a);
    }
    if (verdict == LAW_HOLDS && from->end + how->years != to->end) {
        verdict = LAW_BREAKS(trial, "%s: the policy ends in %d, not %d", id_a, to->end,
                             from->end + how->years);
    }
    if (verdict == LAW_HOLDS) {
        verdict = spreads_agree(trial, id_a, &from->closed_end, &to->closed_end, how);
    }
    if (verdict == LAW_HOLDS) {
        verdict = spreads_agree(trial, id_a, &from->closed_horizon, &to->closed_horizon, how);
    }
    return verdict;
}

/* ------------------------------------------------------------------ tables */

static bool texts_agree(const char *a, const char *b)
{
    return !a || !b ? a == b : strcmp(a, b) == 0;
}

static bool cells_agree(const struct pt_cell *a, const struct pt_cell *b, int years)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case PT_CELL_EMPTY:
    case PT_CELL_MESSAGE: /* has years in its words */
        return true;
    case PT_CELL_TEXT:
    case PT_CELL_WORD:
        return texts_agree(a->text, b->text);
    case PT_CELL_YEAR: {
        bool year = a->year != PT_YEAR_ALREADY && a->year != PT_YEAR_NEVER;
        return b->year == (year ? a->year + years : a->year);
    }
    case PT_CELL_STANDING:
        return a->standing == b->standing;
    case PT_CELL_TRACE:
        for (size_t i = 0; i < a->n && a->n == b->n; i++) {
            if (a->values[i] != b->values[i]) {
                return false;
            }
        }
        return a->n == b->n;
    default:
        return (a->value == b->value || (isnan(a->value) && isnan(b->value))) &&
               (a->error == b->error || (isnan(a->error) && isnan(b->error)));
    }
}

static bool is_other(const struct pt_table *table, size_t column, const struct pt_cell *cell,
                     const char *name, const char *looked_at)
{
    return looked_at && strcmp(table->columns[column].name, name) == 0 &&
           !texts_agree(cell->text ? cell->text : "", looked_at);
}

/* Rows of what is beside, and not looked at, do not count. */
static size_t next_row(const struct answer *answer, const struct pt_table *table, size_t row)
{
    for (; row < table->n_rows; row++) {
        bool beside = false;
        for (size_t i = 0; i < table->n_columns; i++) {
            const struct pt_cell *cell = &table->cells[row * table->n_columns + i];
            beside |= is_other(table, i, cell, "indicator", answer->indicator) ||
                      is_other(table, i, cell, "place", answer->place);
            beside |= cell->kind == PT_CELL_TEXT && cell->text && strcmp(cell->text, "beside") == 0;
        }
        if (!beside) {
            return row;
        }
    }
    return row;
}

/* Years that are no cells of that kind: Fieller's, and where a line meets parity, with its error. They
 * are sums with the last year, and so are rounded where it is. */
static bool is_real_year(const struct pt_table *table, const struct pt_cell *row, size_t column,
                         const char *name)
{
    if (strcmp(table->name, "fieller") == 0) {
        return strcmp(name, "year") == 0 || strcmp(name, "lower") == 0 ||
               strcmp(name, "upper") == 0;
    }
    size_t before = strcmp(name, "estimate") == 0 ? 1 : strcmp(name, "se") == 0 ? 2 : 0;
    return before > 0 && row[column - before].kind == PT_CELL_WORD &&
           strcmp(row[column - before].text, "parity-year") == 0;
}

static bool rows_agree(const struct pt_table *table, const struct pt_cell *a,
                       const struct pt_cell *b, const struct relation *how, size_t *column)
{
    int years = how->years;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *name = table->columns[c].name;
        *column = c;
        if (how->renamed && strcmp(name, "place") == 0) {
            continue;
        }
        if (years != 0 && is_real_year(table, a, c, name)) {
            double later = strcmp(name, "se") == 0 ? 0 : years;
            if (!near(a[c].value + later, b[c].value, fabs(b[c].value) + 1e4, 1e-12)) {
                return false;
            }
        } else if (!(years != 0 && strcmp(name, "parameter") == 0) && /* level-2009 */
                   !cells_agree(&a[c], &b[c], years)) {
            return false;
        }
    }
    return true;
}

/* Whether a row of `from` is one of the rows of `to`. */
static bool is_among(const struct pt_table *to, const struct pt_cell *row,
                     const struct relation *how)
{
    size_t column;
    for (size_t k = 0; k < to->n_rows; k++) {
        if (rows_agree(to, row, &to->cells[k * to->n_columns], how, &column)) {
            return true;
        }
    }
    return false;
}

static enum verdict table_agrees(struct trial *trial, const struct answer *a,
                                 const struct answer *b, const char *name,
                                 const struct relation *how)
{
    const struct pt_table_kind *kind = pt_table_kind_find(name);
    struct pt_table from, to;
    struct pt_error err = { 0 };
    if (kind->compares && a->n_scenarios == 0) {
        return LAW_HOLDS;
    }
    if (kind->make(a->run, false, a->arena, &from, &err) != PT_OK ||
        kind->make(b->run, false, b->arena, &to, &err) != PT_OK) {
        return LAW_BREAKS(trial, "no table '%s'", name);
    }
    size_t i = next_row(a, &from, 0), k = next_row(b, &to, 0), column = 0;
    for (; i < from.n_rows && k < to.n_rows;
         i = next_row(a, &from, i + 1), k = next_row(b, &to, k + 1)) {
        const struct pt_cell *row = &from.cells[i * from.n_columns];
        if (how->any_order ? !is_among(&to, row, how)
                           : !rows_agree(&from, row, &to.cells[k * to.n_columns], how, &column)) {
            return LAW_BREAKS(trial, "table '%s', row %zu: '%s' differs: %.17g, %.17g", name, i + 1,
                              from.columns[column].name, row[column].value,
                              to.cells[k * to.n_columns + column].value);
        }
    }
    return i >= from.n_rows && k >= to.n_rows
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "table '%s' has other rows", name);
}

enum verdict answers_agree(struct trial *trial, const struct answer *a, const struct answer *b,
                           const char *tables, const struct relation *how)
{
    const struct pt_projection *p = answer_projection(a);
    enum verdict verdict = LAW_HOLDS;
    for (size_t i = 0; i < p->n_outcomes && verdict == LAW_HOLDS; i++) {
        if (answer_outcome(b, p->outcomes[i].id)) {
            verdict = outcomes_agree(trial, a, p->outcomes[i].id, b, p->outcomes[i].id, how);
        }
    }
    char names[128], *rest = names;
    snprintf(names, sizeof names, "%s", tables);
    for (char *name; verdict == LAW_HOLDS && (name = strsep(&rest, " ")) != NULL;) {
        verdict = *name ? table_agrees(trial, a, b, name, how) : LAW_HOLDS;
    }
    return verdict;
}
