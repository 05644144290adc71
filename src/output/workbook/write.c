#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/fresh.h"
#include "output/folder/tree.h"
#include "output/workbook/apart.h"
#include "output/workbook/book.h"
#include "output/workbook/whole.h"

/* The day from which zip archives count: a workbook that says when it was made is not the same
 * twice. */
#define NO_DATE 315532800

/* The sheets of tables, in their order: the table, the name, what it holds. */
static const struct {
    const char *table, *name, *about;
} sheets[] = {
    { "status", PT_N("Status"),
      PT_N("Every indicator: the newest figure, its change, and whether it will be on time.") },
    { "goals", PT_N("Goals"), PT_N("Every goal takes the colour of the worst of its indicators.") },
    { "parity", PT_N("Parity years"),
      PT_N("When the gap closes, or the target is reached, and how often it does not.") },
    { "gained", PT_N("Gains"),
      PT_N("Each scenario against the same futures without it, one by one.") },
    { "attribution", PT_N("By lever"), PT_N("What would be lost without each lever.") },
    { "costs", PT_N("Costs"), PT_N("What the programmes cost, and who pays.") },
    { "efficiency", PT_N("Cost of a gain"), PT_N("What a year gained and a point closed cost.") },
    { "bands", PT_N("Projection"),
      PT_N(
          "The projected figure, year by year: the middle of the futures and how far they spread.") },
    { NULL, NULL, NULL }, /* data and assumptions come here */
    { "groups", PT_N("Groups"), PT_N("Each of two groups by its own trend.") },
    { "decomposition", PT_N("What moved the gap"),
      PT_N("How much of the change the group gained, and how much the reference lost.") },
    { "history", PT_N("Earlier status"),
      PT_N("The status as it would have been when an earlier figure was the newest.") },
    { "selftest", PT_N("Self-test"),
      PT_N("What the trend would have said in earlier years, and what happened.") },
    { "fit", PT_N("Trend lines"),
      PT_N("How the trend lines fit, and what they say of themselves.") },
    { "fieller", PT_N("Straight line"),
      PT_N("The years in which the straight line may enter the band, in closed form.") },
};
#define N_SHEETS (sizeof sheets / sizeof *sheets)

/* Those that charts stand on. */
struct made {
    struct pt_sheet status, parity, gained, bands, data;
};

static struct pt_sheet *kept_as(struct made *made, const char *table)
{
    return strcmp(table, "status") == 0   ? &made->status
           : strcmp(table, "parity") == 0 ? &made->parity
           : strcmp(table, "gained") == 0 ? &made->gained
           : strcmp(table, "bands") == 0  ? &made->bands
                                          : NULL;
}

static void add_table(struct pt_book *book, const struct pt_table *table, size_t at,
                      struct made *made)
{
    struct pt_sheet other, *kept = kept_as(made, table->name);
    const char *name = at < N_SHEETS ? sheets[at].name : table->title;
    const char *about = at < N_SHEETS ? sheets[at].about : "";

    if (table->n_rows > 0) {
        pt_sheet_table(kept != NULL ? kept : &other, book, table,
                       pt_translate(book->language, name),
                       about[0] != '\0' ? pt_translate(book->language, about) : "");
    }
}

static bool is_listed(const char *table)
{
    for (size_t i = 0; i < N_SHEETS; i++) {
        if (sheets[i].table != NULL && strcmp(sheets[i].table, table) == 0) {
            return true;
        }
    }
    return false;
}

static void add_sheets(struct pt_book *book)
{
    struct made made = { 0 };
    struct pt_sheet assumptions;
    struct pt_sheet_rows *figures = NULL;

    for (size_t i = 0; i < N_SHEETS; i++) {
        if (sheets[i].table == NULL) {
            pt_sheet_data(&made.data, book, &figures);
            pt_sheet_assumptions(&assumptions, book);
            continue;
        }
        const struct pt_table *table = pt_facts_table(book->facts, sheets[i].table, true);
        if (table != NULL) {
            add_table(book, table, i, &made);
        }
    }
    for (size_t i = 0; i < book->facts->n_tables; i++) {
        if (!is_listed(book->facts->for_people[i].name)) {
            add_table(book, &book->facts->for_people[i], N_SHEETS, &made);
        }
    }
    if (!book->failed) {
        pt_chart_status(&made.status);
        pt_chart_parity(&made.parity);
        pt_chart_gains(&made.gained);
        pt_chart_fans(&made.bands, &made.data, figures);
    }
}

