#include <string.h>

#include "output/table/amounts.h"
#include "output/workbook/book.h"

/* What the answers hang on, each with its reason: one row for each effect, band, target and break. */

enum { KIND, SCENARIO, INDICATOR, WHAT, CONFIDENCE, COSTS, REASON };

static void put_headings(struct pt_sheet *sheet)
{
    static const struct {
        const char *id, *title;
    } columns[] = {
        { "kind", PT_N("kind") },
        { "scenario", PT_N("scenario") },
        { "indicator", PT_N("indicator") },
        { "assumption", PT_N("what is assumed") },
        { "confidence", PT_N("confidence") },
        { "costs", PT_N("costs") },
        { "reason", PT_N("source or reason") },
    };
    const struct pt_language *language = sheet->book->language;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *note = pt_book_note("assumptions", columns[i].id);
        pt_sheet_heading(sheet, columns[i].id, pt_translate(language, columns[i].title),
                         note != NULL ? pt_translate(language, note) : NULL);
    }
}

/* Puts what a buffer holds into a cell of the row, and lets go of it. */
static void put_buffer(struct pt_sheet *sheet, lxw_col_t column, struct pt_buffer *text)
{
    sheet->book->failed |= text->failed;
    pt_sheet_text(sheet, column, text->n > 0 ? text->bytes : "");
    pt_buffer_free(text);
}

static void put_kind(struct pt_sheet *sheet, const char *kind, const struct pt_indicator *indicator)
{
    const struct pt_language *language = sheet->book->language;
    pt_sheet_text(sheet, KIND, pt_translate(language, kind));
    if (indicator != NULL) {
        pt_sheet_text(sheet, INDICATOR, pt_text_in(&indicator->title, language));
    }
}

/* ------------------------------------------------------------------ of scenarios */

static void put_lever(struct pt_sheet *sheet, const struct pt_scenario *scenario, size_t i)
{
    const struct pt_language *language = sheet->book->language;
    const struct pt_lever *lever = &scenario->levers[i];
    const struct pt_indicator *indicator =
        pt_model_find(sheet->book->facts->run->model, lever->indicator);
    bool first = i == 0 || lever->entry != scenario->levers[i - 1].entry;
    const char *title = pt_text_in(&lever->title, language);
    struct pt_buffer text = { 0 };

    if (indicator == NULL) {
        return;
    }
    put_kind(sheet, PT_N("effect"), indicator);
    pt_sheet_text(sheet, SCENARIO, pt_text_in(&scenario->title, language));
    pt_buffer_printf(&text, "%s: ", title[0] != '\0' ? title : lever->id);
    pt_sentence_lever(lever, indicator, language, &text);
    put_buffer(sheet, WHAT, &text);
    pt_sentence_confidence(lever, language, &text);
    put_buffer(sheet, CONFIDENCE, &text);
    if (first) { /* costs are those of the whole programme */
        pt_sentence_cost(lever, language, &text);
        put_buffer(sheet, COSTS, &text);
    }
    pt_sheet_text(sheet, REASON, pt_text_in(&lever->source, language));
    pt_sheet_next(sheet);
}

static void put_scenario(struct pt_sheet *sheet, const struct pt_scenario *scenario)
{
    const struct pt_language *language = sheet->book->language;
    struct pt_buffer text = { 0 };

    for (size_t i = 0; i < scenario->n_levers; i++) {
        put_lever(sheet, scenario, i);
    }
    pt_sentence_overlap(scenario->overlap, language, &text);
    if (text.n > 0) {
        put_kind(sheet, PT_N("overlap"), NULL);
        pt_sheet_text(sheet, SCENARIO, pt_text_in(&scenario->title, language));
        put_buffer(sheet, WHAT, &text);
        pt_sheet_next(sheet);
    }
    sheet->book->failed |= text.failed;
    pt_buffer_free(&text);
}

/* ------------------------------------------------------------------ of the model */

static void put_link(struct pt_sheet *sheet, const struct pt_link *link)
{
    const struct pt_model *model = sheet->book->facts->run->model;
    struct pt_buffer text = { 0 };

    put_kind(sheet, PT_N("link"), pt_model_find(model, link->to));
    pt_sentence_link(link, model, true, sheet->book->language, &text);
    put_buffer(sheet, WHAT, &text);
    pt_sheet_text(sheet, REASON, pt_text_in(&link->source, sheet->book->language));
    pt_sheet_next(sheet);
}

