#include "output/plot/behind.h"

#include <math.h>

bool pt_behind_new(struct pt_behind *behind, const struct pt_column *columns, size_t n_columns,
                   size_t n_rows, struct pt_arena *arena)
{
    behind->columns = columns;
    behind->n_columns = n_columns;
    behind->cells = behind->next = PT_NEW(arena, struct pt_cell, n_rows * n_columns + 1);
    return behind->cells != NULL;
}

void pt_behind_text(struct pt_behind *behind, const char *text)
{
    *behind->next++ = (struct pt_cell){ .kind = PT_CELL_TEXT, .text = text };
}

void pt_behind_word(struct pt_behind *behind, const char *word)
{
    *behind->next++ = (struct pt_cell){ .kind = PT_CELL_WORD, .text = word };
}

void pt_behind_amount(struct pt_behind *behind, double value, double error)
{
    *behind->next++ = (struct pt_cell){ .kind = isnan(value) ? PT_CELL_EMPTY : PT_CELL_AMOUNT,
                                        .value = value,
                                        .error = error };
}

void pt_behind_chance(struct pt_behind *behind, double p, double draws)
{
    *behind->next++ = (struct pt_cell){ .kind = isnan(p) ? PT_CELL_EMPTY : PT_CELL_CHANCE,
                                        .value = p,
                                        .error = sqrt(p * (1 - p) / draws) };
}

void pt_behind_year(struct pt_behind *behind, int year)
{
    *behind->next++ = (struct pt_cell){ .kind = PT_CELL_YEAR, .year = year };
}

void pt_behind_standing(struct pt_behind *behind, enum pt_standing_word word)
{
    *behind->next++ = (struct pt_cell){ .kind = PT_CELL_STANDING, .standing = word };
}

struct pt_table pt_behind_table(const struct pt_behind *behind, const char *name, const char *title)
{
    return (struct pt_table){ .name = name,
                              .title = title,
                              .n_columns = behind->n_columns,
                              .columns = behind->columns,
                              .n_rows = (size_t)(behind->next - behind->cells) / behind->n_columns,
                              .cells = behind->cells };
}
