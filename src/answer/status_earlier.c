/* The status as it would have been when each earlier figure was the newest. */
#include <math.h>

#include "answer/status.h"

/* As the run would have had it with the figures up to point `last`; false: too few for the trend. */
static enum pt_status stand_at(const struct pt_run *run, const struct pt_projection *p, size_t last,
                               struct pt_earlier_standing *out, bool *fitted, struct pt_error *err)
{
    struct pt_subject subject = *p->subject;
    struct pt_fit_options options = run->options.fit;
    struct pt_fit fit;
    struct pt_error why;
    double chance = NAN;
    subject.projected = pt_series_until(&p->subject->projected, last);
    options.scores = false;
    enum pt_status status = pt_fit(p->fit.family, &subject.projected, &options, &fit, &why);
    *fitted = status == PT_OK;
    if (status != PT_OK) {
        if (status != PT_EDATA && err) {
            *err = why;
        }
        return status == PT_EDATA ? PT_OK : status;
    }
    /* the question as it stands today */
    struct pt_asked asked = pt_asked_of(run, p->subject, p->last);
    if (asked.any && asked.year > fit.last) {
        status = pt_chance_on_time(run, &subject, &fit, &asked, PT_BACKTEST_DRAWS, &chance, err);
    }
    struct pt_judgement j = pt_judge(run, &subject, &asked, &fit, chance);
    *out = (struct pt_earlier_standing){ .projection = p,
                                         .year = fit.last,
                                         .value = subject.projected.y[last],
                                         .word = j.word,
                                         .on_time_year = asked.year,
                                         .p_on_time = j.p };
    return status;
}

enum pt_status pt_standings_earlier(const struct pt_run *run, struct pt_arena *arena,
                                    struct pt_standings *out, struct pt_error *err)
{
    size_t most = 0, n = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        most += run->projections[i].subject->projected.n;
    }
    struct pt_earlier_standing *earlier = PT_NEW(arena, struct pt_earlier_standing, most + 1);
    if (!earlier) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t last = p->fit.family->least_n - 1; last + 1 < p->subject->projected.n; last++) {
            bool fitted;
            enum pt_status status = stand_at(run, p, last, &earlier[n], &fitted, err);
            if (status != PT_OK) {
                return status;
            }
            n += fitted;
        }
    }
    out->n_earlier = n;
    out->earlier = earlier;
    return PT_OK;
}
