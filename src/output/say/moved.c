/* What moved a gap, in three sentences.
 *
 * A gap may pass 0, where "narrower" would be wrong: so it is said from where to where it went. What
 * each of the two did is in the figure's own points where the gap is a difference of figures, and
 * what it did to the gap where it is not. */
#include "output/say/moved.h"

#include <math.h>
#include <string.h>

#include "output/table/amounts.h"

struct words {
    const char *none, *better, *worse;
};

/* Whether an amount can be told from none with the digits that it is written with. */
static bool shows(const struct pt_decomposition *decomposition, double amount)
{
    char number[PT_CELL_MAX];
    pt_points_number(amount, decomposition->error, NULL, number);
    return strpbrk(number, "123456789") != NULL;
}

/* How far its own figure went in the better direction, by what that did to the gap. */
static double progress_of(const struct pt_decomposition *decomposition, enum pt_mover mover)
{
    const struct pt_moved *last = &decomposition->years[decomposition->n - 1];
    return mover == PT_MOVER_GROUP ? last->by_group : -last->by_reference;
}

static const char *choose(const struct pt_decomposition *decomposition, enum pt_mover mover,
                          const struct words words[2][2])
{
    const struct words *from = &words[decomposition->points.unit != NULL][mover];
    double progress = progress_of(decomposition, mover);
    return !shows(decomposition, progress) ? from->none : progress > 0 ? from->better : from->worse;
}

static char *print_size(const struct pt_decomposition *decomposition, enum pt_mover mover,
                        const struct pt_language *language, char number[PT_CELL_MAX])
{
    return pt_points_print(fabs(progress_of(decomposition, mover)), decomposition->error,
                           &decomposition->points, language, number);
}

void pt_moved_print(const struct pt_decomposition *decomposition, enum pt_mover mover,
                    const struct pt_language *language, struct pt_buffer *out)
{
    static const struct words words[2][2] = {
        { { PT_N("no change"), PT_N("improved by %s"), PT_N("fell back by %s") },
          { PT_N("no change"), PT_N("improved by %s"), PT_N("fell back by %s") } },
        { { PT_N("no change"), PT_N("improved: %s off the gap"), PT_N("fell back: %s on the gap") },
          { PT_N("no change"), PT_N("improved: %s on the gap"),
            PT_N("fell back: %s off the gap") } },
    };
    char number[PT_CELL_MAX];
    pt_buffer_say(out, language, choose(decomposition, mover, words),
                  print_size(decomposition, mover, language, number));
}

static void say_mover(const struct pt_decomposition *decomposition, enum pt_mover mover,
                      const char *title, const struct pt_language *language, struct pt_buffer *out)
{
    static const struct words words[2][2] = {
        { { PT_N("The group (%s) stands where it stood."), PT_N("The group (%s) improved by %s."),
            PT_N("The group (%s) fell back by %s.") },
          { PT_N("The reference (%s) stands where it stood."),
            PT_N("The reference (%s) improved by %s."),
            PT_N("The reference (%s) fell back by %s.") } },
        { { PT_N("The group (%s) stands where it stood."),
            PT_N("The group (%s) improved, which took %s off the gap."),
            PT_N("The group (%s) fell back, which added %s to the gap.") },
          { PT_N("The reference (%s) stands where it stood."),
            PT_N("The reference (%s) improved, which added %s to the gap."),
            PT_N("The reference (%s) fell back, which took %s off the gap.") } },
    };
    char number[PT_CELL_MAX];
    pt_buffer_text(out, " ");
    pt_buffer_say(out, language, choose(decomposition, mover, words), title,
                  print_size(decomposition, mover, language, number));
}

void pt_sentence_moved(const struct pt_decomposition *decomposition, const char *group,
                       const char *reference, const struct pt_language *language,
                       struct pt_buffer *out)
{
    if (decomposition->n == 0) {
        return;
    }
    char from[PT_CELL_MAX], to[PT_CELL_MAX];
    const struct pt_moved *first = decomposition->years, *last = &first[decomposition->n - 1];
    pt_points_number(first->gap, decomposition->error, language, from);
    pt_points_print(last->gap, decomposition->error, &decomposition->points, language, to);
    pt_buffer_say(out, language, PT_N("The gap went from %s in %d to %s in %d."), from, first->year,
                  to, last->year);
    say_mover(decomposition, PT_MOVER_GROUP, group, language, out);
    say_mover(decomposition, PT_MOVER_REFERENCE, reference, language, out);
}
