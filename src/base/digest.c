#include <paritet/base.h>

#include <sha2.h>
#include <sys/types.h>

void pt_sha256(const void *bytes, size_t length, char hex[65])
{
    SHA256Data(bytes, length, hex);
}
