/* Rendering with a time limit of one's own; private to output and its tests. */
#ifndef PT_OUTPUT_PLOT_RENDER_H
#define PT_OUTPUT_PLOT_RENDER_H

#include <paritet/output.h>

enum pt_status pt_plot_render_within(double seconds, const char *folder, const char *const *scripts,
                                     size_t n, const struct pt_hooks *hooks, struct pt_error *err);

/* plot_process.c: runs gnuplot in a folder, reading commands; messages gets the first of what it
 * says. PT_EPLOT when it cannot be started or runs too long, PT_ECANCELLED. That a drawing failed
 * shows in the pictures only, since gnuplot goes on after an error. */
#define PT_GNUPLOT_MESSAGES 4096
enum pt_status pt_plot_run_gnuplot(double seconds, const char *folder,
                                   const struct pt_buffer *commands, const struct pt_hooks *hooks,
                                   char messages[PT_GNUPLOT_MESSAGES], struct pt_error *err);

#endif
