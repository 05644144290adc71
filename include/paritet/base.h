/* base: what every other room stands on.
 *
 * Statuses and errors, messages that stay untranslated until they are printed, diagnostic lists
 * with places, memory arenas, numbers and UTF-8, amounts with units, effect distributions, random
 * streams, plain series, and the callbacks through which a host hears of progress.
 *
 * What holds for the whole library: no function prints, exits, reads the locale or keeps state
 * between calls. What can fail returns a status and takes the error last, which may be NULL and is
 * written on failure only; on failure all other outputs are as they were, and nothing is to be
 * freed. What a call gave as a pointer is freed by the pt_NOUN_free of its noun, to which NULL is
 * fine; the texts and arrays inside live as long as it does. Texts that come in are UTF-8, end in
 * NUL, and live as long as what is made from them. */
#ifndef PARITET_BASE_H
#define PARITET_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <paritet/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PT_PRINTF(at, first) __attribute__((__format__(__printf__, at, first)))

/* The version of program and library (semantic versioning). */
#define PT_VERSION "0.1.0"

/* ------------------------------------------------------------------ status and errors */

/* name, exit code of the program, what it means */
#define PT_STATUS_LIST(X)                 \
    X(PT_OK, 0, "done")                   \
    X(PT_NO, 1, "the answer is no")       \
    X(PT_EUSAGE, 64, "wrong usage")       \
    X(PT_EDATA, 65, "bad input")          \
    X(PT_EOPEN, 66, "cannot open")        \
    X(PT_EPLOT, 69, "cannot plot")        \
    X(PT_EINTERNAL, 70, "internal error") \
    X(PT_ENOMEM, 71, "out of memory")     \
    X(PT_ECREATE, 73, "cannot create")    \
    X(PT_EWRITE, 74, "cannot write")      \
    X(PT_ECANCELLED, 130, "interrupted")

enum pt_status {
#define PT_STATUS_ENUM(name, code, text) name,
    PT_STATUS_LIST(PT_STATUS_ENUM)
#undef PT_STATUS_ENUM
};

/* The exit code of sysexits.h that belongs to a status. */
int pt_status_exit_code(enum pt_status status);

/* Marks a literal for translation where no macro below does it already. */
#define PT_N(text) text

struct pt_language;

/* A message: an untranslated printf format (static storage) with its arguments, so that it can be
 * rendered later, in any language. Understands %s %d %i %u %zu %ld %g %.Nf %.Ng %c and %%, with
 * flags and widths for numbers, and %.*s and %.*f, where the '*' is an argument too; a translation
 * may reorder with %1$s and %3$.*2$f. Copy it by value. Text arguments are copied (cut at
 * PT_MESSAGE_TEXT bytes in all, at a character's edge, with "..."). */
#define PT_MESSAGE_ARGS 8
#define PT_MESSAGE_TEXT 640
struct pt_message {
    const char *id;      /* format for one, static storage; NULL: no message */
    const char *plural;  /* format for several, or NULL */
    unsigned long count; /* chooses between id and plural */
    unsigned n_args;
    struct pt_argument {
        enum { PT_ARG_TEXT, PT_ARG_INTEGER, PT_ARG_REAL } kind;
        union {
            long long integer;
            double real;
            unsigned offset; /* into text */
        } as;
    } args[PT_MESSAGE_ARGS];
    unsigned used;
    char text[PT_MESSAGE_TEXT];
};

void pt_message_set(struct pt_message *message, const char *format, ...) PT_PRINTF(2, 3);
void pt_message_vset(struct pt_message *message, const char *format, va_list ap) PT_PRINTF(2, 0);

/* The same with a plural form; count picks the form and is NOT an argument by itself. */
void pt_message_nset(struct pt_message *message, unsigned long count, const char *one,
                     const char *several, ...) PT_PRINTF(4, 5);

/* Renders a message in a language (NULL: English) as snprintf would: returns the length it has,
 * writes at most size - 1 bytes and a NUL. Reals take the language's decimal sign. */
size_t pt_message_print(const struct pt_message *message, const struct pt_language *language,
                        char *buffer, size_t size);

struct pt_error {
    enum pt_status status;
    const char *file; /* where in the source it was raised */
    int line;
    struct pt_message message;
};

/* return PT_RAISE(err, PT_EDATA, "%zu points, need %zu", n, least); */
#define PT_RAISE(err, status, ...) pt_error_raise((err), (status), __FILE__, __LINE__, __VA_ARGS__)
enum pt_status pt_error_raise(struct pt_error *err, enum pt_status status, const char *file,
                              int line, const char *format, ...) PT_PRINTF(5, 6);
