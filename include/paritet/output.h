/* output: what turns a fact into characters.
 *
 * Languages, writers of tables, sentences, gnuplot scripts, files and folders that are whole or not
 * there. The only room that knows decimal signs, widths and quotation. It writes to buffers and
 * files it is told of, never to a terminal. */
#ifndef PARITET_OUTPUT_H
#define PARITET_OUTPUT_H

#include <paritet/answer.h>
#include <paritet/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "en" or "da"; NULL: not a language of this program. */
const struct pt_language *pt_language_find(const char *code);

/* ------------------------------------------------------------------ buffers and files */

/* Growing bytes. A failed allocation sets `failed` and later writes do nothing, so that only the
 * end needs a check. bytes is NUL-terminated as soon as n > 0. */
struct pt_buffer {
    char *bytes;
    size_t n, capacity;
    bool failed;
};
void pt_buffer_free(struct pt_buffer *buffer);
void pt_buffer_add(struct pt_buffer *buffer, const char *bytes, size_t n);
void pt_buffer_text(struct pt_buffer *buffer, const char *text);
void pt_buffer_printf(struct pt_buffer *buffer, const char *format, ...) PT_PRINTF(2, 3);
void pt_buffer_message(struct pt_buffer *buffer, const struct pt_language *language,
                       const struct pt_message *message);
/* Translates a format and appends it: pt_buffer_say(b, da, PT_N("%d points"), 4); */
void pt_buffer_say(struct pt_buffer *buffer, const struct pt_language *language, const char *format,
                   ...) PT_PRINTF(3, 4);

/* Appends text as it is to be read in Markdown: what would be mark-up is escaped, line ends become
 * spaces. */
void pt_buffer_markdown(struct pt_buffer *buffer, const char *text);
/* Appends text broken at blanks to lines of at most `width` columns (0: not broken), all but the
 * first indented. A number stays with the per cent sign after it. */
void pt_buffer_paragraph(struct pt_buffer *buffer, const char *text, size_t width, size_t indent);

/* Writes a file under a temporary name beside it, syncs and renames: whole or untouched. */
enum pt_status pt_file_write(const char *path, const void *bytes, size_t n, struct pt_error *err);

/* ------------------------------------------------------------------ tables */

struct pt_writer_options {
    const struct pt_language *language; /* NULL: English */
    size_t width;                       /* terminal columns to fit; 0: as wide as it gets */
    bool color;                         /* status words in colours of the terminal */
    bool ascii;                         /* drawings in ASCII: the terminal has no more */
};

/* A form a table can take: a card. */
struct pt_writer {
    const char *name;      /* the word after --format */
    const char *title;     /* translated */
    const char *extension; /* of files */
    bool markup;           /* headings and emphasis are written as markup */
    bool people;           /* translated headings and numbers, and only the columns for people */
    void (*write)(const struct pt_table *table, const struct pt_writer_options *options,
                  struct pt_buffer *out);
};
extern const struct pt_writer *const pt_writers[]; /* text, csv, json, markdown; ends in NULL */
const struct pt_writer *pt_writer_find(const char *name);

/* Appends the word of a status; one that has a colour with its sign, in that colour of the terminal. */
void pt_buffer_standing(struct pt_buffer *buffer, enum pt_standing_word word,
                        const struct pt_language *language, bool color);

/* A cell as people read it: digits no finer than the error defends, decimal sign of the language,
 * "never" and "already" in its words. Returns buffer. */
#define PT_CELL_MAX 256
char *pt_cell_print(const struct pt_cell *cell, const struct pt_language *language,
                    char buffer[PT_CELL_MAX]);

/* ------------------------------------------------------------------ schemas */

struct pt_schema; /* input.h */
/* Appends a JSON Schema (draft 2020-12) of what can be written in a file, from its table: the same
 * bytes for the same language. It refuses nothing that the checker takes, except numbers and signs
 * that nobody writes, such as -0; what several keys have to say to each other is the checker's. */
void pt_schema_print(const struct pt_schema *table, const char *title,
                     const struct pt_language *language, struct pt_buffer *out);

/* ------------------------------------------------------------------ sentences */

