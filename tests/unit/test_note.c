/* What stands in the note, and in which order, on a barometer that has every kind of indicator. */
#include "support/pt_test.h"

#include "test_note_files.h"

static const struct pt_block *section_of(const struct pt_block *block, const char *id)
{
    if (block->id != NULL && strcmp(block->id, id) == 0) {
        return block;
    }
    for (size_t i = 0; i < block->n_children; i++) {
        const struct pt_block *found = section_of(block->children[i], id);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

/* All spans below a block as one text, blocks divided by line ends. */
static void collect(const struct pt_block *block, struct pt_buffer *out)
{
    for (size_t i = 0; i < block->n_spans; i++) {
        pt_buffer_text(out, block->spans[i].text);
    }
    pt_buffer_text(out, block->n_spans > 0 ? "\n" : "");
    for (size_t i = 0; i < block->n_children; i++) {
        collect(block->children[i], out);
    }
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        n++;
    }
    return n;
}

static size_t count_kind(const struct pt_block *block, enum pt_block_kind kind)
{
    size_t n = block->kind == kind;
    for (size_t i = 0; i < block->n_children; i++) {
        n += count_kind(block->children[i], kind);
    }
    return n;
}

static void check_order(const struct pt_block *body, const char *const *ids, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < body->n_children; i++) {
        if (body->children[i]->kind == PT_BLOCK_SECTION) {
            assert_true(at < n);
            assert_string_equal(body->children[i]->id, ids[at++]);
        }
    }
    assert_int_equal(at, n);
}

static void the_parts_stand_in_the_order_they_are_read(void **state)
{
    (void)state;
    static const char *const with[] = {
        "summary",     "overview",  "work",   "life",   "scenarios",
        "assumptions", "questions", "method", "limits", "provenance"
    };
    static const char *const without[] = { "summary",   "overview", "work",   "life",
                                           "questions", "method",   "limits", "provenance" };
    struct bench b;
    for (size_t n = 0; n <= SCENARIOS; n += n == 0 ? 1 : SCENARIOS - 1) {
        start(&b, NOTE_MODEL, n, NULL);
        for (size_t i = 0; i < 2; i++) {
            write_in(&b, i == 0 ? "en" : "da");
            check_order(b.note.body, n > 0 ? with : without,
                        n > 0 ? sizeof with / sizeof *with : sizeof without / sizeof *without);
            assert_int_equal(section_of(b.note.body, "summary")->children[0]->n_children, 3);
        }
        finish(&b);
    }
}

static void every_indicator_has_a_section_under_its_area_and_goal(void **state)
{
    (void)state;
    static const char *const places[][3] = {
        { "work", "more-in-work", "work-gap" }, { "work", "more-in-work", "pay-ratio" },
        { "work", "quick-help", "waiting" },    { "life", "equal-chances", "marks" },
        { "life", "equal-chances", "homes" },   { "life", "equal-chances", "clubs" },
        { "life", "equal-chances", "friends" }, { "life", "equal-chances", "mood" },
    };
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    write_in(&b, "en");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct pt_block *area = section_of(b.note.body, places[i][0]);
        const struct pt_block *goal = section_of(area, places[i][1]);
        assert_non_null(goal);
        assert_non_null(section_of(goal, places[i][2]));
    }
    finish(&b);
}

static void the_sentence_comes_first_and_then_the_status(void **state)
{
    (void)state;
    struct bench b;
    start(&b, NOTE_MODEL, 0, NULL);
    write_in(&b, "en");
    for (size_t i = 0; i < b.facts.n_charts; i++) {
        const struct pt_block *section = section_of(b.note.body, b.facts.charts[i].slug);
        struct pt_buffer said = { 0 };
        pt_sentence_headline(&b.facts.charts[i].outcomes[0].headline, b.language, &said);
        assert_int_equal(section->children[0]->kind, PT_BLOCK_PARAGRAPH);
        assert_string_equal(section->children[0]->spans[0].text + 1, said.bytes + 1);
        assert_int_equal(section->children[1]->spans[1].style, PT_SPAN_STANDING);
        pt_buffer_free(&said);
    }
    finish(&b);
}

static void an_indicator_without_figures_has_its_note_there_and_nowhere_else(void **state)
{
    (void)state;
    struct pt_buffer text = { 0 };
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    write_in(&b, "en");
    collect(section_of(b.note.body, "friends"), &text);
    assert_non_null(strstr(text.bytes, "Asked for the first time next year."));
    assert_null(section_of(b.note.body, "friends-backtest"));
    text.n = 0;
    collect(b.note.body, &text);
    assert_int_equal(count(text.bytes, "Asked for the first time"), 1);
    assert_int_equal(count(text.bytes, "friends"), 0);
    pt_buffer_free(&text);
    finish(&b);
}

