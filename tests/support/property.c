#include "support/property.h"
#include "support/pt_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED_DEFAULT 20140213
#define MOST_CHOICES 4096
/* Cases tried to make a counterexample smaller. */
#define MOST_SMALLER 4000

struct trial {
    uint32_t choices[MOST_CHOICES]; /* to take; behind n, new ones or 0 */
    uint32_t taken[MOST_CHOICES];   /* as they were used */
    size_t n, used;
    bool fresh; /* new ones */
    uint64_t state;
    char *said;
    size_t n_said, room;
};

/* ------------------------------------------------------------------ choices */

/* splitmix64 (Steele, Lea and Flood 2014) */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

size_t draw_below(struct trial *trial, size_t n)
{
    uint64_t choice = 0;
    if (n < 2) {
        return 0;
    }
    if (trial->used == MOST_CHOICES) {
        fprintf(stderr, "a case of more than %d choices\n", MOST_CHOICES);
        abort();
    }
    if (trial->used < trial->n) {
        choice = trial->choices[trial->used];
        choice = choice < n ? choice : n - 1;
    } else if (trial->fresh) {
        /* ends are where laws break */
        uint64_t random = next(&trial->state);
        choice = random % 24 == 0 ? 0 : random % 24 == 1 ? n - 1 : (random >> 8) % n;
    }
    trial->taken[trial->used++] = (uint32_t)choice;
    return (size_t)choice;
}

int draw_int(struct trial *trial, int low, int high)
{
    return low + (int)draw_below(trial, (size_t)(high - low) + 1);
}

int draw_signed(struct trial *trial, int most)
{
    int choice = (int)draw_below(trial, 2 * (size_t)most + 1);
    return choice % 2 == 1 ? (choice + 1) / 2 : -choice / 2;
}

bool draw_bool(struct trial *trial)
{
    return draw_below(trial, 2) == 1;
}

bool draw_more(struct trial *trial, size_t have, size_t least, size_t most)
{
    return have < least || (have < most && draw_below(trial, 16) > 0);
}

void trial_say(struct trial *trial, const char *format, ...)
{
    va_list arguments;
    for (;;) {
        va_start(arguments, format);
        size_t left = trial->room - trial->n_said;
        size_t n = (size_t)vsnprintf(trial->said ? trial->said + trial->n_said : NULL, left, format,
                                     arguments);
        va_end(arguments);
        if (n < left) {
            trial->n_said += n;
            return;
        }
        trial->room = 2 * trial->room + n + 1;
        trial->said = realloc(trial->said, trial->room);
        if (!trial->said) {
            abort();
        }
    }
}

/* ------------------------------------------------------------------ smaller cases */

struct hunt {
    const struct law *law;
    struct trial *best, *other; /* the smallest broken case so far, and room for another */
    size_t tried;
};

static enum verdict judge(const struct law *law, struct trial *trial)
{
    trial->used = trial->n_said = 0;
    if (trial->said) {
        trial->said[0] = '\0';
    }
    return law->holds(trial);
}

static bool is_simpler(const struct trial *a, const struct trial *b)
{
    if (a->used != b->used) {
        return a->used < b->used;
    }
    for (size_t i = 0; i < a->used; i++) {
        if (a->taken[i] != b->taken[i]) {
            return a->taken[i] < b->taken[i];
        }
    }
    return false;
}

/* Takes the case with these choices where it is broken too, and simpler. */
static bool take(struct hunt *hunt, const uint32_t *choices, size_t n)
{
    struct trial *other = hunt->other;
    if (hunt->tried >= MOST_SMALLER) {
        return false;
    }
    hunt->tried++;
    memcpy(other->choices, choices, n * sizeof *choices);
    other->n = n;
    other->fresh = false;
    if (judge(hunt->law, other) != LAW_BROKEN || !is_simpler(other, hunt->best)) {
        return false;
    }
    hunt->other = hunt->best;
    hunt->best = other;
    return true;
}

/* Without the choices at .. at + size - 1, and with one less in the choice before `lower` (a count of
 * what follows), where that is not SIZE_MAX. */
static bool take_without(struct hunt *hunt, size_t at, size_t size, size_t lower)
{
    uint32_t choices[MOST_CHOICES];
    size_t n = hunt->best->used;
    if (at + size > n || (lower != SIZE_MAX && hunt->best->taken[lower] == 0)) {
        return false;
    }
    memcpy(choices, hunt->best->taken, n * sizeof *choices);
    memmove(choices + at, choices + at + size, (n - at - size) * sizeof *choices);
    if (lower != SIZE_MAX) {
        choices[lower]--;
    }
    return take(hunt, choices, n - size);
}

