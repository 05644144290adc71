#include "support/realm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What follows in one indicator where levers move another (METHODS 7, Links). */

#define TABLES "status parity gained bands decomposition fieller fit"

static const struct relation same = { .scale = 1 };
static const struct relation nearly = { .scale = 1, .tolerance = 1e-9 };

static const struct realm_wish linked = { .part = { .levers = 2, .scenarios = 1 },
                                          .parts = 3,
                                          .links = 3 };

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool answers(struct trial *trial, const struct realm *realm, struct answer *answer)
{
    struct pt_run_options options = world_options();
    if (!realm_answer(realm, &options, answer)) {
        trial_say(trial, "# refused: %s\n", answer->why);
        return false;
    }
    return true;
}

/* All parts, or those that the two answers have; tables "": outcomes alone. */
static enum verdict parts_agree(struct trial *trial, const struct realm *realm, struct answer *a,
                                struct answer *b, const char *tables, const struct relation *how)
{
    enum verdict verdict = LAW_HOLDS;
    for (size_t k = 0; k < realm->n_parts && verdict == LAW_HOLDS; k++) {
        a->indicator = b->indicator = realm->parts[k].id;
        bool here = answer_projection(a), there = answer_projection(b);
        verdict = here != there ? LAW_BREAKS(trial, "'%s' is answered once only", a->indicator)
                  : here        ? answers_agree(trial, a, b, tables, how)
                                : LAW_HOLDS;
    }
    return verdict;
}

