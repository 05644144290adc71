#include <math.h>
#include <string.h>

#include "output/workbook/book.h"

/* The observed figures: of each projection the figure that is projected, then the groups behind it;
 * then the indicators that have too few figures to project. */

enum { INDICATOR, TITLE, PLACE, GROUP, YEAR, VALUE, UNIT, PERSONS, FLAG, SOURCE };

static void put_headings(struct pt_sheet *sheet)
{
    static const struct {
        const char *id, *title;
    } columns[] = {
        { "indicator", PT_N("indicator") }, { "title", PT_N("title") },
        { "place", PT_N("place") },         { "group", PT_N("group") },
        { "year", PT_N("year") },           { "value", PT_N("figure") },
        { "unit", PT_N("unit") },           { "persons", PT_N("persons") },
        { "flag", PT_N("remark") },         { "source", PT_N("source") },
    };
    const struct pt_language *language = sheet->book->language;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *note = pt_book_note("data", columns[i].id);
        pt_sheet_heading(sheet, columns[i].id, pt_translate(language, columns[i].title),
                         note != NULL ? pt_translate(language, note) : NULL);
    }
}

static const char *flag_word(char flag)
{
    switch (flag) {
    case 'b':
        return PT_N("break");
    case 'e':
        return PT_N("estimated");
    case 'p':
        return PT_N("provisional");
    case 'u':
        return PT_N("unreliable");
    default:
        return "";
    }
}

static const char *group_title(const struct pt_book *book, const char *id)
{
    const struct pt_group *group = pt_model_group(book->facts->run->model, id);
    return group != NULL ? pt_text_in(&group->title, book->language) : id;
}

static const char *unit_of(const struct pt_book *book, const struct pt_indicator *indicator)
{
    return indicator->percent ? "%" : pt_text_in(&indicator->unit_title, book->language);
}

static void put_names(struct pt_sheet *sheet, const struct pt_indicator *indicator,
                      const char *place, const char *group)
{
    pt_sheet_line(sheet, INDICATOR, indicator->id);
    pt_sheet_line(sheet, TITLE, pt_text_in(&indicator->title, sheet->book->language));
    pt_sheet_line(sheet, PLACE, place);
    pt_sheet_line(sheet, GROUP, group);
}

static void put_series(struct pt_sheet *sheet, const struct pt_indicator *indicator,
                       const struct pt_observed *observed)
{
    struct pt_book *book = sheet->book;
    for (size_t i = 0; observed != NULL && i < observed->n; i++, pt_sheet_next(sheet)) {
        const struct pt_observation *figure = &observed->observations[i];
        put_names(sheet, indicator, observed->place, group_title(book, observed->group));
        pt_sheet_year(sheet, YEAR, figure->year);
        pt_sheet_number(sheet, VALUE, figure->value, figure->decimals);
        pt_sheet_line(sheet, UNIT, unit_of(book, indicator));
        if (figure->persons > 0) {
            pt_sheet_number(sheet, PERSONS, figure->persons, 0);
        }
        pt_sheet_line(sheet, FLAG, pt_translate(book->language, flag_word(figure->flag)));
        pt_sheet_line(sheet, SOURCE, observed->source);
    }
}

/* A gap as it is projected, in place of a series that was published. */
static void put_gap(struct pt_sheet *sheet, const struct pt_chart *chart,
                    const struct pt_indicator *indicator)
{
    struct pt_book *book = sheet->book;
    const struct pt_points points = pt_points_of(indicator);
    const char *unit = points.pp     ? pt_translate(book->language, PT_N("pp"))
                       : points.unit ? points.unit
                                     : pt_text_in(&points.text, book->language);
    for (size_t i = 0; i < chart->n_points; i++, pt_sheet_next(sheet)) {
        put_names(sheet, indicator, chart->place, pt_translate(book->language, PT_N("gap")));
        pt_sheet_year(sheet, YEAR, chart->points[i].year);
        const struct pt_cell gap = { .kind = PT_CELL_AMOUNT,
                                     .value = chart->points[i].value,
                                     .error = pow(10, 1 - (double)chart->decimals) };
        pt_sheet_cell(sheet, VALUE, &gap);
        pt_sheet_line(sheet, UNIT, unit);
    }
}

/* The reference may be a whole that has no place of its own. */
static const struct pt_observed *reference_of(const struct pt_model *model,
                                              const struct pt_indicator *indicator,
                                              const char *place)
{
    if (indicator->reference == NULL) {
        return NULL;
    }
    const struct pt_observed *own =
        pt_data_find(model->data, indicator->series, indicator->reference, place);
    return own != NULL ? own
                       : pt_data_find(model->data, indicator->series, indicator->reference, "");
}

static void put_projection(struct pt_sheet *sheet, size_t at, struct pt_sheet_rows *figures)
{
    const struct pt_facts *facts = sheet->book->facts;
    const struct pt_subject *subject = facts->run->projections[at].subject;
    const struct pt_chart *chart = &facts->charts[at];

    figures->first = sheet->row;
    if (chart->gap) {
        put_gap(sheet, chart, subject->indicator);
        figures->any = sheet->row > figures->first;
        figures->last = sheet->row - 1;
    }
    put_series(sheet, subject->indicator, subject->observed);
    if (!chart->gap) {
        figures->any = sheet->row > figures->first;
        figures->last = sheet->row - 1;
    }
    put_series(sheet, subject->indicator,
               reference_of(facts->run->model, subject->indicator, subject->place));
}

static bool is_projected(const struct pt_run *run, const struct pt_indicator *indicator)
{
    for (size_t i = 0; i < run->n_projections; i++) {
        if (run->projections[i].subject->indicator == indicator) {
            return true;
        }
    }
    return false;
}

static void put_others(struct pt_sheet *sheet)
{
    struct pt_book *book = sheet->book;
    const struct pt_run *run = book->facts->run;
    const struct pt_model *model = run->model;

    for (size_t i = 0; i < model->n_indicators; i++) {
        const struct pt_indicator *indicator = model->indicators[i];
        const char *const *places;
        if (indicator->series == NULL || is_projected(run, indicator) ||
            (run->options.indicator != NULL &&
             strcmp(run->options.indicator, indicator->id) != 0)) {
            continue;
        }
        size_t n = pt_model_places(model, indicator, book->arena, &places);
        for (size_t k = 0; k < n; k++) {
            put_series(sheet, indicator,
                       pt_data_find(model->data, indicator->series, indicator->group, places[k]));
            put_series(sheet, indicator, reference_of(model, indicator, places[k]));
        }
    }
}

void pt_sheet_data(struct pt_sheet *sheet, struct pt_book *book, struct pt_sheet_rows **figures)
{
    const struct pt_language *language = book->language;
    size_t n = book->facts->run->n_projections;

    *figures = PT_NEW(book->arena, struct pt_sheet_rows, n + 1);
    pt_sheet_open(
        sheet, book, pt_translate(language, PT_N("Data")),
        pt_translate(language, PT_N("The figures that were observed")),
        pt_translate(language, PT_N("What everything is computed from, with its source.")));
    if (*figures == NULL || sheet->worksheet == NULL) {
        book->failed = true;
        return;
    }
    put_headings(sheet);
    for (size_t i = 0; i < n; i++) {
        put_projection(sheet, i, &(*figures)[i]);
    }
    put_others(sheet);
    pt_sheet_close(sheet);
}
