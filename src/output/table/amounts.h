/* Points and money as they stand in sentences; private to output. */
#ifndef PT_OUTPUT_AMOUNTS_H
#define PT_OUTPUT_AMOUNTS_H

#include <paritet/output.h>

/* A number with the digits that its error defends (0: exact). Returns text. */
char *pt_points_number(double value, double error, const struct pt_language *language,
                       char text[PT_CELL_MAX]);
/* The same with its unit: "0.8 pp". */
char *pt_points_print(double value, double error, const struct pt_points *points,
                      const struct pt_language *language, char text[PT_CELL_MAX]);
/* The unit alone. */
const char *pt_points_unit(const struct pt_points *points, const struct pt_language *language);

/* An amount of money; the unit is as in a scenario, "million DKK/year", and is written without its
 * year. digits: significant ones; 0: as exactly as it is known. */
char *pt_money_print(double amount, unsigned digits, const char *unit,
                     const struct pt_language *language, char text[PT_CELL_MAX]);

#endif