/* What the program was doing when the system refused. */
enum pt_doing { PT_DOING_OPEN, PT_DOING_READ, PT_DOING_CREATE, PT_DOING_WRITE, PT_DOING_STDOUT };
/* The format of a message on it, by errno, for the path and strerror(code) as arguments; of
 * PT_DOING_STDOUT for strerror(code) alone. What happens often has words that translate. */
const char *pt_doing_format(enum pt_doing doing, int code);
#define PT_RAISE_NOMEM(err) pt_error_raise_nomem((err), __FILE__, __LINE__)
/* In the header, so that who reads the caller (an analyser too) sees that it never gives PT_OK. */
static inline enum pt_status pt_error_raise_nomem(struct pt_error *err, const char *file, int line)
{
    pt_error_raise(err, PT_ENOMEM, file, line, PT_N("out of memory"));
    return PT_ENOMEM;
}

/* ------------------------------------------------------------------ languages and hosts */

/* A language as the program speaks it. English needs no catalogue: pt_language_english. */
struct pt_language {
    const char *code; /* "en", "da" */
    char decimal;     /* '.' or ',' */
    /* The text for msgid (or its plural for n), or msgid itself where there is none. */
    const char *(*translate)(const struct pt_language *self, const char *msgid, const char *plural,
                             unsigned long n);
    const void *catalogue;
    size_t n_catalogue;
};
extern const struct pt_language pt_language_english;
const char *pt_translate(const struct pt_language *language, const char *msgid);

/* A planner's own words, in one or both languages. */
struct pt_text {
    const char *da, *en; /* either may be NULL; both NULL: no text */
};
/* The text in the language, else in the other one, else "". */
const char *pt_text_in(const struct pt_text *text, const struct pt_language *language);

/* What a library call may tell its host while it works. Any member may be NULL. */
struct pt_hooks {
    void (*progress)(void *user, size_t done, size_t total);
    bool (*cancelled)(void *user); /* true: stop at the next block with PT_ECANCELLED */
    void *user;
};

/* ------------------------------------------------------------------ threads and memory */

/* Memory that is freed all at once. Blocks are zeroed and aligned for any type. */
struct pt_arena;
struct pt_arena *pt_arena_new(void);        /* NULL: out of memory */
void pt_arena_free(struct pt_arena *arena); /* NULL is fine */
/* Whether it ever had no memory to give: what was made in it may lack something. */
bool pt_arena_failed(const struct pt_arena *arena);
void *pt_arena_alloc(struct pt_arena *arena, size_t n, size_t size);          /* NULL: no memory */
char *pt_arena_copy(struct pt_arena *arena, const char *text, size_t length); /* adds a NUL */
char *pt_arena_printf(struct pt_arena *arena, const char *format, ...) PT_PRINTF(2, 3);
#define PT_NEW(arena, type, n) ((type *)pt_arena_alloc((arena), (n), sizeof(type)))

/* Grows a malloc'd array so that it holds at least n + 1 elements; false: out of memory. */
bool pt_grow(void **array, size_t *capacity, size_t n, size_t size);

/* ------------------------------------------------------------------ diagnostics */

struct pt_place {
    const char *path;    /* as the user typed it; NULL: no place */
    size_t line, column; /* from 1; 0: not known. The column counts characters */
    size_t width;        /* characters under the caret; 0 is 1 */
};

enum pt_severity { PT_ERROR, PT_WARNING, PT_NOTICE };

struct pt_diagnostic {
    enum pt_severity severity;
    struct pt_place place;
    const char *source; /* the line of the file, or NULL */
    struct pt_message message;
};

/* Every problem of a run, collected so that all come out together. Keeps at most
 * PT_DIAGNOSTICS_MOST of each severity; the rest is counted. */
#define PT_DIAGNOSTICS_MOST 100
struct pt_diagnostics {
    struct pt_diagnostic *items;
    size_t n, capacity;
    size_t count[3]; /* per severity, also those not kept */
    bool failed;     /* out of memory for one of them */
    struct pt_arena *arena;
};
void pt_diagnostics_init(struct pt_diagnostics *list);
void pt_diagnostics_free(struct pt_diagnostics *list);
/* Adds one; path and source are copied. An equal one at an equal place is added only once. */
void pt_diagnose(struct pt_diagnostics *list, enum pt_severity severity, struct pt_place place,
                 const char *source, const char *format, ...) PT_PRINTF(5, 6);
void pt_diagnose_message(struct pt_diagnostics *list, enum pt_severity severity,
                         struct pt_place place, const char *source,
                         const struct pt_message *message);
/* Orders by path, line and column, keeping the order of equals. */
void pt_diagnostics_sort(struct pt_diagnostics *list);

/* ------------------------------------------------------------------ text and numbers */

bool pt_utf8_valid(const char *text, size_t length);
size_t pt_utf8_width(const char *text); /* terminal columns (libunistring) */
/* How many bytes of a text, `most` at most, are whole characters. */
size_t pt_utf8_cut(const char *text, size_t most);
/* The bytes of the character at text, of which `length` are left (at least 1), and its code point;
 * 1 and U+FFFD where it is not UTF-8. */
