#include "support/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is counted over the draws: ranges, years of parity, and how the runs that count are made. */

static const struct relation same = { .scale = 1 };
static const struct world_wish any = { .levers = 2, .scenarios = 1 };

/* ------------------------------------------------------------------ one answer in itself */

static enum verdict bands_are_in_order(struct trial *trial, const struct pt_projection *p,
                                       const struct pt_outcome *o)
{
    bool gap = p->subject->kind == PT_SUBJECT_TWO_GROUPS;
    const struct pt_series *series = &p->subject->projected;
    for (size_t y = 0; y < p->n_years; y++) {
        const double *band = o->bands + y * PT_BANDS;
        for (size_t q = 0; q < PT_BANDS; q++) {
            if (!isfinite(band[q]) || (q > 0 && band[q] < band[q - 1]) ||
                (!gap && (band[q] < series->lower || band[q] > series->upper))) {
                return LAW_BREAKS(trial, "%s: the %g quantile %zu years ahead is %.17g", o->id,
                                  pt_band_levels[q], y + 1, band[q]);
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict counts_add_up(struct trial *trial, const struct pt_projection *p,
                                  const struct pt_outcome *o, uint64_t draws)
{
    const struct pt_parity *published = &o->events[PT_EVENT_PUBLISHED];
    const struct pt_parity *sustained = &o->events[PT_EVENT_SUSTAINED];
    for (int e = 0; e < PT_EVENTS; e++) {
        bool counted = o->events[e].count && (e > 0 || p->fit.family->has_curve);
        if (counted && answer_by(&o->events[e], p->n_years + 1) != draws) {
            return LAW_BREAKS(trial, "%s: '%s' was counted over %llu draws", o->id,
                              pt_event_name((enum pt_event)e),
                              (unsigned long long)answer_by(&o->events[e], p->n_years + 1));
        }
    }
    for (size_t h = 0; h <= p->n_years && published->count; h++) {
        if (answer_by(published, h) < answer_by(sustained, h)) {
            return LAW_BREAKS(trial, "%s: more draws are sustained than published by year %zu",
                              o->id, h);
        }
    }
    if (!sustained->count) {
        return LAW_HOLDS;
    }
    uint64_t gained = o->both_never + o->only_baseline + o->only_scenario;
    for (size_t i = 0; o->gained && i <= 2 * p->n_years; i++) {
        gained += o->gained[i];
    }
    uint64_t never = sustained->count[p->n_years + 1];
    return o->by_target <= draws && o->holds + o->fades == draws &&
                   o->never_holds + o->never_fades == never &&
                   (!o->scenario || (gained == draws && o->both_never + o->only_baseline == never))
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "%s: sums of draws do not fit", o->id);
}

static enum verdict ranges_are_in_order_inside_bounds_and_counts_add_up(struct trial *trial)
{
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    world_draw(trial, &any, &world);
    options.draws = (uint64_t)draw_int(trial, 1, 700);
    world_say(trial, &world);
    if (!world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    const struct pt_projection *p = answer_projection(&answer);
    enum verdict verdict = LAW_HOLDS;
    for (size_t i = 0; i < p->n_outcomes && verdict == LAW_HOLDS; i++) {
        verdict = bands_are_in_order(trial, p, &p->outcomes[i]);
        if (verdict == LAW_HOLDS) {
            verdict = counts_add_up(trial, p, &p->outcomes[i], options.draws);
        }
    }
    answer_free(&answer);
    return verdict;
}

static enum verdict word_fits(struct trial *trial, const struct pt_standing *row)
{
    double p = row->p_on_time;
    bool there = !isnan(p);
    if (there && !(p >= 0 && p <= 1)) {
        return LAW_BREAKS(trial, "a chance of %g", p);
    }
    bool past = row->on_time_target && row->on_time_year <= row->year;
    bool fits = true;
    switch (row->word) {
    case PT_STANDING_ON_COURSE:
        fits = p >= .75;
        break;
    case PT_STANDING_UNCERTAIN:
        fits = p >= .25 && p < .75;
        break;
    case PT_STANDING_OFF_COURSE:
        fits = p < .25 || past;
        break;
    case PT_STANDING_MOVING_AWAY:
        fits = past || p < .75;
        break;
    default:
        break;
    }
    if (fits && isfinite(row->effort) && row->pace != 0) {
        fits = fabs(row->effort - row->required_pace / row->pace) <= 1e-9 * (1 + fabs(row->effort));
    }
    return fits ? LAW_HOLDS
                : LAW_BREAKS(trial, "'%s' at a chance of %g; pace %g, required %g, effort %g",
                             pt_standing_name(row->word), p, row->pace, row->required_pace,
                             row->effort);
}

static enum verdict a_status_is_the_word_for_its_chance(struct trial *trial)
{
    const struct world_wish wish = { .levers = 0 };
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    struct pt_standings standings;
    struct pt_error err = { 0 };
    world_draw(trial, &wish, &world);
    world_say(trial, &world);
    if (!world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_HOLDS;
    if (pt_standings_make(answer.run, answer.arena, &standings, &err) != PT_OK ||
        standings.n != 1) {
        verdict = LAW_BREAKS(trial, "no status");
    } else {
        verdict = word_fits(trial, &standings.rows[0]);
    }
    answer_free(&answer);
    return verdict;
}

static enum verdict what_moved_a_gap_is_all_that_moved_it(struct trial *trial)
{
    const struct world_wish wish = { .two_groups = true };
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    struct pt_decomposition moved = { .n = 0 };
    struct pt_error err = { 0 };
    world_draw(trial, &wish, &world);
    world_say(trial, &world);
    options.draws = 1;
    if (!world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_HOLDS;
    if (pt_decomposition_make(answer_projection(&answer), answer.arena, &moved, &err) != PT_OK) {
        verdict = LAW_BREAKS(trial, "no decomposition");
    }
    for (size_t i = 1; i < moved.n && verdict == LAW_HOLDS; i++) {
        double parts = moved.years[i].by_group + moved.years[i].by_reference;
        double all = moved.years[0].gap - moved.years[i].gap;
        if (fabs(parts - all) > 1e-10 * (1 + fabs(moved.years[0].gap) + fabs(moved.years[i].gap))) {
            verdict = LAW_BREAKS(trial, "%d: parts of %.17g, in all %.17g", moved.years[i].year,
                                 parts, all);
        }
    }
    answer_free(&answer);
    return moved.n > 1 || verdict == LAW_BROKEN ? verdict : LAW_VOID;
}

/* ------------------------------------------------------------------ two answers */

/* Whether each event comes in `b` by every year in at least as many draws as in `a`. */
static enum verdict is_never_later(struct trial *trial, const struct answer *a,
                                   const struct answer *b)
{
    const struct pt_projection *p = answer_projection(a), *r = answer_projection(b);
    for (size_t i = 0; i < p->n_outcomes; i++) {
        for (int e = 0; e < PT_EVENTS; e++) {
            const struct pt_parity *from = &p->outcomes[i].events[e];
            const struct pt_parity *to = &r->outcomes[i].events[e];
            for (size_t h = 0; from->count && h <= p->n_years; h++) {
                if (answer_by(to, h) < answer_by(from, h)) {
                    return LAW_BREAKS(trial, "%s: '%s' by year %zu in %llu draws, before in %llu",
                                      p->outcomes[i].id, pt_event_name((enum pt_event)e), h,
                                      (unsigned long long)answer_by(to, h),
                                      (unsigned long long)answer_by(from, h));
                }
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict compare(struct trial *trial, const struct world *a,
                            const struct pt_run_options *of_a, const struct world *b,
                            const struct pt_run_options *of_b,
                            enum verdict (*how)(struct trial *, const struct answer *,
                                                const struct answer *))
{
    struct answer one, two;
    if (!world_answer(a, of_a, &one)) {
        return LAW_VOID;
    }
    if (!answer_projection(&one)->has_question) {
        answer_free(&one);
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (world_answer(b, of_b, &two)) {
        verdict = how(trial, &one, &two);
        answer_free(&two);
    } else {
        trial_say(trial, "# refused: %s\n", two.why);
    }
    answer_free(&one);
    return verdict;
}

static enum verdict a_wider_band_is_never_later(struct trial *trial)
{
    struct pt_run_options options = world_options();
    struct world world, wider;
    world_draw(trial, &any, &world);
    if (!world.two_groups && !world.given) {
        return LAW_VOID;
    }
    wider = world;
    wider.band = world.band * (1 + draw_int(trial, 1, 20) / 10.0);
    world_say(trial, &world);
    trial_say(trial, "# against a band of %.15g\n", wider.band);
    return compare(trial, &world, &options, &wider, &options, is_never_later);
}

static enum verdict fewer_years_in_a_row_are_never_later(struct trial *trial)
{
    struct pt_run_options longer = world_options(), shorter = longer;
    struct world world;
    world_draw(trial, &any, &world);
    longer.sustained_years = draw_int(trial, 2, 5);
    shorter.sustained_years = draw_int(trial, 1, longer.sustained_years - 1);
    world_say(trial, &world);
    trial_say(trial, "# %d years in a row, against %d\n", longer.sustained_years,
              shorter.sustained_years);
    return compare(trial, &world, &longer, &world, &shorter, is_never_later);
}

static enum verdict earlier_years_agree(struct trial *trial, const struct answer *a,
                                        const struct answer *b)
{
    const struct pt_projection *p = answer_projection(a), *r = answer_projection(b);
    for (size_t i = 0; i < p->n_outcomes; i++) {
        const struct pt_outcome *from = &p->outcomes[i], *to = &r->outcomes[i];
        if (memcmp(from->bands, to->bands, p->n_years * PT_BANDS * sizeof(double)) != 0) {
            return LAW_BREAKS(trial, "%s: other bands", from->id);
        }
        for (int e = 0; e < PT_EVENTS; e++) {
            if (from->events[e].count && memcmp(from->events[e].count, to->events[e].count,
                                                (p->n_years + 1) * sizeof(uint64_t)) != 0) {
                return LAW_BREAKS(trial, "%s: other years of '%s'", from->id,
                                  pt_event_name((enum pt_event)e));
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict a_longer_horizon_changes_no_earlier_year(struct trial *trial)
{
    /* which of several levers comes first is decided at the horizon */
    const struct world_wish wish = { .levers = 1, .scenarios = 1 };
    struct pt_run_options options = world_options();
    struct world world, longer;
    world_draw(trial, &wish, &world);
    longer = world;
    longer.horizon += draw_int(trial, 1, 20);
    world_say(trial, &world);
    trial_say(trial, "# against the horizon %d\n", longer.horizon);
    return compare(trial, &world, &options, &longer, &options, earlier_years_agree);
}

static enum verdict counts_contain(struct trial *trial, const struct answer *a,
                                   const struct answer *b)
{
    const struct pt_projection *p = answer_projection(a), *r = answer_projection(b);
    for (size_t i = 0; i < p->n_outcomes; i++) {
        for (int e = 0; e < PT_EVENTS; e++) {
            const uint64_t *few = p->outcomes[i].events[e].count;
            const uint64_t *many = r->outcomes[i].events[e].count;
            for (size_t h = 0; few && h < p->n_years + 2; h++) {
                if (few[h] > many[h]) {
                    return LAW_BREAKS(trial, "%s: more draws count fewer in year %zu",
                                      p->outcomes[i].id, h);
                }
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict more_draws_contain_the_fewer(struct trial *trial)
{
    struct pt_run_options few = world_options(), many = few;
    struct world world;
    world_draw(trial, &any, &world);
    few.draws = (uint64_t)draw_int(trial, 1, 600);
    many.draws = few.draws + (uint64_t)draw_int(trial, 1, 600);
    world_say(trial, &world);
    trial_say(trial, "# %d draws, against %d\n", (int)few.draws, (int)many.draws);
    return compare(trial, &world, &few, &world, &many, counts_contain);
}

/* ------------------------------------------------------------------ how a run is made */

static enum verdict agree_in_every_bit(struct trial *trial, const struct answer *a,
                                       const struct answer *b)
{
    return answers_agree(trial, a, b, "parity gained bands", &same);
}

static enum verdict threads_and_instruction_sets_change_no_bit(struct trial *trial)
{
    struct pt_run_options options = world_options(), other;
    struct world world;
    struct answer one, two;
    world_draw(trial, &any, &world);
    world.neighbour = draw_bool(trial); /* a second cell for a second thread */
    options.draws = (uint64_t)draw_int(trial, 1, 1700);
    other = options;
    other.threads = draw_int(trial, 1, 3);
    enum pt_isa isa = (enum pt_isa)draw_below(trial, PT_ISAS);
    world_say(trial, &world);
    trial_say(trial, "# %d draws; %d threads, %s\n", (int)options.draws, other.threads,
              pt_isa_name(isa));
    if (!pt_isa_runs(isa) || !world_answer(&world, &options, &one)) {
        return LAW_VOID;
    }
    const char *was = getenv(PT_ISA_VARIABLE);
    char *kept = was ? strdup(was) : NULL;
    setenv(PT_ISA_VARIABLE, pt_isa_name(isa), 1);
    enum verdict verdict =
        world_answer(&world, &other, &two) ? agree_in_every_bit(trial, &one, &two) : LAW_BROKEN;
    if (kept) {
        setenv(PT_ISA_VARIABLE, kept, 1);
    } else {
        unsetenv(PT_ISA_VARIABLE);
    }
    free(kept);
    answer_free(&one);
    answer_free(&two);
    return verdict;
}

static enum verdict a_cell_is_the_same_in_its_shard_and_nothing_in_others(struct trial *trial)
{
    struct pt_run_options options = world_options(), part;
    struct world world;
    struct answer whole;
    world_draw(trial, &any, &world);
    world.neighbour = true;
    part = options;
    part.shards = (size_t)draw_int(trial, 1, 3);
    world_say(trial, &world);
    if (!world_answer(&world, &options, &whole)) {
        return LAW_VOID;
    }
    bool counted = answer_projection(&whole)->has_question;
    enum verdict verdict = counted ? LAW_HOLDS : LAW_VOID; /* by which a cell is told from none */
    size_t there = 0;
    for (part.shard = 1; part.shard <= part.shards && verdict == LAW_HOLDS; part.shard++) {
        struct answer shard;
        if (!world_answer(&world, &part, &shard)) {
            verdict = LAW_BREAKS(trial, "shard %zu: %s", part.shard, shard.why);
            break;
        }
        const struct pt_outcome *base = &answer_projection(&shard)->outcomes[0];
        bool empty = base->holds + base->fades == 0;
        there += !empty;
        verdict = empty ? LAW_HOLDS : agree_in_every_bit(trial, &whole, &shard);
        answer_free(&shard);
    }
    answer_free(&whole);
    if (verdict == LAW_HOLDS && there != 1) {
        verdict = LAW_BREAKS(trial, "it is in %zu of %zu shards", there, part.shards);
    }
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where, cases) { #name, where, name, cases }
        LAW(ranges_are_in_order_inside_bounds_and_counts_add_up, "everything", 100),
        LAW(a_status_is_the_word_for_its_chance, "everything", 60),
        LAW(what_moved_a_gap_is_all_that_moved_it, "every gap of two groups", 60),
        LAW(a_wider_band_is_never_later, "every event, with and without levers", 100),
        LAW(fewer_years_in_a_row_are_never_later, "every event, with and without levers", 100),
        LAW(a_longer_horizon_changes_no_earlier_year,
            "no lever or one (of several, which comes first is decided at the horizon)", 100),
        LAW(more_draws_contain_the_fewer, "everything", 100),
        LAW(threads_and_instruction_sets_change_no_bit, "everything", 60),
        LAW(a_cell_is_the_same_in_its_shard_and_nothing_in_others, "everything", 40),
    };
    return LAWS_RUN(laws);
}
