#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <omp.h>

#include "cli/cli.h"

#define MESSAGE_SIZE 2048

/* Everything that may hold a user's words goes through here: no character reaches the terminal that
 * would steer it, as file names and options may. Tabs become one blank, so that columns agree. */
static void put_safely(const char *text)
{
    for (size_t left = strlen(text), n; left > 0; left -= n, text += n) {
        uint32_t code;
        n = pt_utf8_next(text, left, &code);
        if (pt_utf8_steers(code) || (code == 0xFFFD && n == 1)) {
            fputc(code == '\t' ? ' ' : '?', stderr);
        } else {
            fwrite(text, 1, n, stderr);
        }
    }
}

int complain(const struct request *request, enum pt_status status, const struct pt_message *message)
{
    char text[MESSAGE_SIZE];
    pt_message_print(message, request->language, text, sizeof text);
    fputs("paritet: ", stderr);
    put_safely(text);
    fputc('\n', stderr);
    return pt_status_exit_code(status);
}

int complain_error(const struct request *request, const struct pt_error *err)
{
    return complain(request, err->status, &err->message);
}

int complain_memory(const struct request *request)
{
    struct pt_error err;
    (void)PT_RAISE_NOMEM(&err);
    return complain_error(request, &err);
}

int complain_usage(const struct request *request, const char *format, ...)
{
    struct pt_message message;
    va_list ap;
    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    return complain(request, PT_EUSAGE, &message);
}

/* The line with a caret under the place. */
static void print_caret(const struct pt_diagnostic *item)
{
    fputs("    ", stderr);
    put_safely(item->source);
    fprintf(stderr, "\n    %*s^", (int)item->place.column - 1, "");
    for (size_t i = 1; i < item->place.width; i++) {
        fputc('~', stderr);
    }
    fputc('\n', stderr);
}

static void print_diagnostic(const struct request *request, const struct pt_diagnostic *item)
{
    static const char *const words[] = { PT_N("error"), PT_N("warning"), PT_N("notice") };
    static const char *const colors[] = { "\033[1;31m", "\033[1;33m", "\033[1;36m" };
    char text[MESSAGE_SIZE];
    pt_message_print(&item->message, request->language, text, sizeof text);
    if (item->place.path) {
        put_safely(item->place.path);
        if (item->place.line > 0) {
            fprintf(stderr, ":%zu", item->place.line);
        }
        if (item->place.line > 0 && item->place.column > 0) {
            fprintf(stderr, ":%zu", item->place.column);
        }
        fputs(": ", stderr);
    }
    bool color = has_color(request, STDERR_FILENO);
    fprintf(stderr, "%s%s:%s ", color ? colors[item->severity] : "",
            pt_translate(request->language, words[item->severity]), color ? "\033[0m" : "");
    put_safely(text);
    fputc('\n', stderr);
    if (item->source && item->place.column > 0) {
        print_caret(item);
    }
}

enum pt_status print_diagnostics(const struct request *request, struct pt_diagnostics *list,
                                 enum pt_status status, struct pt_error *err)
{
    if (list->failed || status == PT_ENOMEM) {
        list->n = 0;
        return status == PT_ENOMEM ? status : PT_RAISE_NOMEM(err);
    }
    pt_diagnostics_sort(list);
    size_t printed[3] = { 0, 0, 0 };
    for (size_t i = 0; i < list->n; i++) {
        const struct pt_diagnostic *item = &list->items[i];
        if (item->severity == PT_ERROR || !request->quiet) {
            print_diagnostic(request, item);
            printed[item->severity]++;
        }
    }
    size_t more = list->count[PT_ERROR] - printed[PT_ERROR];
    if (more > 0) {
        struct pt_message message;
        pt_message_set(&message, "errors that are not shown: %zu", more);
        complain(request, PT_EDATA, &message);
    }
    /* what is printed once is not printed again */
    list->n = 0;
    memset(list->count, 0, sizeof list->count);
    return status;
}

void print_means(const struct request *request)
{
    struct rusage usage;
    if (!request->verbose || request->quiet || getrusage(RUSAGE_SELF, &usage) != 0) {
        return;
    }
    int threads = pt_threads(request->run.threads);
    int most = omp_get_thread_limit();
    threads = threads < most ? threads : most;
    struct pt_message message;
    pt_message_nset(&message, (unsigned long)threads,
                    "%d thread, instruction set %s, at most %ld MiB of memory",
                    "%d threads, instruction set %s, at most %ld MiB of memory", threads,
                    pt_isa_name(pt_isa_best()), (usage.ru_maxrss + 1023) / 1024);
    complain(request, PT_OK, &message);
}

/* ------------------------------------------------------------------ where to */

int deliver(const struct request *request, struct pt_buffer *buffer)
{
    struct pt_error err;
    int refused = check_output(request);
    if (refused != 0) {
        pt_buffer_free(buffer);
        return refused;
    }
    enum pt_status status = PT_OK;
    if (buffer->failed) {
        status = PT_RAISE_NOMEM(&err);
    } else if (request->output && strcmp(request->output, "-") != 0) {
        status = write_file(request->output, buffer, &err);
    } else if (buffer->n > 0 && fwrite(buffer->bytes, 1, buffer->n, stdout) != buffer->n) {
        status =
            PT_RAISE(&err, PT_EWRITE, pt_doing_format(PT_DOING_STDOUT, errno), strerror(errno));
    }
    pt_buffer_free(buffer);
    return status == PT_OK ? 0 : complain_error(request, &err);
}