size_t pt_utf8_next(const char *text, size_t length, uint32_t *code);
/* Whether a character steers a terminal or the order of what is shown instead of being shown: C0
 * (line ends and tabs too) and C1 controls, line separators, bidirectional overrides, isolates. */
bool pt_utf8_steers(uint32_t code);
/* The first character of a name that nobody sees, such as a zero-width space, or that looks like a
 * space and is another: two names that differ by it look the same. 0: there is none. */
uint32_t pt_utf8_hidden(const char *name);
/* Levenshtein distance in bytes, cut off at 4. */
size_t pt_edit_distance(const char *a, const char *b);
/* The nearest of n names within two edits (and fewer than the name is long), or NULL. */
const char *pt_nearest(const char *word, const char *const *names, size_t n);
/* Lower-case ASCII form for file names: "Aarhus Kommune" -> "aarhus-kommune", ae oe aa for the
 * Danish letters, '-' for the rest. Never empty. In the arena. */
char *pt_slug(struct pt_arena *arena, const char *text);

/* Reads digits with an optional sign, at most one decimal sign (a digit must follow it) and an
 * optional exponent; nothing before or after; no thousands sign, hex, inf or nan, nor what would
 * overflow or is longer than PT_NUMBER_TEXT bytes. *decimals (may be NULL) gets the digits after
 * the decimal sign. Exact to the last bit, whatever the locale. */
#define PT_NUMBER_TEXT 399
bool pt_number_parse(const char *text, size_t length, char decimal, double *value,
                     unsigned *decimals);
/* Writes x with a fixed number of decimals, or in the shortest form of at most `digits`
 * significant digits (%g; 17 come back bit for bit), with the decimal sign given; -0 is written 0.
 * What a fixed form has no room for takes an exponent. Returns buffer. */
#define PT_NUMBER_MAX 48
char *pt_number_fixed(char buffer[PT_NUMBER_MAX], double x, unsigned decimals, char decimal);
char *pt_number_short(char buffer[PT_NUMBER_MAX], double x, unsigned digits, char decimal);

/* SHA-256 as 64 hexadecimal digits and a NUL. */
void pt_sha256(const void *bytes, size_t length, char hex[65]);

/* ------------------------------------------------------------------ amounts and effects */

#define PT_UNIT_LIST(X)                         \
    X(PT_UNIT_PERCENT, "%")                     \
    X(PT_UNIT_PP, PT_N("pp"))                   \
    X(PT_UNIT_POINTS, PT_N("points"))           \
    X(PT_UNIT_YEARS, PT_N("years"))             \
    X(PT_UNIT_PP_YEAR, PT_N("pp/year"))         \
    X(PT_UNIT_POINTS_YEAR, PT_N("points/year")) \
    X(PT_UNIT_PERCENT_YEAR, PT_N("%/year"))     \
    X(PT_UNIT_PP_PP, PT_N("pp per pp"))         \
    X(PT_UNIT_PP_POINT, PT_N("pp per point"))   \
    X(PT_UNIT_POINTS_PP, PT_N("points per pp")) \
    X(PT_UNIT_POINTS_POINT, PT_N("points per point"))
enum pt_unit {
#define PT_UNIT_ENUM(name, text) name,
    PT_UNIT_LIST(PT_UNIT_ENUM)
#undef PT_UNIT_ENUM
};
const char *pt_unit_name(enum pt_unit unit);
/* Reads a unit ("year" and "point" also in the singular); false: not a unit. */
bool pt_unit_parse(const char *text, size_t length, enum pt_unit *unit);
/* The i-th of the words that are read as a unit, its name first; NULL past the last. */
const char *pt_unit_spelling(enum pt_unit unit, size_t i);

struct pt_amount {
    double value;
    enum pt_unit unit;
};
/* Reads "8 pp", "35 %", "0.2 points/year", "0.4 pp per point" (decimal point only). On failure *why (may be NULL) says
 * what to write instead. */
bool pt_amount_parse(const char *text, struct pt_amount *amount, struct pt_message *why);

/* A distribution of an assumed effect: a card. Drawn by its quantile function, so that a draw with
 * a larger uniform never has a smaller effect. */
#define PT_DISTRIBUTION_PARAMETERS 3
struct pt_distribution {
    const char *name;  /* the key in a scenario file */
    const char *title; /* translated */
    size_t n_parameters;
    const char *parameters[PT_DISTRIBUTION_PARAMETERS];
    const char *reference;
    /* Returns NULL, or what is wrong with these parameters (an untranslated sentence) */
    const char *(*check)(const double par[]);
    double (*quantile)(const double par[], double u); /* u strictly inside (0, 1) */
    double (*mean)(const double par[]);
    double (*sd)(const double par[]);
};
extern const struct pt_distribution *const pt_distributions[]; /* ends in NULL */
const struct pt_distribution *pt_distribution_find(const char *name);

