/* Every number in the note stands in the tables or the definitions, rounded alike, and none has more
 * digits than its error defends: a walk through the content model. */
#include "support/pt_test.h"

#include <ctype.h>
#include <math.h>

#include "test_note_files.h"

#define TOKEN 32

/* ------------------------------------------------------------------ sets of numbers */

/* Numbers as they are read: without sign and thousands, with a decimal point; "7/10" of "7 of 10". */
struct numbers {
    size_t n, capacity;
    char (*items)[TOKEN];
};

static bool has(const struct numbers *set, const char *token)
{
    for (size_t i = 0; i < set->n; i++) {
        if (strcmp(set->items[i], token) == 0) {
            return true;
        }
    }
    return false;
}

static void add(struct numbers *set, const char *token)
{
    if (has(set, token)) {
        return;
    }
    assert_true(pt_grow((void **)(void *)&set->items, &set->capacity, set->n, TOKEN));
    snprintf(set->items[set->n++], TOKEN, "%.*s", TOKEN - 1, token);
}

static void add_whole(struct numbers *set, double x)
{
    char token[TOKEN];
    snprintf(token, sizeof token, "%.0f", fabs(x));
    add(set, token);
}

/* A stated number, such as one of a model: exactly, or with fewer digits. */
static void add_stated(struct numbers *set, double x)
{
    char token[PT_NUMBER_MAX];
    if (isfinite(x)) {
        add(set, pt_number_short(token, fabs(x), 6, '.'));
    }
}

/* As many digits as people see of the cell, and fewer; none more. */
static void add_amount(struct numbers *set, const struct pt_cell *cell)
{
    char text[PT_CELL_MAX], token[TOKEN];
    const char *defended = pt_cell_print(cell, &pt_language_english, text);
    defended += defended[0] == '-';
    add(set, defended);
    const char *point = strchr(defended, '.');
    int decimals = point != NULL ? (int)strlen(point + 1) : 0;
    for (int d = 0; d < decimals; d++) {
        snprintf(token, sizeof token, "%.*f", d, fabs(cell->value));
        add(set, token);
    }
    for (int digits = 1; digits <= 2 && fabs(cell->value) >= 1; digits++) { /* prices */
        double step = pow(10, floor(log10(fabs(cell->value))) + 1 - digits);
        if (step >= 1) {
            add_whole(set, round(fabs(cell->value) / step) * step);
        }
    }
}

static void add_chance(struct numbers *set, double p)
{
    for (int whole = 10; whole <= 100; whole *= 10) {
        int part = (int)floor(fabs(p) * whole + .5), rest = (int)floor((1 - p) * whole + .5);
        int said[] = { part, whole - part, rest, whole - rest };
        for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
            char token[TOKEN];
            snprintf(token, sizeof token, "%d/%d", said[i], whole);
            add(set, token);
        }
    }
}

static void add_parts(struct numbers *set, size_t part, size_t whole)
{
    char token[TOKEN];
    snprintf(token, sizeof token, "%zu/%zu", part, whole);
    add(set, token);
}

/* ------------------------------------------------------------------ reading text */

/* The next number at or after *at, and where it ends; false: there is none. */
static bool next(const char **at, char decimal, char token[TOKEN], const char **from)
{
    const char *p = *at;
    while (*p != '\0' && !isdigit((unsigned char)*p)) {
        p++;
    }
    if (*p == '\0') {
        return false;
    }
    size_t n = 0;
    *from = p;
    for (; isdigit((unsigned char)*p) || ((*p == '.' || *p == ',') && isdigit((unsigned char)p[1]));
         p++) {
        if (*p != (decimal == ',' ? '.' : ',') && n + 1 < TOKEN) {
            token[n++] = *p == decimal ? '.' : *p;
        }
    }
    token[n] = '\0';
    *at = p;
    return true;
}

/* "7 of 10" is one number. */
static void join(const char **at, char decimal, char token[TOKEN])
{
    if (strncmp(*at, " of ", 4) != 0 && strncmp(*at, " af ", 4) != 0) {
        return;
    }
    const char *rest = *at + 4, *from;
    char whole[TOKEN];
    if (isdigit((unsigned char)*rest) && next(&rest, decimal, whole, &from)) {
        size_t used = strlen(token);
        snprintf(token + used, TOKEN - used, "/%.*s", (int)(TOKEN - used - 2), whole);
        *at = rest;
    }
}

