/* Notes of whole runs: models and scenarios from files, few draws. */
#ifndef PARITET_TEST_NOTE_FILES_H
#define PARITET_TEST_NOTE_FILES_H

#include <stdlib.h>
#include <string.h>

#include <paritet/output.h>

#define NOTE_MODEL "tests/support/note/barometer.yaml"
#define SCENARIOS  4

struct bench {
    struct pt_arena *arena;
    struct pt_model *model;
    size_t n_scenarios;
    struct pt_scenario *scenarios[SCENARIOS];
    struct pt_run *run;
    struct pt_facts facts;
    struct pt_pictures pictures;
    struct pt_provenance provenance;
    const struct pt_language *language;
    struct pt_document note;
};

static const char *const all_scenarios[SCENARIOS] = {
    "tests/support/note/mentors.yaml",
    "tests/support/note/equal-pay.yaml",
    "tests/support/note/both.yaml",
    "tests/support/note/as-now.yaml",
};

__attribute__((unused)) static void start(struct bench *b, const char *model, size_t n_scenarios,
                                          const char *indicator)
{
    struct pt_diagnostics list;
    struct pt_error err;
    struct pt_run_options options = pt_run_options_default();
    memset(b, 0, sizeof *b);
    pt_diagnostics_init(&list);
    b->arena = pt_arena_new();
    assert_int_equal(pt_model_read(model, &b->model, &list, &err), PT_OK);
    b->n_scenarios = n_scenarios;
    for (size_t i = 0; i < n_scenarios; i++) {
        assert_int_equal(
            pt_scenario_read_for(b->model, all_scenarios[i], &b->scenarios[i], &list, &err), PT_OK);
    }
    options.draws = 400;
    options.indicator = indicator;
    options.attribution = options.groups = true;
    assert_int_equal(pt_run_simulate(b->model,
                                     (const struct pt_scenario *const *)(void *)b->scenarios,
                                     n_scenarios, &options, NULL, &list, &b->run, &err),
                     PT_OK);
    assert_int_equal(pt_facts_make(b->run, b->arena, &b->facts, &err), PT_OK);
    assert_int_equal(pt_pictures_make(&b->facts, b->arena, &b->pictures, &err), PT_OK);
    static const char *const arguments[] = { "/usr/bin/paritet", "report", "barometer.yaml",
                                             "-o",               "out",    "--threads=2" };
    static const char *const paths[] = { "barometer.yaml" };
    static const char *const sums[] = { "00ff" };
    b->provenance = (struct pt_provenance){ .version = PT_VERSION,
                                            .n_arguments = sizeof arguments / sizeof *arguments,
                                            .arguments = arguments,
                                            .seed = options.seed,
                                            .draws = options.draws,
                                            .horizon = b->run->horizon,
                                            .n_inputs = 1,
                                            .input_paths = paths,
                                            .input_sha256 = sums };
    pt_diagnostics_free(&list);
}

__attribute__((unused)) static void write_in(struct bench *b, const char *language)
{
    struct pt_error err;
    b->language = pt_language_find(language);
    const struct pt_look look = { .language = b->language };
    assert_int_equal(pt_note_make(&b->facts, &b->pictures, &b->provenance, &look, b->arena,
                                  &b->note, &err),
                     PT_OK);
}

__attribute__((unused)) static void finish(struct bench *b)
{
    pt_run_free(b->run);
    for (size_t i = 0; i < b->n_scenarios; i++) {
        pt_scenario_free(b->scenarios[i]);
    }
    pt_model_free(b->model);
    pt_arena_free(b->arena);
}

#endif