static void put_band(struct pt_sheet *sheet, const struct pt_indicator *indicator)
{
    const struct pt_language *language = sheet->book->language;
    const struct pt_points points = pt_points_of(indicator);
    struct pt_buffer text = { 0 };
    char amount[PT_CELL_MAX];

    put_kind(sheet, PT_N("band"), indicator);
    pt_points_print(indicator->band, 0, &points, language, amount);
    pt_buffer_say(&text, language, PT_N("A gap of at most %s counts as closed."), amount);
    put_buffer(sheet, WHAT, &text);
    pt_sheet_text(sheet, REASON, pt_text_in(&indicator->band_because, language));
    pt_sheet_next(sheet);
}

/* A target is of the figure that is published, whose unit is not that of its changes. */
static void put_target(struct pt_sheet *sheet, const struct pt_indicator *indicator)
{
    const struct pt_language *language = sheet->book->language;
    struct pt_points points = pt_points_of(indicator);
    struct pt_buffer text = { 0 };
    char amount[PT_CELL_MAX];

    if (indicator->reference == NULL && indicator->percent) {
        points = (struct pt_points){ .unit = "%" };
    }
    put_kind(sheet, PT_N("target"), indicator);
    pt_points_print(indicator->target, 0, &points, language, amount);
    pt_buffer_say(&text, language, PT_N("%s in %d"), amount, indicator->target_year);
    put_buffer(sheet, WHAT, &text);
    pt_sheet_text(sheet, REASON, pt_text_in(&indicator->target_because, language));
    pt_sheet_next(sheet);
}

static void put_break(struct pt_sheet *sheet, const struct pt_indicator *indicator,
                      const struct pt_break *gap)
{
    static const char *const words[] = {
        PT_N("From %d on the figures have another level."),
        PT_N("From %d on the figures have another slope."),
        PT_N("From %d on the figures have another level and another slope."),
    };
    const struct pt_language *language = sheet->book->language;
    struct pt_buffer text = { 0 };

    put_kind(sheet, PT_N("break"), indicator);
    pt_buffer_say(&text, language, words[gap->kind], gap->year);
    put_buffer(sheet, WHAT, &text);
    pt_sheet_text(sheet, REASON, pt_text_in(&gap->because, language));
    pt_sheet_next(sheet);
}

static void put_indicator(struct pt_sheet *sheet, const struct pt_indicator *indicator)
{
    if (indicator->has_band) {
        put_band(sheet, indicator);
    }
    if (indicator->has_target) {
        put_target(sheet, indicator);
    }
    for (size_t i = 0; i < indicator->n_breaks; i++) {
        put_break(sheet, indicator, &indicator->breaks[i]);
    }
}

/* Places share a trend line's name, not its numbers. */
static void put_trend(struct pt_sheet *sheet, const struct pt_projection *p)
{
    const struct pt_language *language = sheet->book->language;

    put_kind(sheet, PT_N("trend"), p->subject->indicator);
    pt_sheet_text(sheet, WHAT, pt_translate(language, p->fit.family->title));
    pt_sheet_text(sheet, REASON, pt_translate(language, p->fit.family->reference));
    pt_sheet_next(sheet);
}

static void put_trends(struct pt_sheet *sheet)
{
    const struct pt_run *run = sheet->book->facts->run;
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        if (i == 0 || p->subject->indicator != p[-1].subject->indicator) {
            put_trend(sheet, p);
        }
    }
}

void pt_sheet_assumptions(struct pt_sheet *sheet, struct pt_book *book)
{
    const struct pt_language *language = book->language;
    const struct pt_run *run = book->facts->run;

    pt_sheet_open(
        sheet, book, pt_translate(language, PT_N("Assumptions")),
        pt_translate(language, PT_N("What is assumed")),
        pt_translate(language, PT_N("Effects are assumptions with a source; change one and "
                                    "the answer changes. Nothing here shows what causes "
                                    "what.")));
    if (sheet->worksheet == NULL) {
        return;
    }
    put_headings(sheet);
    for (size_t i = 0; i < run->n_scenarios; i++) {
        put_scenario(sheet, run->scenarios[i]);
    }
    for (size_t i = 0; i < run->model->n_links; i++) {
        put_link(sheet, &run->model->links[i]);
    }
    for (size_t i = 0; i < run->model->n_indicators; i++) {
        put_indicator(sheet, run->model->indicators[i]);
    }
    put_trends(sheet);
    pt_sheet_close(sheet);
}
