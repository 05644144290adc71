#include "output/shard/shard.h"

#include <stdlib.h>
#include <string.h>

#include <paritet/input.h>

#include "output/json.h"

/* A value as it is written, or a dash where there is none. False: out of memory. */
static bool show(const json_t *value, char *text, size_t size)
{
    struct pt_buffer dump = { 0 };
    if (value) {
        pt_json_add(&dump, json_incref((json_t *)(uintptr_t)value), JSON_COMPACT | JSON_ENCODE_ANY);
    }
    bool made = !dump.failed;
    snprintf(text, size, "%s", made && value ? dump.bytes : "-");
    pt_buffer_free(&dump);
    return made;
}

static enum pt_status differ(const struct pt_shard *shard, const struct pt_shard *with,
                             const char *what, const json_t *a, const json_t *b,
                             struct pt_error *err)
{
    char one[64], other[64];
    if (!show(a, one, sizeof one) || !show(b, other, sizeof other)) {
        return PT_RAISE_NOMEM(err);
    }
    return PT_RAISE(err, PT_EDATA,
                    "'%s' and '%s' are not parts of one run: '%s' is %s in the first and %s in "
                    "the second",
                    with->path, shard->path, what, other, one);
}

static const char *differing_option(const json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)a, key, value) {
        if (!json_equal(value, json_object_get(b, key))) {
            return key;
        }
    }
    return NULL;
}

enum pt_status pt_shard_compare(const struct pt_shard *shard, const struct pt_shard *with,
                                struct pt_error *err)
{
    const struct pt_shard_insides *a = shard->insides, *b = with->insides;
    static const char *const keys[] = { "shards", "cells", "last-year" };
    const char *key = differing_option(a->options, b->options);
    key = key ? key : differing_option(b->options, a->options);
    if (key) {
        return differ(shard, with, key, json_object_get(a->options, key),
                      json_object_get(b->options, key), err);
    }
    if (a->n_inputs != b->n_inputs) {
        return PT_RAISE(err, PT_EDATA,
                        "'%s' and '%s' are not parts of one run: they were made from %zu and %zu "
                        "files",
                        with->path, shard->path, b->n_inputs, a->n_inputs);
    }
    for (size_t i = 0; i < a->n_inputs; i++) {
        if (strcmp(a->inputs[i].sha256, b->inputs[i].sha256) != 0) {
            return PT_RAISE(err, PT_EDATA,
                            "'%s' and '%s' are not parts of one run: '%s' was not the same when "
                            "they were made",
                            with->path, shard->path, a->inputs[i].path);
        }
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *one = json_object_get(a->root, keys[i]);
        const json_t *other = json_object_get(b->root, keys[i]);
        if (!json_equal(one, other)) {
            return differ(shard, with, keys[i], one, other, err);
        }
    }
    return PT_OK;
}

/* What simulate does not take; it may have no end. */
static enum pt_status raise_device(const struct pt_shard *shard, const char *path,
                                   struct pt_error *err)
{
    return PT_RAISE(err, PT_EDATA,
                    "'%s' says that it was made from '%s', which is a pipe or a device",
                    shard->path, path);
}

static enum pt_status check_input(const struct pt_shard *shard, const struct pt_shard_input *input,
                                  struct pt_error *err)
{
    const char *folder = shard->insides->folder;
    char *bytes = NULL, hex[65];
    size_t n = 0;
    if (!pt_path_ordinary(input->path)) {
        return raise_device(shard, input->path, err);
    }
    enum pt_status status = pt_shard_load(input->path, PT_CSV_BYTES_MOST, &bytes, &n, err);
    if (status == PT_EOPEN) {
        return folder ? PT_RAISE(err, PT_EOPEN,
                                 "cannot open '%s', which the shards were made from; run merge in "
                                 "the folder where simulate ran, '%s', or one like it",
                                 input->path, folder)
                      : PT_RAISE(err, PT_EOPEN,
                                 "cannot open '%s', which the shards were made from; run merge in "
                                 "the folder where simulate ran",
                                 input->path);
    }
    if (status == PT_OK) {
        pt_sha256(bytes ? bytes : "", n, hex);
        if (strcmp(hex, input->sha256) != 0) {
            status = PT_RAISE(err, PT_EDATA,
                              "'%s' has changed since the shards were made; put it back, or make "
                              "them again",
                              input->path);
        }
    }
    free(bytes);
    return status;
}

enum pt_status pt_shard_check_inputs(const struct pt_shard *shard, struct pt_error *err)
{
    enum pt_status status =
        pt_path_ordinary(shard->model) ? PT_OK : raise_device(shard, shard->model, err);
    for (size_t s = 0; s < shard->n_scenarios && status == PT_OK; s++) {
        if (!pt_path_ordinary(shard->scenarios[s])) {
            status = raise_device(shard, shard->scenarios[s], err);
        }
    }
    for (size_t i = 0; i < shard->insides->n_inputs && status == PT_OK; i++) {
        status = check_input(shard, &shard->insides->inputs[i], err);
    }
    return status;
}
