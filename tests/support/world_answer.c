#include "support/world_write.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------ files on the disk */

static char folder[64];

/* Every file in it is one of a world. */
static void remove_folder(void)
{
    char path[400];
    DIR *all = opendir(folder);
    for (const struct dirent *entry; all && (entry = readdir(all)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (all) {
        closedir(all);
    }
    rmdir(folder);
}

static void put(const char *name, const struct pt_buffer *text, char path[128])
{
    if (folder[0] == '\0') {
        const char *where = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%.40s/paritet-law-XXXXXX",
                 where && *where ? where : "/tmp");
        if (!mkdtemp(folder) || atexit(remove_folder) != 0) {
            perror(folder);
            abort();
        }
    }
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text->bytes, 1, text->n, file) != text->n || fclose(file) != 0) {
        perror(path);
        abort();
    }
}

/* ------------------------------------------------------------------ answers */

struct pt_run_options world_options(void)
{
    struct pt_run_options options = pt_run_options_default();
    options.draws = 150;
    options.threads = 1;
    options.fit.scores = false;
    return options;
}

static void remember_why(const struct pt_diagnostics *list, const struct pt_error *err,
                         struct answer *answer)
{
    const struct pt_message *message = NULL;
    /* the first error; of a series that cannot be fitted there is a warning only */
    for (size_t i = 0; i < list->n; i++) {
        bool graver = list->items[i].severity == PT_ERROR;
        if (list->items[i].severity != PT_NOTICE && (!message || graver)) {
            message = &list->items[i].message;
            if (graver) {
                break;
            }
        }
    }
    message = message ? message : &err->message;
    pt_message_print(message, NULL, answer->why, sizeof answer->why);
}

static bool read_all(const struct world_files *files, struct answer *answer,
                     struct pt_diagnostics *list, struct pt_error *err)
{
    char path[WORLD_FILES][128];
    for (size_t i = 0; i < files->n; i++) {
        put(files->files[i].name, &files->files[i].text, path[i]);
    }
    if (pt_model_read(path[0], &answer->model, list, err) != PT_OK) {
        return false;
    }
    for (size_t i = files->n_data; i < files->n; i++) {
        if (pt_scenario_read_for(answer->model, path[i], &answer->scenarios[answer->n_scenarios],
                                 list, err) != PT_OK) {
            return false;
        }
        answer->n_scenarios++;
    }
    return true;
}

bool world_files_answer(const struct world_files *files, const struct pt_run_options *options,
                        struct answer *answer)
{
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    *answer = (struct answer){ .arena = pt_arena_new(),
                               .indicator = options->indicator,
                               .place = options->place };
    pt_diagnostics_init(&list);
    bool good =
        read_all(files, answer, &list, &err) &&
        pt_run_simulate(answer->model, (const struct pt_scenario *const *)answer->scenarios,
                        answer->n_scenarios, options, NULL, &list, &answer->run, &err) == PT_OK &&
        (options->may_be_empty || answer_projection(answer) != NULL);
    if (!good) {
        remember_why(&list, &err, answer);
    }
    pt_diagnostics_free(&list);
    if (!good) {
        char why[sizeof answer->why];
        memcpy(why, answer->why, sizeof why);
        answer_free(answer);
        memcpy(answer->why, why, sizeof why);
    }
    return good;
}

bool world_answer(const struct world *world, const struct pt_run_options *options,
                  struct answer *answer)
{
    struct world_files files;
    world_files_write(world, &files);
    bool good = world_files_answer(&files, options, answer);
    world_files_free(&files);
    return good;
}

void answer_free(struct answer *answer)
{
    pt_run_free(answer->run);
    for (size_t i = 0; i <= WORLD_SCENARIOS; i++) {
        pt_scenario_free(answer->scenarios[i]);
    }
    pt_model_free(answer->model);
    pt_arena_free(answer->arena);
    memset(answer, 0, sizeof *answer);
}

const struct pt_projection *answer_projection(const struct answer *answer)
{
    const char *id = answer->indicator ? answer->indicator : "it";
    for (size_t i = 0; answer->run && i < answer->run->n_projections; i++) {
        const struct pt_subject *subject = answer->run->projections[i].subject;
        if (strcmp(subject->indicator->id, id) == 0 &&
            (!answer->place || strcmp(subject->place, answer->place) == 0)) {
            return &answer->run->projections[i];
        }
    }
    return NULL;
}

const struct pt_outcome *answer_outcome(const struct answer *answer, const char *id)
{
    const struct pt_projection *projection = answer_projection(answer);
    for (size_t i = 0; i < projection->n_outcomes; i++) {
        if (strcmp(projection->outcomes[i].id, id) == 0) {
            return &projection->outcomes[i];
        }
    }
    return NULL;
}

uint64_t answer_by(const struct pt_parity *parity, size_t h)
{
    uint64_t sum = 0;
    for (size_t i = 0; i <= h; i++) {
        sum += parity->count[i];
    }
    return sum;
}
