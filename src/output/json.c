#include "output/json.h"

#include <string.h>
#include <unistr.h>

#include <paritet/output.h>

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
