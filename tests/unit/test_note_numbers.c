/* Every number in the note stands in the tables or the definitions, rounded alike, and none has more
 * digits than its error defends: a walk through the content model. */
#include "support/pt_test.h"

#include "test_note_known.h"

/* ------------------------------------------------------------------ the walk */

static void add_text(struct walk *walk, const struct pt_text *text)
{
    const char *in = pt_text_in(text, walk->bench->language);
    if (in[0] != '\0') {
        assert_true(pt_grow((void **)(void *)&walk->texts, &walk->capacity_texts, walk->n_texts,
                            sizeof *walk->texts));
        walk->texts[walk->n_texts++] = in;
    }
}

/* Of the planner's own words those that hold numbers. */
static void add_texts(struct walk *walk)
{
    for (size_t i = 0; i < walk->bench->model->n_indicators; i++) {
        const struct pt_indicator *indicator = walk->bench->model->indicators[i];
        add_text(walk, &indicator->title);
        add_text(walk, &indicator->note);
        add_text(walk, &indicator->band_because);
        add_text(walk, &indicator->target_because);
        for (size_t k = 0; k < indicator->n_breaks; k++) {
            add_text(walk, &indicator->breaks[k].because);
        }
    }
    for (size_t s = 0; s < walk->bench->n_scenarios; s++) {
        add_text(walk, &walk->bench->scenarios[s]->title);
        for (size_t i = 0; i < walk->bench->scenarios[s]->n_levers; i++) {
            add_text(walk, &walk->bench->scenarios[s]->levers[i].title);
            add_text(walk, &walk->bench->scenarios[s]->levers[i].source);
        }
    }
}

/* A hundred futures for each scenario, whichever years they fall into. */
static void check_futures(const struct pt_table *table)
{
    size_t count = column_of(table, "futures");
    double sum = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        sum += table->cells[i * table->n_columns + count].value;
    }
    assert_true(sum > 0 && fmod(sum, 100) == 0);
}

static void check_table(struct walk *walk, const struct numbers *known,
                        const struct pt_table *table)
{
    if (strcmp(table->name, "futures") == 0) {
        check_futures(table);
        return;
    }
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
        const struct pt_cell *cell = &table->cells[i];
        bool number = cell->kind == PT_CELL_AMOUNT || cell->kind == PT_CELL_COUNT ||
                      cell->kind == PT_CELL_CHANCE || cell->kind == PT_CELL_YEAR;
        char text[PT_CELL_MAX];
        if (number && !(cell->kind == PT_CELL_AMOUNT && !isfinite(cell->value))) {
            walk->table = table->name;
            read_text(walk, known, pt_cell_print(cell, walk->bench->language, text));
            walk->table = NULL;
        } else if (cell->kind == PT_CELL_TEXT && strcmp(table->name, "figures") == 0) {
            read_text(walk, known, cell->text);
        }
    }
}

struct known {
    struct numbers said, shown; /* in sentences; in tables */
};

static void walk_block(struct walk *walk, const struct known *known, const struct pt_block *block);

static void forget(struct known *known)
{
    free(known->said.items);
    free(known->shown.items);
}

/* What an indicator's section says, or the one of its past. */
static void know_indicator(const struct walk *walk, struct known *known,
                           const struct pt_indicator *indicator, size_t chart, bool past)
{
    const struct bench *b = walk->bench;
    const char *place = chart != SIZE_MAX ? b->facts.charts[chart].place : "";
    if (!past) {
        add_tables(walk, &known->said, in_indicator, indicator->id, place);
    }
    if (chart != SIZE_MAX) {
        add_projection(walk, &known->said, chart, past);
    }
    for (size_t i = 0; i < b->facts.standings.n && !past; i++) {
        if (b->facts.standings.rows[i].indicator == indicator) {
            add_whole(&known->said, b->facts.standings.rows[i].before_year);
        }
    }
}

/* Every table of the note against every table of the facts; "1 of 10 futures" heads a row. */
static void know_tables(const struct walk *walk, struct known *known)
{
    add_tables(walk, &known->shown, in_tables, NULL, "");
    add_run(walk, &known->shown);
    add_method(&known->shown);
    add(&known->shown, "8"); /* "8 in 10" */
    add(&known->shown, "10");
    for (size_t i = 0; i < walk->bench->facts.standings.n; i++) {
        add_whole(&known->shown, walk->bench->facts.standings.rows[i].before_year);
    }
}

