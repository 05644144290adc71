#include "support/realm.h"

#include <stdlib.h>
#include <string.h>

/* Several places in one model, each answered by itself (METHODS 8). */

#define TABLES "status history parity gained efficiency bands decomposition fieller fit"

static const struct relation same = { .scale = 1 };
static const struct relation any_order = { .scale = 1, .any_order = true };

static const struct realm_wish places = {
    .part = { .levers = 2, .scenarios = 1 }, .parts = 2, .links = 1, .places = 3
};

static bool answers(struct trial *trial, const struct realm *realm, const char *what,
                    struct answer *answer)
{
    struct pt_run_options options = world_options();
    if (!realm_answer(realm, &options, answer)) {
        trial_say(trial, "# %srefused: %s\n", what, answer->why);
        return false;
    }
    return true;
}

static enum verdict tables_agree(struct trial *trial, struct answer *a, struct answer *b,
                                 const char *tables, const struct relation *how)
{
    bool here = answer_projection(a), there = answer_projection(b);
    return here != there ? LAW_BREAKS(trial, "'%s' is answered once only", a->place)
           : here        ? answers_agree(trial, a, b, tables, how)
                         : LAW_VOID;
}

/* What is true of one place, whatever its number: compares it in two realms. */
static enum verdict agree(struct trial *trial, const struct realm *one, const char *in_one,
                          const struct realm *two, const char *in_two, const char *tables,
                          const struct relation *how)
{
    struct answer a, b;
    if (!answers(trial, one, "", &a)) {
        return LAW_VOID;
    }
    a.place = in_one;
    a.indicator = "it";
    if (!answer_projection(&a)) {
        answer_free(&a);
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (answers(trial, two, "the other is ", &b)) {
        b.place = in_two;
        b.indicator = "it";
        verdict = tables_agree(trial, &a, &b, tables, how);
        answer_free(&b);
    }
    answer_free(&a);
    return realm_against(trial, two, verdict);
}

static enum verdict a_place_is_answered_as_if_there_were_no_other(struct trial *trial)
{
    struct realm realm, alone;
    realm_draw(trial, &places, &realm);
    size_t p = draw_below(trial, realm.n_places);
    alone = realm;
    alone.n_places = 1;
    alone.places[0] = realm.places[p];
    alone.listed = draw_bool(trial);
    realm_say(trial, &realm);
    return agree(trial, &realm, realm.places[p].name, &alone, realm.places[p].name, TABLES, &same);
}

static enum verdict the_order_of_places_changes_nothing(struct trial *trial)
{
    struct realm realm, other;
    realm_draw(trial, &places, &realm);
    const char *name = realm.places[draw_below(trial, realm.n_places)].name;
    other = realm;
    other.turned = true;
    other.listed = draw_bool(trial);
    realm_say(trial, &realm);
    enum verdict verdict = agree(trial, &realm, name, &other, name, TABLES, &same);
    return verdict == LAW_HOLDS ? agree(trial, &realm, name, &other, name, "costs", &any_order)
                                : verdict;
}

/* Futures are drawn from the name of the indicator and place; what is known is not. */
static enum verdict what_a_place_is_called_changes_no_fit(struct trial *trial)
{
    struct realm realm, other;
    struct answer a, b;
    realm_draw(trial, &places, &realm);
    size_t p = draw_below(trial, realm.n_places);
    other = realm;
    strcpy(other.places[p].name, DRAW_ONE_OF(trial, const char *, "Dorf", "Aa"));
    realm_say(trial, &realm);
    if (!answers(trial, &realm, "", &a)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (answers(trial, &other, "the other is ", &b)) {
        const struct relation renamed = { .scale = 1, .renamed = true };
        struct pt_projection *p_a, *p_b;
        a.place = realm.places[p].name;
        b.place = other.places[p].name;
        a.indicator = b.indicator = "it";
        p_a = (struct pt_projection *)(uintptr_t)answer_projection(&a);
        p_b = (struct pt_projection *)(uintptr_t)answer_projection(&b);
        if (p_a && p_b) { /* tables alone */
            p_a->n_outcomes = p_b->n_outcomes = 0;
        }
        verdict = tables_agree(trial, &a, &b, "decomposition fieller fit", &renamed);
        answer_free(&b);
    }
    answer_free(&a);
    return verdict;
}

static enum verdict a_lever_at_a_place_does_there_what_it_does_everywhere(struct trial *trial)
{
    struct realm realm, other;
    realm_draw(trial, &places, &realm);
    const char *place = realm.places[draw_below(trial, realm.n_places)].name;
    other = realm;
    for (size_t k = 0; k < realm.n_parts; k++) {
        for (size_t i = 0; i < realm.parts[k].scenarios[0].n_levers; i++) {
            strcpy(other.parts[k].scenarios[0].levers[i].place, place);
        }
    }
    realm_say(trial, &realm);
    return agree(trial, &realm, place, &other, place, "parity gained efficiency bands", &same);
}

static enum verdict a_lever_at_a_place_does_nothing_elsewhere(struct trial *trial)
{
    struct realm realm;
    struct answer a;
    realm_draw(trial, &places, &realm);
    size_t p = draw_below(trial, realm.n_places - 1);
    for (size_t k = 0; k < realm.n_parts; k++) {
        for (size_t i = 0; i < realm.parts[k].scenarios[0].n_levers; i++) {
            strcpy(realm.parts[k].scenarios[0].levers[i].place, realm.places[p + 1].name);
        }
    }
    realm_say(trial, &realm);
    if (!answers(trial, &realm, "", &a)) {
        return LAW_VOID;
    }
    a.place = realm.places[p].name;
    struct pt_projection *it = (struct pt_projection *)(uintptr_t)answer_projection(&a);
    enum verdict verdict = LAW_VOID;
    if (it) {
        it->outcomes[0].end = it->outcomes[1].end; /* of the policy: no number of the draws */
        verdict = outcomes_agree(trial, &a, "baseline", &a, "plan-0", &same);
    }
    answer_free(&a);
    return verdict;
}

static enum verdict a_place_asked_for_alone_has_the_same_answer(struct trial *trial)
{
    struct pt_run_options options = world_options();
    struct realm realm;
    struct answer a, b;
    realm_draw(trial, &places, &realm);
    realm_say(trial, &realm);
    options.attribution = true;
    if (!realm_answer(&realm, &options, &a)) {
        return LAW_VOID;
    }
    options.place = a.place = realm.places[draw_below(trial, realm.n_places)].name;
    options.indicator = a.indicator = realm.parts[draw_below(trial, 2)].id;
    enum verdict verdict = LAW_VOID;
    if (answer_projection(&a)) {
        verdict = realm_answer(&realm, &options, &b) ? LAW_HOLDS : LAW_BROKEN;
    }
    if (verdict == LAW_HOLDS) {
        verdict = answers_agree(
            trial, &a, &b, "parity gained efficiency attribution bands decomposition fieller fit",
            &same);
        answer_free(&b);
    }
    answer_free(&a);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 25 }
        LAW(a_place_is_answered_as_if_there_were_no_other,
            "three places, all or listed, a link, levers"),
        LAW(the_order_of_places_changes_nothing, "in the data and in the model"),
        LAW(what_a_place_is_called_changes_no_fit, "draws follow the name"),
        LAW(a_lever_at_a_place_does_there_what_it_does_everywhere, "with what links lead on"),
        LAW(a_lever_at_a_place_does_nothing_elsewhere, "with what links lead on"),
        LAW(a_place_asked_for_alone_has_the_same_answer, "one indicator of one place"),
    };
    return LAWS_RUN(laws);
}