/* A sentence with a number in it says something; inside one section it is said once. */
static void check_sentences(const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const char *end = at;
        while (*end != '\0' && *end != '\n' &&
               (strncmp(end, ". ", 2) != 0 || (end[2] >= 'a' && end[2] <= 'z'))) { /* "mio. kr." */
            end++;
        }
        size_t n = (size_t)(end - at);
        bool number = false;
        for (size_t i = 0; i < n; i++) {
            number |= at[i] >= '0' && at[i] <= '9';
        }
        if (n > 30 && number && memmem(end, strlen(end), at, n) != NULL) {
            fail_msg("said twice: %.*s", (int)n, at);
        }
        at = *end == '\0' ? end : end + 1 + (end[0] == '.');
    }
}

/* The questions of an indicator are a section of their own in all but name. */
static bool stands_alone(const struct pt_block *block, const struct pt_block *parent)
{
    return block->kind == PT_BLOCK_SECTION || (block->kind == PT_BLOCK_LIST && parent->id != NULL &&
                                               strcmp(parent->id, "questions") == 0);
}

static void collect_own(const struct pt_block *block, struct pt_buffer *out)
{
    for (size_t i = 0; i < block->n_children; i++) {
        if (!stands_alone(block->children[i], block)) {
            collect(block->children[i], out);
        }
    }
}

static void check_once(const struct pt_block *section)
{
    struct pt_buffer text = { 0 };
    collect_own(section, &text);
    check_sentences(text.bytes != NULL ? text.bytes : "");
    pt_buffer_free(&text);
    for (size_t i = 0; i < section->n_children; i++) {
        const struct pt_block *child = section->children[i];
        if (child->kind == PT_BLOCK_SECTION) {
            check_once(child);
        } else if (stands_alone(child, section)) {
            for (size_t k = 0; k < child->n_children; k++) {
                check_once(child->children[k]);
            }
        }
    }
}

static void nothing_is_said_twice(void **state)
{
    (void)state;
    struct pt_buffer text = { 0 };
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    for (size_t i = 0; i < 2; i++) {
        write_in(&b, i == 0 ? "en" : "da");
        for (size_t k = 0; k < b.note.body->n_children; k++) {
            check_once(b.note.body->children[k]);
        }
    }
    write_in(&b, "en");
    collect(section_of(b.note.body, "assumptions"), &text);
    /* in two scenarios, explained once */
    assert_int_equal(count(text.bytes, "0.25 and 1.75 pp a year"), 1);
    assert_int_equal(count(text.bytes, "12 million DKK"), 1);
    pt_buffer_free(&text);
    finish(&b);
}

static void every_assumption_has_its_source_and_confidence(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "A mentor for each new citizen (low confidence, 25 % chance of no effect)",
        "Source: Assumption of May 2026",
        "Pay made public (medium confidence, 10 % chance of no effect)",
        "Source: Study 17 of 2021",
        "No cost is written.",
        "1 more in 'Employment gap' (pp) lowers 'Waiting more than a month'",
        "Built on 'Mentors'; as there: 'A mentor for each new citizen'; added: 'Courses'.",
        "By links of the model it also moves 'Waiting more than a month'.",
    };
    static const char *const reasons[] = {
        "closed within 1.5 pp. Reason: the figures jump by half a point a year.",
        "Target: 8 pp by 2030. Reason: decided by the council.",
        "Parity is at 100 %; a figure within 1 pp of it counts. Reason: one point cannot be felt.",
        "Break in 2016: figures before and after it do not compare. Reason: new way of counting.",
    };
    struct pt_buffer text = { 0 };
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    write_in(&b, "en");
    collect(section_of(b.note.body, "assumptions"), &text);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_non_null(strstr(text.bytes, wanted[i]));
    }
    text.n = 0;
    collect(section_of(b.note.body, "questions"), &text);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        assert_non_null(strstr(text.bytes, reasons[i]));
    }
    pt_buffer_free(&text);
    finish(&b);
}

/* An effect is assumed, and a trend has no reasons: no sentence of ours claims a cause. */
static void no_sentence_claims_a_cause(void **state)
{
    (void)state;
    static const char *const claims[] = { "caused",   "causes",      "because of",
                                          "due to",   "thanks to",   "estimated effect",
                                          "skyldes",  "på grund af", "takket være",
                                          "forårsage" };
    struct pt_buffer text = { 0 };
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    for (size_t i = 0; i < 2; i++) {
        write_in(&b, i == 0 ? "en" : "da");
        collect(b.note.body, &text);
    }
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        assert_null(strstr(text.bytes, claims[i]));
    }
    pt_buffer_free(&text);
    finish(&b);
}