static const struct pt_indicator *indicator_of(const struct walk *walk, const char *id,
                                               size_t *chart, bool *past)
{
    const struct bench *b = walk->bench;
    *chart = SIZE_MAX;
    *past = false;
    for (size_t i = 0; i < b->facts.n_charts; i++) {
        *past = strcmp(id, b->facts.tests[i].slug) == 0;
        if (*past || strcmp(id, b->facts.charts[i].slug) == 0) {
            *chart = i;
            return b->run->projections[i].subject->indicator;
        }
    }
    return pt_model_find(b->model, id);
}

/* What a section may say. */
static void know(const struct walk *walk, const char *id, struct known *known)
{
    size_t chart;
    bool past;
    const struct pt_indicator *indicator = indicator_of(walk, id, &chart, &past);
    if (strcmp(id, "limits") != 0) {
        add_run(walk, &known->said);
    }
    if (indicator != NULL) {
        know_indicator(walk, known, indicator, chart, past);
    } else if (strcmp(id, "summary") == 0) {
        add_tables(walk, &known->said, in_summary, NULL, "");
        add_summary(walk, &known->said);
        add_assumptions(walk, &known->said);
    } else if (strcmp(id, "assumptions") == 0 || strcmp(id, "made-of") == 0) {
        add_assumptions(walk, &known->said);
    } else if (strcmp(id, "scenarios") == 0) {
        add_tables(walk, &known->said, in_scenarios, NULL, "");
    } else if (strcmp(id, "method") == 0) {
        add_method(&known->said);
    } else if (strcmp(id, "limits") == 0) {
        add(&known->said, "20");
    } else if (strcmp(id, "provenance") == 0) {
        add_whole(&known->said, (double)walk->bench->provenance.seed);
        add(&known->said, "256"); /* SHA-256, and the version as either language would read it */
        add(&known->said, "0.1.0");
        add(&known->said, "010");
    } else {
        add_tables(walk, &known->said, in_overview, NULL, "");
    }
}

/* The questions: what stands in an item is what is defined of its indicator. */
static void walk_questions(struct walk *walk, const struct known *known,
                           const struct pt_block *list)
{
    for (size_t i = 0; i < list->n_children; i++) {
        struct known own = { .shown = known->shown };
        const struct pt_block *item = list->children[i];
        for (size_t k = 0; k < walk->bench->facts.n_charts; k++) {
            const struct pt_indicator *indicator =
                walk->bench->run->projections[k].subject->indicator;
            if (strcmp(pt_text_in(&indicator->title, walk->bench->language), item->spans[0].text) ==
                0) {
                add_definition(&own.said, indicator);
                add_projection(walk, &own.said, k, false);
            }
        }
        walk_block(walk, &own, item);
        free(own.said.items);
    }
}

/* The assumptions: what stands in an item is what is written of its programme, or of the links. */
static void walk_programmes(struct walk *walk, const struct known *known,
                            const struct pt_block *list)
{
    for (size_t i = 0; i < list->n_children; i++) {
        struct known own = { .shown = known->shown };
        const struct pt_block *item = list->children[i];
        for (size_t s = 0; s < walk->bench->n_scenarios; s++) {
            for (size_t k = 0; k < walk->bench->scenarios[s]->n_levers; k++) {
                const struct pt_lever *lever = &walk->bench->scenarios[s]->levers[k];
                const char *title = pt_text_in(&lever->title, walk->bench->language);
                if (strncmp(item->spans[0].text, title, strlen(title)) == 0) {
                    add_lever(&own.said, lever);
                }
            }
        }
        if (own.said.n == 0) {
            add_links(walk, &own.said);
        }
        walk_block(walk, &own, item);
        free(own.said.items);
    }
}

