#include "support/pt_test.h"

#include <stdlib.h>
#include <string.h>

#include "support/property.h"

/* The harness itself: false laws have to be found, and made small. */

static struct law_result tried(const char *name, enum verdict (*holds)(struct trial *),
                               size_t cases)
{
    const struct law law = { .name = name, .where = "here", .holds = holds };
    struct law_result result;
    law_try(&law, 7, cases, &result);
    return result;
}

static enum verdict says_that_sums_stay_small(struct trial *trial)
{
    int numbers[40], sum = 0;
    size_t n = 0;
    while (draw_more(trial, n, 0, 40)) {
        numbers[n] = draw_int(trial, 0, 1000);
        sum += numbers[n++];
    }
    for (size_t i = 0; i < n; i++) {
        trial_say(trial, "%d ", numbers[i]);
    }
    return sum < 1017 ? LAW_HOLDS : LAW_BREAKS(trial, "the sum is %d", sum);
}

static void finds_a_false_law_and_makes_its_case_small(void **state)
{
    (void)state;
    struct law_result result = tried("sums", says_that_sums_stay_small, 1000);
    assert_true(result.broken > 0);
    assert_string_equal(result.said, "17 1000 # the sum is 1017\n");
    law_result_free(&result);
}

/* A list that says its length first, which takes choosing two things at a time. */
static enum verdict says_that_lists_are_sorted(struct trial *trial)
{
    size_t n = draw_below(trial, 30);
    int last = 0, now = 0;
    bool falls = false;
    for (size_t i = 0; i < n; i++) {
        now = draw_signed(trial, 500);
        trial_say(trial, "%d ", now);
        falls |= i > 0 && now < last;
        last = now;
    }
    return falls ? LAW_BREAKS(trial, "falls") : LAW_HOLDS;
}

static void takes_elements_out_of_a_list_with_a_length(void **state)
{
    (void)state;
    struct law_result result = tried("sorted", says_that_lists_are_sorted, 1000);
    assert_int_equal(result.n_choices, 3);
    assert_string_equal(result.said, "1 0 # falls\n");
    law_result_free(&result);
}

static enum verdict says_that_no_number_is_777(struct trial *trial)
{
    int number = draw_int(trial, 0, 1000);
    trial_say(trial, "%d\n", number);
    return number == 777 ? LAW_BROKEN : LAW_HOLDS;
}

static void a_rare_case_takes_enough_of_them_and_always_the_same(void **state)
{
    (void)state;
    struct law_result few = tried("777", says_that_no_number_is_777, 20);
    assert_int_equal(few.broken, 0);
    assert_int_equal(few.held, 20);
    law_result_free(&few);
    struct law_result one = tried("777", says_that_no_number_is_777, 20000);
    struct law_result two = tried("777", says_that_no_number_is_777, 20000);
    assert_true(one.broken > 0);
    assert_int_equal(one.broken, two.broken);
    assert_string_equal(one.said, "777\n");
    law_result_free(&one);
    law_result_free(&two);
}

static enum verdict is_never_about_anything(struct trial *trial)
{
    return draw_below(trial, 100) == 0 ? LAW_HOLDS : LAW_VOID;
}

static void gives_up_on_a_law_that_is_about_nothing(void **state)
{
    (void)state;
    struct law_result result = tried("nothing", is_never_about_anything, 1000);
    assert_true(result.held < 1000);
    assert_int_equal(result.broken, 0);
    law_result_free(&result);
}

static enum verdict counts_what_is_drawn(struct trial *trial)
{
    static unsigned ends[2], inside;
    int number = draw_int(trial, 3, 12);
    if (number < 3 || number > 12 || abs(draw_signed(trial, 4)) > 4) {
        return LAW_BROKEN;
    }
    ends[0] += number == 3;
    ends[1] += number == 12;
    inside += number > 3 && number < 12;
    return ends[0] + ends[1] + inside < 1000 || (ends[0] > 50 && ends[1] > 50 && inside > 500)
               ? LAW_HOLDS
               : LAW_BROKEN;
}

static void draws_between_the_ends_and_at_them(void **state)
{
    (void)state;
    struct law_result result = tried("ends", counts_what_is_drawn, 1000);
    assert_int_equal(result.broken, 0);
    law_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_false_law_and_makes_its_case_small),
        cmocka_unit_test(takes_elements_out_of_a_list_with_a_length),
        cmocka_unit_test(a_rare_case_takes_enough_of_them_and_always_the_same),
        cmocka_unit_test(gives_up_on_a_law_that_is_about_nothing),
        cmocka_unit_test(draws_between_the_ends_and_at_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