struct walk {
    struct bench *bench;
    const char *table; /* whose cell is read; NULL: none */
    size_t n_texts, capacity_texts;
    const char **texts;              /* the planner's own: blanked before reading */
    size_t numbers, digits, noticed; /* read; changed one by one, and how many of those were seen */
};

static void blank(const struct walk *walk, char *text)
{
    for (size_t i = 0; i < walk->n_texts; i++) {
        size_t n = strlen(walk->texts[i]);
        for (char *at = strstr(text, walk->texts[i]); at != NULL; at = strstr(at, walk->texts[i])) {
            memset(at, '_', n);
        }
    }
}

/* A digit that is changed makes another number: is that one missed? */
static void mutate(struct walk *walk, const struct numbers *known, const char *token)
{
    size_t n = strcspn(token, "/");
    for (size_t i = 0; i < n; i++) {
        char other[TOKEN];
        strcpy(other, token);
        if (isdigit((unsigned char)other[i])) {
            other[i] = (char)('0' + (other[i] - '0' + 3) % 10);
            walk->digits++;
            walk->noticed += !has(known, other);
        }
    }
}

static void read_text(struct walk *walk, const struct numbers *known, const char *text)
{
    char decimal = walk->bench->language->decimal, token[TOKEN];
    char *own = strdup(text);
    const char *at = own, *from;
    blank(walk, own);
    while (next(&at, decimal, token, &from)) {
        join(&at, decimal, token);
        walk->numbers++;
        if (!has(known, token)) {
            fail_msg("%s is in no table: %s%s%s", token, text,
                     walk->table != NULL ? ", of the table " : "",
                     walk->table != NULL ? walk->table : "");
        }
        mutate(walk, known, token);
    }
    free(own);
}

/* ------------------------------------------------------------------ what is known */

static size_t column_of(const struct pt_table *table, const char *name)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        if (strcmp(table->columns[c].name, name) == 0) {
            return c;
        }
    }
    return SIZE_MAX;
}

static void add_cell(const struct walk *walk, struct numbers *set, const struct pt_cell *cell)
{
    char text[PT_CELL_MAX], token[TOKEN];
    const char *at = text, *from;
    switch (cell->kind) {
    case PT_CELL_AMOUNT:
        if (isfinite(cell->value)) {
            add_amount(set, cell);
        }
        break;
    case PT_CELL_CHANCE:
        add_chance(set, cell->value);
        break;
    case PT_CELL_COUNT:
        add_whole(set, cell->value);
        break;
    case PT_CELL_YEAR:
        if (cell->year != PT_YEAR_NEVER && cell->year != PT_YEAR_ALREADY) {
            add_whole(set, cell->year);
        }
        break;
    case PT_CELL_MESSAGE:
        pt_cell_print(cell, walk->bench->language, text);
        while (next(&at, walk->bench->language->decimal, token, &from)) {
            join(&at, walk->bench->language->decimal, token);
            add(set, token);
        }
        break;
    default:
        break;
    }
}

static void add_table(const struct walk *walk, struct numbers *set, const struct pt_table *table,
                      const char *indicator, const char *place)
{
    size_t id = column_of(table, "indicator"), at = column_of(table, "place");
    for (size_t i = 0; i < table->n_rows; i++) {
        const struct pt_cell *row = &table->cells[i * table->n_columns];
        if (indicator != NULL && id != SIZE_MAX &&
            (strcmp(row[id].text, indicator) != 0 ||
             (at != SIZE_MAX && strcmp(row[at].text, place) != 0))) {
            continue;
        }
        for (size_t c = 0; c < table->n_columns; c++) {
            add_cell(walk, set, &row[c]);
        }
        size_t part = column_of(table, "by_group");
        if (part != SIZE_MAX) { /* the picture's table also has what both did together */
            struct pt_cell sum = row[part];
            sum.value += row[part + 1].value;
            add_cell(walk, set, &sum);
        }
    }
}

/* Yearly bands would know any year: only tables of the note are measured against them. */
static bool is_yearly(const char *name)
{
    return strcmp(name, "bands") == 0 || strcmp(name, "groups") == 0;
}

