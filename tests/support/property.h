/* property: laws that have to hold whatever the case, tried on drawn cases.
 *
 * A case is nothing but a row of choices, each a whole number from 0, out of which a law draws its
 * series, models and scenarios. Where a law is broken, the row is made shorter and its numbers smaller
 * as long as the law stays broken (MacIver and Donaldson 2020, "Test-case reduction via test-case
 * generation", ECOOP), so that every law gets its small counterexample without any code of its own.
 * What is drawn should therefore be simplest where the choices are 0.
 *
 * Environment: PROPERTY_SEED, PROPERTY_CASES (instead of what a law asks for). */
#ifndef PT_PROPERTY_H
#define PT_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum verdict {
    LAW_HOLDS,
    LAW_BROKEN,
    LAW_VOID /* it says nothing about this case */
};

struct trial;

/* A number from 0 to n - 1; 0 is the simplest. n up to 2^32. */
size_t draw_below(struct trial *trial, size_t n);
/* From low to high; low is the simplest. */
int draw_int(struct trial *trial, int low, int high);
/* From -most to most; 0 is the simplest. */
int draw_signed(struct trial *trial, int most);
bool draw_bool(struct trial *trial);
/* Whether a list that has `have` elements goes on; drawn before each element, so that taking out a
 * choice and its element is a simpler case. About one list in sixteen ends at each element. */
bool draw_more(struct trial *trial, size_t have, size_t least, size_t most);
/* One of the arguments, the first being the simplest. */
#define DRAW_ONE_OF(trial, type, ...) \
    (((const type[]){                 \
        __VA_ARGS__ })[draw_below(trial, sizeof((const type[]){ __VA_ARGS__ }) / sizeof(type))])

/* Adds to what is said of the case, which is printed where it breaks its law. */
void trial_say(struct trial *trial, const char *format, ...)
    __attribute__((__format__(__printf__, 2, 3)));
/* LAW_BROKEN, with the reason. */
#define LAW_BREAKS(trial, ...) \
    (trial_say((trial), "# " __VA_ARGS__), trial_say((trial), "\n"), LAW_BROKEN)

struct law {
    const char *name;  /* the claim, in words joined by '_' */
    const char *where; /* for what it holds */
    enum verdict (*holds)(struct trial *trial);
    size_t cases; /* to try in `make check` */
};

struct law_result {
    size_t held, voided; /* cases */
    size_t broken;       /* the number of the case, from 1; 0: none */
    size_t n_choices;    /* of the smallest case that was found */
    size_t tried;        /* cases on the way there */
    const char *said;    /* of it; belongs to the result */
};
/* Tries a law until it has held `cases` times, or was broken, or was void ten times as often. */
void law_try(const struct law *law, uint64_t seed, size_t cases, struct law_result *result);
void law_result_free(struct law_result *result);

/* A main(): each law as a test. A law that is void in more than nine cases of ten fails too, since
 * nothing would be tested. */
int laws_run(const struct law *laws, size_t n);
#define LAWS_RUN(laws) laws_run((laws), sizeof(laws) / sizeof *(laws))

#endif
