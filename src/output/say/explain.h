/* What a scenario will do, piece by piece; private to output. */
#ifndef PT_OUTPUT_EXPLAIN_H
#define PT_OUTPUT_EXPLAIN_H

#include <paritet/output.h>

/* 0: low confidence, 1: an assumption by its own words, 2: the rest. */
#define PT_DOUBT_MOST 2
int pt_lever_doubt(const struct pt_lever *lever);

/* What it is built on; nothing where it stands alone. */
void pt_explain_base(const struct pt_explaining *lines, const struct pt_scenario *scenario);
/* A programme by its first lever: its name and how sure it is, then what it does, costs and is taken
 * from. */
void pt_explain_programme(const struct pt_explaining *lines, const struct pt_model *model,
                          const struct pt_scenario *scenario, const struct pt_lever *first);
/* How its programmes meet, and what links carry on. */
void pt_explain_rest(const struct pt_explaining *lines, const struct pt_model *model,
                     const struct pt_scenario *scenario);

#endif
