#include "output/shard/shard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/json.h"

#define SUSTAINED_MOST 100
#define FIRST_BLOCK    ((size_t)64 << 10)

/* ------------------------------------------------------------------ files */

static enum pt_status read_all(int fd, const char *path, size_t most, struct pt_buffer *out,
                               struct pt_error *err)
{
    char *block = malloc(FIRST_BLOCK);
    ssize_t got = block ? 1 : 0;
    while (got > 0 && out->n <= most && !out->failed) {
        got = read(fd, block, FIRST_BLOCK);
        if (got > 0) {
            pt_buffer_add(out, block, (size_t)got);
        } else if (got < 0 && errno == EINTR) {
            got = 1;
        }
    }
    int why = errno;
    bool memory = block && !out->failed;
    free(block);
    if (!memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (got < 0) {
        return PT_RAISE(err, PT_EOPEN, "cannot read '%s': %s", path, strerror(why));
    }
    return out->n <= most ? PT_OK
                          : PT_RAISE(err, PT_EDATA,
                                     "'%s' is larger than %zu MiB, which is not read; is "
                                     "it the right file?",
                                     path, most >> 20);
}

enum pt_status pt_shard_load(const char *path, size_t most, char **bytes, size_t *n,
                             struct pt_error *err)
{
    struct pt_buffer all = { .bytes = NULL };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return PT_RAISE(err, PT_EOPEN, "cannot open '%s': %s", path, strerror(errno));
    }
    enum pt_status status = read_all(fd, path, most, &all, err);
    close(fd);
    if (status != PT_OK) {
        pt_buffer_free(&all);
        return status;
    }
    *bytes = all.bytes;
    *n = all.n;
    return PT_OK;
}

/* ------------------------------------------------------------------ the head */

struct head {
    struct pt_shard *shard;
    struct pt_error *err;
    enum pt_status status; /* the first trouble */
};

static void damaged(struct head *head, const char *key)
{
    if (head->status == PT_OK) {
        head->status = PT_RAISE(head->err, PT_EDATA,
                                "'%s' is damaged: '%s' is missing or wrong; make this shard again",
                                head->shard->path, key);
    }
}

static uint64_t number(struct head *head, const json_t *object, const char *key, uint64_t least,
                       uint64_t most)
{
    const json_t *value = json_object_get(object, key);
    json_int_t n = json_integer_value(value);
    if (!json_is_integer(value) || n < 0 || (uint64_t)n < least || (uint64_t)n > most) {
        damaged(head, key);
        return least;
    }
    return (uint64_t)n;
}

static bool flag(struct head *head, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_boolean(value)) {
        damaged(head, key);
    }
    return json_is_true(value);
}

/* NULL: absent, which is damage where it is needed. */
static const char *text(struct head *head, const json_t *object, const char *key, bool needed)
{
    const json_t *value = json_object_get(object, key);
    if (value ? !json_is_string(value) : needed) {
        damaged(head, key);
    }
    return json_string_value(value);
}

static uint64_t seed_of(struct head *head, const json_t *object)
{
    const char *words = json_string_value(json_object_get(object, "seed"));
    char *end;
    if (!words) {
        return number(head, object, "seed", 0, UINT64_MAX);
    }
    errno = 0;
    unsigned long long seed = strtoull(words, &end, 10);
    if (words[0] < '0' || words[0] > '9' || *end != '\0' || errno != 0) {
        damaged(head, "seed");
    }
    return seed;
}

static int year_of(struct head *head, const json_t *object, const char *key, int absent)
{
    return json_object_get(object, key) ? (int)number(head, object, key, 1000, 3000) : absent;
}

/* The options are compared as they are written, so nothing else may stand among them. */
static void read_options(struct head *head, const json_t *object)
{
    struct pt_run_options *options = &head->shard->options;
    *options = pt_run_options_default();
    options->draws = number(head, object, "draws", 1, PT_DRAWS_MOST);
    options->seed = seed_of(head, object);
    options->sustained_years = (int)number(head, object, "sustained-years", 1, SUSTAINED_MOST);
    options->horizon = year_of(head, object, "horizon", 0);
    options->fit_from = year_of(head, object, "from", INT_MIN);
    options->family = text(head, object, "trend", false);
    options->fit.constants = text(head, object, "constants", false);
    options->indicator = text(head, object, "indicator", false);
    options->place = text(head, object, "place", false);
    const json_t *rho = json_object_get(object, "rho");
    options->fit.rho = json_real_value(rho);
    if (!json_is_real(rho) || !(options->fit.rho > -1 && options->fit.rho < 1)) {
        damaged(head, "rho");
    }
    options->fit.search_breaks = flag(head, object, "search-breaks");
    options->fit.scores = flag(head, object, "scores");
    options->attribution = flag(head, object, "attribution");
    options->groups = flag(head, object, "groups");
    if (options->family && !pt_family_find(options->family)) {
        damaged(head, "trend");
    }
    json_t *again = head->status == PT_OK ? pt_shard_options(options) : NULL;
    if (head->status == PT_OK && !again) {
        head->status = PT_RAISE_NOMEM(head->err);
    } else if (head->status == PT_OK && !json_equal(again, object)) {
        damaged(head, "options");
    }
    json_decref(again);
}

static void read_scenarios(struct head *head, const json_t *array)
{
    struct pt_shard *shard = head->shard;
    size_t n = json_array_size(array);
    const char **paths = PT_NEW(shard->insides->arena, const char *, n + 1);
    if (!json_is_array(array)) {
        damaged(head, "scenarios");
    }
    for (size_t i = 0; paths && i < n; i++) {
        paths[i] = json_string_value(json_array_get(array, i));
        if (!paths[i]) {
            damaged(head, "scenarios");
        }
    }
    shard->n_scenarios = n;
    shard->scenarios = paths;
}

