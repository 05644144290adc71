/* The barometer in words: areas, goals with their colour, and a line for each indicator. */
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

struct page {
    const struct request *request;
    const struct pt_standings *standings;
    struct pt_buffer *out;
    bool starred; /* some indicator decides */
};

static const char *title_of(const struct page *page, const struct pt_text *text)
{
    return pt_text_in(text, page->request->language);
}

/* A heading, and after a colon what is given of a status. */
static void say_heading(struct page *page, size_t level, const char *title, const char *standing)
{
    bool markdown = is_markdown(page->request);
    struct pt_buffer line = { 0 };
    if (markdown) {
        pt_buffer_printf(&line, "%.*s ", (int)level + 1, "####");
    } else {
        pt_buffer_printf(&line, "%*s%s", (int)(2 * (level - 1)), "",
                         bold(page->request, STDOUT_FILENO, true));
    }
    print_words(page->request, title, &line);
    pt_buffer_printf(&line, "%s%s%s%s\n%s", standing[0] != '\0' ? ":" : "",
                     markdown ? "" : bold(page->request, STDOUT_FILENO, false),
                     standing[0] != '\0' ? " " : "", standing, markdown ? "\n" : "");
    pt_buffer_paragraph(page->out, line.bytes, markdown ? 0 : terminal_width(page->request),
                        2 * level);
    page->out->failed |= line.failed;
    pt_buffer_free(&line);
}

/* "◐ uncertain", or that nothing decides. */
static void say_goal(struct page *page, const struct pt_goal_standing *goal, size_t level,
                     const char *title)
{
    struct pt_buffer word = { 0 };
    if (goal && goal->n_deciding > 0) {
        pt_buffer_standing(&word, goal->word, page->request->language,
                           has_color(page->request, STDOUT_FILENO));
    } else if (goal) {
        pt_buffer_say(&word, page->request->language, PT_N("no indicator decides its colour"));
    }
    say_heading(page, level, title, word.n > 0 ? word.bytes : "");
    page->out->failed |= word.failed;
    pt_buffer_free(&word);
}

/* "80.0 % in 2024, standstill since 2023" */
static void say_figure(const struct page *page, const struct pt_standing *row,
                       struct pt_buffer *line)
{
    static const char *const figures[] = {
        PT_N("%s in %d"),
        PT_N("%s in %d, progress since %d"),
        PT_N("%s in %d, standstill since %d"),
        PT_N("%s in %d, decline since %d"),
    };
    static const char *const gaps[] = {
        PT_N("A gap of %s in %d"),
        PT_N("A gap of %s in %d, progress since %d"),
        PT_N("A gap of %s in %d, standstill since %d"),
        PT_N("A gap of %s in %d, decline since %d"),
    };
    const struct pt_language *in = page->request->language;
    const struct pt_indicator *indicator = row->indicator;
    const struct pt_cell cell = { .kind = PT_CELL_AMOUNT,
                                  .value = row->value,
                                  .error = row->value_error };
    char number[PT_CELL_MAX], amount[2 * PT_CELL_MAX];
    const char *unit = indicator->gap && indicator->gap->unit ? indicator->gap->unit
                       : indicator->percent
                           ? (indicator->reference ? pt_translate(in, PT_N("pp")) : "%")
                           : pt_text_in(&indicator->unit_title, in);
    pt_cell_print(&cell, in, number);
    snprintf(amount, sizeof amount, "%s%s%s", number, unit[0] != '\0' ? " " : "", unit);
    const char *const *patterns = indicator->reference ? gaps : figures;
    if (row->progress == PT_PROGRESS_UNKNOWN) {
        pt_buffer_say(line, in, patterns[0], amount, row->year);
    } else {
        pt_buffer_say(line, in, patterns[row->progress], amount, row->year, row->before_year);
    }
}

static void say_trace(const struct page *page, const struct pt_standing *row,
                      struct pt_buffer *line)
{
    char text[PT_CELL_MAX];
    const struct pt_cell cell = { .kind = PT_CELL_TRACE, .n = row->n_trace, .values = row->trace };
    if (is_looked_at(page->request) && page->request->unicode && row->n_trace > 1) {
        pt_buffer_printf(line, " %s", pt_cell_print(&cell, page->request->language, text));
    }
}

static void say_row(struct page *page, const struct pt_standing *row, const char *title,
                    size_t level)
{
    const struct request *request = page->request;
    bool markdown = is_markdown(request);
    struct pt_buffer line = { 0 }, said = { 0 };
    pt_buffer_printf(&line, markdown ? "- **" : "%*s", (int)(2 * level), "");
    print_words(request, title, &line);
    pt_buffer_printf(&line, "%s:%s ", row->indicator->decides ? (markdown ? "\\*" : "*") : "",
                     markdown ? "**" : "");
    page->starred |= row->indicator->decides;
    pt_buffer_standing(&line, row->word, request->language, has_color(request, STDOUT_FILENO));
    say_trace(page, row, &line);
    pt_buffer_text(&line, ".");
    if (row->has_value) {
        pt_buffer_text(&said, " ");
        say_figure(page, row, &said);
        pt_buffer_text(&said, ".");
    }
    if (row->reason.id && row->word != PT_STANDING_NO_FIGURES) {
        pt_buffer_text(&said, " ");
        pt_buffer_message(&said, request->language, &row->reason);
    }
    print_words(request, said.n > 0 ? said.bytes : "", &line);
    pt_buffer_text(&line, "\n");
    pt_buffer_paragraph(page->out, line.bytes, markdown ? 0 : terminal_width(request),
                        2 * level + 2);
    page->out->failed |= line.failed || said.failed;
    pt_buffer_free(&said);
    pt_buffer_free(&line);
}

