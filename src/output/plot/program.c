#include <paritet/output.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSTEM_PATH "/usr/local/bin:/usr/bin:/bin"

/* A relative folder would be looked for in the report, where others may write. */
char *pt_gnuplot_find(void)
{
    const char *folder = getenv("PATH");

    folder = folder != NULL ? folder : SYSTEM_PATH;
    for (; *folder != '\0'; folder += strspn(folder, ":")) {
        size_t n = strcspn(folder, ":");
        struct stat about;
        char *path = NULL;
        if (*folder == '/' && asprintf(&path, "%.*s/gnuplot", (int)n, folder) < 0) {
            errno = ENOMEM;
            return NULL;
        }
        if (path != NULL && access(path, X_OK) == 0 && stat(path, &about) == 0 &&
            S_ISREG(about.st_mode)) {
            return path;
        }
        free(path);
        folder += n;
    }
    errno = ENOENT;
    return NULL;
}