/* The headline as one to three sentences, without the title. */
void pt_sentence_headline(const struct pt_headline *headline, const struct pt_language *language,
                          struct pt_buffer *out);
/* How the gap between two groups changed and which of them did it: two or three sentences with a
 * blank between, or nothing. group and reference are their titles. */
void pt_sentence_moved(const struct pt_decomposition *decomposition, const char *group,
                       const char *reference, const struct pt_language *language,
                       struct pt_buffer *out);
/* What a scenario changes against the baseline, as one sentence. */
void pt_sentence_difference(const struct pt_difference *difference,
                            const struct pt_language *language, struct pt_buffer *out);

/* The same with what it takes to keep to a course, what each lever adds, and the price: of an outcome
 * with a scenario, where there is a question. Where a scenario before it says the very same, only that
 * it is the same. */
void pt_sentence_change(const struct pt_run *run, const struct pt_projection *projection,
                        const struct pt_outcome *outcome, const struct pt_language *language,
                        struct pt_buffer *out);
/* Which scenarios leave an indicator alone, as one sentence, and how many those are; nothing where
 * there are none. Of one alone the sentence does not name it: *only is its title, else NULL. */
size_t pt_sentence_idle(const struct pt_projection *projection, const struct pt_language *language,
                        const char **only, struct pt_buffer *out);

/* What it takes to be where a lever leads the middle of the futures, as one sentence; nothing where
 * it lays down no course. */
void pt_sentence_course(const struct pt_course *course, const struct pt_language *language,
                        struct pt_buffer *out);

/* What each lever adds to the points closed, as one sentence; nothing where there are not two, or
 * where they close none. */
void pt_sentence_attribution(const struct pt_attribution *attribution,
                             const struct pt_language *language, struct pt_buffer *out);
/* What the levers behind an outcome cost, and what a gain costs, as one sentence; nothing where no
 * costs are written. */
void pt_sentence_price(const struct pt_price *price, const struct pt_language *language,
                       struct pt_buffer *out);

/* What a lever will do to its indicator, when, to whom and for how long: one or two sentences. */
void pt_sentence_lever(const struct pt_lever *lever, const struct pt_indicator *indicator,
                       const struct pt_language *language, struct pt_buffer *out);
/* How sure its effect is, without a full stop: "low confidence, 25 % chance of no effect". */
void pt_sentence_confidence(const struct pt_lever *lever, const struct pt_language *language,
                            struct pt_buffer *out);
/* What a programme costs and who pays, as one sentence; nothing where no costs are written. */
void pt_sentence_cost(const struct pt_lever *lever, const struct pt_language *language,
                      struct pt_buffer *out);
/* Whom levers on one group reach together; nothing for PT_OVERLAP_NONE. */
void pt_sentence_overlap(enum pt_overlap overlap, const struct pt_language *language,
                         struct pt_buffer *out);
/* What a link of the model carries over, as one or two sentences; titles: of the indicators, in place of
 * their ids. */
void pt_sentence_link(const struct pt_link *link, const struct pt_model *model, bool titles,
                      const struct pt_language *language, struct pt_buffer *out);

/* Takes lines of an explanation, nested from level 1; failed: out of memory. */
struct pt_explaining {
    const struct pt_language *language;
    bool titles; /* for readers, who know titles and not ids, and are told what is missing */
    void (*put)(void *user, size_t level, const char *text, bool failed);
    void *user;
};
/* What a scenario will do, programme by programme: those whose effect is least sure first. */
void pt_explain_scenario(const struct pt_explaining *lines, const struct pt_model *model,
                         const struct pt_scenario *scenario);
/* What the links of a model carry on; nothing where it has none. */
void pt_explain_links(const struct pt_explaining *lines, const struct pt_model *model);

/* How often the bands of a self-test held, without a full stop. */
void pt_sentence_selftest(const struct pt_selftest *test, const struct pt_language *language,
                          struct pt_buffer *out);
/* What would have been said of the newest figure by path i, and what it was. */
void pt_sentence_said(const struct pt_selftest *test, size_t i, const struct pt_language *language,
                      struct pt_buffer *out);
