/* input: rows of CSV and nodes of YAML, each knowing its place, checked against tables.
 *
 * Nothing here knows what an indicator or a lever is: barometer and scenario describe their files
 * in tables (struct pt_schema), and one checker reads them all. What is wrong goes to a diagnostic
 * list with path, line, column, the line itself and a way out; reading goes on as long as sense can
 * be made of the rest, so that all problems of a run come out together. */
#ifndef PARITET_INPUT_H
#define PARITET_INPUT_H

#include <paritet/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ source files */

enum pt_source_kind {
    PT_SOURCE_CSV, /* at most 1 GiB; what is not UTF-8 is read as Windows-1252, with a notice */
    PT_SOURCE_YAML /* at most 4 MiB; UTF-8 only */
};

/* A text file read whole. */
struct pt_source {
    const char *path;
    char *text; /* UTF-8 without byte order mark, length bytes and a NUL */
    size_t length;
    char sha256[65]; /* of the bytes as they are in the file */
};
/* Reads a file ("-": standard input). The path is not copied and must outlive the source. PT_EOPEN
 * and PT_ENOMEM as they say; PT_EDATA with a diagnostic for what is no text file: empty, binary, a
 * workbook, compressed, UTF-16, broken UTF-8, too large. */
enum pt_status pt_source_read(const char *path, enum pt_source_kind kind, struct pt_source *out,
                              struct pt_diagnostics *list, struct pt_error *err);
void pt_source_free(struct pt_source *source);
/* The path of a file that is named in the file `from`: relative to it, unless absolute. In
 * the arena, or the name itself; NULL: out of memory. */
const char *pt_path_beside(struct pt_arena *arena, const char *from, const char *name);
/* False for a pipe or a device: it may have no end, and nobody writes into it for a file's sake. True
 * also for what is not there. */
bool pt_path_ordinary(const char *path);

/* A stretch of one line of a source; short-lived, the source must outlive it. */
struct pt_spot {
    const struct pt_source *source;
    size_t line_at;             /* where the line begins: offset in source->text */
    size_t line, column, width; /* from 1, in characters */
};
/* The spot that begins `at` bytes into the text (which lies on the line that begins at line_at and
 * has number `line`) and is `length` bytes long; it ends with its line at the latest. */
struct pt_spot pt_spot_make(const struct pt_source *source, size_t line_at, size_t line, size_t at,
                            size_t length);
/* The line after the one that begins at line_at begins here. Lines end with LF, CR LF or CR. */
size_t pt_line_next(const struct pt_source *source, size_t line_at);
/* Adds a diagnostic with the line that the spot is on. */
void pt_spot_report(struct pt_diagnostics *list, enum pt_severity severity,
                    const struct pt_spot *spot, const char *format, ...) PT_PRINTF(4, 5);
void pt_spot_message(struct pt_diagnostics *list, enum pt_severity severity,
                     const struct pt_spot *spot, const struct pt_message *message);
/* A whole sentence from a card or table, without arguments ("%%" still is one per cent sign). */
void pt_spot_sentence(struct pt_diagnostics *list, enum pt_severity severity,
                      const struct pt_spot *spot, const char *sentence);
/* The spot that a place of this source means, for diagnostics after the reading. */
struct pt_spot pt_spot_of(const struct pt_source *source, const struct pt_place *place);
/* A text on one line, in the arena: line ends and tabs, with the blanks around them, become one
 * space, and nothing at either end. The text itself where it has none; NULL: out of memory. */
const char *pt_text_fold(struct pt_arena *arena, const char *text);
/* For diagnostics of later rooms. The path is the source's. */
struct pt_place pt_spot_place(const struct pt_spot *spot);

/* ------------------------------------------------------------------ CSV */

struct pt_csv_cell {
    const char *text; /* unquoted, spaces around it removed, NUL-terminated; till the next row */
    size_t length;
};
struct pt_csv_row {
    const struct pt_source *source;
    size_t line, line_at; /* where the row begins */
    char delimiter;       /* ',' or ';' */
    size_t n;
    const struct pt_csv_cell *cells; /* [n], n as in the header */
};
struct pt_csv_handler {
    /* Each returns false to stop the reading. */
    bool (*header)(void *user, const struct pt_csv_row *row);
    bool (*row)(void *user, const struct pt_csv_row *row);
    void *user;
};
/* Hands the rows of a CSV text on, one by one; comma or semicolon is judged from the header. Rows
 * without any content are left out; bad quotes and rows of another length than the header's are
 * reported and left out. PT_EDATA only if there is no header at all; PT_ENOMEM. */
enum pt_status pt_csv_read(const struct pt_source *source, const struct pt_csv_handler *handler,
                           struct pt_diagnostics *list, struct pt_error *err);