static enum verdict agree(struct trial *trial, const struct realm *one, const struct realm *two,
                          const char *tables, const struct relation *how)
{
    struct pt_run_options options = world_options();
    struct answer a, b;
    options.attribution = strstr(tables, "attribution") != NULL;
    if (!realm_answer(one, &options, &a)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (realm_answer(two, &options, &b)) {
        verdict = parts_agree(trial, one, &a, &b, tables, how);
        answer_free(&b);
    }
    answer_free(&a);
    return realm_against(trial, two, verdict);
}

/* The first part alone; a lever may be refused where a link is not. */
static enum verdict compare(struct trial *trial, const struct realm *one, const struct realm *two,
                            enum verdict (*how)(struct trial *trial, const struct answer *a,
                                                const struct answer *b))
{
    struct answer a, b;
    realm_say(trial, one);
    if (!answers(trial, one, &a)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_VOID;
    if (answers(trial, two, &b)) {
        verdict = how(trial, &a, &b);
        answer_free(&b);
    }
    answer_free(&a);
    return realm_against(trial, two, verdict);
}

/* ------------------------------------------------------------------ nothing follows */

static enum verdict a_link_of_no_size_or_no_chance_changes_nothing(struct trial *trial)
{
    struct realm realm, without;
    realm_draw(trial, &linked, &realm);
    struct world_lever *effect = &realm.links[draw_below(trial, realm.n_links)].effect;
    if (draw_bool(trial)) {
        effect->chance_of_none = 100;
    } else {
        effect->law = "fixed";
        effect->par[0] = 0;
    }
    without = realm;
    without.n_links = 0;
    for (size_t i = 0; i < realm.n_links; i++) {
        if (&realm.links[i].effect != effect) {
            without.links[without.n_links++] = realm.links[i];
        }
    }
    realm_say(trial, &realm);
    return agree(trial, &realm, &without, TABLES, &same);
}

/* No lever, or one on the reference, which is not passed on. */
static enum verdict a_link_from_a_figure_that_no_lever_moves_changes_nothing(struct trial *trial)
{
    struct realm realm, without;
    realm_draw(trial, &linked, &realm);
    size_t from = realm.links[draw_below(trial, realm.n_links)].from;
    struct world_scenario *scenario = &realm.parts[from].scenarios[0];
    bool to_it = false;
    if (realm.parts[from].two_groups && draw_bool(trial)) {
        scenario->n_levers = 1;
        scenario->levers[0].on_other = true;
    } else {
        scenario->n_levers = 0;
    }
    without = realm;
    without.n_links = 0;
    for (size_t i = 0; i < realm.n_links; i++) {
        to_it |= realm.links[i].to == from && !realm.links[i].effect.on_other;
        if (realm.links[i].from != from) {
            without.links[without.n_links++] = realm.links[i];
        }
    }
    realm_say(trial, &realm);
    return to_it ? LAW_VOID
                 : agree(trial, &realm, &without, TABLES " efficiency attribution", &same);
}

/* ------------------------------------------------------------------ help is help */

static const struct realm_wish helpful = { .part = { .levers = 2, .scenarios = 1, .helpful = true },
                                           .parts = 3,
                                           .links = 3,
                                           .helpful_links = true };

static bool is_odd_ratio(const struct realm *realm)
{
    bool odd = false;
    for (size_t k = 0; k < realm->n_parts; k++) {
        const struct world *part = &realm->parts[k];
        for (size_t i = 0; i < part->n_years; i++) {
            odd |= part->years[i].group < 0 && part->two_groups && is(part->gap, "ratio");
        }
    }
    return odd;
}

/* No event of the plan comes later in b than in a. */
static enum verdict never_later(struct trial *trial, const struct answer *a, const struct answer *b,
                                size_t outcome)
{
    const struct pt_projection *p = answer_projection(a), *r = answer_projection(b);
    for (int e = 0; e < PT_EVENTS && p && r && p->has_question; e++) {
        const struct pt_parity *less = &p->outcomes[outcome].events[e],
                               *more = &r->outcomes[1].events[e];
        for (size_t h = 0; less->count && h <= p->n_years; h++) {
            if (answer_by(more, h) < answer_by(less, h)) {
                return LAW_BREAKS(trial, "%s: '%s' by year %zu in %llu draws, before in %llu",
                                  p->subject->indicator->id, pt_event_name((enum pt_event)e), h,
                                  (unsigned long long)answer_by(more, h),
                                  (unsigned long long)answer_by(less, h));
            }
        }
    }
    return LAW_HOLDS;
}

static enum verdict what_helps_helps_by_links_too(struct trial *trial)
{
    struct realm realm;
    struct answer answer;
    realm_draw(trial, &helpful, &realm);
    realm_say(trial, &realm);
    if (is_odd_ratio(&realm) || !answers(trial, &realm, &answer)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_HOLDS;
    for (size_t k = 0; k < realm.n_parts && verdict == LAW_HOLDS; k++) {
        answer.indicator = realm.parts[k].id;
        verdict = never_later(trial, &answer, &answer, 0);
    }
    answer_free(&answer);
    return verdict;
}

static enum verdict plan_never_later(struct trial *trial, const struct answer *a,
                                     const struct answer *b)
{
    return never_later(trial, a, b, 1);
}

/* Where a link fades, `closing` may have less to close and end behind. */
static enum verdict a_link_that_helps_more_is_never_later(struct trial *trial)
{
    struct realm realm, more;
    realm_draw(trial, &helpful, &realm);
    struct world_scenario *own = &realm.parts[0].scenarios[0];
    for (size_t i = 0; i < own->n_levers; i++) {
        if (is(own->levers[i].kind, "closing")) {
            own->levers[i].kind = "level";
        }
    }
    more = realm;
    struct realm_link *link = &more.links[draw_below(trial, more.n_links)];
    if (link->to != 0) {
        return LAW_VOID;
    }
    double times = 1 + draw_int(trial, 1, 9) / 10.0;
    for (int i = 0; i < 3; i++) {
        link->effect.par[i] *= times;
    }
    return is_odd_ratio(&realm) ? LAW_VOID : compare(trial, &realm, &more, plan_never_later);
}

/* ------------------------------------------------------------------ the same said in two ways */

/* A figure alone, below 0, where no bound and no parity is met, with one sure lever; and the first
 * part in the same years. */
static bool free_part(struct trial *trial, struct realm *realm, size_t k)
{
    const struct world *first = &realm->parts[0];
    struct world *part = &realm->parts[k];
    part->two_groups = part->given = part->percent = false;
    part->gap = "difference";
    part->trend = "drift";
    part->break_year = 0;
    part->target_year = 0;
    part->n_years = first->n_years;
    for (size_t i = 0; i < part->n_years; i++) {
        part->years[i] = first->years[i];
        part->years[i].lacks_group = false;
        part->years[i].group = -200 - draw_int(trial, 0, 40) / 10.0;
    }
    const struct world_year *end = &first->years[first->n_years - 1];
    return !end->lacks_group && !end->lacks_other;
}

static void set_fixed(struct world_lever *effect, double size)
{
    effect->law = "fixed";
    effect->par[0] = size;
}

static double size_draw(struct trial *trial)
{
    return (draw_bool(trial) ? -1 : 1) * draw_int(trial, 1, 40) / 20.0;
}

static enum verdict near(struct trial *trial, const struct answer *a, const struct answer *b)
{
    return outcomes_agree(trial, a, "plan-0", b, "plan-0", &nearly);
}

static enum verdict a_link_from_a_free_figure_is_a_lever_on_what_follows(struct trial *trial)
{
    const struct realm_wish wish = { .part = { .levers = 1, .scenarios = 1 },
                                     .parts = 2,
                                     .links = 1 };
    struct realm realm, direct;
    realm_draw(trial, &wish, &realm);
    struct world_lever *lever = &realm.parts[1].scenarios[0].levers[0];
    struct world_lever *effect = &realm.links[0].effect;
    double size = size_draw(trial), times = size_draw(trial);
    bool free = free_part(trial, &realm, 1);
    int last = realm.parts[0].years[realm.parts[0].n_years - 1].year;
    lever->kind = is(lever->kind, "pace") ? "pace" : "level";
    set_fixed(lever, size);
    set_fixed(effect, times);
    effect->chance_of_none = 0;
    lever->on_other = lever->may_overshoot = false;
    lever->turnover = 0;
    if (lever->start <= last || !free || lever->reach <= 0) {
        return LAW_VOID;
    }
    /* who entered while it was there keeps it, and the figure does not */
    effect->turnover =
        lever->until && (lever->half_life || is(lever->kind, "pace")) ? 0 : effect->turnover;
    realm.parts[0].scenarios[0].n_levers = 0;
    direct = realm;
    direct.n_links = 0;
    struct world_scenario *own = &direct.parts[0].scenarios[0];
    own->n_levers = 1;
    own->levers[0] = *lever;
    set_fixed(&own->levers[0], size * times);
    own->levers[0].on_other = effect->on_other;
    own->levers[0].delay += effect->delay;
    own->levers[0].until += lever->until ? effect->delay : 0;
    own->levers[0].turnover = effect->turnover;
    direct.parts[1].scenarios[0].n_levers = 0;
    /* of another end of the policy */
    realm.parts[0].policy_to = direct.parts[0].policy_to = last + 5;
    direct.n_parts = 1;
    return compare(trial, &realm, &direct, near);
}

/* The second part hands on to the first what the third gives it. */
static enum verdict two_links_in_a_row_are_one(struct trial *trial)
{
    struct realm realm, direct;
    realm_draw(trial, &linked, &realm);
    double first = size_draw(trial), second = size_draw(trial);
    bool free = free_part(trial, &realm, 1) && free_part(trial, &realm, 2);
    realm.parts[1].scenarios[0].n_levers = 0;
    realm.n_links = 1;
    realm.links[0].from = 2;
    realm.links[0].to = 0;
    realm.links[0].effect.chance_of_none = 0;
    realm.links[0].effect.on_other &= realm.parts[0].two_groups;
    set_fixed(&realm.links[0].effect, first * second);
    direct = realm;
    realm.n_links = 2;
    realm.links[1] = realm.links[0];
    strcpy(realm.links[1].effect.id, "link-1");
    realm.links[0].to = 1;
    realm.links[0].effect.on_other = false;
    realm.links[1].from = 1;
    set_fixed(&realm.links[0].effect, first);
    set_fixed(&realm.links[1].effect, second);
    realm.links[0].effect.delay = draw_int(trial, 0, realm.links[1].effect.delay);
    realm.links[1].effect.delay -= realm.links[0].effect.delay;
    realm.links[0].effect.turnover = 0;
    return free ? compare(trial, &realm, &direct, near) : LAW_VOID;
}

/* ------------------------------------------------------------------ how it is asked */

static enum verdict the_order_of_indicators_and_links_changes_nothing(struct trial *trial)
{
    struct realm realm, other;
    realm_draw(trial, &linked, &realm);
    other = realm;
    other.turned = true;
    realm_say(trial, &realm);
    return agree(trial, &realm, &other, "parity gained efficiency bands decomposition fieller fit",
                 &same);
}

static enum verdict an_indicator_asked_for_alone_has_the_same_answer(struct trial *trial)
{
    struct pt_run_options options = world_options();
    struct realm realm;
    struct answer a, b;
    realm_draw(trial, &linked, &realm);
    realm_say(trial, &realm);
    options.attribution = true;
    if (!realm_answer(&realm, &options, &a)) {
        return LAW_VOID;
    }
    options.indicator = a.indicator = realm.parts[draw_below(trial, 2)].id;
    enum verdict verdict = LAW_VOID;
    if (answer_projection(&a)) {
        verdict = realm_answer(&realm, &options, &b) ? LAW_HOLDS : LAW_BROKEN;
    }
    if (verdict == LAW_HOLDS) {
        verdict = answers_agree(
            trial, &a, &b, "parity gained efficiency attribution bands decomposition fit", &same);
        answer_free(&b);
    }
    answer_free(&a);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 25 }
        LAW(a_link_of_no_size_or_no_chance_changes_nothing, "up to three links, beside levers"),
        LAW(a_link_from_a_figure_that_no_lever_moves_changes_nothing,
            "no lever on it, or on its reference only"),
        LAW(what_helps_helps_by_links_too,
            "every kind but reach-target, chains of links; no ratio of figures below 0"),
        LAW(a_link_that_helps_more_is_never_later,
            "a larger effect; beside levers but closing; no ratio of figures below 0"),
        LAW(a_link_from_a_free_figure_is_a_lever_on_what_follows,
            "level and pace of a sure size, entrants too; figures without bounds lead on"),
        LAW(two_links_in_a_row_are_one, "figures without bounds lead on"),
        LAW(the_order_of_indicators_and_links_changes_nothing, "three indicators"),
        LAW(an_indicator_asked_for_alone_has_the_same_answer, "with what leads to it"),
    };
    return LAWS_RUN(laws);
}
