#include "support/pt_test.h"

#include <paritet/base.h>

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct pt_arena *arena = pt_arena_new();
    unsigned char *blocks[1000];
    for (size_t i = 0; i < 1000; i++) {
        size_t size = i * 37 % 9000;
        blocks[i] = pt_arena_alloc(arena, size, 1);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++) {
            assert_int_equal(blocks[i][k], 0);
        }
        memset(blocks[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < 1000; i++) {
        for (size_t k = 0; k < i * 37 % 9000; k++) {
            assert_int_equal(blocks[i][k], i % 251);
        }
    }
    pt_arena_free(arena);
    pt_arena_free(NULL);
}

static void refuses_a_size_that_overflows(void **state)
{
    (void)state;
    struct pt_arena *arena = pt_arena_new();
    assert_null(pt_arena_alloc(arena, SIZE_MAX / 2, 3));
    assert_null(pt_arena_alloc(arena, SIZE_MAX, 1));
    assert_null(pt_arena_copy(arena, "", SIZE_MAX));
    assert_non_null(PT_NEW(arena, double, 7));
    pt_arena_free(arena);
}

static void copies_and_prints_text(void **state)
{
    (void)state;
    struct pt_arena *arena = pt_arena_new();
    assert_string_equal(pt_arena_copy(arena, "paritet", 3), "par");
    assert_string_equal(pt_arena_copy(arena, NULL, 0), "");
    assert_string_equal(pt_arena_printf(arena, "%s-%d-%.1f", "x", 137, 2.5), "x-137-2.5");
    char *padded = pt_arena_printf(arena, "%50000d", 7);
    assert_int_equal(strlen(padded), 50000);
    pt_arena_free(arena);
}

static void an_array_grows_and_keeps_what_it_has(void **state)
{
    (void)state;
    void *array = NULL;
    size_t capacity = 0;
    for (size_t n = 0; n < 1370; n++) {
        assert_true(pt_grow(&array, &capacity, n, sizeof(size_t)));
        assert_true(capacity > n);
        ((size_t *)array)[n] = 3 * n;
    }
    for (size_t n = 0; n < 1370; n++) {
        assert_int_equal(((size_t *)array)[n], 3 * n);
    }
    free(array);
}

static void a_failed_growth_touches_nothing(void **state)
{
    (void)state;
    void *array = malloc(7);
    void *before = array;
    size_t capacity = 7;
    assert_false(pt_grow(&array, &capacity, SIZE_MAX / 2 + 1, 1));
    assert_false(pt_grow(&array, &capacity, SIZE_MAX / 8, 13));
    assert_ptr_equal(array, before);
    assert_int_equal(capacity, 7);
    free(array);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(refuses_a_size_that_overflows),
        cmocka_unit_test(copies_and_prints_text),
        cmocka_unit_test(an_array_grows_and_keeps_what_it_has),
        cmocka_unit_test(a_failed_growth_touches_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
