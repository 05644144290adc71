#include "support/pt_test.h"

#include "test_simulate_models.h"

/* What a host hears while it waits, and how it stops. */

struct host {
    size_t calls, done, total, stop_at;
};

static void progress(void *user, size_t done, size_t total)
{
    struct host *host = user;
    assert_true(done > host->done && done <= total);
    host->done = done;
    host->total = total;
    host->calls++;
}

static bool cancelled(void *user)
{
    const struct host *host = user;
    return host->stop_at > 0 && host->done >= host->stop_at;
}

static enum pt_status hosted(struct host *host, bool attribution)
{
    struct pt_model *model = model_of("models/denmark.yaml");
    struct pt_link link = link_of("l", "participation-gap", "unemployment", -.3);
    model->links = &link;
    model->n_links = 1;
    struct pt_lever levers[2] = {
        lever_of("x", "participation-gap", "non-western-immigrants", "pace", .2),
        lever_of("y", "participation-gap", "non-western-immigrants", "level", 1)
    };
    struct pt_scenario one = scenario_of("one", levers, 2), two = scenario_of("two", levers, 1);
    const struct pt_scenario *list[] = { &one, &two };
    struct pt_run_options options = options_of(1200);
    options.attribution = attribution;
    options.threads = 1;
    const struct pt_hooks hooks = { progress, cancelled, host };
    struct pt_diagnostics diagnostics;
    struct pt_run *run = NULL;
    pt_diagnostics_init(&diagnostics);
    enum pt_status status =
        pt_run_simulate(model, list, 2, &options, &hooks, &diagnostics, &run, NULL);
    pt_run_free(run);
    pt_diagnostics_free(&diagnostics);
    pt_model_free(model);
    return status;
}

static void a_host_hears_of_all_the_work(void **state)
{
    (void)state;
    for (int attribution = 0; attribution < 2; attribution++) {
        struct host host = { 0 };
        assert_int_equal(hosted(&host, attribution), PT_OK);
        assert_int_equal(host.done, host.total);
        assert_true(host.calls > 20);
    }
}

static void a_host_may_stop_it_at_any_block(void **state)
{
    (void)state;
    struct host whole = { 0 };
    assert_int_equal(hosted(&whole, true), PT_OK);
    for (size_t at = 1; at + 3 < whole.total; at += 5) { /* 3: the blocks of what need not be run */
        struct host host = { .stop_at = at };
        assert_int_equal(hosted(&host, true), PT_ECANCELLED);
        assert_true(host.done < whole.total);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_hears_of_all_the_work),
        cmocka_unit_test(a_host_may_stop_it_at_any_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
