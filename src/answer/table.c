#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

#define PT_TABLE(name) &pt_table_kind_##name,
const struct pt_table_kind *const pt_table_kinds[] = {
#include "answer/tables.def"
    NULL
};
#undef PT_TABLE

const struct pt_table_kind *pt_table_kind_find(const char *name)
{
    for (size_t i = 0; pt_table_kinds[i]; i++) {
        if (strcmp(pt_table_kinds[i]->name, name) == 0) {
            return pt_table_kinds[i];
        }
    }
    return NULL;
}

bool pt_rows_new(struct pt_rows *rows, const struct pt_table_kind *kind, size_t n_rows,
                 struct pt_arena *arena)
{
    rows->cells = PT_NEW(arena, struct pt_cell, n_rows * kind->n_columns + 1);
    rows->next = rows->cells;
    return rows->cells != NULL;
}

struct pt_table pt_rows_table(const struct pt_rows *rows, const struct pt_table_kind *kind)
{
    return (struct pt_table){ .name = kind->name,
                              .title = kind->title,
                              .n_columns = kind->n_columns,
                              .columns = kind->columns,
                              .n_rows = (size_t)(rows->next - rows->cells) / kind->n_columns,
                              .cells = rows->cells };
}

double pt_chance_error(double p, double draws)
{
    double size = fabs(p); /* of what a lever takes away too */
    return sqrt(size * (1 - size) / draws);
}

void pt_add_empty(struct pt_rows *rows)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_EMPTY };
}

void pt_add_text(struct pt_rows *rows, const char *text)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_TEXT, .text = text };
}

void pt_add_word(struct pt_rows *rows, const char *word)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_WORD, .text = word };
}

void pt_add_scenario(struct pt_rows *rows, const struct pt_outcome *outcome)
{
    if (outcome->scenario) {
        pt_add_text(rows, outcome->id);
    } else {
        pt_add_word(rows, PT_N("baseline"));
    }
}

void pt_add_count(struct pt_rows *rows, double count)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_COUNT, .value = count };
}

void pt_add_amount(struct pt_rows *rows, double value, double error)
{
    *rows->next++ = (struct pt_cell){ .kind = isnan(value) ? PT_CELL_EMPTY : PT_CELL_AMOUNT,
                                      .value = value,
                                      .error = error };
}

void pt_add_chance(struct pt_rows *rows, double p, double draws)
{
    *rows->next++ = (struct pt_cell){ .kind = isnan(p) ? PT_CELL_EMPTY : PT_CELL_CHANCE,
                                      .value = p,
                                      .error = pt_chance_error(p, draws) };
}

void pt_add_year(struct pt_rows *rows, int year)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_YEAR, .year = year };
}

void pt_add_standing(struct pt_rows *rows, enum pt_standing_word word)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_STANDING, .standing = word };
}

void pt_add_trace(struct pt_rows *rows, size_t n, const double *values)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_TRACE, .n = n, .values = values };
}

void pt_add_message(struct pt_rows *rows, const struct pt_message *message)
{
    *rows->next++ = (struct pt_cell){ .kind = PT_CELL_MESSAGE, .message = message };
}

void pt_add_years(struct pt_rows *rows, int years)
{
    if (years == INT_MIN) {
        pt_add_empty(rows);
    } else {
        pt_add_count(rows, years);
    }
}

void pt_add_price(struct pt_rows *rows, double price, double error)
{
    if (isinf(price)) {
        *rows->next++ = (struct pt_cell){ .kind = PT_CELL_NO_GAIN };
    } else {
        pt_add_amount(rows, price, error);
    }
}