struct pt_effect {
    const struct pt_distribution *distribution; /* NULL: no effect given */
    double par[PT_DISTRIBUTION_PARAMETERS];
    double chance_of_none; /* share 0..1 */
};
/* One draw: u decides how large, v whether at all (v < chance_of_none: 0). */
double pt_effect_draw(const struct pt_effect *effect, double u, double v);
double pt_effect_mean(const struct pt_effect *effect); /* with the chance of none */

/* How sure it is that an effect is there at all, and the chance that it is not (METHODS 7). */
enum pt_confidence { PT_CONFIDENCE_HIGH, PT_CONFIDENCE_MEDIUM, PT_CONFIDENCE_LOW };
double pt_confidence_chance_of_none(enum pt_confidence confidence); /* 0, .10, .25 */

/* ------------------------------------------------------------------ memory */

/* Threads to work with: so many as are asked for, or for 0 as many as OpenMP would take (processors,
 * OMP_NUM_THREADS); PT_THREADS_MOST at most, as each has a stack of its own and a share of another's. */
int pt_threads(int asked);

/* Bytes that this process can still have, with so many threads to be started: the least of what the
 * machine, its control groups and the limits of the process leave, read anew each time (Linux; where
 * nothing says so, infinite). */
double pt_memory_left(double threads);

/* ------------------------------------------------------------------ instruction sets */

/* What a processor may know. Whatever is chosen, every number has the same bytes; a better set
 * only gets there sooner. */
enum pt_isa { PT_ISA_PORTABLE, PT_ISA_AVX2, PT_ISA_AVX512, PT_ISAS };
const char *pt_isa_name(enum pt_isa isa); /* "portable", "avx2", "avx512" */
bool pt_isa_find(const char *name, enum pt_isa *isa);
/* Whether this processor, system and build know it; asking for one they do not know crashes. */
bool pt_isa_runs(enum pt_isa isa);
/* The set to use: the one that the environment variable PARITET_ISA names, if it runs, else the best
 * that does. Only for tests and measurements, since the numbers are the same; read anew each time. */
#define PT_ISA_VARIABLE "PARITET_ISA"
enum pt_isa pt_isa_best(void);

/* y[i] = e^x[i] and ln x[i], within one unit in the last place, with the infinities, zeros and NaN
 * of IEEE 754; the same bytes on every machine with IEEE doubles. y may be x. */
void pt_block_exp(enum pt_isa isa, size_t n, const double *x, double *y);
void pt_block_log(enum pt_isa isa, size_t n, const double *x, double *y);

/* ------------------------------------------------------------------ random streams */

/* Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405), keyed by seed and name; the
 * counter is (draw, block), so draw i has the same numbers on any thread, shard or order. */
struct pt_stream {
    uint32_t key[2];
    enum pt_isa isa; /* pt_isa_best(); may be set to another */
};
struct pt_stream pt_stream_open(uint64_t seed, const char *name);
/* Two uniforms on (0, 1), odd multiples of 2^-53, for each of the draws first .. first + n - 1. */
void pt_stream_uniforms(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                        double *u0, double *u1);
/* Two independent standard normals (Box-Muller) for each draw. Same bytes on every machine with
 * IEEE doubles: log, sine and cosine are polynomials of our own. */
void pt_stream_normals(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                       double *z0, double *z1);

/* ------------------------------------------------------------------ plain series */

/* What changes at a break: the level (a new definition), the slope (a reform), or both. */
enum pt_break_kind { PT_BREAK_LEVEL, PT_BREAK_SLOPE, PT_BREAK_BOTH };

/* Constants of the consensus that gaps between two groups ask for (docs/methods.md, section 10). */
#define PT_GAP_CONSTANTS "paritet"

/* Yearly values as the trend families see them; nothing here owns memory. */
struct pt_series {
    size_t n;
    const int *year;        /* [n] ascending */
    const double *y;        /* [n] in the series' own unit; finite */
    const double *variance; /* [n] sampling variance in unit^2, or NULL where not known */
    double lower, upper;    /* bounds of the figure; -INFINITY, INFINITY where there are none */
    double rounding;        /* smallest step of the published figures, such as 0.1 */
    size_t n_breaks;
    const int *breaks; /* [n_breaks] first year of the new definition, ascending */
    const enum pt_break_kind *break_kinds; /* [n_breaks], or NULL: all levels */
    /* The consensus' constants for series of this kind where nobody chooses; NULL: by the bounds. */
    const char *constants;
};

#ifdef __cplusplus
}
#endif
#endif
