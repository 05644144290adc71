/* parity MODEL [INDICATOR]: when does a gap close, if nothing new is done? In C, and in C++:
 * cc parity.c $(pkg-config --cflags --libs paritet) -o parity */
#include <paritet/output.h> /* and with it the rooms below: simulate, barometer, base */
#include <string.h>

static void say(const struct pt_message *message)
{
    char text[1024]; /* messages have no language until somebody prints them */
    pt_message_print(message, &pt_language_english, text, sizeof text);
    fprintf(stderr, "%s\n", text);
}

/* The first year of the closed gap in 1, 5 and 9 futures of 10, and how many never get there. */
static void print_answer(const struct pt_run *run, const struct pt_projection *p)
{
    const struct pt_parity *closed = &p->outcomes[0].events[PT_EVENT_SUSTAINED]; /* 0: baseline */
    struct pt_cell cell; /* a year, or one of the words already and never */
    char text[PT_CELL_MAX];
    memset(&cell, 0, sizeof cell);
    cell.kind = PT_CELL_YEAR;
    printf("%s %s\n", p->subject->indicator->id, p->subject->place);
    for (int tenths = 1; tenths < 10; tenths += 4) {
        cell.year = pt_parity_quantile(closed, p->n_years, p->last, tenths / 10.0);
        printf("  %d: %s\n", tenths, pt_cell_print(&cell, &pt_language_english, text));
    }
    double never = (double)closed->count[p->n_years + 1] / (double)run->options.draws;
    printf("  not by %d: %.6f\n", run->horizon, never);
}

int main(int argc, char **argv)
{
    struct pt_run_options options = pt_run_options_default(); /* 20000 draws, a fixed seed */
    struct pt_model *model = NULL; /* on success ours to free, and the run as well */
    struct pt_run *run = NULL;
    struct pt_diagnostics list; /* what is to be said of the files, each with its place */
    struct pt_error err;        /* why a call failed */
    pt_diagnostics_init(&list);
    options.indicator = argc > 2 ? argv[2] : NULL; /* NULL: all of them */
    enum pt_status status = pt_model_read(argc > 1 ? argv[1] : "-", &model, &list, &err);
    status = status ? status : pt_links_bind(model, &list, &err);
    status = status ? status : pt_run_simulate(model, NULL, 0, &options, NULL, &list, &run, &err);
    for (size_t i = 0; i < list.n; i++) {
        const struct pt_place *at = &list.items[i].place;
        fprintf(stderr, "%s:%zu:%zu: ", at->path ? at->path : "", at->line, at->column);
        say(&list.items[i].message);
    }
    if (status != PT_OK) {
        say(&err.message);
    }
    for (size_t i = 0; run && i < run->n_projections; i++) {
        if (run->projections[i].has_question) { /* a parity or a target to reach */
            print_answer(run, &run->projections[i]);
        }
    }
    pt_run_free(run); /* NULL is fine; the run points into the model */
    pt_model_free(model);
    pt_diagnostics_free(&list);
    return pt_status_exit_code(status);
}
