/* How tables are put together; private to this room. */
#ifndef PARITET_ANSWER_TABLE_H
#define PARITET_ANSWER_TABLE_H

#include <paritet/answer.h>

#define PT_TABLE(name) extern const struct pt_table_kind pt_table_kind_##name;
#include "answer/tables.def"
#undef PT_TABLE

/* Rows in the making: cells are added from left to right. */
struct pt_rows {
    struct pt_cell *cells, *next;
};
/* Takes memory for at most n_rows rows; false: out of memory. */
bool pt_rows_new(struct pt_rows *rows, const struct pt_table_kind *kind, size_t n_rows,
                 struct pt_arena *arena);
/* The finished table: as many rows as were filled. */
struct pt_table pt_rows_table(const struct pt_rows *rows, const struct pt_table_kind *kind);

void pt_add_text(struct pt_rows *rows, const char *text);
/* The name of a scenario, or the word for none. */
void pt_add_scenario(struct pt_rows *rows, const struct pt_outcome *outcome);
void pt_add_word(struct pt_rows *rows, const char *word);
void pt_add_count(struct pt_rows *rows, double count);
/* A value that is not known (NAN) becomes an empty cell. */
void pt_add_amount(struct pt_rows *rows, double value, double error);
void pt_add_chance(struct pt_rows *rows, double p, double draws);
void pt_add_year(struct pt_rows *rows, int year);
void pt_add_empty(struct pt_rows *rows);
void pt_add_standing(struct pt_rows *rows, enum pt_standing_word word);
/* values is [n] and has to live as long as the table. */
void pt_add_trace(struct pt_rows *rows, size_t n, const double *values);
/* So has the message. */
void pt_add_message(struct pt_rows *rows, const struct pt_message *message);
/* A year difference; INT_MIN is empty. */
void pt_add_years(struct pt_rows *rows, int years);
/* A cost of a gain: INFINITY means that there was none. */
void pt_add_price(struct pt_rows *rows, double price, double error);

/* The p-quantile of years gained among the draws counted (see pt_outcome); INT_MIN: there are none. */
int pt_gained_quantile(const uint64_t *gained, size_t n_years, double p);
/* The chance of an event by a year. */
double pt_chance_by(const struct pt_run *run, const struct pt_projection *projection,
                    const struct pt_parity *parity, int year);

/* What the digits of points closed defend: `range`, but a decimal more than the indicator shows at
 * most; its own decimals where all draws close the same; one digit at least. */
double pt_closed_error(const struct pt_spread *closed, double range,
                       const struct pt_indicator *indicator);

/* "million DKK" of "million DKK/year"; "" of NULL. NULL: out of memory. */
const char *pt_money_unit(const char *unit, struct pt_arena *arena);

/* Monte Carlo standard error of a probability. */
double pt_chance_error(double p, double draws);

#endif
