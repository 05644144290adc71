#include "support/world_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct pt_buffer *world_file_new(struct world_files *out, const char *name)
{
    snprintf(out->files[out->n].name, sizeof out->files[out->n].name, "%s", name);
    return &out->files[out->n++].text;
}

/* ------------------------------------------------------------------ figures */

static void write_row(const struct world *world, const struct world_year *year, bool other,
                      const char *place, struct pt_buffer *out)
{
    char number[PT_NUMBER_MAX], cell = world->comma ? ';' : ',';
    pt_number_fixed(number, other ? year->other : year->group, (unsigned)world->decimals,
                    world->comma ? ',' : '.');
    pt_buffer_printf(out, "%s%c%s%c%d%c%s%c", world->series, cell, other ? "other" : "group", cell,
                     year->year, cell, number, cell);
    if (year->persons > 0) {
        pt_buffer_printf(out, "%u", year->persons);
    }
    if (place) {
        pt_buffer_printf(out, "%c%s", cell, place);
    }
    pt_buffer_text(out, world->crlf ? "\r\n" : "\n");
}

void world_rows_write(const struct world *world, bool other, const char *place,
                      struct pt_buffer *out)
{
    for (size_t i = 0; i < world->n_years; i++) {
        const struct world_year *year = &world->years[i];
        if (other ? !year->lacks_other : !year->lacks_group) {
            write_row(world, year, other, place, out);
        }
    }
}

static struct pt_buffer *data_new(const struct world *world, const char *name,
                                  struct world_files *files)
{
    struct pt_buffer *out = world_file_new(files, name);
    const char *header =
        world->comma ? "indicator;group;year;value;n" : "indicator,group,year,value,n";
    pt_buffer_printf(out, "%s%s%s", world->mark ? "\xef\xbb\xbf" : "", header,
                     world->crlf ? "\r\n" : "\n");
    return out;
}

static void write_data(const struct world *world, struct world_files *files)
{
    bool other_first = world->turned;
    for (int k = 0; k < 2; k++) {
        bool other = (k == 1) != other_first;
        if (other && !world->two_groups) {
            continue;
        }
        if (world->two_files) {
            world_rows_write(world, other, NULL,
                             data_new(world, other ? "other.csv" : "group.csv", files));
        } else {
            struct pt_buffer *out =
                files->n > 1 ? &files->files[1].text : data_new(world, "figures.csv", files);
            world_rows_write(world, other, NULL, out);
        }
    }
    if (world->neighbour) {
        char cell = world->comma ? ';' : ',', sign = world->comma ? ',' : '.';
        int last = world->years[world->n_years - 1].year;
        for (int i = 0; i < 7; i++) {
            pt_buffer_printf(&files->files[1].text, "beside%cgroup%c%d%c%d%c5%c%s", cell, cell,
                             last - 6 + i, cell, 31 + i * (5 - i), sign, cell,
                             world->crlf ? "\r\n" : "\n");
        }
    }
}

/* ------------------------------------------------------------------ the model */

static const char *points(const struct world *world)
{
    return world->percent ? "pp" : "points";
}

static const char *gap_unit(const struct world *world)
{
    if (world->two_groups && strcmp(world->gap, "difference") != 0) {
        return strcmp(world->gap, "ratio") == 0 ? "%" : "points";
    }
    return points(world);
}

static void write_question(const struct world *world, struct pt_buffer *out)
{
    if (world->two_groups) {
        pt_buffer_printf(out, "            reference: other\n            gap: %s\n", world->gap);
    } else if (world->given) {
        pt_buffer_printf(out, "            gap: given\n            parity: %.15g\n", world->parity);
    }
    if (world->two_groups || world->given) {
        pt_buffer_printf(out, "            band: { within: %.15g %s, because: drawn }\n",
                         world->band, gap_unit(world));
    }
    if (world->target_year != 0) {
        const char *unit = world->two_groups ? gap_unit(world) : world->percent ? "%" : "points";
        pt_buffer_printf(out, "            target: { value: %.15g %s, by: %d }\n", world->target,
                         unit, world->target_year);
    }
    if (world->break_year != 0) {
        pt_buffer_printf(out, "            breaks: [ { year: %d, kind: %s, because: drawn } ]\n",
                         world->break_year, world->break_kind);
    }
}

static void write_beside(struct pt_buffer *out)
{
    pt_buffer_text(out, "          - id: beside\n            title: beside\n"
                        "            unit: grade\n            series: beside\n"
                        "            group: group\n            better: lower\n"
                        "            trend: drift\n            decides: false\n"
                        "            target: { value: 30 points, by: 2030 }\n");
}

