#include <string.h>

#include "cli/cli.h"

/* schema: what can be written in a file, for editors. */

static const struct {
    const char *name, *title;
    const struct pt_schema *table;
} files[] = {
    { "model", "paritet model", &pt_model_schema },
    { "scenario", "paritet scenario", &pt_scenario_schema },
};
enum { N_FILES = sizeof files / sizeof *files };

static int run(struct request *request)
{
    for (size_t i = 0; i < N_FILES; i++) {
        if (strcmp(request->arguments[0], files[i].name) == 0) {
            struct pt_buffer out = { 0 };
            pt_schema_print(files[i].table, files[i].title, request->language, &out);
            return deliver(request, &out);
        }
    }
    return complain_usage(request, "there is no schema of '%s'; there are 'model' and 'scenario'",
                          request->arguments[0]);
}

static const struct argp_option *const options[] = { options_data, options_general, NULL };

const struct command command_schema = {
    .name = "schema",
    .arguments = "model|scenario",
    .summary = PT_N("what can be written in a model or scenario, as JSON Schema"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
