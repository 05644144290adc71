/* Tables of the facts as readers of the note see them. */
#include <string.h>

#include "output/note/note.h"

/* Of rows for each year, those of years that this divides. */
#define EVERY 5

static const struct pt_table no_rows = { .name = "", .title = "" };

static size_t column_of(const struct pt_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static const char *text_at(const struct pt_cell *row, size_t column)
{
    return column != SIZE_MAX && row[column].text != NULL ? row[column].text : "";
}

/* ------------------------------------------------------------------ rows */

static bool is_kept(const struct pt_note *note, const struct pt_table *table,
                    const struct pt_cell *row, const struct pt_note_rows *rows)
{
    size_t year = column_of(table, "year"), scenario = column_of(table, "scenario");
    if (rows->indicator != NULL &&
        (strcmp(text_at(row, column_of(table, "indicator")), rows->indicator) != 0 ||
         strcmp(text_at(row, column_of(table, "place")), rows->place) != 0)) {
        return false;
    }
    if (rows->baseline && scenario != SIZE_MAX && row[scenario].kind != PT_CELL_WORD) {
        return false;
    }
    return !rows->some_years || year == SIZE_MAX || row[year].year % EVERY == 0 ||
           row[year].year == note->run->horizon;
}

/* ------------------------------------------------------------------ cells */

static struct pt_text area_title(const struct pt_model *model, const char *id, bool goal)
{
    for (size_t a = 0; a < model->n_areas; a++) {
        const struct pt_area *area = &model->areas[a];
        if (!goal && strcmp(area->id, id) == 0) {
            return area->title;
        }
        for (size_t g = 0; goal && g < area->n_goals; g++) {
            if (strcmp(area->goals[g].id, id) == 0) {
                return area->goals[g].title;
            }
        }
    }
    return (struct pt_text){ 0 };
}

static struct pt_text lever_title(const struct pt_run *run, const char *id)
{
    for (size_t s = 0; s < run->n_scenarios; s++) {
        for (size_t i = 0; i < run->scenarios[s]->n_levers; i++) {
            if (strcmp(run->scenarios[s]->levers[i].id, id) == 0) {
                return run->scenarios[s]->levers[i].title;
            }
        }
    }
    return (struct pt_text){ 0 };
}

/* The title that belongs to an id in a column of such ids; the id where there is none. */
static const char *title_in(const struct pt_note *note, const char *column, const char *id)
{
    const struct pt_model *model = note->run->model;
    struct pt_text title = { 0 };
    if (strcmp(column, "indicator") == 0 || strcmp(column, "worst") == 0) {
        const struct pt_indicator *indicator = pt_model_find(model, id);
        title = indicator != NULL ? indicator->title : title;
    } else if (strcmp(column, "scenario") == 0) {
        return pt_note_scenario(note, id);
    } else if (strcmp(column, "group") == 0 || strcmp(column, "reference") == 0) {
        return pt_note_group(note, id);
    } else if (strcmp(column, "area") == 0 || strcmp(column, "goal") == 0) {
        title = area_title(model, id, column[0] == 'g');
    } else if (strcmp(column, "lever") == 0) {
        title = lever_title(note->run, id);
    }
    const char *text = pt_text_in(&title, note->language);
    return text[0] != '\0' ? text : id;
}

static bool is_empty(const struct pt_cell *cell)
{
    return cell->kind == PT_CELL_EMPTY ||
           ((cell->kind == PT_CELL_TEXT || cell->kind == PT_CELL_WORD) &&
            (cell->text == NULL || cell->text[0] == '\0'));
}

/* ------------------------------------------------------------------ the table */

/* Whether a column says anything in the rows that are kept. */
static bool has_words(const struct pt_table *table, const struct pt_cell *const *kept, size_t n,
                      size_t column, const struct pt_note_rows *rows)
{
    const char *name = table->columns[column].name;
    bool one = (rows->indicator != NULL &&
                (strcmp(name, "indicator") == 0 || strcmp(name, "place") == 0)) ||
               (rows->baseline && strcmp(name, "scenario") == 0);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        any |= !is_empty(&kept[i][column]);
    }
    return table->columns[column].people > 0 && any && !one;
}

