#include "input/decode.h"

#include <stdlib.h>
#include <string.h>

/* Windows-1252 0x80..0x9f as code points; 0: not assigned. https://encoding.spec.whatwg.org */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static struct pt_spot spot_at(const struct pt_source *source, size_t at)
{
    size_t line_at = 0, line = 1;
    for (;;) {
        size_t next = pt_line_next(source, line_at);
        if (next > at || next >= source->length) {
            return pt_spot_make(source, line_at, line, at, 1);
        }
        line_at = next;
        line++;
    }
}

/* What a file is by its first bytes, where that is no text; else NULL. */
static const char *not_text(const struct pt_source *source)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *message;
    } magic[] = {
        { "PK\003\004", 4,
          PT_N("'%s' is a workbook or zip archive, not text; save the sheet as CSV (UTF-8)") },
        { "\320\317\021\340", 4,
          PT_N("'%s' is an old Excel workbook, not text; save the sheet as CSV (UTF-8)") },
        { "\037\213", 2, PT_N("'%s' is compressed; unpack it first") },
        { "%PDF", 4, PT_N("'%s' is a PDF document, not text") },
        { "\377\376", 2, PT_N("'%s' is UTF-16; save it as UTF-8") },
        { "\376\377", 2, PT_N("'%s' is UTF-16; save it as UTF-8") },
    };
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++) {
        if (source->length >= magic[i].n && memcmp(source->text, magic[i].bytes, magic[i].n) == 0) {
            return magic[i].message;
        }
    }
    return NULL;
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* Length of the UTF-8 sequence that starts here, 0 where it is none. The ranges are those of
 * Unicode 15, table 3-7. */
static size_t sequence(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t n;
    if (s[0] < 0x80) {
        return 1;
    } else if (s[0] >= 0xC2 && s[0] <= 0xDF) {
        n = 2;
    } else if (s[0] >= 0xE0 && s[0] <= 0xEF) {
        n = 3;
        low = s[0] == 0xE0 ? 0xA0 : low;
        high = s[0] == 0xED ? 0x9F : high;
    } else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        n = 4;
        low = s[0] == 0xF0 ? 0x90 : low;
        high = s[0] == 0xF4 ? 0x8F : high;
    } else {
        return 0;
    }
    if (left < n || s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return n;
}

struct census {
    size_t good, bad;  /* sequences of several bytes, bytes that belong to none */
    size_t first_bad;  /* offset */
    size_t first_high; /* offset of the first byte that is not ASCII */
    size_t unassigned; /* offset of the first byte that Windows-1252 lacks, or length */
};

static struct census count_sequences(const struct pt_source *source)
{
    const unsigned char *s = (const unsigned char *)source->text;
    struct census census = { 0, 0, source->length, source->length, source->length };
    for (size_t i = 0; i < source->length;) {
        size_t n = sequence(s + i, source->length - i);
        census.good += n > 1;
        if (s[i] >= 0x80 && census.first_high == source->length) {
            census.first_high = i;
        }
        if (n == 0) {
            census.first_bad = census.bad++ == 0 ? i : census.first_bad;
            if (s[i] < 0xA0 && windows_1252[s[i] - 0x80] == 0 &&
                census.unassigned == source->length) {
                census.unassigned = i;
            }
            n = 1;
        }
        i += n;
    }
    return census;
}

