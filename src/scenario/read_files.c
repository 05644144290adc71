#include <string.h>
#include <sys/stat.h>

#include "scenario/read_file.h"

struct chain {
    struct pt_checker *checker;
    struct pt_scenario *scenario;
    const struct pt_changed **changed;
    struct pt_error *err;
    const struct pt_source **sources; /* [PT_BASED_ON_MOST + 1] the scenario's */
    const struct pt_node *based_on[PT_BASED_ON_MOST + 1]; /* what each of them names */
};

static enum pt_status load(struct chain *chain, const char *path, const struct pt_node *named,
                           struct pt_node **root);

static bool same_file(const char *a, const char *b)
{
    struct stat one, two;
    return strcmp(a, b) == 0 || (stat(a, &one) == 0 && stat(b, &two) == 0 &&
                                 one.st_dev == two.st_dev && one.st_ino == two.st_ino);
}

/* ------------------------------------------------------------------ circles */

/* "a -> b -> c -> a" of the files first .. n - 1, beginning with `begin`. */
static const char *circle_text(struct chain *chain, size_t first, size_t n, size_t begin)
{
    const struct pt_source *const *sources = chain->scenario->sources;
    const char *text = sources[begin]->path;
    for (size_t i = begin; text != NULL;) {
        i = i + 1 < n ? i + 1 : first;
        text = pt_arena_printf(chain->checker->arena, "%s -> %s", text, sources[i]->path);
        if (i == begin) {
            return text;
        }
    }
    chain->checker->no_memory = true;
    return "?";
}

/* Said from the file whose name comes first, so that a circle is one problem, wherever a run enters
 * it. */
static void report_circle(struct chain *chain, size_t first)
{
    const struct pt_source *const *sources = chain->scenario->sources;
    struct pt_diagnostics *list = chain->checker->list;
    size_t n = chain->scenario->n_sources, begin = first;
    for (size_t i = first + 1; i < n; i++) {
        begin = strcmp(sources[i]->path, sources[begin]->path) < 0 ? i : begin;
    }
    const struct pt_spot *spot = &chain->based_on[begin]->spot;
    if (n - first == 1) {
        pt_spot_report(list, PT_ERROR, spot,
                       "'%s' is based on itself; name another file, or take 'based-on' out",
                       sources[begin]->path);
    } else if (n - first == 2) {
        const char *other = sources[begin == first ? n - 1 : first]->path;
        pt_spot_report(list, PT_ERROR, spot,
                       "'%s' is based on '%s', which is based on '%s'; take one 'based-on' out",
                       sources[begin]->path, other, sources[begin]->path);
    } else {
        pt_spot_report(list, PT_ERROR, spot,
                       "these files are based on each other in a circle: %s; take one 'based-on' "
                       "out",
                       circle_text(chain, first, n, begin));
    }
}

/* ------------------------------------------------------------------ loading */