/* Whoever cannot see a picture has its words and its numbers. */
static void check_figures(const struct pt_block *block)
{
    if (block->kind == PT_BLOCK_FIGURE) {
        assert_true(strlen(block->alt) > 10);
        assert_non_null(block->title);
        assert_int_equal(block->n_children, 1);
        assert_int_equal(block->children[0]->kind, PT_BLOCK_TABLE);
        assert_true(block->children[0]->table->n_rows > 0);
    }
    for (size_t i = 0; i < block->n_children; i++) {
        check_figures(block->children[i]);
    }
}

static void every_picture_has_an_alternative_text_and_its_table(void **state)
{
    (void)state;
    struct bench b;
    start(&b, NOTE_MODEL, SCENARIOS, NULL);
    write_in(&b, "da");
    assert_true(count_kind(b.note.body, PT_BLOCK_FIGURE) > b.facts.n_charts);
    check_figures(b.note.body);
    finish(&b);
}

static void each_place_has_its_own_section(void **state)
{
    (void)state;
    struct bench b;
    start(&b, "models/municipalities.yaml", 0, NULL);
    write_in(&b, "da");
    assert_true(b.facts.n_charts > 1);
    for (size_t i = 0; i < b.facts.n_charts; i++) {
        const struct pt_block *section = section_of(b.note.body, b.facts.charts[i].slug);
        assert_non_null(section);
        assert_ptr_equal(
            section_of(section_of(b.note.body, b.facts.charts[i].id), b.facts.charts[i].slug),
            section);
        assert_non_null(strstr(section->title, b.run->projections[i].subject->place));
    }
    finish(&b);
}

/* One parity only, and none: the sentences for them. */
static void one_open_indicator_is_neither_nearest_nor_farthest(void **state)
{
    (void)state;
    static const struct {
        const char *indicator, *says;
    } cases[] = {
        { "work-gap", "'Employment gap' has not reached parity or its target by 2060 in " },
        { "marks", "Wherever the figures allow a year to be given" },
        { "mood", "No indicator has both a question and figures enough" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pt_buffer text = { 0 };
        struct bench b;
        start(&b, NOTE_MODEL, 0, cases[i].indicator);
        write_in(&b, "en");
        collect(section_of(b.note.body, "summary"), &text);
        assert_non_null(strstr(text.bytes, cases[i].says));
        pt_buffer_free(&text);
        finish(&b);
    }
}

/* The first sentence counts in words that agree in number, and says nothing of what is true of none. */
static void the_first_sentence_counts_only_what_is_there(void **state)
{
    (void)state;
    static const struct {
        const char *model, *language, *says;
    } cases[] = {
        { NOTE_MODEL, "en",
          "The barometer has 8 indicators: 1 has been reached, 3 are off course, 1 is moving away, "
          "1 has no target, 1 cannot be judged, and 1 has no figures.\n" },
        { NOTE_MODEL, "da",
          "Barometeret har 8 indikatorer: 1 er i mål, 3 er bagud, 1 går den forkerte vej, 1 har "
          "intet måltal, 1 kan ikke bedømmes, og 1 har ingen tal.\n" },
        { "models/copenhagen.yaml", "da", ": 1 er i mål, 1 er usikker, 1 er bagud, " },
        { "tests/support/note/alike.yaml", "en",
          "The barometer has 2 indicators: both are off course.\n" },
        { "tests/support/note/alike.yaml", "da",
          "Barometeret har 2 indikatorer: begge er bagud.\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pt_buffer text = { 0 };
        struct bench b;
        start(&b, cases[i].model, 0, NULL);
        write_in(&b, cases[i].language);
        collect(section_of(b.note.body, "summary"), &text);
        assert_non_null(strstr(text.bytes, cases[i].says));
        pt_buffer_free(&text);
        finish(&b);
    }
}

/* The overview is a table of few words: area, goal and title stand in the first of their rows. */
static void the_overview_says_each_title_once(void **state)
{
    (void)state;
    static const char *const models[] = { NOTE_MODEL, "models/municipalities.yaml" };
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        struct bench b;
        start(&b, models[m], 0, NULL);
        write_in(&b, "en");
        const struct pt_block *section = section_of(b.note.body, "overview");
        const struct pt_table *table = section->children[0]->table;
        for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
            const struct pt_cell *cell = &table->cells[i];
            size_t column = i % table->n_columns;
            for (size_t k = column; k < i && cell->kind == PT_CELL_TEXT; k += table->n_columns) {
                const struct pt_cell *other = &table->cells[k];
                assert_true(other->kind != PT_CELL_TEXT || strcmp(other->text, cell->text) != 0);
            }
        }
        assert_int_equal(table->n_rows, b.facts.standings.n);
        finish(&b);
    }
}