static void add_tables(const struct walk *walk, struct numbers *set, bool yearly,
                       const char *indicator, const char *place)
{
    const struct pt_facts *facts = &walk->bench->facts;
    for (size_t i = 0; i < facts->n_tables; i++) {
        const char *name = facts->tables[i].name;
        if ((yearly || !is_yearly(name)) && strcmp(name, "fit") != 0 &&
            strcmp(name, "fieller") != 0) {
            add_table(walk, set, &facts->tables[i], indicator, place);
        }
    }
}

static void add_definition(struct numbers *set, const struct pt_indicator *indicator)
{
    add_stated(set, indicator->band);
    add_stated(set, indicator->parity);
    add_stated(set, indicator->target);
    add_stated(set, indicator->lower);
    add_stated(set, indicator->upper);
    add_whole(set, indicator->target_year);
    for (size_t i = 0; i < indicator->n_breaks; i++) {
        add_whole(set, indicator->breaks[i].year);
    }
}

/* Of one projection: what it was fitted to, and how often its bands held. */
static void add_projection(const struct walk *walk, struct numbers *set, size_t at)
{
    const struct pt_projection *p = &walk->bench->run->projections[at];
    const struct pt_selftest *test = &walk->bench->facts.tests[at].test;
    add_whole(set, (double)p->fit.n);
    add_whole(set, p->fit.first);
    add_whole(set, p->fit.last);
    add_whole(set, p->last + 20); /* METHODS 3.7: verified so far */
    add_parts(set, test->inside80, test->n);
    for (size_t s = 1; s < p->n_outcomes; s++) {
        add_whole(set, p->outcomes[s].end);
    }
}

static void add_lever(struct numbers *set, const struct pt_lever *lever)
{
    for (size_t k = 0;
         lever->effect.distribution != NULL && k < lever->effect.distribution->n_parameters; k++) {
        add_stated(set, lever->effect.par[k]);
        add_stated(set, lever->kind->full_effect != NULL
                            ? lever->kind->full_effect(lever, lever->effect.par[k])
                            : NAN);
    }
    add_stated(set, 100 * lever->effect.chance_of_none);
    add_stated(set, 100 * lever->reach);
    add_stated(set, 100 * lever->increase);
    add_stated(set, 100 * lever->effect_increase);
    add_stated(set, lever->half_life);
    add_whole(set, lever->start);
    add_whole(set, lever->ramp_years);
    add_whole(set, lever->until);
    for (size_t i = 0; i < lever->n_costs; i++) {
        add_stated(set, lever->costs[i].amount);
    }
}

static void add_assumptions(const struct walk *walk, struct numbers *set)
{
    const struct pt_model *model = walk->bench->model;
    for (size_t s = 0; s < walk->bench->n_scenarios; s++) {
        for (size_t i = 0; i < walk->bench->scenarios[s]->n_levers; i++) {
            add_lever(set, &walk->bench->scenarios[s]->levers[i]);
        }
    }
    for (size_t i = 0; i < model->n_links; i++) {
        add_stated(set, model->links[i].effect.par[0]);
        add_stated(set, model->links[i].effect.par[1]);
        add_stated(set, 100 * model->links[i].effect.chance_of_none);
        add_whole(set, model->links[i].delay);
    }
}

static void add_run(const struct walk *walk, struct numbers *set)
{
    add_whole(set, walk->bench->run->horizon);
    add_whole(set, (double)walk->bench->run->options.draws);
    add_whole(set, walk->bench->run->options.sustained_years);
    /* the written constants: the level of ranges, and as far as forecasts have been verified */
    add(set, "80");
    add(set, "20");
    add(set, "8/10");
    add(set, "1/100");
    add(set, "99/100");
}

/* The method box: what docs/methods.md states of the method, section by section. */
static void add_method(struct numbers *set)
{
    static const char *const constants[] = { "7/10", "1/10",   "5/10",   "9/10", "75/100",
                                             "25",   "4",      "84/100", "318",  "85/100",
                                             "7125", "51/100", "50/100" };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        add(set, constants[i]);
    }
}

