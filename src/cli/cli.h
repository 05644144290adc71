/* The command line: the only room that prints, reads argv or exits. */
#ifndef PARITET_CLI_H
#define PARITET_CLI_H

#include <argp.h>

#include <paritet/answer.h>
#include <paritet/base.h>
#include <paritet/output.h>

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What only `backtest` is told; 0, NULL and false where it was not. */
struct backtest_request {
    size_t n_families;
    const struct pt_family *families[PT_BACKTEST_FAMILIES];
    const char *category, *forecasts;
    size_t last, histories, horizon;
    bool gap, parity, draws_given;
    const char *for_data; /* an option that only a benchmark file takes */
    const struct pt_backtest_table *table;
};

struct command;
#define ANY SIZE_MAX

/* Everything a command was told. */
struct request {
    const struct pt_language *language;
    bool quiet, verbose, sandbox;
    bool unicode; /* the terminal's characters are UTF-8 */
    enum color color;
    int argc; /* the whole command line, for manifests */
    char **argv;
    const struct command *command;
    size_t n_arguments;
    const char **arguments; /* [n_arguments] files and folders after the options */
    struct pt_run_options run;
    bool draws_auto;
    double mc_error;                   /* 0: not said */
    char *indicator_at;                /* storage of run.indicator and run.place */
    const struct pt_writer *writer;    /* NULL: text */
    const struct pt_table_kind *table; /* NULL: the command's own */
    const char *output;                /* NULL or "-": standard output */
    struct pt_folder *folder;          /* of a report in the sandbox; NULL: not made yet */
    bool data, no_plots, plot, strict, help, version;
    enum pt_theme theme;
    size_t n_files;
    const struct pt_input_file *files; /* [n_files] read beside the arguments; of the question */
    struct backtest_request backtest;
    struct pt_message trouble; /* what was wrong with an option; id NULL: nothing */
    int stopped_at;            /* index of the argument after the one argp gave up on */
};

/* Bytes that the answer to a simulated question takes beside the run itself, as measured: for each
 * indicator at a place, each outcome of it, and each year of that. */
struct answer_memory {
    double subject, outcome, year;
};
#define MEMORY_OF_TABLE_YEAR 1200 /* where --table asks for one that has a row for each year */

/* One command: a card. */
struct command {
    const char *name;
    const char *arguments;                    /* as shown in its usage line; translated */
    const char *summary;                      /* translated */
    const struct argp_option *const *options; /* groups, ends in NULL */
    size_t least, most;                       /* number of arguments; most ANY: no limit */
    const char *table;                        /* printed with csv, where --table names none */
    struct answer_memory memory;
    int (*run)(struct request *request); /* exit code */
};
extern const struct command *const commands[]; /* ends in NULL */
const struct command *command_find(const char *name);
/* Complains of a name that is none; exit code. */
int command_unknown(const struct request *request, const char *name);

/* Groups of options that commands share. */
extern const struct argp_option options_general[], options_fit[], options_draws[], options_shard[],
    options_table[], options_plot[], options_folder[], options_data[], options_check[],
    options_status[], options_backtest[];

/* Reads the options and arguments of a command; exit code, or -1 to go on. */
int request_parse(struct request *request, int argc, char **argv);
/* The word that argp stopped at, and what is wrong with the value of one of these options: exit code
 * of the complaint, or -1 where that is not it. */
const char *request_refused(const struct request *request, char **argv);
int request_explain(const struct request *request, const struct argp_option *options,
                    const char *word);

/* Option of a command; ARGP_ERR_UNKNOWN for what is none. */
error_t request_option(struct request *request, int key, char *argument);
/* Option of the general group, also before the command; ARGP_ERR_UNKNOWN for others. */
error_t request_general(struct request *request, int key, char *argument);
/* Option of `backtest` alone; ARGP_ERR_UNKNOWN for others. */
error_t request_backtest(struct request *request, int key, char *argument);
/* A whole number from least to most after the option `name`; EINVAL with request->trouble. */
error_t request_number(struct request *request, const char *name, const char *argument,
                       unsigned long long least, unsigned long long most, unsigned long long *out);
/* A refused value: keeps the message and ends the parsing. */
#define REFUSE(request, ...) (pt_message_set(&(request)->trouble, __VA_ARGS__), EINVAL)

/* Pages made from the tables. */
void help_asked(const struct request *request); /* --version or --help, on standard output */
void help_program(const struct request *request, FILE *to);
void help_command(const struct request *request, const struct command *command, FILE *to);

/* ------------------------------------------------------------------ printing */

/* "paritet: ..." on standard error; returns the exit code of the status. */
int complain(const struct request *request, enum pt_status status,
             const struct pt_message *message);
int complain_error(const struct request *request, const struct pt_error *err);
int complain_memory(const struct request *request);
int complain_usage(const struct request *request, const char *format, ...) PT_PRINTF(2, 3);
/* Prints diagnostics with the line and a caret, then how many; warnings and notices not with
 * --quiet. Returns the status of what they are about; where memory ran out on the way they may lack
 * or invent something, and nothing is printed but PT_ENOMEM raised. */
