#include <string.h>

#include <paritet/answer.h>

static size_t count_kinds(void)
{
    size_t n = 0;
    while (pt_table_kinds[n]) {
        n++;
    }
    return n;
}

static enum pt_status make_tables(const struct pt_run *run, bool people, struct pt_arena *arena,
                                  const struct pt_table **out, struct pt_error *err)
{
    size_t n = count_kinds();
    struct pt_table *tables = PT_NEW(arena, struct pt_table, n + 1);
    if (!tables) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < n; i++) {
        enum pt_status status = pt_table_kinds[i]->make(run, people, arena, &tables[i], err);
        if (status != PT_OK) {
            return status;
        }
    }
    *out = tables;
    return PT_OK;
}

static enum pt_status make_differences(const struct pt_run *run, struct pt_arena *arena,
                                       struct pt_facts *facts, struct pt_error *err)
{
    size_t width = 1 + run->n_scenarios;
    struct pt_difference *all = PT_NEW(arena, struct pt_difference, facts->n_charts * width + 1);
    if (!all) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < facts->n_charts; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 1; p->has_question && s < p->n_outcomes; s++) {
            pt_difference_make(run, p, &p->outcomes[s], &all[i * width + s]);
        }
    }
    facts->differences = all;
    return PT_OK;
}

static enum pt_status make_moved(const struct pt_run *run, struct pt_arena *arena,
                                 struct pt_facts *facts, struct pt_error *err)
{
    facts->moved = PT_NEW(arena, struct pt_decomposition, facts->n_charts + 1);
    enum pt_status status = facts->moved ? PT_OK : PT_RAISE_NOMEM(err);
    for (size_t i = 0; i < facts->n_charts && status == PT_OK; i++) {
        status = pt_decomposition_make(&run->projections[i], arena, &facts->moved[i], err);
    }
    return status;
}

enum pt_status pt_facts_make(const struct pt_run *run, struct pt_arena *arena,
                             struct pt_facts *facts, struct pt_error *err)
{
    struct pt_facts made = { .run = run, .n_tables = count_kinds() };
    enum pt_status status = pt_charts_make(run, arena, &made.charts, &made.n_charts, err);
    if (status == PT_OK) {
        status = pt_selftest_charts_make(run, made.charts, arena, &made.tests, err);
    }
    if (status == PT_OK) {
        status = pt_groups_charts_make(run, made.charts, arena, &made.groups, err);
    }
    if (status == PT_OK) {
        status = pt_standings_make(run, arena, &made.standings, err);
    }
    if (status == PT_OK) {
        status = make_differences(run, arena, &made, err);
    }
    if (status == PT_OK) {
        status = make_moved(run, arena, &made, err);
    }
    if (status == PT_OK) {
        status = make_tables(run, false, arena, &made.tables, err);
    }
    if (status == PT_OK) {
        status = make_tables(run, true, arena, &made.for_people, err);
    }
    if (status == PT_OK && pt_arena_failed(arena)) {
        status = PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK) {
        *facts = made;
    }
    return status;
}

const struct pt_table *pt_facts_table(const struct pt_facts *facts, const char *name, bool people)
{
    for (size_t i = 0; i < facts->n_tables; i++) {
        if (strcmp(facts->tables[i].name, name) == 0) {
            return people ? &facts->for_people[i] : &facts->tables[i];
        }
    }
    return NULL;
}

const struct pt_difference *pt_facts_difference(const struct pt_facts *facts, size_t chart,
                                                size_t outcome)
{
    return &facts->differences[chart * (1 + facts->run->n_scenarios) + outcome];
}
