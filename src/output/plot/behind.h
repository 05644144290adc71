/* The tables behind pictures, put together from left to right; private to output. */
#ifndef PT_OUTPUT_PLOT_BEHIND_H
#define PT_OUTPUT_PLOT_BEHIND_H

#include <paritet/output.h>

struct pt_behind {
    const struct pt_column *columns;
    size_t n_columns;
    struct pt_cell *cells, *next;
};
/* Takes memory for at most n_rows rows; false: out of memory. columns are static. */
bool pt_behind_new(struct pt_behind *behind, const struct pt_column *columns, size_t n_columns,
                   size_t n_rows, struct pt_arena *arena);
void pt_behind_text(struct pt_behind *behind, const char *text);
/* A word of the program's, translated for people. */
void pt_behind_word(struct pt_behind *behind, const char *word);
/* NAN: an empty cell. */
void pt_behind_amount(struct pt_behind *behind, double value, double error);
/* Of so many draws; NAN: an empty cell. */
void pt_behind_chance(struct pt_behind *behind, double p, double draws);
void pt_behind_year(struct pt_behind *behind, int year);
void pt_behind_standing(struct pt_behind *behind, enum pt_standing_word word);
/* The finished table: as many rows as were filled. */
struct pt_table pt_behind_table(const struct pt_behind *behind, const char *name,
                                const char *title);

#endif