static void set_properties(struct pt_book *book)
{
    const struct pt_run *run = book->facts->run;
    const char *title = pt_book_clean(book, pt_text_in(&run->model->title, book->language), 255);
    struct pt_buffer about = { 0 };
    pt_buffer_say(&about, book->language, PT_N("%zu futures up to %d, seed %s"),
                  (size_t)run->options.draws, run->horizon,
                  pt_arena_printf(book->arena, "%llu", (unsigned long long)run->options.seed));
    char author[] = "paritet " PT_VERSION;
    /* the library takes texts that it only reads as if it would write them */
    lxw_doc_properties properties = { .title = pt_arena_copy(book->arena, title, strlen(title)),
                                      .author = author,
                                      .comments = about.bytes,
                                      .created = NO_DATE };
    book->failed |= about.failed || properties.title == NULL ||
                    workbook_set_properties(book->workbook, &properties) != LXW_NO_ERROR;
    pt_buffer_free(&about);
}

/* ------------------------------------------------------------------ the file */

/* Beside the numbers of errno: a table has more rows than a sheet; the library failed, and nothing
 * says why. */
#define TOO_LARGE 255
#define NO_REASON 254

/* Bytes that the second of two workbooks is made without. */
#define BALLAST ((size_t)1 << 20)

struct making {
    struct pt_book *book;
    locale_t locale; /* the library prints numbers by that of the thread */
    bool again;
    const char *name;
    char *folder; /* for what the library puts aside and may not be able to remove */
};

/* In a process of its own: the library dies of memory that it does not get, or goes on without it (its
 * issue 345 says that it will stay so). Then errno says so, until the library sets it back to 0. */
// NOLINTBEGIN(clang-analyzer-unix.Malloc): the ballast is held until the process ends
static int make(void *data)
{
    struct making *making = data;
    struct pt_book *book = making->book;
    lxw_workbook_options options = { .tmpdir = making->folder };
    char *volatile ballast = making->again ? malloc(BALLAST) : NULL;

    uselocale(making->locale);
    errno = 0;
    book->workbook = workbook_new_opt(making->name, &options);
    if (book->workbook == NULL || (making->again && ballast == NULL)) {
        return ENOMEM;
    }
    set_properties(book);
    add_sheets(book);
    if (errno != 0 || book->failed) {
        return errno != 0 ? errno : TOO_LARGE;
    }
    if (workbook_close(book->workbook) != LXW_NO_ERROR) {
        return errno != 0 ? errno : NO_REASON; /* as the system left it, or the library */
    }
    return errno;
}
// NOLINTEND(clang-analyzer-unix.Malloc)

static enum pt_status raise_write(const char *path, int code, struct pt_error *err)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_EWRITE, pt_doing_format(PT_DOING_WRITE, code), path,
                                     strerror(code));
}

static enum pt_status make_apart(struct making *making, const char *path, struct pt_error *err)
{
    int code = 0, signal = 0, failed = pt_apart(make, making, &code, &signal);

    if (failed == ENOMEM || code == ENOMEM) {
        return PT_RAISE_NOMEM(err);
    }
    if (failed != 0) {
        return PT_RAISE(err, PT_ENOMEM, "cannot start a process to make the workbook '%s': %s",
                        path, strerror(failed));
    }
    if (code < 0) {
        return PT_RAISE(
            err, PT_ENOMEM,
            "the workbook '%s' could not be made: libxlsxwriter broke down (signal %d), "
            "as it does when it is out of memory",
            path, signal);
    }
    if (code == NO_REASON) {
        return PT_RAISE(err, PT_ENOMEM,
                        "the workbook '%s' could not be made: libxlsxwriter does not say why, as "
                        "when it is out of memory",
                        path);
    }
    if (code == TOO_LARGE) {
        return PT_RAISE(err, PT_EWRITE,
                        "the workbook '%s' could not be made: a table has more than the %d rows "
                        "of a sheet",
                        path, LXW_ROW_MAX);
    }
    return code == 0 ? PT_OK : raise_write(path, code, err);
}

