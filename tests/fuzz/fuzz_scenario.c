/* Scenarios: any bytes as YAML, bound to a model that is fine. What is accepted can be planned. */
#include <math.h>
#include <stdlib.h>

#include <paritet/scenario.h>

#include "fuzz/fuzz.h"

static struct pt_model *the_model(void)
{
    static struct pt_model *model;
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    if (!model) {
        fuzz_copy("figures.csv", "docs/examples/figures.csv");
        pt_diagnostics_init(&list);
        PROMISE(pt_model_read(fuzz_copy("model.yaml", "docs/examples/exampleby.yaml"), &model,
                              &list, &err) == PT_OK);
        PROMISE(pt_links_bind(model, &list, &err) == PT_OK);
        pt_diagnostics_free(&list);
    }
    return model;
}

static void check_lever(const struct pt_lever *lever)
{
    PROMISE(lever->id && lever->kind && lever->indicator && lever->group);
    PROMISE(lever->reach >= 0 && lever->reach <= 1);
    PROMISE(lever->turnover >= 0 && lever->turnover <= 1);
    PROMISE(lever->delay >= 0 && lever->ramp_years >= 1 && lever->half_life >= 0);
    PROMISE(lever->effect.chance_of_none >= 0 && lever->effect.chance_of_none <= 1);
    if (lever->effect.distribution) {
        double last = -INFINITY;
        PROMISE(isfinite(pt_effect_mean(&lever->effect)));
        for (int i = 1; i < 16; i++) { /* a larger uniform never has a smaller effect */
            double drawn = pt_effect_draw(&lever->effect, i / 16.0, 0.999999);
            PROMISE(isfinite(drawn) && drawn >= last);
            last = drawn;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct pt_model *model = the_model();
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_scenario *scenario = NULL;
    pt_diagnostics_init(&list);
    enum pt_status status =
        pt_scenario_read_for(model, fuzz_file("scenario.yaml", bytes, n), &scenario, &list, &err);
    fuzz_check(&list, status, &err);
    PROMISE(status != PT_OK || (scenario && list.count[PT_ERROR] == 0));
    if (status == PT_OK) {
        const struct pt_scenario *one = scenario;
        for (size_t i = 0; i < scenario->n_levers; i++) {
            check_lever(&scenario->levers[i]);
        }
        status = pt_scenarios_check(&one, 1, &list, &err);
        fuzz_check(&list, status, &err);
    }
    pt_scenario_free(scenario);
    pt_diagnostics_free(&list);
    return 0;
}
