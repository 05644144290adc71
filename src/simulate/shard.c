#include "simulate/simulate.h"

static bool in_shard(const struct pt_run_options *options, size_t cell)
{
    return options->shards == 0 || cell % options->shards + 1 == options->shard;
}

void pt_cast_shard(struct pt_run *run, struct pt_cast *cast)
{
    size_t kept = 0;
    run->n_cells = cast->n_components;
    for (size_t i = 0; i < cast->n_components; i++) {
        const struct pt_component component = cast->components[i];
        for (size_t m = 0; m < component.n; m++) {
            component.members[m]->projection->cell = i;
        }
        if (in_shard(&run->options, i)) {
            cast->components[kept++] = component;
        }
    }
    cast->n_components = kept;
}