void world_head_write(const struct world *world, const struct world_files *files, bool turned,
                      struct pt_buffer *out)
{
    pt_buffer_printf(out, "title: drawn\nhorizon: %d\ndata: [ ", world->horizon);
    for (size_t i = 1; i < files->n; i++) {
        pt_buffer_printf(out, "%s%s", i > 1 ? ", " : "", files->files[i].name);
    }
    pt_buffer_text(out, " ]\n");
    if (world->policy_to != 0) {
        pt_buffer_printf(out, "policy: { from: %d, to: %d }\n", world->policy_to - 3,
                         world->policy_to);
    }
    static const char *const groups[] = { "{ id: group, title: group }",
                                          "{ id: other, title: other }" };
    pt_buffer_printf(out, "groups: [ %s, %s ]\n", groups[turned], groups[!turned]);
    pt_buffer_text(out, "units: [ { id: grade, title: grades, decimals: 1 } ]\n"
                        "areas:\n  - id: area\n    title: area\n    goals:\n      - id: goal\n"
                        "        title: goal\n        indicators:\n");
}

void world_indicator_write(const struct world *world, struct pt_buffer *out)
{
    pt_buffer_printf(out,
                     "          - id: %s\n            title: it\n            decides: true\n"
                     "            unit: \"%s\"\n            series: %s\n"
                     "            group: group\n            better: %s\n            trend: %s\n",
                     world->id, world->percent ? "%" : "grade", world->series,
                     world->higher ? "higher" : "lower", world->trend);
    write_question(world, out);
}

static void write_model(const struct world *world, const struct world_files *files,
                        struct pt_buffer *out)
{
    world_head_write(world, files, world->turned, out);
    if (world->neighbour && world->turned) {
        write_beside(out);
    }
    world_indicator_write(world, out);
    if (world->neighbour && !world->turned) {
        write_beside(out);
    }
}

/* ------------------------------------------------------------------ scenarios */

void world_effect_write(const struct world_lever *lever, const char *unit, struct pt_buffer *out)
{
    const struct pt_distribution *law = pt_distribution_find(lever->law);
    pt_buffer_printf(out, "{ %s: ", lever->law);
    if (law->n_parameters == 1) {
        pt_buffer_printf(out, "%.15g", lever->par[0]);
    } else {
        for (size_t i = 0; i < law->n_parameters; i++) {
            pt_buffer_printf(out, "%s%.15g", i > 0 ? ", " : "[ ", lever->par[i]);
        }
        pt_buffer_text(out, " ]");
    }
    if (unit) {
        pt_buffer_printf(out, ", unit: %s", unit);
    }
    pt_buffer_printf(out, ", chance-of-none: %d %% }", lever->chance_of_none);
}

static void write_time(const struct world_lever *lever, unsigned keys, struct pt_buffer *out)
{
    if (keys & LEVER_START) {
        pt_buffer_printf(out, "    start: %d\n", lever->start);
    }
    if (keys & LEVER_DELAY && lever->delay > 0) {
        pt_buffer_printf(out, "    delay: %d years\n", lever->delay);
    }
    if (keys & LEVER_RAMP && lever->ramp) {
        pt_buffer_printf(out, "    ramp: { years: %d, shape: %s }\n", lever->ramp_years,
                         lever->ramp);
    }
    if (keys & LEVER_LASTS && lever->until != 0) {
        pt_buffer_printf(out, "    lasts: { until: %d", lever->until);
        pt_buffer_text(out, lever->half_life > 0 ? ", half-life: " : " }\n");
        if (lever->half_life > 0) {
            pt_buffer_printf(out, "%d years }\n", lever->half_life);
        }
    }
    if (keys & LEVER_TURNOVER && lever->turnover > 0) {
        pt_buffer_printf(out, "    acts-on: entrants\n    turnover: %d %%/year\n", lever->turnover);
    }
}

static void write_what(const struct world *world, const struct world_lever *lever,
                       struct pt_buffer *out)
{
    pt_buffer_printf(out, "    kind: %s\n", lever->kind);
    if (strcmp(lever->kind, "reach-target") == 0) {
        pt_buffer_printf(out, "    value: %.15g %s\n    by: %d\n", lever->value,
                         world->percent ? "%" : "points", lever->by);
    } else if (strcmp(lever->kind, "resources") == 0) {
        pt_buffer_printf(out,
                         "    increase: %.15g %%\n    effect-at: { increase: %.15g %%, unit: %s, "
                         "effect: ",
                         lever->increase, lever->effect_increase, points(world));
        world_effect_write(lever, NULL, out);
        pt_buffer_printf(out, " }\n    response: %s\n", lever->response);
    } else {
        char unit[24];
        bool closing = strcmp(lever->kind, "closing") == 0, pace = strcmp(lever->kind, "pace") == 0;
        snprintf(unit, sizeof unit, "%s%s", closing ? "\"%/year\"" : points(world),
                 pace ? "/year" : "");
        pt_buffer_text(out, "    effect: ");
        world_effect_write(lever, unit, out);
        pt_buffer_text(out, "\n");
    }
}

