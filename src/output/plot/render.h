/* Rendering with a time limit of one's own; private to output and its tests. */
#ifndef PT_OUTPUT_PLOT_RENDER_H
#define PT_OUTPUT_PLOT_RENDER_H

#include <paritet/output.h>

/* pt_plot_render with a limit of its own in place of PT_PLOT_SECONDS. */
#define PT_PLOT_SECONDS 120.0
enum pt_status pt_plot_render_within(double seconds, const char *folder, const char *const *scripts,
                                     size_t n, const struct pt_hooks *hooks, struct pt_error *err);

/* What a drawing is watched by while it runs. */
struct pt_plot_watch {
    double seconds;                 /* it may go on without a new picture */
    const struct pt_hooks *hooks;   /* NULL: nobody asks */
    size_t (*drawn)(void *drawing); /* pictures so far, of `total`; never falls */
    void *drawing;
    size_t total;
};

/* process.c: runs gnuplot in a folder, reading commands; messages gets the first of what it
 * says. PT_EPLOT when it cannot be started or hangs, PT_ECANCELLED: then it has ended. That a drawing
 * failed shows in the pictures only, since gnuplot goes on after an error. */
#define PT_GNUPLOT_MESSAGES 4096
enum pt_status pt_plot_run_gnuplot(const char *folder, const struct pt_buffer *commands,
                                   const struct pt_plot_watch *watch,
                                   char messages[PT_GNUPLOT_MESSAGES], struct pt_error *err);

#endif