/* Its numbers, no finer than the width of the band defends; what happened, of the narrowest. */
struct pt_said_words {
    char said[PT_CELL_MAX], low[PT_CELL_MAX], high[PT_CELL_MAX], happened[PT_CELL_MAX];
};
void pt_said_print(const struct pt_selftest *test, size_t i, const struct pt_language *language,
                   struct pt_said_words *words);

/* Appends "title, place", or the title alone where it names the place already. */
void pt_title_with_place(struct pt_buffer *out, const char *title, const char *place);

/* ------------------------------------------------------------------ plots */

/* How everything that people see is to look. */
enum pt_theme { PT_THEME_LIGHT, PT_THEME_PRINT };
struct pt_look {
    const struct pt_language *language; /* NULL: English */
    enum pt_theme theme;                /* of pictures: for a screen, or for paper */
};
/* Of "light" or "print"; false: no theme has this name. */
bool pt_theme_find(const char *name, enum pt_theme *theme);

/* A gnuplot script that draws a fan chart and needs no other file; draws to
 * `slug.svg` unless format='png' is set (gnuplot -e "format='png'" plot.gp). */
void pt_plot_fan(const struct pt_chart *chart, const struct pt_look *look, struct pt_buffer *out);
/* What would have been said 8, 5 and 3 years ago, and what happened; for a test with paths. */
void pt_plot_backtest(const struct pt_selftest_chart *chart, const struct pt_look *look,
                      struct pt_buffer *out);
/* Both groups' own figures and fans in one picture; for a chart with has_series. */
void pt_plot_groups(const struct pt_groups_chart *chart, const struct pt_look *look,
                    struct pt_buffer *out);
/* The years of parity of a hundred futures, a dot each, of the baseline and of the scenario that
 * changes most; for a chart with a question. */
void pt_plot_futures(const struct pt_chart *chart, const struct pt_look *look,
                     struct pt_buffer *out);
/* When each scenario comes to parity, as dots and intervals; for a chart with a question and a
 * scenario that acts. */
void pt_plot_scenarios(const struct pt_chart *chart, const struct pt_look *look,
                       struct pt_buffer *out);
/* What moved the gap of a chart, year by year; for a decomposition with years. */
void pt_plot_decomposition(const struct pt_chart *chart, const struct pt_decomposition *moved,
                           const char *slug, const struct pt_look *look, struct pt_buffer *out);
/* Charts as small multiples on one page. */
struct pt_multiples {
    const char *slug, *title;
    size_t n;
    const struct pt_chart *charts;         /* [n] */
    const enum pt_standing_word *standing; /* [n] where each stands; NULL: not said */
};
void pt_plot_multiples(const struct pt_multiples *multiples, const struct pt_look *look,
                       struct pt_buffer *out);

/* A fan chart drawn in characters, without its title: at most 120 columns wide. */
enum pt_status pt_plot_terminal(const struct pt_chart *chart,
                                const struct pt_writer_options *options, struct pt_buffer *out,
                                struct pt_error *err);

/* What a picture is of. */
enum pt_picture_of {
    PT_PICTURE_OF_RUN,        /* at: 0 */
    PT_PICTURE_OF_GOAL,       /* at: place in standings.goals */
    PT_PICTURE_OF_INDICATOR,  /* at: place in model->indicators; over all places */
    PT_PICTURE_OF_PROJECTION, /* at: place in charts */
};

/* A kind of picture: a card. Listed in src/output/plot/pictures.def in the order a report draws. */
struct pt_picture_kind {
    const char *name;  /* the end of its file's name, and how the note asks for it */
    const char *title; /* translated; what it is, for alternative texts: "fan chart" */
    enum pt_picture_of of;
    bool (*has)(const struct pt_facts *facts, size_t at); /* whether there is anything to draw */
    /* The script, drawing to slug.svg, .png or .pdf. */
    void (*draw)(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out);
    /* What it shows, in one or two sentences for those who do not see it. NULL: the title alone. */
    void (*say)(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out);
    /* The numbers in it, as a table for people; NULL: none of its own. */
    enum pt_status (*table)(const struct pt_facts *facts, size_t at, struct pt_arena *arena,
                            struct pt_table *table, struct pt_error *err);
};
extern const struct pt_picture_kind *const pt_picture_kinds[]; /* ends in NULL */

