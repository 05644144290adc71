#include "output/folder/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/keep.h"
#include "output/folder/swap.h"
#include "output/folder/sync.h"
#include "output/folder/tree.h"

const char *pt_folder_work(const struct pt_folder *folder)
{
    return folder->work;
}

/* Whether a name stays below the folder. */
static bool is_inside(const char *name)
{
    for (const char *part = name;;) {
        size_t n = strcspn(part, "/");
        if (n == 0 || strncmp(part, "..", n) == 0) {
            return false;
        }
        if (part[n] == '\0') {
            return strcmp(name, PT_MANIFEST_NAME) != 0;
        }
        part += n + 1;
    }
}

enum pt_status pt_folder_add(struct pt_folder *folder, const char *name, const void *bytes,
                             size_t n, struct pt_error *err)
{
    if (!is_inside(name)) {
        return PT_RAISE(err, PT_EINTERNAL, "'%s' is no name for a file of a report", name);
    }
    char *path = pt_arena_printf(folder->arena, "%s/%s", folder->work, name);
    if (path == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    int code = pt_tree_make_parents(folder->work, name);
    int descriptor = code == 0 ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    if (descriptor >= 0) {
        code = pt_descriptor_fill(descriptor, bytes, n, false);
    } else if (code == 0) {
        code = errno;
    }
    return code == 0        ? PT_OK
           : code == ENOMEM ? PT_RAISE_NOMEM(err)
                            : PT_RAISE(err, PT_EWRITE, "cannot write '%s/%s': %s", folder->shown,
                                       name, strerror(code));
}

/* ------------------------------------------------------------------ closing */

static enum pt_status raise_write(const struct pt_folder *folder, int code, struct pt_error *err)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_EWRITE, "cannot write the folder '%s': %s",
                                     folder->shown, strerror(code));
}

/* Hashes and syncs everything that was made. */
static int list_outputs(const struct pt_folder *folder, struct pt_manifest *outputs)
{
    struct pt_tree tree;
    int code = pt_tree_list(folder->arena, folder->work, &tree);
    if (code != 0) {
        return code;
    }
    outputs->n = 0;
    outputs->files = PT_NEW(folder->arena, struct pt_manifest_file, tree.n + 1);
    for (size_t i = 0; outputs->files != NULL && i < tree.n; i++) {
        const struct pt_tree_entry *entry = &tree.entries[i];
        char *path = pt_arena_printf(folder->arena, "%s/%s", folder->work, entry->name);
        char *sha256 = PT_NEW(folder->arena, char, 65);
        if (path == NULL || sha256 == NULL) {
            return ENOMEM;
        }
        pt_sync_path(path);
        if (entry->folder) {
            continue;
        }
        code = pt_tree_digest(folder->work, entry->name, sha256);
        if (code != 0) {
            return code;
        }
        outputs->files[outputs->n++] = (struct pt_manifest_file){ entry->name, sha256 };
    }
    return outputs->files != NULL ? 0 : ENOMEM;
}

static enum pt_status write_manifest(const struct pt_folder *folder,
                                     const struct pt_provenance *provenance,
                                     const struct pt_manifest *outputs, struct pt_error *err)
{
    struct pt_buffer text = { .bytes = NULL };
    char *path = pt_arena_printf(folder->arena, "%s/%s", folder->work, PT_MANIFEST_NAME);
    enum pt_status status = PT_OK;

    if (path == NULL || !pt_manifest_print(provenance, outputs, &text)) {
        status = PT_RAISE_NOMEM(err);
    } else {
        status = pt_file_write(path, text.bytes, text.n, err);
    }
    pt_buffer_free(&text);
    return status;
}

/* What the user may read and write stays as it was; a new folder is as any other. */
static void take_mode(const struct pt_folder *folder, bool exists)
{
    struct stat status;
    int work = open(folder->work, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool known = exists && stat(folder->final, &status) == 0;

    if (work >= 0) {
        (void)fchmod(work, known ? status.st_mode & 07777 : folder->mode);
        close(work);
    }
}

static enum pt_status swap_in(struct pt_folder *folder, struct pt_diagnostics *list,
                              struct pt_error *err)
{
    struct pt_manifest before;
    bool exists;
    enum pt_status status = pt_folder_look(folder, &exists, &before, err);

    if (status == PT_OK && exists) {
        status =
            pt_keep(folder->arena, folder->final, &before, folder->work, folder->shown, list, err);
    }
    if (status != PT_OK) {
        return status;
    }
    take_mode(folder, exists);
    pt_sync_path(folder->work);
    int code = pt_swap(folder->work, folder->final, folder->aside, true);
    if (code != 0) {
        return raise_write(folder, code, err);
    }
    pt_sync_path(folder->parent);
    pt_tree_remove(folder->work);
    pt_tree_remove(folder->aside);
    folder->work = NULL;
    return PT_OK;
}

static void free_folder(struct pt_folder *folder)
{
    pt_folder_unlock(folder->lock);
    pt_arena_free(folder->arena);
    free(folder);
}

enum pt_status pt_folder_close(struct pt_folder *folder, const struct pt_provenance *provenance,
                               struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_manifest outputs;
    int code = list_outputs(folder, &outputs);
    enum pt_status status = code == 0 ? write_manifest(folder, provenance, &outputs, err)
                                      : raise_write(folder, code, err);

    if (status == PT_OK) {
        int lock = pt_folder_lock(folder->parent, LOCK_EX);
        status = lock < 0 && errno == EINTR ? PT_RAISE(err, PT_ECANCELLED, "interrupted")
                                            : swap_in(folder, list, err);
        pt_folder_unlock(lock);
    }
    if (status != PT_OK) {
        pt_folder_abandon(folder);
        return status;
    }
    free_folder(folder);
    return PT_OK;
}

void pt_folder_abandon(struct pt_folder *folder)
{
    if (folder == NULL) {
        return;
    }
    if (folder->work != NULL) {
        pt_tree_remove(folder->work);
    }
    if (folder->arena != NULL) {
        pt_folder_unmake_parents(folder);
    }
    free_folder(folder);
}