/* Where a cell of a row stands, found by walking the row again: for messages. */
struct pt_spot pt_csv_spot(const struct pt_csv_row *row, size_t cell);

/* ------------------------------------------------------------------ benchmark files */

/* One series of a benchmark: what a forecaster may know, and what came. */
struct pt_benchmark_series {
    const char *id;
    const char *category; /* "" where the file names none */
    size_t n, n_train;    /* values, of which the first n_train may be known */
    const int *year;      /* [n] ascending */
    const double *y;      /* [n] */
    unsigned decimals;    /* most digits after the decimal sign */
};
struct pt_benchmark {
    const char *path;
    size_t n;
    struct pt_benchmark_series *series; /* in the order of their first rows */
    struct pt_arena *arena;
};
/* Reads a CSV file with the columns series,t,value,part[,category], plain or compressed (.gz);
 * t is a year (or any count of years), part is train or test, train before test. Problems with rows go to the list;
 * PT_EDATA when there was one (*out stays untouched), PT_EOPEN, PT_ENOMEM. */
enum pt_status pt_benchmark_read(const char *path, struct pt_benchmark **out,
                                 struct pt_diagnostics *list, struct pt_error *err);
void pt_benchmark_free(struct pt_benchmark *benchmark); /* NULL is fine */

/* ------------------------------------------------------------------ YAML */

enum pt_node_kind { PT_NODE_SCALAR, PT_NODE_LIST, PT_NODE_MAPPING };

/* A value of a YAML document. Plain scalars are text; the tables decide what they mean. */
struct pt_node {
    enum pt_node_kind kind;
    struct pt_spot spot;
    size_t offset;    /* into the source's text */
    bool quoted;      /* scalar in quotes or a block */
    bool broken;      /* something of it was reported and left out: no need to complain again */
    const char *text; /* of a scalar */
    size_t length;
    const struct pt_node *key;    /* inside a mapping: a scalar; else NULL */
    struct pt_node *first, *next; /* items or values, in the file's order */
    size_t n;
};
/* Parses a source that holds one document. Anchors, aliases, tags, merge keys, tabs, duplicate
 * keys, a second document, items that touch at a comma are reported. *root is NULL where no tree
 * could be made (PT_EDATA); with PT_OK there may still be errors in the list. */
enum pt_status pt_yaml_read(const struct pt_source *source, struct pt_arena *arena,
                            struct pt_node **root, struct pt_diagnostics *list,
                            struct pt_error *err);
/* The value of a key, or NULL (also where node is NULL or no mapping). */
const struct pt_node *pt_node_find(const struct pt_node *node, const char *key);
/* Nothing was written: empty, ~ or null. */
bool pt_node_empty(const struct pt_node *node);

/* ------------------------------------------------------------------ tables */

/* Each struct that a table fills is made of these. `at` is the value's node, or NULL where none was
 * written or it was wrong (and reported); a fallback fills in a value with `at` NULL. */
struct pt_word_value {
    const struct pt_node *at;
    const char *value; /* NULL: none */
};
struct pt_text_value {
    const struct pt_node *at;
    struct pt_text value;
};
struct pt_number_value {
    const struct pt_node *at;
    double value;
};
struct pt_whole_value {
    const struct pt_node *at;
    int value;
};
struct pt_amount_value {
    const struct pt_node *at;
    struct pt_amount value;
};
struct pt_boolean_value {
    const struct pt_node *at;
    bool value;
};
struct pt_choice_value {
    const struct pt_node *at;
    size_t value; /* which of the field's choices */
};
struct pt_list_value { /* of structs, or of struct pt_word_value, or of double */
    const struct pt_node *at;
    size_t n;
    void *items; /* [n] */
};
struct pt_effect_value {
    const struct pt_node *at;
    struct pt_effect value;
    bool has_chance;               /* chance-of-none was written */
    const struct pt_node *unit_at; /* NULL: no unit was written in the effect itself */
    enum pt_unit unit;
};

/* kind, JSON type for schemas; the value struct that each fills is named as the kind is */
#define PT_KIND_LIST(X)                                                                    \
    X(PT_KIND_ID, "string")       /* pt_word_value; no spaces; unique among its table's */ \
    X(PT_KIND_WORD, "string")     /* pt_word_value; a name of something */                 \
    X(PT_KIND_TEXT, "text")       /* pt_text_value; one text, or { da: , en: } */          \
    X(PT_KIND_NUMBER, "number")   /* pt_number_value */                                    \
    X(PT_KIND_WHOLE, "integer")   /* pt_whole_value */                                     \
    X(PT_KIND_AMOUNT, "string")   /* pt_amount_value; a number and its unit */             \
    X(PT_KIND_BOOLEAN, "boolean") /* pt_boolean_value */                                   \
    X(PT_KIND_CHOICE, "string")   /* pt_choice_value */                                    \
    X(PT_KIND_MAPPING, "object")  /* the table's own struct, in place */                   \
    X(PT_KIND_LIST_OF, "array")   /* pt_list_value of the table's structs */               \
    X(PT_KIND_WORDS, "array")     /* pt_list_value of struct pt_word_value */              \
    X(PT_KIND_NUMBERS, "array")   /* pt_list_value of double */                            \
    X(PT_KIND_EFFECT, "effect")   /* pt_effect_value */
