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

/* process.c: runs n gnuplots at once in a folder, each reading its own commands; messages gets the first
 * of what they say, in their order. PT_EPLOT when one cannot be started or all hang, PT_ECANCELLED: then
 * all have ended. That a drawing failed shows in the pictures only, since gnuplot goes on after an
 * error. */
#define PT_GNUPLOTS         4 /* at most */
#define PT_GNUPLOT_MESSAGES 4096
enum pt_status pt_plot_run_gnuplots(const char *folder, size_t n, const struct pt_buffer *commands,
                                    const struct pt_plot_watch *watch,
                                    char messages[PT_GNUPLOT_MESSAGES], struct pt_error *err);

#endif