static bool take_with(struct hunt *hunt, size_t at, size_t size, uint32_t value)
{
    uint32_t choices[MOST_CHOICES];
    size_t n = hunt->best->used;
    if (at + size > n) {
        return false;
    }
    memcpy(choices, hunt->best->taken, n * sizeof *choices);
    for (size_t i = at; i < at + size; i++) {
        choices[i] = value;
    }
    return take(hunt, choices, n);
}

static bool leave_out(struct hunt *hunt)
{
    bool better = false;
    for (size_t size = 16; size > 0; size /= 2) {
        for (size_t at = hunt->best->used; at-- > 0;) {
            better |= take_without(hunt, at, size, SIZE_MAX);
            better |= size > 1 && take_with(hunt, at, size, 0);
        }
    }
    return better;
}

static bool make_smaller(struct hunt *hunt)
{
    bool better = false;
    for (size_t at = 0; at < hunt->best->used; at++) {
        uint32_t low = 0;
        if (hunt->best->taken[at] == 0 || take_with(hunt, at, 1, 0)) {
            continue;
        }
        while (at < hunt->best->used && low + 1 < hunt->best->taken[at]) {
            uint32_t middle = low + (hunt->best->taken[at] - low) / 2;
            if (take_with(hunt, at, 1, middle)) {
                better = true;
            } else {
                low = middle;
            }
        }
        /* what is simplest at an even number may never pass an odd one */
        uint32_t now = at < hunt->best->used ? hunt->best->taken[at] : 0;
        better |= now >= 2 && take_with(hunt, at, 1, now - 2);
        better |= now >= 1 && take_without(hunt, at + 1, 1, at);
    }
    return better;
}

static void make_simple(struct hunt *hunt)
{
    bool better = true;
    while (better && hunt->tried < MOST_SMALLER) {
        better = leave_out(hunt);
        better |= make_smaller(hunt);
    }
}

/* ------------------------------------------------------------------ laws */

static struct trial *trial_new(void)
{
    struct trial *trial = calloc(1, sizeof *trial);
    if (!trial) {
        abort();
    }
    trial_say(trial, "%s", "");
    return trial;
}

void law_try(const struct law *law, uint64_t seed, size_t cases, struct law_result *result)
{
    struct hunt hunt = { law, trial_new(), trial_new(), 0 };
    *result = (struct law_result){ 0 };
    while (result->held < cases && result->voided < 10 * cases + 10 && result->broken == 0) {
        size_t number = result->held + result->voided + 1;
        /* each law and case has a stream of its own, so that one more law changes no case */
        uint64_t state = seed + number * UINT64_C(0xd1342543de82ef95);
        for (const char *at = law->name; *at; at++) {
            state = (state ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
        }
        hunt.best->state = state;
        hunt.best->n = 0;
        hunt.best->fresh = true;
        switch (judge(law, hunt.best)) {
        case LAW_HOLDS:
            result->held++;
            break;
        case LAW_VOID:
            result->voided++;
            break;
        default:
            result->broken = number;
        }
    }
    if (result->broken > 0) {
        make_simple(&hunt);
        result->n_choices = hunt.best->used;
        result->tried = hunt.tried;
    }
    result->said = hunt.best->said;
    free(hunt.other->said);
    free(hunt.other);
    free(hunt.best);
}

void law_result_free(struct law_result *result)
{
    free((char *)(uintptr_t)result->said);
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void check(void **state)
{
    const struct law *law = *state;
    struct law_result result;
    uint64_t seed = setting("PROPERTY_SEED", SEED_DEFAULT);
    size_t cases = (size_t)setting("PROPERTY_CASES", law->cases);
    law_try(law, seed, cases, &result);
    /* not print_message, which cuts at 1024 bytes */
    printf("# law %s | %s | %zu | %zu\n", law->name, law->where, result.held, result.voided);
    if (result.broken > 0) {
        printf(
            "# %s is broken: case %zu of PROPERTY_SEED=%llu; the smallest of %zu more cases tried "
            "has %zu choices:\n%s",
            law->name, result.broken, (unsigned long long)seed, result.tried, result.n_choices,
            result.said);
    } else if (result.held < cases) {
        printf("# %s says something about %zu cases of %zu only\n", law->name, result.held,
               result.held + result.voided);
    }
    fflush(stdout);
    bool holds = result.broken == 0 && result.held >= cases;
    law_result_free(&result);
    assert_true(holds);
}

int laws_run(const struct law *laws, size_t n)
{
    struct CMUnitTest *tests = calloc(n, sizeof *tests);
    if (!tests) {
        return 71;
    }
    for (size_t i = 0; i < n; i++) {
        tests[i] = (struct CMUnitTest){ .name = laws[i].name,
                                        .test_func = check,
                                        .initial_state = (void *)(uintptr_t)&laws[i] };
    }
    int failed = _cmocka_run_group_tests("laws", tests, n, NULL, NULL);
    free(tests);
    return failed;
}