/* What the library wrote under the descriptor's name. */
static enum pt_status read_back(int descriptor, const char *path, struct pt_buffer *bytes,
                                struct pt_error *err)
{
    char block[1 << 16];
    off_t at = 0;

    for (ssize_t n; (n = pread(descriptor, block, sizeof block, at)) != 0; at += n > 0 ? n : 0) {
        if (n < 0 && errno != EINTR) {
            return PT_RAISE(err, PT_EWRITE, pt_doing_format(PT_DOING_READ, errno), path,
                            strerror(errno));
        }
        pt_buffer_add(bytes, block, n > 0 ? (size_t)n : 0);
    }
    int code = bytes->failed ? ENOMEM : pt_workbook_check(bytes->bytes, bytes->n);
    return code == 0 ? PT_OK : raise_write(path, code, err);
}

/* The bytes of the workbook, which the library can only write to a file. */
static enum pt_status make_bytes(struct making *making, const char *path, struct pt_buffer *bytes,
                                 struct pt_error *err)
{
    struct pt_fresh fresh = pt_fresh_beside(path);
    if (fresh.path == NULL) {
        return errno == ENOMEM ? PT_RAISE_NOMEM(err)
                               : PT_RAISE(err, PT_ECREATE, pt_doing_format(PT_DOING_CREATE, errno),
                                          path, strerror(errno));
    }
    making->name = fresh.path;
    making->folder = pt_arena_printf(making->book->arena, "%s.d", fresh.path);
    enum pt_status status = PT_OK;
    if (making->folder == NULL) {
        status = PT_RAISE_NOMEM(err);
    } else if (mkdir(making->folder, 0700) != 0) {
        status = raise_write(path, errno, err);
    }
    if (status == PT_OK) {
        status = make_apart(making, path, err);
        pt_tree_remove(making->folder);
    }
    if (status == PT_OK) {
        status = read_back(fresh.descriptor, path, bytes, err);
    }
    if (unlink(fresh.path) != 0 && status == PT_OK) {
        status = raise_write(path, errno, err);
    }
    close(fresh.descriptor);
    free(fresh.path);
    return status;
}

/* Twice, and the same both times: what is left out for lack of memory is not left out again where there
 * is less of it. */
static enum pt_status make_sure(struct making *making, const char *path, struct pt_buffer *bytes,
                                struct pt_error *err)
{
    struct pt_buffer again = { 0 };
    enum pt_status status = make_bytes(making, path, bytes, err);
    if (status == PT_OK) {
        making->again = true;
        status = make_bytes(making, path, &again, err);
    }
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): what was made has bytes
    if (status == PT_OK && !(again.n == bytes->n && !memcmp(again.bytes, bytes->bytes, again.n))) {
        status =
            PT_RAISE(err, PT_ENOMEM,
                     "the workbook '%s' could not be made: it came out in two ways, as it does "
                     "when libxlsxwriter is out of memory",
                     path);
    }
    pt_buffer_free(&again);
    return status;
}

enum pt_status pt_workbook_write(const struct pt_facts *facts, const struct pt_look *look,
                                 const char *path, struct pt_error *err)
{
    struct pt_book *book = calloc(1, sizeof *book);
    struct making making = { .book = book, .locale = newlocale(LC_ALL_MASK, "C", (locale_t)0) };
    struct pt_arena *arena = pt_arena_new();
    struct pt_buffer bytes = { 0 };
    enum pt_status status;

    if (book == NULL || making.locale == (locale_t)0 || arena == NULL) {
        status = PT_RAISE_NOMEM(err);
    } else {
        *book = (struct pt_book){ .facts = facts, .arena = arena, .theme = look->theme };
        book->language = look->language != NULL ? look->language : &pt_language_english;
        status = make_sure(&making, path, &bytes, err);
    }
    if (status == PT_OK) {
        status = pt_file_write(path, bytes.bytes, bytes.n, err);
    }
    if (making.locale != (locale_t)0) {
        freelocale(making.locale);
    }
    pt_buffer_free(&bytes);
    pt_arena_free(arena);
    free(book);
    return status;
}
