/* The few figures of an indicator: the newest, its change, the pace against the one required, the
 * chance, and the years of parity. */
#include <math.h>

#include "output/note/note.h"
#include "output/table/amounts.h"

static struct pt_cell amount(double value, double error)
{
    return (struct pt_cell){ .kind = isnan(value) ? PT_CELL_EMPTY : PT_CELL_AMOUNT,
                             .value = value,
                             .error = error };
}

static struct pt_cell chance(double p, double draws)
{
    return (struct pt_cell){ .kind = isnan(p) ? PT_CELL_EMPTY : PT_CELL_CHANCE,
                             .value = p,
                             .error = sqrt(p * (1 - p) / draws) };
}

static struct pt_cell year(int year)
{
    return (struct pt_cell){ .kind = PT_CELL_YEAR, .year = year };
}

/* "pp": of changes and paces. */
static const char *points(const struct pt_note *note, const struct pt_standing *standing)
{
    return pt_points_unit(&standing->points, note->language);
}

static void add(struct pt_note *note, struct pt_note_keys *keys, struct pt_cell cell,
                const char *format, ...) PT_PRINTF(4, 5);
static void add(struct pt_note *note, struct pt_note_keys *keys, struct pt_cell cell,
                const char *format, ...)
{
    struct pt_message message;
    char what[PT_MESSAGE_TEXT + PT_CELL_MAX];
    va_list ap;
    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    pt_message_print(&message, note->language, what, sizeof what);
    pt_note_key(note, keys, what, cell);
}

static void add_change(struct pt_note *note, struct pt_note_keys *keys, const struct pt_standing *s)
{
    const struct pt_cell cell = amount(s->change, s->change_error);
    if (s->significant == PT_YES) {
        add(note, keys, cell, PT_N("change since %d (%s), significant"), s->before_year,
            points(note, s));
    } else if (s->significant == PT_NOT) {
        add(note, keys, cell, PT_N("change since %d (%s), not significant"), s->before_year,
            points(note, s));
    } else {
        add(note, keys, cell, PT_N("change since %d (%s)"), s->before_year, points(note, s));
    }
}

static void add_standing(struct pt_note *note, struct pt_note_keys *keys,
                         const struct pt_standing *s)
{
    bool gap = s->projection != NULL && s->projection->subject->kind == PT_SUBJECT_TWO_GROUPS;
    const char *unit = gap ? points(note, s) : pt_note_unit(note, s->indicator);
    if (!s->has_value) {
        return;
    }
    add(note, keys, amount(s->value, s->value_error),
        gap ? PT_N("newest gap, %d (%s)") : PT_N("newest figure, %d (%s)"), s->year, unit);
    add_change(note, keys, s);
    add(note, keys, amount(s->pace, s->pace_error), PT_N("pace at present (%s a year)"),
        points(note, s));
    if (s->word == PT_STANDING_REACHED) {
        return; /* nothing is required any more */
    }
    add(note, keys, amount(s->required_pace, s->pace_error),
        PT_N("pace required to be there by %d (%s a year)"), s->on_time_year, points(note, s));
    if (s->on_time_target && s->on_time_year <= s->year &&
        (s->p_on_time == 0 || s->p_on_time == 1)) { /* of a past year it is known, and no chance */
        add(note, keys,
            (struct pt_cell){ .kind = PT_CELL_WORD,
                              .text = s->p_on_time == 1 ? PT_N("yes") : PT_N("no") },
            PT_N("target met in %d"), s->on_time_year);
        return;
    }
    add(note, keys, chance(s->p_on_time, (double)note->run->options.draws),
        s->on_time_target ? PT_N("chance of the target being met in %d")
                          : PT_N("chance of parity by %d"),
        s->on_time_year);
}

static void add_years(struct pt_note *note, struct pt_note_keys *keys, const struct pt_headline *h)
{
    if (h->kind == PT_HEADLINE_NO_QUESTION || h->kind == PT_HEADLINE_ALREADY) {
        return; /* there is no year to give, and the sentence says why */
    }
    add(note, keys, year(h->earliest),
        h->target ? PT_N("target reached, at the earliest (1 of 10 futures)")
                  : PT_N("parity, at the earliest (1 of 10 futures)"));
    add(note, keys, year(h->middle),
        h->target ? PT_N("target reached, in the middle (5 of 10)")
                  : PT_N("parity, in the middle (5 of 10)"));
    add(note, keys, year(h->latest),
        h->target ? PT_N("target reached, late (9 of 10)") : PT_N("parity, late (9 of 10)"));
}

const struct pt_table *pt_note_figures(struct pt_note *note, const struct pt_standing *standing,
                                       size_t at)
{
    struct pt_note_keys keys = { .n = 0 };
    if (standing != NULL) {
        add_standing(note, &keys, standing);
    }
    if (at != SIZE_MAX) {
        add_years(note, &keys, &note->facts->charts[at].outcomes[0].headline);
    }
    return pt_note_keys_table(note, &keys);
}
