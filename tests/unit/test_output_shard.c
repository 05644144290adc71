#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <paritet/output.h>

#define MODEL    "models/copenhagen.yaml"
#define SCENARIO "scenarios/both.yaml"

/* A run of the model with one scenario of two levers. */
struct bench {
    struct pt_diagnostics list;
    struct pt_model *model;
    struct pt_scenario *scenario;
    struct pt_run_options options;
    struct pt_error err;
};

static void start(struct bench *b)
{
    pt_diagnostics_init(&b->list);
    assert_int_equal(pt_model_read(MODEL, &b->model, &b->list, &b->err), PT_OK);
    assert_int_equal(pt_scenario_read_for(b->model, SCENARIO, &b->scenario, &b->list, &b->err),
                     PT_OK);
    b->options = pt_run_options_default();
    b->options.draws = 60;
    b->options.attribution = b->options.groups = true;
}

static void end(struct bench *b)
{
    pt_scenario_free(b->scenario);
    pt_model_free(b->model);
    pt_diagnostics_free(&b->list);
}

static struct pt_run *run(struct bench *b, size_t shard, size_t shards)
{
    const struct pt_scenario *scenarios[] = { b->scenario };
    struct pt_run *out = NULL;
    b->options.shard = shard;
    b->options.shards = shards;
    assert_int_equal(
        pt_run_simulate(b->model, scenarios, 1, &b->options, NULL, &b->list, &out, &b->err), PT_OK);
    return out;
}

/* Prints a shard and reads it back. */
static struct pt_shard *printed(struct bench *b, const struct pt_run *of)
{
    char path[] = "/tmp/paritet-shard-XXXXXX";
    struct pt_buffer buffer = { 0 };
    struct pt_shard *shard = NULL;
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(pt_shard_print(of, &buffer, &b->err), PT_OK);
    assert_int_equal(pt_file_write(path, buffer.bytes, buffer.n, &b->err), PT_OK);
    assert_int_equal(pt_shard_read(path, &shard, &b->err), PT_OK);
    unlink(path);
    pt_buffer_free(&buffer);
    return shard;
}

/* Bit for bit, which tells 0 from -0. */
#define assert_same(a, b, n) assert_memory_equal((a), (b), (n) * sizeof *(a))

static void assert_same_outcome(const struct pt_projection *p, const struct pt_outcome *a,
                                const struct pt_outcome *b)
{
    assert_same(a->bands, b->bands, p->n_years * PT_BANDS);
    for (int e = 0; e < PT_EVENTS && p->has_question; e++) {
        assert_same(a->events[e].count, b->events[e].count, p->n_years + 2);
    }
    assert_same(&a->holds, &b->holds, 1);
    assert_same(&a->never_holds, &b->never_holds, 1);
    assert_same(&a->fades, &b->fades, 1);
    assert_same(&a->never_fades, &b->never_fades, 1);
    assert_same(&a->by_target, &b->by_target, 1);
    assert_same(&a->both_never, &b->both_never, 1);
    assert_same(&a->only_scenario, &b->only_scenario, 1);
    assert_same(&a->only_baseline, &b->only_baseline, 1);
    assert_same(a->gained, b->gained, 2 * p->n_years + 1);
    assert_same(&a->closed_end, &b->closed_end, 1);
    assert_same(&a->closed_horizon, &b->closed_horizon, 1);
    assert_int_equal(a->n_parts, b->n_parts);
    for (size_t i = 0; i < a->n_parts; i++) {
        assert_string_equal(a->parts[i].lever, b->parts[i].lever);
        assert_same(&a->parts[i].closed_end, &b->parts[i].closed_end, 1);
        assert_same(&a->parts[i].closed_horizon, &b->parts[i].closed_horizon, 1);
        assert_same(&a->parts[i].chance_end, &b->parts[i].chance_end, 1);
        assert_same(&a->parts[i].chance_horizon, &b->parts[i].chance_horizon, 1);
        assert_same(a->parts[i].gained, b->parts[i].gained, 2 * p->n_years + 1);
    }
}

