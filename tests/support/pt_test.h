/*
 * What the unit tests share. Include it first: it brings cmocka and the headers cmocka wants.
 *
 * A test program is tests/unit/test_NAME.c with a main() that returns the result of
 * cmocka_run_group_tests(). It runs in the root of the repository.
 */
#ifndef PT_TEST_H
#define PT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/*
 * Fails unless |got - expected| <= tol * max(1, |expected|): relative for large numbers, absolute
 * for small ones. NaN never passes; an infinity passes against the same infinity only.
 * (cmocka 1.1.5 compares as float and lets NaN pass.)
 */
#define assert_close(got, expected, tol) \
    pt_assert_close((got), (expected), (tol), #got, __FILE__, __LINE__)

void pt_assert_close(double got, double expected, double tol, const char *what, const char *file,
                     int line);

/* Skips the running test and says what is missing; the runner lists it by name. */
#define pt_skip(missing)                          \
    do {                                          \
        print_message("# skip: %s\n", (missing)); \
        skip();                                   \
    } while (0)

/*
 * The folder with shared reference material (environment PARITET_SHARED, else ../shared), without
 * a slash at the end. Skips the running test where there is none.
 */
#define PT_SHARED() pt_test_shared(__FILE__, __LINE__)

const char *pt_test_shared(const char *file, int line);

#endif