static void write_costs(const struct world *world, const struct world_lever *lever,
                        struct pt_buffer *out)
{
    const double amounts[] = { lever->cost, lever->state_cost };
    static const char *const purses[] = { "purse", "state" };
    for (int i = 0, n = 0; i < 2; i++) {
        if (amounts[i] > 0) {
            pt_buffer_printf(out, "%s      - { amount: %.15g, unit: %s, purse: %s }\n",
                             n++ == 0 ? "    cost:\n" : "", amounts[i], world->money, purses[i]);
        }
    }
}

void world_lever_write(const struct world *world, const struct world_lever *lever, unsigned keys,
                       struct pt_buffer *out)
{
    bool target = strcmp(lever->kind, "reach-target") == 0;
    pt_buffer_printf(out, "  - id: %s\n", lever->id);
    if (keys & LEVER_PLACE) {
        pt_buffer_printf(out, "    indicator: %s\n    group: %s\n", world->id,
                         lever->on_other ? "other" : "group");
    }
    if (keys & LEVER_WHAT) {
        write_what(world, lever, out);
    }
    if (keys & LEVER_REACH && !target && (lever->reach != 100 || keys != LEVER_ALL)) {
        pt_buffer_printf(out, "    reach: %.15g %%\n", lever->reach);
    }
    write_time(lever, keys, out);
    if (keys & LEVER_WHAT && lever->may_overshoot) {
        pt_buffer_text(out, "    may-overshoot: true\n");
    }
    if (keys & LEVER_COST) {
        write_costs(world, lever, out);
    }
    if (keys & LEVER_PLACE && lever->place[0]) {
        pt_buffer_printf(out, "    place: %s\n", lever->place);
    }
    if (keys & LEVER_PLACE) {
        pt_buffer_text(out, "    source: drawn\n");
    }
}

static void write_scenario(const struct world *world, const struct world_scenario *scenario,
                           struct world_files *files)
{
    char name[40];
    snprintf(name, sizeof name, "%s.yaml", scenario->id);
    struct pt_buffer *out = world_file_new(files, name);
    pt_buffer_text(out, "title: drawn\n");
    if (scenario->n_levers > 1) {
        pt_buffer_printf(out, "overlap: %s\n", scenario->overlap);
    }
    if (world->discount > 0) {
        pt_buffer_printf(out, "discount: %.15g %%/year\n", world->discount / 10.0);
    }
    pt_buffer_text(out, scenario->n_levers > 0 ? "levers:\n" : "levers: []\n");
    for (size_t i = 0; i < scenario->n_levers; i++) {
        world_lever_write(world, &scenario->levers[world->turned ? scenario->n_levers - 1 - i : i],
                          LEVER_ALL, out);
    }
}

/* ------------------------------------------------------------------ all files */

void world_files_write(const struct world *world, struct world_files *out)
{
    memset(out, 0, sizeof *out);
    world_file_new(out, "model.yaml");
    write_data(world, out);
    write_model(world, out, &out->files[0].text);
    out->n_data = out->n;
    for (size_t i = 0; i < world->n_scenarios; i++) {
        size_t at = world->turned ? world->n_scenarios - 1 - i : i;
        write_scenario(world, &world->scenarios[at], out);
    }
    if (world->neighbour) {
        struct pt_buffer *text = world_file_new(out, "beside.yaml");
        pt_buffer_text(text, "title: beside\nlevers:\n  - id: beside\n    indicator: beside\n"
                             "    group: group\n    kind: pace\n    effect: -0.3 points/year\n"
                             "    start: 2020\n    source: beside\n    confidence: low\n");
    }
    world_files_check(out);
}

void world_files_check(const struct world_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        if (files->files[i].text.failed) {
            abort();
        }
    }
}

void world_files_free(struct world_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        pt_buffer_free(&files->files[i].text);
    }
}

void world_files_say(struct trial *trial, const struct world_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        trial_say(trial, "# ---- %s\n%s", files->files[i].name, files->files[i].text.bytes);
    }
}

void world_say(struct trial *trial, const struct world *world)
{
    struct world_files files;
    world_files_write(world, &files);
    world_files_say(trial, &files);
    world_files_free(&files);
}
