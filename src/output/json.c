#include "output/json.h"

#include <errno.h>
#include <string.h>
#include <unistr.h>

/* A path may be any bytes, JSON only UTF-8. */
json_t *pt_json_text(const char *bytes)
{
    static const char unknown[] = "\xEF\xBF\xBD";
    struct pt_buffer clean = { .bytes = NULL };

    for (size_t n = strlen(bytes); n > 0;) {
        const uint8_t *bad = u8_check((const uint8_t *)bytes, n);
        size_t good = bad != NULL ? (size_t)(bad - (const uint8_t *)bytes) : n;
        pt_buffer_add(&clean, bytes, good);
        bytes += good;
        n -= good;
        if (bad != NULL) {
            pt_buffer_text(&clean, unknown);
            bytes++;
            n--;
        }
    }
    json_t *text = clean.failed ? NULL : json_string(clean.n > 0 ? clean.bytes : "");
    pt_buffer_free(&clean);
    return text;
}

json_t *pt_json_read(const char *bytes, size_t n, size_t flags, json_error_t *why, bool *no_memory)
{
    json_t *first = json_loadb(bytes, n, flags, why);
    errno = 0;
    json_t *again = json_loadb(bytes, n, flags, why);
    int code = errno;
    /* what fails for good fails at once the second time, before anything sets errno anew */
    *no_memory = first != NULL || again != NULL ? !json_equal(first, again) : code == ENOMEM;
    json_decref(again);
    if (*no_memory) {
        json_decref(first);
        return NULL;
    }
    return first;
}

static int append(const char *bytes, size_t n, void *out)
{
    pt_buffer_add(out, bytes, n);
    return ((struct pt_buffer *)out)->failed ? -1 : 0;
}

void pt_json_add(struct pt_buffer *out, json_t *value, size_t flags)
{
    out->failed |= value == NULL || json_dump_callback(value, append, out, flags) != 0;
    json_decref(value);
}