static void shards_fill_a_whole_run_bit_for_bit(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    struct pt_run *whole = run(&b, 0, 0), *filled = run(&b, 0, 2);
    for (size_t k = 2; k >= 1; k--) {
        struct pt_run *part = run(&b, k, 2);
        struct pt_shard *shard = printed(&b, part);
        assert_int_equal(shard->part, k);
        assert_int_equal(shard->parts, 2);
        assert_int_equal(pt_shard_fill(shard, filled, &b.err), PT_OK);
        pt_shard_free(shard);
        pt_run_free(part);
    }
    size_t parts = 0;
    assert_true(whole->n_cells >= 3 && whole->n_cells == filled->n_cells);
    for (size_t i = 0; i < whole->n_projections; i++) {
        const struct pt_projection *p = &whole->projections[i], *q = &filled->projections[i];
        assert_int_equal(p->cell, q->cell);
        for (size_t s = 0; s < p->n_outcomes; s++) {
            assert_same_outcome(p, &p->outcomes[s], &q->outcomes[s]);
            parts += p->outcomes[s].n_parts;
        }
        assert_true((p->group_bands != NULL) == (q->group_bands != NULL));
        if (p->group_bands) {
            assert_same(p->group_bands, q->group_bands, p->n_years * PT_BANDS);
            assert_same(p->reference_bands, q->reference_bands, p->n_years * PT_BANDS);
        }
    }
    assert_int_equal(parts, 3); /* two of employment-ratio; one comes to unsafe by a link */
    pt_run_free(filled);
    pt_run_free(whole);
    end(&b);
}

static void hard_numbers_come_back(void **state)
{
    (void)state;
    const double hard[PT_BANDS] = {
        -0x1.fffffffffffffp+1023, -1.0 / 3, -0.0, 0x1p-1074, 0.1, 0x1.0000000000001p+52,
        0x1.fffffffffffffp+1023
    };
    const double lost[] = { NAN, INFINITY, -INFINITY };
    struct bench b;
    start(&b);
    b.options.seed = UINT64_MAX;
    struct pt_run *part = run(&b, 1, 1), *filled = run(&b, 0, 1);
    memcpy(part->projections[0].outcomes[1].bands, hard, sizeof hard);
    struct pt_shard *shard = printed(&b, part);
    assert_true(shard->options.seed == UINT64_MAX);
    assert_int_equal(pt_shard_fill(shard, filled, &b.err), PT_OK);
    assert_same(filled->projections[0].outcomes[1].bands, hard, PT_BANDS);
    pt_shard_free(shard);
    for (size_t i = 0; i < 3; i++) {
        struct pt_buffer buffer = { 0 };
        part->projections[0].outcomes[1].bands[3] = lost[i];
        assert_int_equal(pt_shard_print(part, &buffer, &b.err), PT_EDATA);
        pt_buffer_free(&buffer);
    }
    pt_run_free(filled);
    pt_run_free(part);
    end(&b);
}

/* Other scenarios, horizon or draws than those of the run it is put into. */
static void fills_only_the_run_it_is_of(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    struct pt_run *part = run(&b, 1, 2);
    struct pt_shard *shard = printed(&b, part);
    struct pt_run *empty = NULL;
    assert_int_equal(pt_run_simulate(b.model, NULL, 0, &b.options, NULL, &b.list, &empty, &b.err),
                     PT_OK);
    assert_int_equal(pt_shard_fill(shard, empty, &b.err), PT_EDATA);
    pt_run_free(empty);
    pt_shard_free(shard);
    shard = printed(&b, part);
    b.options.draws = 61;
    struct pt_run *other = run(&b, 0, 2);
    assert_int_equal(pt_shard_fill(shard, other, &b.err), PT_EDATA);
    pt_run_free(other);
    pt_shard_free(shard);
    pt_run_free(part);
    end(&b);
}

static void no_shard_of_a_run_is_a_run_of_zeros(void **state)
{
    (void)state;
    struct bench b;
    start(&b);
    struct pt_run *none = run(&b, 0, 5), *past = run(&b, 4, 5);
    assert_true(none->n_cells == 3 && past->n_cells == 3);
    for (size_t i = 0; i < none->n_projections; i++) {
        const struct pt_projection *p = &none->projections[i], *q = &past->projections[i];
        assert_int_equal(p->n_outcomes, 2);
        assert_close(p->outcomes[1].bands[0], 0, 0);
        assert_same(p->outcomes[1].bands, q->outcomes[1].bands, p->n_years * PT_BANDS);
        assert_int_equal(p->outcomes[1].holds + q->outcomes[1].holds, 0);
    }
    pt_run_free(past);
    pt_run_free(none);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shards_fill_a_whole_run_bit_for_bit),
        cmocka_unit_test(hard_numbers_come_back),
        cmocka_unit_test(fills_only_the_run_it_is_of),
        cmocka_unit_test(no_shard_of_a_run_is_a_run_of_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
