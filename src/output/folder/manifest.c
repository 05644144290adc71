#include "output/folder/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "output/folder/tree.h"
#include "output/json.h"

#define PROGRAM "paritet"

static int compare_paths(const void *a, const void *b)
{
    const struct pt_manifest_file *left = a, *right = b;
    return strcmp(left->path, right->path);
}

/* ------------------------------------------------------------------ reading */

static int copy_outputs(struct pt_arena *arena, const json_t *outputs, struct pt_manifest *manifest)
{
    size_t n = json_array_size(outputs);
    struct pt_manifest_file *files = PT_NEW(arena, struct pt_manifest_file, n + 1);

    for (size_t i = 0; files != NULL && i < n; i++) {
        const json_t *output = json_array_get(outputs, i);
        const char *path = json_string_value(json_object_get(output, "path"));
        const char *sha256 = json_string_value(json_object_get(output, "sha256"));
        if (path == NULL || sha256 == NULL) {
            return ENOENT;
        }
        files[i].path = pt_arena_copy(arena, path, strlen(path));
        files[i].sha256 = pt_arena_copy(arena, sha256, strlen(sha256));
        if (files[i].path == NULL || files[i].sha256 == NULL) {
            return ENOMEM;
        }
    }
    if (files == NULL) {
        return ENOMEM;
    }
    qsort(files, n, sizeof *files, compare_paths);
    *manifest = (struct pt_manifest){ n, files };
    return 0;
}

int pt_manifest_read(struct pt_arena *arena, const char *path, struct pt_manifest *manifest)
{
    char *bytes;
    size_t n;
    json_error_t why;
    bool no_memory = false;
    int code = pt_tree_read(arena, AT_FDCWD, path, &bytes, &n);
    json_t *root = code == 0 ? pt_json_read(bytes, n, 0, &why, &no_memory) : NULL;
    const char *program = json_string_value(json_object_get(root, "program"));
    const json_t *outputs = json_object_get(root, "outputs");

    if (code == ENOMEM || no_memory) {
        return ENOMEM;
    }
    code = program != NULL && strcmp(program, PROGRAM) == 0 && json_is_array(outputs)
               ? copy_outputs(arena, outputs, manifest)
               : ENOENT;
    json_decref(root);
    return code;
}

const struct pt_manifest_file *pt_manifest_find(const struct pt_manifest *manifest,
                                                const char *path)
{
    struct pt_manifest_file key = { .path = path };
    return bsearch(&key, manifest->files, manifest->n, sizeof key, compare_paths);
}

/* ------------------------------------------------------------------ writing */

/* A seed past what JSON numbers of programs hold is written as text. */
static json_t *whole_number(uint64_t value)
{
    char text[24];

    if (value <= (UINT64_C(1) << 53)) {
        return json_integer((json_int_t)value);
    }
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return json_string(text);
}

static json_t *files_of(const struct pt_manifest_file *files, size_t n)
{
    json_t *array = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *file = json_object();
        int failed = json_object_set_new(file, "path", pt_json_text(files[i].path));
        failed |= json_object_set_new(file, "sha256", pt_json_text(files[i].sha256));
        failed |= json_array_append_new(array, file);
        if (failed != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

/* The order of scenarios on the command line changes no number, so it changes nothing here. */
static json_t *inputs_of(const struct pt_provenance *provenance)
{
    size_t n = provenance->n_inputs;
    struct pt_manifest_file *files = calloc(n + 1, sizeof *files);

    if (files == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        files[i].path = provenance->input_paths[i];
        files[i].sha256 = provenance->input_sha256[i];
    }
    qsort(files, n, sizeof *files, compare_paths);
    json_t *array = files_of(files, n);
    free(files);
    return array;
}

static json_t *arguments_of(const struct pt_provenance *provenance)
{
    json_t *array = json_array();

    for (size_t i = 0; i < provenance->n_arguments; i++) {
        if (json_array_append_new(array, pt_json_text(provenance->arguments[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

bool pt_manifest_print(const struct pt_provenance *provenance, const struct pt_manifest *outputs,
                       struct pt_buffer *out)
{
    json_t *root = json_object();
    int failed = json_object_set_new(root, "program", json_string(PROGRAM));

    failed |= json_object_set_new(root, "version", pt_json_text(provenance->version));
    failed |= json_object_set_new(root, "arguments", arguments_of(provenance));
    failed |= json_object_set_new(root, "seed", whole_number(provenance->seed));
    failed |= json_object_set_new(root, "draws", whole_number(provenance->draws));
    failed |= json_object_set_new(root, "horizon", json_integer(provenance->horizon));
    failed |= json_object_set_new(root, "language", pt_json_text(provenance->language));
    failed |= json_object_set_new(root, "inputs", inputs_of(provenance));
    failed |= json_object_set_new(root, "outputs", files_of(outputs->files, outputs->n));
    pt_json_add(out, root, JSON_INDENT(2));
    pt_buffer_text(out, "\n");
    return failed == 0 && !out->failed;
}