static void read_inputs(struct head *head, const json_t *array)
{
    struct pt_shard_insides *insides = head->shard->insides;
    size_t n = json_array_size(array);
    struct pt_shard_input *inputs = PT_NEW(insides->arena, struct pt_shard_input, n + 1);
    if (!json_is_array(array) || n == 0) {
        damaged(head, "inputs");
    }
    for (size_t i = 0; inputs && i < n; i++) {
        const json_t *file = json_array_get(array, i);
        inputs[i].path = text(head, file, "path", true);
        inputs[i].sha256 = text(head, file, "sha256", true);
    }
    insides->n_inputs = n;
    insides->inputs = inputs;
}

static void read_head(struct head *head)
{
    struct pt_shard *shard = head->shard;
    struct pt_shard_insides *insides = shard->insides;
    const json_t *root = insides->root;
    shard->parts = (size_t)number(head, root, "shards", 1, PT_SHARDS_MOST);
    shard->part = (size_t)number(head, root, "shard", 1, shard->parts);
    insides->n_cells = (size_t)number(head, root, "cells", 1, SIZE_MAX >> 1);
    insides->horizon = (int)number(head, root, "last-year", 1000, 4000);
    insides->folder = text(head, root, "folder", false);
    shard->model = text(head, root, "model", true);
    insides->options = json_object_get(root, "options");
    insides->results = json_object_get(root, "results");
    read_options(head, insides->options);
    read_scenarios(head, json_object_get(root, "scenarios"));
    read_inputs(head, json_object_get(root, "inputs"));
    if (!json_is_array(insides->results)) {
        damaged(head, "results");
    }
    if (head->status == PT_OK && (!shard->scenarios || !insides->inputs)) {
        head->status = PT_RAISE_NOMEM(head->err);
    }
}

/* ------------------------------------------------------------------ the file */

/* Whether the bytes are still those that were written. */
static bool sealed(const char *bytes, size_t n)
{
    const size_t end = sizeof PT_SHARD_END - 1;
    char hex[65];
    if (n < end + 64 || memcmp(bytes + n - end, PT_SHARD_END, end) != 0) {
        return false;
    }
    pt_sha256(bytes, n - end - 64, hex);
    return memcmp(hex, bytes + n - end - 64, 64) == 0;
}

static enum pt_status parse(struct pt_shard *shard, const char *bytes, size_t n,
                            struct pt_error *err)
{
    static const char begin[] = "{\"program\":\"" PT_SHARD_PROGRAM "\"";
    struct pt_shard_insides *insides = shard->insides;
    struct head head = { shard, err, PT_OK };
    json_error_t why;
    if (n == 0) {
        return PT_RAISE(err, PT_EDATA, "'%s' is empty; make this shard again", shard->path);
    }
    bool no_memory;
    insides->root = pt_json_read(bytes, n, JSON_REJECT_DUPLICATES, &why, &no_memory);
    if (no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    const char *program = json_string_value(json_object_get(insides->root, "program"));
    if (insides->root ? !program || strcmp(program, PT_SHARD_PROGRAM) != 0
                      : n < sizeof begin - 1 || memcmp(bytes, begin, sizeof begin - 1) != 0) {
        return PT_RAISE(err, PT_EDATA,
                        "'%s' is no shard; 'paritet simulate --shard K/N -o FILE' makes them",
                        shard->path);
    }
    if (!insides->root) {
        return PT_RAISE(err, PT_EDATA,
                        "'%s' is cut short or damaged in line %d; make this shard again",
                        shard->path, why.line);
    }
    const char *version = json_string_value(json_object_get(insides->root, "version"));
    if (!version || strcmp(version, PT_VERSION) != 0 ||
        json_integer_value(json_object_get(insides->root, "format")) != PT_SHARD_FORMAT) {
        return PT_RAISE(err, PT_EDATA,
                        "'%s' was made by paritet %s and this is %s; make and merge shards with "
                        "one version",
                        shard->path, version ? version : "?", PT_VERSION);
    }
    if (!sealed(bytes, n)) {
        return PT_RAISE(err, PT_EDATA, "'%s' is not as it was written; make this shard again",
                        shard->path);
    }
    read_head(&head);
    return head.status;
}

static struct pt_shard *shard_new(const char *path)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_shard *shard = arena ? PT_NEW(arena, struct pt_shard, 1) : NULL;
    struct pt_shard_insides *insides = arena ? PT_NEW(arena, struct pt_shard_insides, 1) : NULL;
    char *copy = arena ? pt_arena_copy(arena, path, strlen(path)) : NULL;
    if (!shard || !insides || !copy) {
        pt_arena_free(arena);
        return NULL;
    }
    insides->arena = arena;
    shard->insides = insides;
    shard->path = copy;
    return shard;
}

enum pt_status pt_shard_read(const char *path, struct pt_shard **out, struct pt_error *err)
{
    char *bytes = NULL;
    size_t n = 0;
    enum pt_status status = pt_shard_load(path, PT_SHARD_BYTES_MOST, &bytes, &n, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_shard *shard = shard_new(path);
    status = shard ? parse(shard, bytes, n, err) : PT_RAISE_NOMEM(err);
    free(bytes);
    if (status != PT_OK) {
        pt_shard_free(shard);
        return status;
    }
    *out = shard;
    return PT_OK;
}

void pt_shard_free(struct pt_shard *shard)
{
    if (shard) {
        json_decref(shard->insides->root);
        pt_arena_free(shard->insides->arena);
    }
}
