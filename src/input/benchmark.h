/* Private to input: rows of a benchmark file on their way into series. */
#ifndef PARITET_INPUT_BENCHMARK_H
#define PARITET_INPUT_BENCHMARK_H

#include <paritet/input.h>

struct pt_benchmark_row {
    size_t series;
    int year;
    double value;
};

/* A series while its rows come in. */
struct pt_benchmark_entry {
    const char *id, *category;
    size_t n, n_train;
    int last_year;
    unsigned decimals;
};

struct pt_benchmark_rows {
    struct pt_arena *arena; /* of ids and categories */
    struct pt_benchmark_row *rows;
    size_t n, capacity;
    struct pt_benchmark_entry *entries;
    size_t n_entries, entries_capacity;
    size_t *slots; /* [n_slots] hash table: entry + 1, or 0; n_slots a power of two */
    size_t n_slots;
};
/* Reads all rows; every problem goes to the list. The arena must be there; free the rest with
 * pt_benchmark_rows_free. */
enum pt_status pt_benchmark_rows_read(const struct pt_source *source,
                                      struct pt_benchmark_rows *rows, struct pt_diagnostics *list,
                                      struct pt_error *err);
void pt_benchmark_rows_free(struct pt_benchmark_rows *rows);

#endif
