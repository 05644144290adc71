#include <string.h>

#include "base/blocks.h"

struct pt_stream pt_stream_open(uint64_t seed, const char *name)
{
    size_t length = strlen(name);
    unsigned char block[8 + 256];
    char hex[65];
    for (int i = 0; i < 8; i++) {
        block[i] = (unsigned char)(seed >> (8 * i));
    }
    if (length > sizeof block - 8) { /* long names are keyed by their own digest */
        pt_sha256(name, length, hex);
        length = 64;
        memcpy(block + 8, hex, length);
    } else {
        // NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes, not text
        memcpy(block + 8, name, length);
    }
    pt_sha256(block, 8 + length, hex);
    struct pt_stream stream = { { 0, 0 }, pt_isa_best() };
    for (int i = 0; i < 16; i++) {
        uint32_t digit = (uint32_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
        stream.key[i / 8] = stream.key[i / 8] << 4 | digit;
    }
    return stream;
}

void pt_stream_uniforms(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                        double *u0, double *u1)
{
    pt_blocks_of(stream->isa)->uniforms(stream->key, first, n, block, u0, u1);
}

void pt_stream_normals(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                       double *z0, double *z1)
{
    pt_blocks_of(stream->isa)->normals(stream->key, first, n, block, z0, z1);
}
