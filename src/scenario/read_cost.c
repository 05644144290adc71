#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)

static bool ends_in(const char *text, const char *end, size_t *before)
{
    size_t n = strlen(text), m = strlen(end);
    if (n < m || strcmp(text + n - m, end) != 0) {
        return false;
    }
    for (*before = n - m; *before > 0 && text[*before - 1] == ' '; --*before) {
    }
    return true;
}

/* A cost is a flow; a sum for the whole time would be counted once a year. */
static void check_unit(struct pt_checker *c, const struct pt_word_value *unit)
{
    static const char *const years[] = {
        "/yr",           "/\303\245r",    "per year", "per yr", "a year", "om \303\245ret",
        "per \303\245r", "pr. \303\245r", "p.a.",     "/"
    };
    size_t before = 0;
    if (ends_in(unit->value, "/year", &before) && before > 0) {
        return;
    }
    before = strlen(unit->value);
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        if (ends_in(unit->value, years[i], &before)) {
            break;
        }
    }
    COMPLAIN(c, unit->at, "a cost is per year; write '%.*s/year'", (int)before, unit->value);
}

static void check_purse(struct pt_checker *c, const struct pt_file_cost *costs, size_t i)
{
    static const char *const rows[] = { "all", "alle" }; /* in any language */
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (strcasecmp(costs[i].purse.value, rows[k]) == 0) {
            COMPLAIN(c, costs[i].purse.at,
                     "a purse cannot be called '%s', as sums over all purses are called so; write "
                     "who pays, such as 'purse: municipality'",
                     costs[i].purse.value);
        }
    }
    for (size_t k = 0; k < i; k++) {
        if (costs[k].purse.at != NULL && strcmp(costs[k].purse.value, costs[i].purse.value) == 0) {
            COMPLAIN(c, costs[i].purse.at,
                     "purse '%s' stands twice in one lever; add its amounts up and write it once",
                     costs[i].purse.value);
            return;
        }
    }
}

void pt_file_costs_make(struct pt_checker *c, const struct pt_file_lever *from, const char **unit,
                        struct pt_lever *to)
{
    const struct pt_file_cost *costs = from->cost.items;
    size_t n = from->cost.n;
    struct pt_cost *made = n > 0 ? PT_NEW(c->arena, struct pt_cost, n) : NULL;
    if (n > 0 && made == NULL) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pt_file_cost *cost = &costs[i];
        made[i] = (struct pt_cost){ cost->amount.value, cost->unit.value, cost->purse.value };
        if (cost->purse.at != NULL) {
            check_purse(c, costs, i);
        }
        if (cost->unit.at == NULL) {
            continue;
        }
        check_unit(c, &cost->unit);
        if (*unit == NULL) {
            *unit = cost->unit.value;
        } else if (strcmp(*unit, cost->unit.value) != 0) {
            COMPLAIN(c, cost->unit.at,
                     "this cost is in '%s', but the first in '%s'; write all costs in one unit",
                     cost->unit.value, *unit);
        }
    }
    to->n_costs = n;
    to->costs = made;
}
