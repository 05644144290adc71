/* A model to read scenarios for, and what the tests of reading them share. */
#ifndef PT_TEST_SCENARIO_FILES_H
#define PT_TEST_SCENARIO_FILES_H

#include "test_input_files.h"

#include <paritet/input.h>
#include <paritet/scenario.h>

/* Two groups in per cent; a single figure in points with a target; a plain figure. */
static const char scenario_model[] = "title: T\n"
                                     "horizon: 2050\n"
                                     "data: [ d.csv ]\n"
                                     "groups:\n"
                                     "  - { id: new, title: New }\n"
                                     "  - { id: old, title: Old }\n"
                                     "units:\n"
                                     "  - { id: grade, title: Grades }\n"
                                     "areas:\n"
                                     "  - id: a\n"
                                     "    title: A\n"
                                     "    goals:\n"
                                     "      - id: g\n"
                                     "        title: G\n"
                                     "        indicators:\n"
                                     "          - id: work\n"
                                     "            title: W\n"
                                     "            unit: '%'\n"
                                     "            series: work\n"
                                     "            group: new\n"
                                     "            reference: old\n"
                                     "            better: higher\n"
                                     "            band: { within: 1 pp, because: rounded }\n"
                                     "          - id: marks\n"
                                     "            title: M\n"
                                     "            unit: grade\n"
                                     "            series: marks\n"
                                     "            group: new\n"
                                     "            better: higher\n"
                                     "            bounds: [ 0, 12 ]\n"
                                     "            target: { value: 7.5 points, by: 2035 }\n"
                                     "          - id: clubs\n"
                                     "            title: C\n"
                                     "            unit: '%'\n"
                                     "            series: clubs\n"
                                     "            group: new\n"
                                     "            better: lower\n"
                                     "          - id: noted\n"
                                     "            title: N\n"
                                     "            note: no figures yet\n"
                                     "            unit: '%'\n"
                                     "            group: new\n"
                                     "            better: lower\n";

static const char scenario_data[] = "indicator,group,year,value\n"
                                    "work,new,2015,51.3\nwork,new,2016,52.4\nwork,new,2017,52.1\n"
                                    "work,new,2018,53.2\nwork,new,2019,53.9\n"
                                    "work,old,2015,75.3\nwork,old,2016,75.6\nwork,old,2017,75.4\n"
                                    "work,old,2018,76.1\nwork,old,2019,76.4\n"
                                    "marks,new,2015,6.1\nmarks,new,2016,6.2\nmarks,new,2017,6.2\n"
                                    "marks,new,2018,6.4\nmarks,new,2019,6.5\n"
                                    "clubs,new,2015,31.2\nclubs,new,2016,30.9\nclubs,new,2017,31.6\n"
                                    "clubs,new,2018,32.0\nclubs,new,2019,31.8\n";

struct setup {
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_error err;
    struct pt_model *model;
    struct pt_scenario *scenarios[4];
    size_t n;
};

static inline void setup_open(struct setup *s)
{
    *s = (struct setup){ .n = 0 };
    scratch_open(&s->scratch);
    scratch_write(&s->scratch, "d.csv", scenario_data);
    const char *path = scratch_write(&s->scratch, "m.yaml", scenario_model);
    pt_diagnostics_init(&s->list);
    assert_int_equal(pt_model_read(path, &s->model, &s->list, &s->err), PT_OK);
    assert_int_equal(s->list.n, 0);
}

/* A scenario file that is read for the model. */
static inline enum pt_status setup_read(struct setup *s, const char *name, const char *text)
{
    const char *path = scratch_write(&s->scratch, name, text);
    struct pt_scenario *scenario = NULL;
    enum pt_status status = pt_scenario_read_for(s->model, path, &scenario, &s->list, &s->err);
    if (status == PT_OK) {
        s->scenarios[s->n++] = scenario;
    }
    return status;
}

static inline void setup_close(struct setup *s)
{
    for (size_t i = 0; i < s->n; i++) {
        pt_scenario_free(s->scenarios[i]);
    }
    pt_model_free(s->model);
    pt_diagnostics_free(&s->list);
    scratch_close(&s->scratch);
}

#endif