static const struct pt_table *copy(struct pt_note *note, const struct pt_table *table,
                                   const struct pt_cell *const *kept, size_t n,
                                   const size_t *columns, size_t width)
{
    struct pt_table *made = PT_NEW(note->arena, struct pt_table, 1);
    struct pt_column *heads = PT_NEW(note->arena, struct pt_column, width + 1);
    struct pt_cell *cells = PT_NEW(note->arena, struct pt_cell, n * width + 1);
    if (made == NULL || heads == NULL || cells == NULL) {
        note->w.failed = true;
        return &no_rows;
    }
    for (size_t c = 0; c < width; c++) {
        heads[c] = table->columns[columns[c]];
        for (size_t i = 0; i < n; i++) {
            struct pt_cell cell = kept[i][columns[c]];
            if (cell.kind == PT_CELL_TEXT && cell.text != NULL) {
                cell.text = title_in(note, heads[c].name, cell.text);
            }
            cells[i * width + c] = cell;
        }
    }
    *made = *table;
    made->n_columns = width;
    made->columns = heads;
    made->n_rows = n;
    made->cells = cells;
    return made;
}

const struct pt_table *pt_note_table_of(struct pt_note *note, const struct pt_table *table,
                                        struct pt_note_rows rows)
{
    const struct pt_cell **kept = PT_NEW(note->arena, const struct pt_cell *, table->n_rows + 1);
    size_t *columns = PT_NEW(note->arena, size_t, table->n_columns + 1);
    size_t n = 0, width = 0;
    if (kept == NULL || columns == NULL) {
        note->w.failed = true;
        return &no_rows;
    }
    for (size_t i = 0; i < table->n_rows; i++) {
        const struct pt_cell *row = &table->cells[i * table->n_columns];
        if (is_kept(note, table, row, &rows)) {
            kept[n++] = row;
        }
    }
    for (size_t c = 0; c < table->n_columns && n > 0; c++) {
        if (has_words(table, kept, n, c, &rows)) {
            columns[width++] = c;
        }
    }
    return width > 0 ? copy(note, table, kept, n, columns, width) : &no_rows;
}

const struct pt_table *pt_note_table(struct pt_note *note, const char *name,
                                     struct pt_note_rows rows)
{
    const struct pt_table *table = pt_facts_table(note->facts, name, true);
    return table != NULL ? pt_note_table_of(note, table, rows) : &no_rows;
}

/* ------------------------------------------------------------------ a few figures */

static const struct pt_column key_columns[] = {
    { "what", PT_N("figure"), 1 },
    { "value", PT_N("value"), 2 },
};

void pt_note_key(struct pt_note *note, struct pt_note_keys *keys, const char *what,
                 struct pt_cell cell)
{
    if (is_empty(&cell) || keys->n == PT_NOTE_KEYS) {
        return;
    }
    const char *kept = pt_arena_copy(note->arena, what, strlen(what));
    note->w.failed |= kept == NULL;
    keys->cells[keys->n][0] = (struct pt_cell){ .kind = PT_CELL_TEXT, .text = kept };
    keys->cells[keys->n][1] = cell;
    keys->n++;
}

const struct pt_table *pt_note_keys_table(struct pt_note *note, const struct pt_note_keys *keys)
{
    struct pt_table *made = PT_NEW(note->arena, struct pt_table, 1);
    struct pt_cell *cells = PT_NEW(note->arena, struct pt_cell, 2 * keys->n + 1);
    if (made == NULL || cells == NULL) {
        note->w.failed = true;
        return &no_rows;
    }
    memcpy(cells, keys->cells, keys->n * sizeof *keys->cells);
    *made = (struct pt_table){ .name = "figures",
                               .title = PT_N("In figures"),
                               .n_columns = sizeof key_columns / sizeof *key_columns,
                               .columns = key_columns,
                               .n_rows = keys->n,
                               .cells = cells };
    return made;
}