enum pt_status print_diagnostics(const struct request *request, struct pt_diagnostics *list,
                                 enum pt_status status, struct pt_error *err);
/* Whether -o and --forecasts name two files and none that was read, nor (of a report) a folder that
 * such a file is in: exit code, with the complaint made; 0 when it is safe. */
int check_output(const struct request *request);
/* Writes the buffer to -o or standard output; exit code. Frees the buffer. */
int deliver(const struct request *request, struct pt_buffer *buffer);
/* Columns to fill: those of COLUMNS or of the terminal, else 80. */
size_t terminal_width(const struct request *request);
/* Whether what is written there (STDOUT_FILENO: the answer, wherever -o sends it) is looked at in a
 * terminal that can more than one line after the other. */
bool on_terminal(const struct request *request, int descriptor);
/* Whether it gets colours and bold letters: --color, NO_COLOR, TERM. */
bool has_color(const struct request *request, int descriptor);
/* Whether the answer may be drawn on: it is looked at, or --color says that it will be. */
bool is_looked_at(const struct request *request);
const char *bold(const struct request *request, int descriptor, bool on);
/* How tables for people are to be written. */
struct pt_writer_options table_look(const struct request *request);

/* ------------------------------------------------------------------ shared work */

struct question {
    struct pt_diagnostics list;
    size_t warnings; /* printed while reading */
    struct pt_model *model;
    size_t n_scenarios;
    struct pt_scenario **scenarios;
    struct pt_input_file *files; /* all that was read, for the request */
};
/* Reads and binds the model (argument 0) and the scenarios (the rest). Prints what is wrong;
 * exit code, 0 when all is well. Call question_free in any case. */
int question_read(struct request *request, struct question *question);
void question_free(struct question *question);

/* Whether there is memory for the run and its answer: exit code, with the complaint made; 0 when
 * there is, or none can be asked about it. Without draws what the run takes while it draws is left out. */
int check_memory(const struct request *request, const struct question *question, bool draws);
/* What the tables and sentences that are asked for need of a run: its options. */
void answer_needs(struct request *request, const struct question *question);
/* Writes them, as `simulate` does; exit code. */
int answer_deliver(const struct request *request, const struct pt_run *run);

/* Where everything stands, in words: areas, goals, indicators. */
void say_status(const struct request *request, const struct pt_model *model,
                const struct pt_standings *standings, struct pt_buffer *out);

/* Progress and cancelling of one piece of work, such as PT_N("simulating"): from the second second on
 * a line on the terminal says how far it is. hooks_stop takes the line away. */
const struct pt_hooks *hooks_start(const struct request *request, const char *what);
void hooks_stop(void);

/* SIGINT, SIGTERM and SIGHUP end the program at once. Between hold and release, where something
 * half made has to be finished or cleared away first, they are only noted, however many come, and
 * the first ends it at the release. */
void signals_start(void);
void signals_hold(void);
void signals_release(void);
bool signals_caught(void);
/* pt_file_write, held where it replaces a file. */
enum pt_status write_file(const char *path, const struct pt_buffer *buffer, struct pt_error *err);

/* --sandbox: from here on the kernel lets the program read what was named, write the output, and do
 * nothing else. Exit code, with the complaint made where that cannot be had; 0 when it is closed. */
int sandbox_enter(struct request *request);
void sandbox_leave(struct request *request); /* in any case; gives up what is half made */

/* With -v: threads, instruction set and memory, on standard error. */
void print_means(const struct request *request);

/* The sentence of each outcome of one projection, then a blank line. */
void print_projection(const struct request *request, const struct pt_run *run,
                      const struct pt_projection *projection, struct pt_buffer *out);
/* The same for every projection of a run, each under its title. */
void print_sentences(const struct request *request, const struct pt_run *run,
                     struct pt_buffer *out);
/* Whether the answer is Markdown, and a planner's words as such an answer takes them: escaped. */
bool is_markdown(const struct request *request);
void print_words(const struct request *request, const char *text, struct pt_buffer *out);
/* The title of a subject: "Title, Place". */
void print_title(const struct request *request, const struct pt_run *run,
                 const struct pt_subject *subject, struct pt_buffer *out);
/* Makes a table of a run and writes it; PT_ENOMEM only. */
enum pt_status print_table(const struct request *request, const struct pt_table_kind *kind,
                           const struct pt_run *run, struct pt_buffer *out, struct pt_error *err);
/* The same under its title and with a blank line after it; nothing where it has no rows. */
enum pt_status print_titled(const struct request *request, const struct pt_table_kind *kind,
                            const struct pt_run *run, struct pt_buffer *out, struct pt_error *err);

extern const struct command command_check, command_fit, command_project, command_simulate,
    command_merge, command_report, command_backtest, command_families, command_levers,
    command_schema, command_status, command_help, command_completion;

#endif