/* What the method would have said: of each item its own row of the table. */
static void walk_said(struct walk *walk, const struct known *known, size_t chart,
                      const struct pt_block *list)
{
    const struct pt_selftest *test = &walk->bench->facts.tests[chart].test;
    const struct pt_table *table = pt_facts_table(&walk->bench->facts, "selftest", false);
    size_t id = column_of(table, "indicator"), origin = column_of(table, "origin");
    size_t year = column_of(table, "year");
    assert_int_equal(list->n_children, test->n_paths);
    for (size_t i = 0; i < test->n_paths; i++) {
        struct known own = { .shown = known->shown };
        for (size_t r = 0; r < table->n_rows; r++) {
            const struct pt_cell *row = &table->cells[r * table->n_columns];
            if (strcmp(row[id].text, walk->bench->facts.charts[chart].id) == 0 &&
                row[origin].year == test->paths[i].origin &&
                row[year].year == test->paths[i].origin + (int)test->paths[i].n) {
                for (size_t c = 0; c <= column_of(table, "happened"); c++) {
                    add_cell(walk, &own.said, &row[c]);
                }
            }
        }
        add(&own.said, "80");
        walk_block(walk, &own, list->children[i]);
        free(own.said.items);
    }
}

static void walk_section(struct walk *walk, const struct known *around,
                         const struct pt_block *section)
{
    struct known own = { .shown = around->shown };
    size_t chart;
    bool past;
    know(walk, section->id, &own);
    indicator_of(walk, section->id, &chart, &past);
    for (size_t i = 0; i < section->n_children; i++) {
        if (past && section->children[i]->kind == PT_BLOCK_LIST) {
            walk_said(walk, &own, chart, section->children[i]);
        } else if (strcmp(section->id, "assumptions") == 0 &&
                   section->children[i]->kind == PT_BLOCK_LIST) {
            walk_programmes(walk, &own, section->children[i]);
        } else if (strcmp(section->id, "questions") == 0) {
            walk_questions(walk, &own, section->children[i]);
        } else {
            walk_block(walk, &own, section->children[i]);
        }
    }
    free(own.said.items);
}

static void walk_block(struct walk *walk, const struct known *known, const struct pt_block *block)
{
    if (block->kind == PT_BLOCK_SECTION) {
        walk_section(walk, known, block);
        return;
    }
    for (size_t i = 0; i < block->n_spans; i++) {
        if (block->spans[i].style != PT_SPAN_CODE) {
            read_text(walk, &known->said, block->spans[i].text);
        }
    }
    if (block->kind == PT_BLOCK_FIGURE) {
        size_t digits = walk->digits, noticed = walk->noticed;
        read_text(walk, &known->shown, block->alt); /* it tells of yearly bands too */
        walk->digits = digits;
        walk->noticed = noticed;
    }
    if (block->kind == PT_BLOCK_TABLE) {
        size_t digits = walk->digits, noticed = walk->noticed;
        check_table(walk, &known->shown, block->table);
        walk->digits = digits; /* tables are the facts' own cells */
        walk->noticed = noticed;
    }
    for (size_t i = 0; i < block->n_children; i++) {
        walk_block(walk, known, block->children[i]);
    }
}

static struct walk walk_note(struct bench *b, const char *language)
{
    struct walk walk = { .bench = b };
    write_in(b, language);
    add_texts(&walk);
    struct known known = { 0 };
    know_tables(&walk, &known);
    add_tables(&walk, &known.said, in_overview, NULL, ""); /* up to when there are figures */
    for (size_t i = 0; i < b->note.body->n_children; i++) {
        walk_block(&walk, &known, b->note.body->children[i]);
    }
    forget(&known);
    free(walk.texts);
    return walk;
}

static void check_language(const char *language)
{
    struct bench b;
    for (size_t n = 0; n <= SCENARIOS; n += n == 0 ? 1 : SCENARIOS - 1) {
        start(&b, NOTE_MODEL, n, NULL);
        struct walk walk = walk_note(&b, language);
        print_message("%s: %zu numbers, %zu of %zu changed digits noticed\n", language,
                      walk.numbers, walk.noticed, walk.digits);
        assert_true(walk.numbers > 300);
        assert_true(walk.digits > 300);
        /* most changed digits make a number that is nowhere; the rest hit another one by chance */
        assert_true(8 * walk.noticed >= 7 * walk.digits);
        finish(&b);
    }
}

static void every_number_is_in_the_tables(void **state)
{
    (void)state;
    check_language("en");
}

static void every_number_is_in_the_tables_in_danish(void **state)
{
    (void)state;
    check_language("da");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_in_the_tables),
        cmocka_unit_test(every_number_is_in_the_tables_in_danish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