/* The rows of a goal at a place, by indicator and what is given of the place, or of all places, by
 * place. */
static void say_rows(struct page *page, const struct pt_goal *goal, const char *place,
                     const char *said, size_t level)
{
    for (size_t i = 0; i < page->standings->n; i++) {
        const struct pt_standing *row = &page->standings->rows[i];
        if (row->indicator->goal == goal && (!place || strcmp(row->place, place) == 0)) {
            struct pt_buffer title = { 0 };
            pt_title_with_place(&title, title_of(page, &row->indicator->title), said);
            say_row(page, row, !place ? row->place : title.n > 0 ? title.bytes : "", level);
            page->out->failed |= title.failed;
            pt_buffer_free(&title);
        }
    }
    pt_buffer_text(page->out, is_markdown(page->request) ? "\n" : "");
}

static size_t count_rows(const struct page *page, const struct pt_goal *goal)
{
    size_t n = 0;
    for (size_t i = 0; i < page->standings->n; i++) {
        n += page->standings->rows[i].indicator->goal == goal;
    }
    return n;
}

/* The first row of a goal; there is one. */
static const struct pt_standing *first_row(const struct page *page, const struct pt_goal *goal)
{
    const struct pt_standing *row = page->standings->rows;
    while (row->indicator->goal != goal) {
        row++;
    }
    return row;
}

/* Whether all rows of a goal are one indicator's, at several places. */
static bool is_one_everywhere(const struct page *page, const struct pt_goal *goal)
{
    const struct pt_standing *first = first_row(page, goal);
    bool one = count_rows(page, goal) > 1;
    for (size_t i = 0; i < page->standings->n; i++) {
        const struct pt_standing *row = &page->standings->rows[i];
        one &= row->indicator->goal != goal || row->indicator == first->indicator;
    }
    return one;
}

/* The standing of a goal at a place; NULL: half of it was asked for. */
static const struct pt_goal_standing *goal_at(const struct page *page, const struct pt_goal *goal,
                                              const char *place)
{
    for (size_t i = 0; i < page->standings->n_goals; i++) {
        const struct pt_goal_standing *standing = &page->standings->goals[i];
        if (standing->goal == goal && strcmp(standing->place, place) == 0) {
            return standing;
        }
    }
    return NULL;
}

static bool is_first_at_place(const struct page *page, const struct pt_goal *goal,
                              const struct pt_standing *row)
{
    for (const struct pt_standing *at = page->standings->rows; at < row; at++) {
        if (at->indicator->goal == goal && strcmp(at->place, row->place) == 0) {
            return false;
        }
    }
    return row->indicator->goal == goal;
}

/* A goal, and its indicators below it; at several places once for each. */
static void say_goal_rows(struct page *page, const struct pt_goal *goal)
{
    const char *title = title_of(page, &goal->title);
    const struct pt_standing *first = first_row(page, goal);
    if (is_one_everywhere(page, goal)) {
        say_heading(page, 2, title, "");
        say_heading(page, 3, title_of(page, &first->indicator->title), "");
        say_rows(page, goal, NULL, "", 3);
        return;
    }
    bool places = false;
    for (size_t i = 0; i < page->standings->n; i++) {
        const struct pt_standing *row = &page->standings->rows[i];
        places |= row->indicator->goal == goal && strcmp(row->place, first->place) != 0;
    }
    if (!places) {
        say_goal(page, goal_at(page, goal, first->place), 2, title);
        say_rows(page, goal, first->place, first->place, 2);
        return;
    }
    say_heading(page, 2, title, "");
    for (size_t i = 0; i < page->standings->n; i++) {
        const struct pt_standing *row = &page->standings->rows[i];
        if (is_first_at_place(page, goal, row)) {
            say_goal(page, goal_at(page, goal, row->place), 3, row->place);
            say_rows(page, goal, row->place, "", 3);
        }
    }
}

void say_status(const struct request *request, const struct pt_model *model,
                const struct pt_standings *standings, struct pt_buffer *out)
{
    struct page page = { .request = request, .standings = standings, .out = out };
    for (size_t a = 0; a < model->n_areas; a++) {
        const struct pt_area *area = &model->areas[a];
        size_t rows = 0;
        for (size_t g = 0; g < area->n_goals; g++) {
            rows += count_rows(&page, &area->goals[g]);
        }
        if (rows > 0) {
            say_heading(&page, 1, title_of(&page, &area->title), "");
        }
        for (size_t g = 0; g < area->n_goals; g++) {
            if (count_rows(&page, &area->goals[g]) > 0) {
                say_goal_rows(&page, &area->goals[g]);
            }
        }
        pt_buffer_text(out, rows > 0 && !is_markdown(request) ? "\n" : "");
    }
    if (page.starred) {
        struct pt_buffer said = { 0 };
        pt_buffer_say(&said, request->language, PT_N("* decides the colour of its goal"));
        print_words(request, said.n > 0 ? said.bytes : "", out);
        pt_buffer_text(out, "\n\n");
        out->failed |= said.failed;
        pt_buffer_free(&said);
    }
}
