#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "cli/cli.h"

/* Whether the environment says that characters are UTF-8, be that locale there or not. */
static bool says_utf8(void)
{
    static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0] != '\0') {
            return strcasestr(value, ".utf-8") != NULL || strcasestr(value, ".utf8") != NULL;
        }
    }
    return false;
}

/* Numbers are the program's own business; characters are UTF-8 whatever the terminal says. Returns
 * whether it says so too. */
static bool set_locale(void)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    bool loaded = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!loaded) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
    return loaded || says_utf8();
}

/* The C library's words for rare troubles, in the language of the answers where the machine has them
 * in it, whatever its environment says. */
static void set_system_language(const struct pt_language *language)
{
    bool danish = language == pt_language_find("da");
    setenv("LANGUAGE", danish ? "da" : "en", 1);
    if (!danish || !setlocale(LC_MESSAGES, "da_DK.UTF-8")) {
        setlocale(LC_MESSAGES, "C");
    }
}

/* Danish for a Danish environment, English otherwise; --lang decides. */
static const struct pt_language *environment_language(void)
{
    static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0] != '\0') {
            return pt_language_find(strncmp(value, "da", 2) == 0 ? "da" : "en");
        }
    }
    return pt_language_find("en");
}

static error_t parse_top(int key, char *argument, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        state->next--; /* the command and all after it are left for its own parser */
        request->stopped_at = state->next;
        state->next = state->argc;
        return 0;
    case ARGP_KEY_ERROR:
        request->stopped_at = state->next;
        return 0;
    default:
        return request_general(request, key, argument);
    }
}

static bool has_option(const struct command *command, const char *word)
{
    bool named = strncmp(word, "--", 2) == 0;
    size_t length = named ? strcspn(word + 2, "=") : 0;
    for (size_t g = 0; command->options[g]; g++) {
        for (const struct argp_option *o = command->options[g]; o->key != 0; o++) {
            if (named ? o->name && strlen(o->name) == length &&
                            strncmp(o->name, word + 2, length) == 0
                      : word[1] == o->key && (word[2] == '\0' || o->arg)) {
                return true;
            }
        }
    }
    return false;
}

/* An option of a command that stands before it is the commonest unknown one. */
static int unknown_option(const struct request *request, int argc, char **argv)
{
    const char *word = request_refused(request, argv);
    const struct command *command = NULL;
    int code = request_explain(request, options_general, word);
    if (code >= 0) {
        return code;
    }
    for (int i = request->stopped_at; i < argc && !command; i++) {
        command = command_find(argv[i]);
    }
    for (size_t i = 0; commands[i] && !command; i++) {
        command = has_option(commands[i], word) ? commands[i] : NULL;
    }
    if (command && has_option(command, word)) {
        return complain_usage(request,
                              "option '%s' goes behind the command, as in 'paritet %s %s ...'",
                              word, command->name, word);
    }
    return complain_usage(request, "unknown option '%s'; 'paritet --help' lists them", word);
}

/* Who asks for an instruction set wants to see its numbers, not those of another. */
static int check_environment(const struct request *request)
{
    enum pt_isa isa;
    const char *wanted = getenv(PT_ISA_VARIABLE);
    if (!wanted || (pt_isa_find(wanted, &isa) && pt_isa_runs(isa))) {
        return 0;
    }
    return complain_usage(request,
                          "%s is '%s', and no such instruction set runs here; the best is %s",
                          PT_ISA_VARIABLE, wanted, pt_isa_name(pt_isa_best()));
}

static int run(struct request *request, int argc, char **argv)
{
    const struct argp top = { .options = options_general, .parser = parse_top };
    request->stopped_at = argc;
    int failed =
        argp_parse(&top, argc, argv, ARGP_IN_ORDER | ARGP_NO_ERRS | ARGP_NO_HELP, NULL, request);
    if (request->trouble.id) {
        return complain(request, PT_EUSAGE, &request->trouble);
    }
    if (failed == ENOMEM) {
        return complain_memory(request);
    }
    if (failed) {
        return unknown_option(request, argc, argv);
    }
    if (request->help || request->version) {
        help_asked(request);
        return 0;
    }
    if (request->stopped_at >= argc) {
        help_program(request, stderr);
        return pt_status_exit_code(PT_EUSAGE);
    }
    int refused = check_environment(request);
    if (refused != 0) {
        return refused;
    }
    const char *name = argv[request->stopped_at];
    request->command = command_find(name);
    if (!request->command) {
        return command_unknown(request, name);
    }
    int code = request_parse(request, argc - request->stopped_at, argv + request->stopped_at);
    set_system_language(request->language);
    if (code < 0 && request->sandbox) {
        code = sandbox_enter(request);
        code = code == 0 ? -1 : code;
    }
    return code >= 0 ? code : request->command->run(request);
}

/* A standard stream that is closed gets a file that cannot be used, or else the next one opened would
 * have its number: an answer would be written into it, or its bytes be read. */
static void open_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

int main(int argc, char **argv)
{
    open_streams();
    gsl_set_error_handler_off();
    signals_start();
    bool unicode = set_locale();
    struct request request = { .language = environment_language(),
                               .unicode = unicode,
                               .run = pt_run_options_default(),
                               .argc = argc,
                               .argv = argv };
    int code = run(&request, argc, argv);
    sandbox_leave(&request);
    free(request.arguments);
    free(request.indicator_at);
    /* a full disk must not look like success */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
        struct pt_message message;
        pt_message_set(&message, pt_doing_format(PT_DOING_STDOUT, errno), strerror(errno));
        code = complain(&request, PT_EWRITE, &message);
    }
    return code;
}
