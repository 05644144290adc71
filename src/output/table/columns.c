#include "output/table/columns.h"

#include <string.h>

#include "output/table/wrap.h"

/* A column of words is not made narrower than this while another way is left, nor than the second
 * where its words have to be broken. */
#define LEAST_WORDS  16
#define LEAST_PIECES 8

/* What a column may be narrowed to, each step worse to read than the one before it. */
enum step {
    WHOLE,   /* cell and heading on one line each */
    HEADING, /* the heading is wrapped */
    WORDS,   /* and words between blanks and hyphens */
    LOOSE,   /* and the words that stand in columns of numbers */
    BROKEN,  /* and words are broken anywhere */
    STEPS
};

struct limits {
    size_t least[STEPS];
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The narrowest that a cell among numbers can be: a number is never cut, nor its padding. */
static size_t loose_width(struct pt_arena *arena, const char *cell)
{
    const char *blank = strchr(cell, ' ');
    bool words = blank != NULL && blank[strspn(blank, " ")] != '\0';
    return words ? pt_wrap_least(arena, cell) : pt_utf8_width(cell);
}

static struct limits measure(const struct pt_grid *grid, size_t column, struct pt_arena *arena)
{
    size_t heading = pt_utf8_width(grid->headings[column]);
    size_t heading_word = pt_wrap_least(arena, grid->headings[column]);
    size_t cells = 0, pieces = 0, loose = 0;
    bool text = grid->text[column];

    for (size_t row = 0; row < grid->n_rows; row++) {
        const char *cell = grid->cells[row * grid->n_columns + column];
        cells = larger(cells, pt_utf8_width(cell));
        if (text) {
            pieces = larger(pieces, pt_wrap_least(arena, cell));
        } else {
            loose = larger(loose, loose_width(arena, cell));
        }
    }
    size_t words = text ? larger(pieces, smaller(cells, LEAST_WORDS)) : cells;
    size_t least[STEPS] = { larger(cells, heading), cells, words, text ? words : loose,
                            text ? smaller(cells, LEAST_PIECES) : loose };
    struct limits limits;
    for (size_t i = 0; i < STEPS; i++) {
        limits.least[i] = larger(least[i], heading_word);
    }
    return limits;
}

/* Takes one character from the widest column that is wider than its limit. */
static bool narrow_one(const struct limits *limits, enum step step, size_t first, size_t n,
                       size_t *widths)
{
    size_t widest = n;

    for (size_t i = first; i < n; i++) {
        if (widths[i] > limits[i].least[step] && (widest == n || widths[i] > widths[widest])) {
            widest = i;
        }
    }
    if (widest < n) {
        widths[widest]--;
    }
    return widest < n;
}

/* Narrows the columns from `first` on, no further than the step allows; true: they fit. */
static bool narrow(const struct limits *limits, enum step last, size_t first, size_t n,
                   size_t width, size_t *widths)
{
    size_t total = (n - first - 1) * strlen(PT_COLUMN_GAP) + (first > 0 ? PT_LIFTED_INDENT : 0);

    for (size_t i = first; i < n; i++) {
        widths[i] = limits[i].least[WHOLE];
        total += widths[i];
    }
    for (enum step step = HEADING; step <= last; step++) {
        while (total > width && narrow_one(limits, step, first, n, widths)) {
            total--;
        }
    }
    return total <= width;
}

bool pt_columns_fit(const struct pt_grid *grid, size_t width, struct pt_arena *arena,
                    struct pt_columns *out)
{
    size_t n = grid->n_columns, liftable = 0;
    struct limits *limits = PT_NEW(arena, struct limits, n + 1);

    *out = (struct pt_columns){ .widths = PT_NEW(arena, size_t, n + 1) };
    if (limits == NULL || out->widths == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        limits[i] = measure(grid, i, arena);
        liftable += i == liftable && i + 1 < n && grid->text[i];
    }
    for (enum step last = WORDS; last < STEPS; last++) {
        for (out->lifted = 0; out->lifted <= liftable; out->lifted++) {
            if (narrow(limits, last, out->lifted, n, width > 0 ? width : SIZE_MAX, out->widths)) {
                return true;
            }
        }
    }
    out->lifted = liftable;
    out->listed = true;
    return true;
}
