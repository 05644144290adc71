/* Folders as lists of files. */
#ifndef PT_OUTPUT_TREE_H
#define PT_OUTPUT_TREE_H

#include <paritet/base.h>

struct pt_tree_entry {
    const char *name; /* relative to the root, such as "plots/a.gp" */
    bool folder;
    bool regular; /* neither folder, link nor anything else */
};

struct pt_tree {
    size_t n;
    struct pt_tree_entry *entries; /* by strcmp of name; a folder before what it holds */
};

/* Everything below a folder; links are not followed. 0, or what errno said. */
int pt_tree_list(struct pt_arena *arena, const char *root, struct pt_tree *tree);
/* Removes a folder with all it holds, as far as that is allowed; needs no memory. */
void pt_tree_remove(const char *root);
/* Makes the folders that a file under root stands in. 0, or what errno said. */
int pt_tree_make_parents(const char *root, const char *name);

/* The folder under root that a file stands in, and the file's name there. No link below root is
 * followed, whoever may have put it there meanwhile. -1: errno. */
int pt_tree_open_parent(const char *root, const char *name, const char **leaf);

/* The bytes of an ordinary file in a folder, in the arena. 0, or what errno said; EINVAL for a link, a
 * pipe and the like. */
int pt_tree_read(struct pt_arena *arena, int folder, const char *leaf, char **bytes, size_t *n);
/* The SHA-256 of a file under root, as above. 0, or what errno said. */
int pt_tree_digest(const char *root, const char *name, char hex[65]);

#endif
