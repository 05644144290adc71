/* Shards: any bytes, and with a first byte that is odd the rest of them sealed as the program seals
 * what it wrote, so that what lies behind the seal is reached. What is accepted fills a run whose
 * numbers are possible. */
#include <stdlib.h>
#include <string.h>

#include <paritet/output.h>

#include "fuzz/fuzz.h"
#include "output/shard/shard.h"

#define MODEL    "docs/examples/exampleby.yaml"
#define SCENARIO "tests/fuzz/shard.yaml"

static struct pt_model *model;
static struct pt_scenario *scenario;

static void read_question(void)
{
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    pt_diagnostics_init(&list);
    PROMISE(pt_model_read(MODEL, &model, &list, &err) == PT_OK);
    PROMISE(pt_links_bind(model, &list, &err) == PT_OK);
    PROMISE(pt_scenario_read_for(model, SCENARIO, &scenario, &list, &err) == PT_OK);
    pt_diagnostics_free(&list);
}

static const char *file_of(const uint8_t *bytes, size_t n)
{
    struct pt_buffer all = { 0 };
    char hex[65];
    pt_buffer_add(&all, (const char *)bytes + (n > 0), n > 0 ? n - 1 : 0);
    if (n > 0 && bytes[0] & 1) {
        pt_buffer_text(&all, PT_SHARD_SEAL);
        pt_sha256(all.bytes, all.n, hex);
        pt_buffer_text(&all, hex);
        pt_buffer_text(&all, PT_SHARD_END);
    }
    PROMISE(!all.failed);
    const char *path = fuzz_file("part.json", all.bytes, all.n);
    pt_buffer_free(&all);
    return path;
}

static void check_outcome(const struct pt_run *run, const struct pt_projection *p,
                          const struct pt_outcome *outcome)
{
    for (int event = 0; event < PT_EVENTS; event++) {
        uint64_t all = 0;
        for (size_t i = 0; outcome->events[event].count && i < p->n_years + 2; i++) {
            all += outcome->events[event].count[i];
        }
        PROMISE(all == 0 || all == run->options.draws);
    }
    for (size_t y = 0; y < p->n_years; y++) {
        for (size_t q = 1; q < PT_BANDS; q++) {
            PROMISE(outcome->bands[y * PT_BANDS + q] >= outcome->bands[y * PT_BANDS + q - 1]);
        }
    }
}

static void fill(struct pt_shard *shard)
{
    const struct pt_scenario *const scenarios[] = { scenario };
    struct pt_run_options options = shard->options;
    struct pt_diagnostics list;
    struct pt_run *run = NULL;
    struct pt_error err = { 0 };
    options.shards = 2; /* nothing is simulated */
    options.shard = 0;
    options.threads = 1;
    pt_diagnostics_init(&list);
    if (pt_run_simulate(model, scenarios, shard->n_scenarios > 0, &options, NULL, &list, &run,
                        &err) == PT_OK &&
        pt_shard_fill(shard, run, &err) == PT_OK) {
        for (size_t i = 0; i < run->n_projections; i++) {
            for (size_t s = 0; s < run->projections[i].n_outcomes; s++) {
                check_outcome(run, &run->projections[i], &run->projections[i].outcomes[s]);
            }
        }
    }
    pt_run_free(run);
    pt_diagnostics_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct pt_shard *shard = NULL;
    struct pt_error err = { 0 };
    struct pt_diagnostics list;
    if (!model) {
        read_question();
    }
    pt_diagnostics_init(&list);
    enum pt_status status = pt_shard_read(file_of(bytes, n), &shard, &err);
    fuzz_check(&list, status, &err);
    PROMISE((status == PT_OK) == (shard != NULL));
    if (shard) {
        PROMISE(shard->part >= 1 && shard->part <= shard->parts);
        PROMISE(pt_shard_compare(shard, shard, &err) == PT_OK);
        fill(shard);
    }
    pt_shard_free(shard);
    pt_diagnostics_free(&list);
    return 0;
}