/* A picture of a report. */
struct pt_picture {
    const struct pt_picture_kind *kind;
    size_t at;
    const char *slug; /* file name without folder and ending, unlike all others of the run */
};
struct pt_pictures {
    size_t n;
    const struct pt_picture *pictures; /* [n] by kind, then at */
};
/* Every picture that the facts have something for. Memory of the arena; PT_ENOMEM. */
enum pt_status pt_pictures_make(const struct pt_facts *facts, struct pt_arena *arena,
                                struct pt_pictures *out, struct pt_error *err);
/* The picture of a kind by its name; NULL: there is none. */
const struct pt_picture *pt_picture_of(const struct pt_pictures *pictures, const char *kind,
                                       size_t at);

/* Renders scripts (paths relative to folder, ending in .gp) to .svg, .png and .pdf with one gnuplot
 * process for each core, started without a shell. PT_EPLOT when gnuplot is missing, fails, or leaves an empty or
 * missing picture; the message holds its first words. */
enum pt_status pt_plot_render(const char *folder, const char *const *scripts, size_t n,
                              const struct pt_hooks *hooks, struct pt_error *err);

/* The gnuplot that would be started: the first in a folder of PATH, if that begins with '/'.
 * malloc'd; NULL: there is none, or no memory (errno). */
char *pt_gnuplot_find(void);

/* ------------------------------------------------------------------ documents */

/* What a run was made from. */
struct pt_provenance {
    const char *version;
    size_t n_arguments;
    const char *const *arguments; /* the command line */
    uint64_t seed, draws;
    int horizon;
    const char *language;
    size_t n_inputs;
    const char *const *input_paths;
    const char *const *input_sha256;
};

/* A text with its structure but without a form: what the note and the page are both written from, so
 * that they cannot differ. Texts are plain: whoever writes them out escapes them. */
enum pt_block_kind {
    PT_BLOCK_SECTION,   /* title, children; levels follow from nesting */
    PT_BLOCK_PARAGRAPH, /* spans */
    PT_BLOCK_LIST,      /* children: items */
    PT_BLOCK_ITEM,      /* spans, then children (lists) */
    PT_BLOCK_TABLE,     /* title: its caption; table */
    PT_BLOCK_FIGURE     /* title: its caption; slug, alt; children: the table behind it */
};
enum pt_span_style {
    PT_SPAN_PLAIN,
    PT_SPAN_STRONG,
    PT_SPAN_CODE,
    PT_SPAN_STANDING /* the sign and the colour of a status word; text is the word */
};
struct pt_span {
    enum pt_span_style style;
    enum pt_standing_word standing;
    const char *text;
};
struct pt_block {
    enum pt_block_kind kind;
    const char *id;    /* of a section: unlike all others; letters, digits and '-' */
    const char *title; /* NULL: none */
    size_t n_spans;
    struct pt_span *spans;
    size_t n_children;
    struct pt_block **children;
    const struct pt_table *table;
    const char *slug, *alt; /* of a figure: its file below plots/ without ending */
    size_t capacity_spans, capacity_children; /* private */
};
struct pt_document {
    const struct pt_language *language;
    const char *title;     /* in the arena, as all texts */
    struct pt_block *body; /* a section without title */
    struct pt_arena *arena;
    bool tables_alone; /* pictures were not drawn: a figure leaves only the table behind it */
};
/* The note of a run, ready to be written out. Memory of the arena; PT_ENOMEM. */
enum pt_status pt_note_make(const struct pt_facts *facts, const struct pt_pictures *pictures,
                            const struct pt_provenance *provenance, const struct pt_look *look,
                            struct pt_arena *arena, struct pt_document *note, struct pt_error *err);
/* As Markdown (GitHub's). */
void pt_document_markdown(const struct pt_document *document, struct pt_buffer *out);
/* As one HTML page that needs no other file: the SVG pictures are read from folder/plots/SLUG.svg and
 * become part of it. PT_EOPEN for one that cannot be read, PT_EPLOT for one that is no SVG. */
enum pt_status pt_document_html(const struct pt_document *document, const char *folder,
                                struct pt_buffer *out, struct pt_error *err);