/* The base of a file, below it. */
static enum pt_status load_base(struct chain *chain, size_t own, const struct pt_node *named,
                                struct pt_node **root)
{
    struct pt_scenario *scenario = chain->scenario;
    struct pt_diagnostics *list = chain->checker->list;
    const char *path = scenario->sources[own]->path;
    if (named->broken) {
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    if (named->kind != PT_NODE_SCALAR || pt_node_empty(named) || named->length == 0) {
        pt_spot_report(list, PT_ERROR, &named->spot,
                       "'based-on' names one file, as in 'based-on: core-services.yaml'");
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    chain->based_on[own] = named;
    const char *base = pt_path_beside(chain->checker->arena, path, named->text);
    if (base == NULL) {
        return PT_RAISE_NOMEM(chain->err);
    }
    for (size_t i = 0; i < scenario->n_sources; i++) {
        if (same_file(scenario->sources[i]->path, base)) {
            report_circle(chain, i);
            return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", base);
        }
    }
    if (scenario->n_sources > PT_BASED_ON_MOST) {
        pt_spot_report(list, PT_ERROR, &named->spot,
                       "more than %d files are based on each other; write the levers out",
                       PT_BASED_ON_MOST);
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    if (own == 0) {
        scenario->based_on = base;
    }
    return load(chain, base, named, root);
}

static enum pt_status read_source(struct chain *chain, const char *path,
                                  const struct pt_node *named)
{
    struct pt_scenario *scenario = chain->scenario;
    struct pt_error failure = { .status = PT_OK };
    struct pt_source *source = PT_NEW(chain->checker->arena, struct pt_source, 1);
    if (source == NULL) {
        return PT_RAISE_NOMEM(chain->err);
    }
    if (named != NULL && !pt_path_ordinary(path)) {
        pt_spot_report(chain->checker->list, PT_ERROR, &named->spot,
                       "'%s' is a pipe or a device; 'based-on' names a file with a scenario in it",
                       path);
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    enum pt_status status =
        pt_source_read(path, PT_SOURCE_YAML, source, chain->checker->list, &failure);
    if (status != PT_OK) {
        if (status == PT_EOPEN && named != NULL) {
            pt_spot_message(chain->checker->list, PT_ERROR, &named->spot, &failure.message);
        }
        if (chain->err != NULL) {
            *chain->err = failure;
        }
        return status;
    }
    size_t n = scenario->n_sources++;
    chain->sources[n] = source;
    scenario->files[n].path = source->path;
    memcpy(scenario->files[n].sha256, source->sha256, sizeof source->sha256);
    return PT_OK;
}

/* What a model cannot do without, and no scenario has. */
static bool is_model(const struct pt_node *root)
{
    return pt_node_find(root, "areas") != NULL && pt_node_find(root, "levers") == NULL;
}

static enum pt_status load(struct chain *chain, const char *path, const struct pt_node *named,
                           struct pt_node **root)
{
    struct pt_checker *checker = chain->checker;
    size_t own = chain->scenario->n_sources;
    struct pt_node *base = NULL;
    enum pt_status status = read_source(chain, path, named);
    if (status == PT_OK) {
        status = pt_yaml_read(chain->scenario->sources[own], checker->arena, root, checker->list,
                              chain->err);
    }
    if (status == PT_OK && is_model(*root) && named != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &named->spot,
                       "'based-on' names a scenario file, but '%s' is a model", path);
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    if (status == PT_OK && is_model(*root)) {
        pt_spot_report(checker->list, PT_ERROR, &(*root)->first->key->spot,
                       "'%s' is a model, not a scenario; the model comes first and once, as in "
                       "'paritet simulate model.yaml scenario.yaml'",
                       path);
        return PT_RAISE(chain->err, PT_EDATA, "'%s' has errors", path);
    }
    const struct pt_node *based_on = status == PT_OK ? pt_node_find(*root, "based-on") : NULL;
    if (based_on == NULL) {
        return status;
    }
    status = load_base(chain, own, based_on, &base);
    if (status == PT_OK) {
        *root = pt_files_merge(checker, base, *root, chain->changed);
    }
    return status;
}

enum pt_status pt_files_read(struct pt_checker *checker, struct pt_scenario *scenario,
                             struct pt_node **root, const struct pt_changed **changed,
                             struct pt_error *err)
{
    struct chain chain = { checker, scenario, changed, err, NULL, { NULL } };
    chain.sources = PT_NEW(checker->arena, const struct pt_source *, PT_BASED_ON_MOST + 1);
    scenario->sources = chain.sources;
    scenario->files = PT_NEW(checker->arena, struct pt_input_file, PT_BASED_ON_MOST + 1);
    if (scenario->sources == NULL || scenario->files == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = load(&chain, scenario->path, NULL, root);
    return status == PT_OK && checker->no_memory ? PT_RAISE_NOMEM(err) : status;
}