/* A goal that no indicator decides is told so, there as in the terminal. */
static void a_goal_without_deciding_indicator_has_no_word(void **state)
{
    (void)state;
    struct bench b;
    start(&b, "tests/support/note/alike.yaml", 0, NULL);
    write_in(&b, "en");
    const struct pt_table *table = section_of(b.note.body, "overview")->children[0]->table;
    assert_int_equal(table->cells[2].kind, PT_CELL_WORD);
    assert_string_equal(table->cells[2].text, "no indicator decides its colour");
    finish(&b);
}

/* Whether the target of a past year was met is known, and no chance. */
static void a_past_target_was_met_or_not(void **state)
{
    (void)state;
    struct bench b;
    struct pt_buffer text = { 0 };
    bool found = false;
    start(&b, "models/copenhagen.yaml", 0, "unsafe");
    write_in(&b, "en");
    const struct pt_block *section = section_of(b.note.body, "unsafe");
    for (size_t i = 0; i < section->n_children; i++) {
        const struct pt_table *table = section->children[i]->table;
        for (size_t r = 0; table != NULL && r < table->n_rows; r++) {
            const struct pt_cell *row = &table->cells[r * table->n_columns];
            assert_true(strstr(row[0].text, "2021 (") || !strstr(row[0].text, "chance of"));
            if (strcmp(row[0].text, "target met in 2021") == 0) {
                assert_string_equal(row[1].text, "no");
                found = true;
            }
        }
    }
    assert_true(found);
    pt_buffer_free(&text);
    finish(&b);
}

/* A scenario built on another may add its levers elsewhere: here it is the same. */
static void the_same_change_is_told_once(void **state)
{
    (void)state;
    struct bench b;
    struct pt_buffer text = { 0 };
    start(&b, NOTE_MODEL, SCENARIOS, "pay-ratio");
    struct pt_projection *p = &b.run->projections[0];
    size_t last = p->n_outcomes - 1, acting = last;
    for (size_t i = last - 1; i > 0; i--) {
        acting = p->outcomes[i].n_levers > 0 ? i : acting;
    }
    assert_true(acting < last);
    const struct pt_outcome kept = p->outcomes[last];
    p->outcomes[last] = p->outcomes[acting];
    pt_sentence_change(b.run, p, &p->outcomes[last], pt_language_find("da"), &text);
    assert_string_equal(text.bytes, "det samme som med 'Åben løn'.");
    p->outcomes[last] = kept;
    pt_buffer_free(&text);
    finish(&b);
}

/* Where it goes and how fast it comes is not in it. */
static void the_command_is_named_without_what_changes_nothing(void **state)
{
    (void)state;
    struct pt_buffer text = { 0 };
    struct bench b;
    start(&b, NOTE_MODEL, 0, "mood");
    write_in(&b, "en");
    collect(section_of(b.note.body, "provenance"), &text);
    assert_non_null(strstr(text.bytes, "Command: paritet report barometer.yaml\n"));
    assert_non_null(strstr(text.bytes, "barometer.yaml: 00ff"));
    pt_buffer_free(&text);
    finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_stand_in_the_order_they_are_read),
        cmocka_unit_test(every_indicator_has_a_section_under_its_area_and_goal),
        cmocka_unit_test(the_sentence_comes_first_and_then_the_status),
        cmocka_unit_test(an_indicator_without_figures_has_its_note_there_and_nowhere_else),
        cmocka_unit_test(nothing_is_said_twice),
        cmocka_unit_test(every_assumption_has_its_source_and_confidence),
        cmocka_unit_test(no_sentence_claims_a_cause),
        cmocka_unit_test(every_picture_has_an_alternative_text_and_its_table),
        cmocka_unit_test(each_place_has_its_own_section),
        cmocka_unit_test(one_open_indicator_is_neither_nearest_nor_farthest),
        cmocka_unit_test(the_first_sentence_counts_only_what_is_there),
        cmocka_unit_test(the_overview_says_each_title_once),
        cmocka_unit_test(a_goal_without_deciding_indicator_has_no_word),
        cmocka_unit_test(a_past_target_was_met_or_not),
        cmocka_unit_test(the_same_change_is_told_once),
        cmocka_unit_test(the_command_is_named_without_what_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