static void add_summary(const struct walk *walk, struct numbers *set)
{
    const struct pt_standings *standings = &walk->bench->facts.standings;
    size_t count[PT_STANDINGS] = { 0 }, inside = 0, n = 0;
    for (size_t i = 0; i < standings->n; i++) {
        count[standings->rows[i].word]++;
    }
    add_whole(set, (double)standings->n);
    add_whole(set, (double)count[PT_STANDING_REACHED]);
    add_whole(set, (double)count[PT_STANDING_ON_COURSE]);
    add_whole(set, (double)count[PT_STANDING_UNCERTAIN]);
    add_whole(set, (double)(count[PT_STANDING_OFF_COURSE] + count[PT_STANDING_MOVING_AWAY]));
    add_whole(set, (double)(count[PT_STANDING_NO_QUESTION] + count[PT_STANDING_TOO_LITTLE] +
                            count[PT_STANDING_NO_FIGURES]));
    for (size_t i = 0; i < walk->bench->facts.n_charts; i++) {
        n += walk->bench->facts.tests[i].test.n;
        inside += walk->bench->facts.tests[i].test.inside80;
    }
    add_parts(set, inside, n);
}

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

static void check_table(struct walk *walk, const struct numbers *known,
                        const struct pt_table *table)
{
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

/* What a section may say: of an indicator only what is known of it, elsewhere everything. */
static struct known known_in(struct walk *walk, const struct pt_block *section)
{
    struct bench *b = walk->bench;
    struct known known = { 0 };
    size_t chart = SIZE_MAX;
    const struct pt_indicator *indicator = NULL;
    for (size_t i = 0; i < b->facts.n_charts; i++) {
        if (section->id != NULL && strcmp(section->id, b->facts.charts[i].slug) == 0) {
            chart = i;
            indicator = b->run->projections[i].subject->indicator;
        }
    }
    for (size_t i = 0; i < b->model->n_indicators && section->id != NULL; i++) {
        if (strcmp(b->model->indicators[i]->id, section->id) == 0) {
            indicator = b->model->indicators[i];
        }
    }
    const char *id = indicator != NULL ? indicator->id : NULL;
    const char *place = chart != SIZE_MAX ? b->facts.charts[chart].place : "";
    add_tables(walk, &known.said, false, id, place);
    add_run(walk, &known.said);
    for (size_t i = 0; i < b->facts.n_charts; i++) {
        if (indicator == NULL || i == chart) {
            add_projection(walk, &known.said, i);
        }
    }
    for (size_t i = 0; i < b->model->n_indicators; i++) {
        if (indicator == NULL || b->model->indicators[i] == indicator) {
            add_definition(&known.said, b->model->indicators[i]);
        }
    }
    for (size_t i = 0; i < b->facts.standings.n; i++) {
        if (indicator == NULL || b->facts.standings.rows[i].indicator == indicator) {
            add_whole(&known.said, b->facts.standings.rows[i].before_year);
        }
    }
    if (indicator == NULL) {
        add_assumptions(walk, &known.said);
        add_summary(walk, &known.said);
    }
    for (size_t i = 0; i < known.said.n; i++) {
        add(&known.shown, known.said.items[i]);
    }
    add_tables(walk, &known.shown, true, id, place);
    add_method(&known.shown); /* "1 of 10 futures" in the head of a row */
    return known;
}

static bool is_scope(const struct walk *walk, const struct pt_block *block)
{
    bool own = false;
    for (size_t i = 0; i < walk->bench->facts.n_charts; i++) {
        own |= strcmp(block->id, walk->bench->facts.charts[i].slug) == 0;
    }
    for (size_t i = 0; i < walk->bench->model->n_indicators; i++) {
        own |= strcmp(block->id, walk->bench->model->indicators[i]->id) == 0;
    }
    return own;
}

static void walk_section(struct walk *walk, const struct known *known, const struct pt_block *block)
{
    struct known own = { 0 };
    bool method = strcmp(block->id, "method") == 0, made = strcmp(block->id, "provenance") == 0;
    if (is_scope(walk, block)) {
        own = known_in(walk, block);
        known = &own;
    } else if (method || made) {
        add_run(walk, &own.said);
        if (method) {
            add_method(&own.said);
        } else {
            add_whole(&own.said, (double)walk->bench->provenance.seed);
            add(&own.said, "256"); /* SHA-256, and the version as either language would read it */
            add(&own.said, "0.1.0");
            add(&own.said, "010");
        }
        known = &own;
    }
    for (size_t i = 0; i < block->n_children; i++) {
        walk_block(walk, known, block->children[i]);
    }
    free(own.said.items);
    free(own.shown.items);
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
        read_text(walk, &known->said, block->alt);
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
    struct known known = known_in(&walk, b->note.body);
    for (size_t i = 0; i < b->note.body->n_children; i++) {
        walk_block(&walk, &known, b->note.body->children[i]);
    }
    free(known.said.items);
    free(known.shown.items);
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