static enum pt_status from_windows_1252(struct pt_source *source, struct pt_error *err)
{
    size_t most = source->length;
    for (size_t i = 0; i < source->length; i++) {
        unsigned char c = (unsigned char)source->text[i];
        most += c >= 0x80 ? (c < 0xA0 ? 2 : 1) : 0;
    }
    char *text = malloc(most + 1);
    if (text == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    size_t n = 0;
    for (size_t i = 0; i < source->length; i++) {
        unsigned c = (unsigned char)source->text[i];
        if (c >= 0x80 && c < 0xA0) {
            c = windows_1252[c - 0x80];
        }
        if (c < 0x80) {
            text[n++] = (char)c;
        } else if (c < 0x800) {
            text[n++] = (char)(0xC0 | c >> 6);
            text[n++] = (char)(0x80 | (c & 0x3F));
        } else {
            text[n++] = (char)(0xE0 | c >> 12);
            text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
            text[n++] = (char)(0x80 | (c & 0x3F));
        }
    }
    text[n] = '\0';
    free(source->text);
    source->text = text;
    source->length = n;
    return PT_OK;
}

static enum pt_status decode_bytes(struct pt_source *source, enum pt_source_kind kind,
                                   struct pt_diagnostics *list, struct pt_error *err)
{
    struct census census = count_sequences(source);
    struct pt_spot spot = spot_at(source, census.first_bad);
    /* Shown without its line, which is not yet text. */
    struct pt_place place = pt_spot_place(&spot);
    unsigned byte = (unsigned char)source->text[census.first_bad];
    if (kind != PT_SOURCE_CSV) {
        pt_diagnose(list, PT_ERROR, place, NULL, "byte %u is not UTF-8; save the file as UTF-8",
                    byte);
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    if (census.good >= census.bad || census.unassigned < source->length) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "byte %u is neither UTF-8 nor Windows-1252 text; save the file as UTF-8", byte);
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    enum pt_status status = from_windows_1252(source, err);
    if (status == PT_OK) {
        spot = spot_at(source, census.first_high); /* an offset that the conversion keeps */
        pt_spot_report(list, PT_NOTICE, &spot,
                       "not UTF-8 from here on, so the file is read as Windows-1252");
    }
    return status;
}

bool pt_source_refuse_unseen(const struct pt_source *source, struct pt_diagnostics *list)
{
    uint32_t code;
    for (size_t i = 0, n; i < source->length; i += n) {
        n = 1;
        if ((unsigned char)source->text[i] < 0x80) {
            continue;
        }
        n = pt_utf8_next(source->text + i, source->length - i, &code);
        if (pt_utf8_steers(code)) {
            struct pt_spot spot = spot_at(source, i);
            pt_spot_report(list, PT_ERROR, &spot, "an invisible character (U+%04x); delete it",
                           (unsigned)code);
            return true;
        }
    }
    return false;
}

enum pt_status pt_source_decode(struct pt_source *source, enum pt_source_kind kind,
                                const char *header, struct pt_diagnostics *list,
                                struct pt_error *err)
{
    struct pt_place place = { source->path, 0, 0, 0 };
    const char *message = not_text(source);
    if (message != NULL) {
        pt_diagnose(list, PT_ERROR, place, NULL, message, source->path);
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    for (size_t i = 0; i < source->length; i++) {
        if (is_control((unsigned char)source->text[i])) {
            struct pt_spot spot = spot_at(source, i);
            pt_diagnose(list, PT_ERROR, pt_spot_place(&spot), NULL,
                        "byte %u does not occur in text; is '%s' the right file?",
                        (unsigned)(unsigned char)source->text[i], source->path);
            return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
        }
    }
    if (source->length >= 3 && memcmp(source->text, "\357\273\277", 3) == 0) {
        source->length -= 3;
        memmove(source->text, source->text + 3, source->length + 1);
    }
    enum pt_status status = PT_OK;
    if (!pt_utf8_valid(source->text, source->length)) {
        status = decode_bytes(source, kind, list, err);
    }
    if (status == PT_OK && kind == PT_SOURCE_CSV && pt_source_refuse_unseen(source, list)) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    if (status != PT_OK) {
        return status;
    }
    bool blank = true;
    for (size_t i = 0; i < source->length && blank; i++) {
        char c = source->text[i];
        blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
    if (blank) {
        if (kind == PT_SOURCE_CSV) {
            pt_diagnose(list, PT_ERROR, place, NULL,
                        "'%s' is empty; it needs a first line such as %s", source->path, header);
        } else {
            pt_diagnose(list, PT_ERROR, place, NULL, "'%s' is empty; it needs at least a title",
                        source->path);
        }
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    return PT_OK;
}