enum pt_kind {
#define PT_KIND_ENUM(name, json) name,
    PT_KIND_LIST(PT_KIND_ENUM)
#undef PT_KIND_ENUM
};

enum {
    PT_FIELD_REQUIRED = 1u << 0,
    PT_FIELD_LEAST = 1u << 1,     /* value >= least */
    PT_FIELD_ABOVE = 1u << 2,     /* value > least */
    PT_FIELD_MOST = 1u << 3,      /* value <= most */
    PT_FIELD_WHOLE = 1u << 4,     /* an amount without decimals */
    PT_FIELD_NOT_EMPTY = 1u << 5, /* a list with something in it */
    PT_FIELD_ONE = 1u << 6,       /* a single mapping may stand in place of a list of one */
    PT_FIELD_SPREAD = 1u << 7,    /* keys that the list's table shares with the one that holds it
                                     may stand in each item instead */
    PT_FIELD_CHANGES = 1u << 8,   /* the file that has this key changes another one: what else is
                                     required, of it and of the items of its lists, may be there
                                     already, except ids */
    PT_FIELD_ANY_UNIT = 1u << 9,  /* an effect without a unit, or in another one, is left to who
                                     reads the struct, as the fitting one depends on more */
};
#define PT_FIELD_RANGE  (PT_FIELD_LEAST | PT_FIELD_MOST)
#define PT_UNITS(unit)  (1u << (unit))             /* set of units */
#define PT_ID_NOT       " \t\r\n/\\@,;:\"'`|<>*?$" /* nor an unbreakable space */
#define PT_ID_NOT_FIRST "-."

/* One key of a mapping: facts as data, read by the checker, by `check` and by `schema`. */
struct pt_field {
    const char *key;
    enum pt_kind kind;
    unsigned flags;
    size_t offset;              /* of the value struct in the struct being filled */
    const char *doc;            /* one sentence, untranslated */
    double least, most;         /* numbers, wholes, amounts; of lists of numbers: how many items;
                                   most of words and texts: bytes (0: PT_WORD_MOST, PT_TEXT_MOST) */
    unsigned units;             /* of amounts and effects: a set of PT_UNITS(unit) */
    const char *fallback;       /* as it would be written; NULL: none */
    const char *missing;        /* instead of the usual sentence, when a required key is missing */
    const char *const *choices; /* ends in NULL */
    const char *(*choice)(size_t i); /* the same from cards; NULL past the last */
    /* Of such a choice: other keys of its table, "a, b", that the i-th cannot do without, and that
     * it may have. A key that no choice names goes with all of them. NULL: no such keys. */
    const char *(*choice_needs)(size_t i), *(*choice_takes)(size_t i);
    const struct pt_schema *table; /* of mappings and lists of them */
    const char *alone;             /* of words: a single word that stands instead of a list */
};
/* A mapping. Its struct starts with `const struct pt_node *at`. */
struct pt_schema {
    const char *name; /* the key that holds it; with a blank, "a model": it is a whole file */
    const char *doc;
    size_t size;
    const struct pt_field *fields; /* ends in key NULL */
};

struct pt_seen; /* private: ids met so far */
struct pt_checker {
    struct pt_diagnostics *list;
    struct pt_arena *arena;
    bool no_memory; /* becomes true; what was read is not whole then */
    struct pt_seen *seen;
};
/* Fills the struct of a table (zeroed before) from a mapping. */
void pt_schema_read(struct pt_checker *checker, const struct pt_schema *table,
                    const struct pt_node *node, void *out);
/* The i-th choice of a field, or NULL past the last. */
const char *pt_field_choice(const struct pt_field *field, size_t i);
/* Whether the word at a node is one of n names (or the node is broken). If not, an error there: `near` (a format with two %s,
 * the word and the name within two edits) or else `known` (the word and a list of the names), both
 * untranslated. */
bool pt_word_check(struct pt_checker *checker, const struct pt_node *at, const char *const *names,
                   size_t n, const char *near, const char *known);
/* "'a', 'b', 'c'" of at most a dozen names, in the arena. */
const char *pt_words_join(struct pt_arena *arena, const char *const *names, size_t n);

#ifdef __cplusplus
}
#endif
#endif
