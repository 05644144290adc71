#include <stdlib.h>

#include "simulate/tally.h"

size_t pt_tally_bytes(uint64_t draws, size_t n, size_t n_levels, const double *levels)
{
    return n * (pt_sieve_room(draws, n_levels, levels) * sizeof(double) + sizeof(struct pt_sieve));
}

enum pt_status pt_tally_new(uint64_t draws, size_t n, size_t n_levels, const double *levels,
                            enum pt_isa isa, double *out, struct pt_tally *tally,
                            struct pt_error *err)
{
    size_t room = pt_sieve_room(draws, n_levels, levels);
    *tally = (struct pt_tally){ .n = n, .n_levels = n_levels, .out = out };
    tally->sieves = malloc(n * sizeof *tally->sieves + 1);
    tally->values = malloc(n * room * sizeof *tally->values + 1);
    if (!tally->sieves || !tally->values) {
        return PT_RAISE(err, PT_ENOMEM,
                        "out of memory for %llu draws of %zu years; use fewer "
                        "--draws or a nearer --horizon",
                        (unsigned long long)draws, n);
    }
    for (size_t row = 0; row < n; row++) {
        pt_sieve_start(&tally->sieves[row], draws, n_levels, levels, tally->values + row * room,
                       isa);
    }
    return PT_OK;
}

void pt_tally_free(struct pt_tally *tally)
{
    free(tally->sieves);
    free(tally->values);
}

void pt_tally_add(struct pt_tally *tally, size_t row, size_t n, const double *x)
{
    if (pt_tally_wants(tally, row)) {
        pt_sieve_add(&tally->sieves[row], n, x);
    }
}

bool pt_tally_again(struct pt_tally *tally)
{
    bool again = false;
    for (size_t row = 0; row < tally->n; row++) {
        if (pt_tally_wants(tally, row)) {
            again |= !pt_sieve_finish(&tally->sieves[row], tally->out + row * tally->n_levels);
        }
    }
    return again;
}

enum pt_status pt_tally_check(const struct pt_tally *tally, const char *stream,
                              struct pt_error *err)
{
    for (size_t row = 0; row < tally->n; row++) {
        if (tally->sieves[row].nan || tally->sieves[row].infinite) {
            return PT_RAISE(err, PT_EDATA,
                            "the projection of '%s' leaves the numbers; use another --trend or a "
                            "nearer --horizon",
                            stream);
        }
    }
    return PT_OK;
}