/* ------------------------------------------------------------------ workbook */

/* Writes all tables of a run as a workbook: the same bytes for the same facts, language and title. Forks: the
 * library that writes workbooks breaks down where memory is short, and is to do so in a process of its own. */
enum pt_status pt_workbook_write(const struct pt_facts *facts, const struct pt_look *look,
                                 const char *path, struct pt_error *err);

/* ------------------------------------------------------------------ shards */

/* A part of a run, made apart and read back. */
struct pt_shard {
    const char *path; /* as the user typed it */
    size_t part, parts;
    struct pt_run_options options; /* of the whole run, without threads and shard */
    const char *model;
    size_t n_scenarios;
    const char *const *scenarios; /* [n_scenarios] paths as they were given, by id */
    struct pt_shard_insides *insides;
};
/* Whether what a run reads can be named in a shard, to be asked before simulating: PT_EDATA for
 * standard input and for names that are not UTF-8. */
enum pt_status pt_shard_check_names(const struct pt_model *model,
                                    const struct pt_scenario *const *scenarios, size_t n,
                                    struct pt_error *err);
/* Appends all results of the cells of a run's shard, exactly, with what they were made from.
 * PT_EDATA for names as above, numbers that are not finite, or too many bytes for one shard. */
enum pt_status pt_shard_print(const struct pt_run *run, struct pt_buffer *out,
                              struct pt_error *err);
/* Reads a shard whole. PT_EDATA for what is not one, or of another version, or changed since it was
 * made; PT_EOPEN. */
enum pt_status pt_shard_read(const char *path, struct pt_shard **out, struct pt_error *err);
void pt_shard_free(struct pt_shard *shard); /* NULL is fine */
/* PT_EDATA, with what differs, unless both are parts of one run. */
enum pt_status pt_shard_compare(const struct pt_shard *shard, const struct pt_shard *with,
                                struct pt_error *err);
/* Whether the files it was made from are where they were, seen from the working folder, and have
 * the same bytes: PT_EOPEN, PT_EDATA. */
enum pt_status pt_shard_check_inputs(const struct pt_shard *shard, struct pt_error *err);
/* Fills its results into a run of the same inputs and options in which nothing was simulated
 * (shard 0), and lets go of them: once only. PT_EDATA where they do not fit or are impossible. */
enum pt_status pt_shard_fill(struct pt_shard *shard, struct pt_run *run, struct pt_error *err);

/* ------------------------------------------------------------------ folders */

/* A report folder in the making: files are written beside the final place and swapped in whole.
 * Refuses a folder that is not empty and holds no manifest of ours; keeps files that were changed
 * by hand (by their hash in the old manifest) as NAME.mine. */
struct pt_folder;
enum pt_status pt_folder_open(const char *path, struct pt_folder **out, struct pt_error *err);
/* Where files can be put meanwhile. */
const char *pt_folder_work(const struct pt_folder *folder);
/* Adds one file under a relative name such as "plots/a.gp". */
enum pt_status pt_folder_add(struct pt_folder *folder, const char *name, const void *bytes,
                             size_t n, struct pt_error *err);

/* Writes manifest.json over all files in the folder and swaps it in. The names of kept files go to
 * the list as notices. Frees the folder in any case. */
enum pt_status pt_folder_close(struct pt_folder *folder, const struct pt_provenance *provenance,
                               struct pt_diagnostics *list, struct pt_error *err);
/* Gives up: removes what was made. NULL is fine. */
void pt_folder_abandon(struct pt_folder *folder);

/* ------------------------------------------------------------------ reports */

struct pt_report_options {
    struct pt_look look;
    const struct pt_provenance *provenance;
    bool pictures; /* draws them, rather than only writing their scripts; needs gnuplot */
};
/* Puts all of a run into a folder in the making: tables, scripts and pictures, note and page.
 * On an error the folder is to be abandoned. */
enum pt_status pt_report_write(const struct pt_facts *facts,
                               const struct pt_report_options *options, struct pt_folder *folder,
                               const struct pt_hooks *hooks, struct pt_error *err);

#ifdef __cplusplus
}
#endif
#endif
