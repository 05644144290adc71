#include "base/plain.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 16 * 1024 };

struct chunk {
    struct chunk *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

struct pt_arena {
    struct chunk *first; /* the one being filled; the others are full or hold one large block */
    bool failed;
};

struct pt_arena *pt_arena_new(void)
{
    return calloc(1, sizeof(struct pt_arena));
}

void pt_arena_free(struct pt_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (struct chunk *chunk = arena->first, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(arena);
}

bool pt_arena_failed(const struct pt_arena *arena)
{
    return arena == NULL || arena->failed;
}

static struct chunk *new_chunk(struct pt_arena *arena, size_t size)
{
    struct chunk *chunk = size <= SIZE_MAX - sizeof *chunk ? calloc(1, sizeof *chunk + size) : NULL;
    if (chunk == NULL) {
        arena->failed = true;
        return NULL;
    }
    chunk->size = size;
    return chunk;
}

/* A chunk of its own, behind the one being filled so that the rest of that is not lost. */
static void *alloc_large(struct pt_arena *arena, size_t size)
{
    struct chunk *chunk = new_chunk(arena, size);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->used = size;
    if (arena->first == NULL) {
        arena->first = chunk;
    } else {
        chunk->next = arena->first->next;
        arena->first->next = chunk;
    }
    return chunk->bytes;
}

void *pt_arena_alloc(struct pt_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (arena == NULL || __builtin_mul_overflow(n, size, &bytes)) {
        if (arena != NULL) {
            arena->failed = true;
        }
        return NULL;
    }
    if (bytes > CHUNK / 4) {
        return alloc_large(arena, bytes);
    }
    /* Never nothing, so that two blocks never share an address. */
    size_t step = alignof(max_align_t);
    bytes = bytes == 0 ? step : (bytes + step - 1) / step * step;
    if (arena->first == NULL || arena->first->size - arena->first->used < bytes) {
        struct chunk *chunk = new_chunk(arena, CHUNK);
        if (chunk == NULL) {
            return NULL;
        }
        chunk->next = arena->first;
        arena->first = chunk;
    }
    void *block = arena->first->bytes + arena->first->used;
    arena->first->used += bytes;
    return block;
}

char *pt_arena_copy(struct pt_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = pt_arena_alloc(arena, length + 1, 1);
    if (copy != NULL && length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *pt_arena_printf(struct pt_arena *arena, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int length = pt_plain_vprint(NULL, 0, format, ap);
    va_end(ap);
    if (length < 0) {
        return NULL;
    }
    char *text = pt_arena_alloc(arena, (size_t)length + 1, 1);
    if (text != NULL) {
        va_start(ap, format);
        pt_plain_vprint(text, (size_t)length + 1, format, ap);
        va_end(ap);
    }
    return text;
}

bool pt_grow(void **array, size_t *capacity, size_t n, size_t size)
{
    if (n < *capacity) {
        return true;
    }
    size_t more, bytes;
    if (__builtin_mul_overflow(n, (size_t)2, &more)) {
        return false;
    }
    if (more < 8) {
        more = 8;
    }
    if (__builtin_mul_overflow(more, size, &bytes)) {
        return false;
    }
    void *grown = realloc(*array, bytes);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = more;
    return true;
}
