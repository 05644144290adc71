/* Models: any bytes as YAML beside figures that are fine. What is accepted can be cut into series. */
#include <limits.h>
#include <math.h>

#include <paritet/scenario.h>

#include "fuzz/fuzz.h"

static void check_subject(const struct pt_subject *subject)
{
    const struct pt_series *series = &subject->projected;
    PROMISE(series->n > 0 && series->lower <= series->upper);
    PROMISE(subject->band >= 0 && isfinite(subject->gap_at_zero));
    for (size_t i = 0; i < series->n; i++) {
        PROMISE(isfinite(series->y[i]));
        PROMISE(i == 0 || series->year[i] > series->year[i - 1]);
    }
}

static void check_model(const struct pt_model *model, struct pt_diagnostics *list)
{
    struct pt_arena *arena = pt_arena_new();
    PROMISE(arena && model->n_indicators > 0);
    for (size_t i = 0; i < model->n_indicators; i++) {
        const struct pt_indicator *indicator = model->indicators[i];
        const char *const *places;
        PROMISE(pt_model_find(model, indicator->id) == indicator);
        size_t n = pt_model_places(model, indicator, arena, &places);
        for (size_t k = 0; k < n; k++) {
            struct pt_subject subject;
            struct pt_error err = { 0 };
            enum pt_status status = pt_subject_prepare(model, indicator, places[k], INT_MIN, arena,
                                                       list, &subject, &err);
            fuzz_check(list, status, &err);
            if (status == PT_OK) {
                check_subject(&subject);
            }
        }
    }
    pt_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char *figures;
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_model *model = NULL;
    figures = figures ? figures : fuzz_copy("figures.csv", "docs/examples/figures.csv");
    pt_diagnostics_init(&list);
    enum pt_status status = pt_model_read(fuzz_file("model.yaml", bytes, n), &model, &list, &err);
    fuzz_check(&list, status, &err);
    PROMISE((status == PT_OK) == (model != NULL));
    if (model) {
        PROMISE(list.count[PT_ERROR] == 0);
        status = pt_links_bind(model, &list, &err);
        fuzz_check(&list, status, &err);
        check_model(model, &list);
    }
    pt_model_free(model);
    pt_diagnostics_free(&list);
    return 0;
}
