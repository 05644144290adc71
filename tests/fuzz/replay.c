/* Calls a fuzz target with each file that is named, and with each of a named folder: what libFuzzer
 * would do with a corpus, for any compiler. Prints how many there were. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz/fuzz.h"

static size_t replayed;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (!file || fstat(fileno(file), &about) != 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(66);
    }
    size_t size = (size_t)about.st_size;
    uint8_t *bytes = malloc(size + 1); /* exactly as long, so that reading past the end is seen */
    PROMISE(bytes && fread(bytes, 1, size, file) == size);
    fclose(file);
    uint8_t *exact = realloc(bytes, size > 0 ? size : 1);
    PROMISE(exact);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    replayed++;
}

static void replay(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) {
        replay_file(path);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char inside[4096];
        if (entry->d_name[0] != '.') {
            snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
            replay_file(inside);
        }
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        replay(argv[i]);
    }
    printf("%zu inputs\n", replayed);
    return replayed > 0 ? 0 : 1;
}
