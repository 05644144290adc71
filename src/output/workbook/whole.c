#include "output/workbook/whole.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

/* Zip archives (PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16): the fields that are read,
 * by their place in the record. The library writes no comments and no 64-bit records. */
#define LOCAL_SIZE   30u
#define ENTRY_SIZE   46u
#define END_SIZE     22u
#define ENTRY_MARK   0x02014B50u
#define END_MARK     0x06054B50u
#define METHOD_STORE 0u

/* Of a part: its root's name, and the bytes that it ends with. */
#define NAME_MOST 64
#define TAIL_MOST 96
struct part {
    char head[1024]; /* where the root begins */
    size_t n_head;
    char tail[TAIL_MOST + 1];
    size_t n_tail;
};

static uint32_t number(const uint8_t *bytes, size_t n)
{
    uint32_t value = 0;
    for (size_t i = n; i > 0; i--) {
        value = value << 8 | bytes[i - 1];
    }
    return value;
}

static void take(struct part *part, const char *bytes, size_t n)
{
    size_t room = sizeof part->head - 1 - part->n_head;
    size_t more = n < room ? n : room;
    memcpy(part->head + part->n_head, bytes, more);
    part->n_head += more;
    if (n >= TAIL_MOST) {
        memcpy(part->tail, bytes + n - TAIL_MOST, TAIL_MOST);
        part->n_tail = TAIL_MOST;
        return;
    }
    size_t keep = part->n_tail + n > TAIL_MOST ? TAIL_MOST - n : part->n_tail;
    memmove(part->tail, part->tail + part->n_tail - keep, keep);
    memcpy(part->tail + keep, bytes, n);
    part->n_tail = keep + n;
}

/* "<?xml ...?> <root ...> ... </root>", or a root without anything in it. */
static bool ends_with_root(struct part *part)
{
    part->head[part->n_head] = '\0';
    while (part->n_tail > 0 && strchr(" \r\n\t", part->tail[part->n_tail - 1]) != NULL) {
        part->n_tail--;
    }
    part->tail[part->n_tail] = '\0';
    const char *root = strchr(part->head, '<');
    if (root != NULL && strncmp(root, "<?", 2) == 0) {
        root = strchr(root + 1, '<');
    }
    size_t n = root != NULL ? strcspn(root + 1, " \r\n\t/>") : 0;
    if (n == 0 || n > NAME_MOST || part->n_tail < 2) {
        return false;
    }
    const char *end = part->tail + part->n_tail;
    bool closed = part->n_tail > n + 3 && strncmp(end - n - 3, "</", 2) == 0 &&
                  strncmp(end - n - 1, root + 1, n) == 0 && end[-1] == '>';
    bool empty = strncmp(end - 2, "/>", 2) == 0 && strchr(root + 1, '<') == NULL;
    return closed || empty;
}

static int inflate_part(const uint8_t *bytes, size_t n, struct part *part)
{
    char block[1 << 14];
    z_stream stream = { .next_in = (z_const Bytef *)(uintptr_t)bytes, .avail_in = (uInt)n };
    int code = inflateInit2(&stream, -MAX_WBITS);

    while (code == Z_OK) {
        stream.next_out = (Bytef *)block;
        stream.avail_out = sizeof block;
        code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_OK || code == Z_STREAM_END) {
            take(part, block, sizeof block - stream.avail_out);
        }
    }
    inflateEnd(&stream);
    return code == Z_STREAM_END ? 0 : code == Z_MEM_ERROR ? ENOMEM : ENOSPC;
}

static int check_entry(const uint8_t *bytes, size_t n, const uint8_t *entry)
{
    struct part part = { .n_head = 0 };
    size_t packed = number(entry + 20, 4), local = number(entry + 42, 4);

    if (local + LOCAL_SIZE > n) {
        return ENOSPC;
    }
    size_t first =
        local + LOCAL_SIZE + number(bytes + local + 26, 2) + number(bytes + local + 28, 2);
    if (first > n || packed > n - first) {
        return ENOSPC;
    }
    if (number(entry + 10, 2) == METHOD_STORE) {
        take(&part, (const char *)bytes + first, packed);
    } else {
        int code = inflate_part(bytes + first, packed, &part);
        if (code != 0) {
            return code;
        }
    }
    return ends_with_root(&part) ? 0 : ENOSPC;
}

int pt_workbook_check(const void *workbook, size_t n)
{
    const uint8_t *bytes = workbook;
    const uint8_t *end = n >= END_SIZE ? bytes + n - END_SIZE : NULL;

    if (end == NULL || number(end, 4) != END_MARK) {
        return ENOSPC;
    }
    size_t entries = number(end + 10, 2), at = number(end + 16, 4);
    for (size_t i = 0; i < entries; i++) {
        if (at > n || n - at < ENTRY_SIZE || number(bytes + at, 4) != ENTRY_MARK) {
            return ENOSPC;
        }
        int code = check_entry(bytes, n, bytes + at);
        if (code != 0) {
            return code;
        }
        at += ENTRY_SIZE + number(bytes + at + 28, 2) + number(bytes + at + 30, 2) +
              number(bytes + at + 32, 2);
    }
    return entries > 0 ? 0 : ENOSPC;
}
