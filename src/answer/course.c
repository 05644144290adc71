#include <math.h>

#include "answer/table.h"

/* Medians of the baseline as levers see them (METHODS 7), up to the horizon; index 0 is the last
 * observed year. */
static bool baseline_of(const struct pt_projection *projection, struct pt_arena *arena,
                        struct pt_baseline *baseline)
{
    const struct pt_subject *subject = projection->subject;
    size_t n = 1 + projection->n_years;
    double *median = PT_NEW(arena, double, n);
    double *reference = projection->reference_fit ? PT_NEW(arena, double, n) : NULL;
    if (!median || (projection->reference_fit && !reference)) {
        return false;
    }
    median[0] = subject->projected.y[subject->projected.n - 1];
    if (reference) {
        reference[0] = subject->reference.y[subject->reference.n - 1];
    }
    for (size_t h = 1; h < n; h++) {
        int year = projection->last + (int)h;
        median[h] = pt_fit_curve(&projection->fit, year);
        if (reference) {
            reference[h] = pt_fit_curve(projection->reference_fit, year);
        }
    }
    *baseline = (struct pt_baseline){ .last = projection->last,
                                      .to_horizon = projection->n_years,
                                      .median = median,
                                      .reference = reference };
    return true;
}

enum pt_status pt_course_make(const struct pt_run *run, const struct pt_projection *projection,
                              const struct pt_lever *lever, struct pt_course *course,
                              struct pt_error *err)
{
    const struct pt_indicator *indicator = projection->subject->indicator;
    struct pt_baseline baseline;
    *course = (struct pt_course){ 0 };
    if (!lever->kind->path || !pt_lever_acts_on(lever, projection->subject) ||
        lever->by <= projection->last || lever->by > run->horizon ||
        lever->start + lever->delay > lever->by) {
        return PT_OK;
    }
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = PT_OK;
    if (!arena || !baseline_of(projection, arena, &baseline)) {
        status = PT_RAISE_NOMEM(err);
    } else {
        double shift = lever->kind->path(lever, projection->subject, &baseline,
                                         (size_t)(lever->by - projection->last));
        *course = (struct pt_course){
            .by = lever->by,
            .value = lever->value,
            .shift = shift,
            .error =
                pt_closed_error(&(struct pt_spread){ .p10 = shift, .p90 = shift }, 0, indicator),
            .percent = indicator->percent,
            .points = { .pp = indicator->percent, .text = indicator->unit_title },
        };
    }
    pt_arena_free(arena);
    return status;
}
