#include "support/realm.h"

#include <stdio.h>
#include <string.h>

#include "support/world_write.h"

/* ------------------------------------------------------------------ drawn */

static void part_draw(struct trial *trial, const struct realm_wish *wish, size_t k,
                      struct world *part)
{
    static const char *const names[][2] = { { "it", "figure" },
                                            { "cause", "figure-2" },
                                            { "root", "figure-3" } };
    world_draw(trial, &wish->part, part);
    part->id = names[k][0];
    part->series = names[k][1];
    for (size_t s = 0; s < part->n_scenarios; s++) {
        for (size_t i = 0; i < part->scenarios[s].n_levers; i++) {
            struct world_lever *lever = &part->scenarios[s].levers[i];
            snprintf(lever->id, sizeof lever->id, "lever-%zu%zu%zu", k % 10, s % 10, i % 10);
        }
    }
}

/* Towards the first part, so that there is no circle. */
static void link_draw(struct trial *trial, const struct realm_wish *wish, const struct realm *realm,
                      size_t number, struct realm_link *link)
{
    *link = (struct realm_link){ .to = draw_below(trial, realm->n_parts - 1) };
    link->from = link->to + 1 + draw_below(trial, realm->n_parts - 1 - link->to);
    const struct world *from = &realm->parts[link->from], *to = &realm->parts[link->to];
    struct world_lever *effect = &link->effect;
    struct world sign = { .higher = from->higher == to->higher };
    snprintf(effect->id, sizeof effect->id, "link-%zu", number);
    effect->kind = "link";
    effect->on_other = to->two_groups && draw_below(trial, 4) == 3;
    world_effect_draw(trial, &sign, effect, 0.05, wish->helpful_links);
    effect->delay = draw_bool(trial) ? draw_int(trial, 1, 4) : 0;
    effect->turnover = draw_below(trial, 5) == 4 ? draw_int(trial, 3, 60) : 0;
}

static void places_draw(struct trial *trial, struct realm *realm, size_t n)
{
    static const char *const names[] = { "Aby", "Borup", "Cille" };
    realm->n_places = n;
    for (size_t p = 0; p < n; p++) {
        struct realm_place *place = &realm->places[p];
        snprintf(place->name, sizeof place->name, "%s", names[p]);
        for (size_t k = 0; k < realm->n_parts; k++) {
            struct world part = realm->parts[k];
            if (p > 0) {
                world_figures_draw(trial, &part);
            }
            place->n_years[k] = part.n_years;
            memcpy(place->years[k], part.years, sizeof part.years);
            int last = part.years[part.n_years - 1].year;
            realm->parts[0].horizon =
                realm->parts[0].horizon < last + 6 ? last + 6 : realm->parts[0].horizon;
        }
    }
}

void realm_draw(struct trial *trial, const struct realm_wish *wish, struct realm *realm)
{
    memset(realm, 0, sizeof *realm);
    struct realm_wish all = *wish;
    all.part.overlap = DRAW_ONE_OF(trial, const char *, "independent", "nested", "additive");
    realm->n_parts = wish->parts;
    for (size_t k = 0; k < wish->parts; k++) {
        struct world *part = &realm->parts[k], *first = &realm->parts[0];
        part_draw(trial, &all, k, part);
        first->horizon = part->horizon > first->horizon ? part->horizon : first->horizon;
    }
    while (wish->links > 0 && draw_more(trial, realm->n_links, 1, wish->links)) {
        size_t i = realm->n_links++;
        link_draw(trial, wish, realm, i, &realm->links[i]);
    }
    places_draw(trial, realm, wish->places);
    realm->listed = wish->places > 0 && draw_bool(trial);
}

/* ------------------------------------------------------------------ written */

/* The k-th of n, in this order or the other. */
static size_t nth(const struct realm *realm, size_t k, size_t n)
{
    return realm->turned ? n - 1 - k : k;
}

static void write_rows(const struct realm *realm, struct pt_buffer *out)
{
    size_t n_places = realm->n_places > 0 ? realm->n_places : 1;
    pt_buffer_printf(out, "indicator,group,year,value,n%s\n", realm->n_places > 0 ? ",place" : "");
    for (size_t i = 0; i < n_places; i++) {
        const struct realm_place *place = &realm->places[nth(realm, i, n_places)];
        for (size_t j = 0; j < realm->n_parts; j++) {
            size_t k = nth(realm, j, realm->n_parts);
            struct world part = realm->parts[k];
            if (realm->n_places > 0) {
                part.n_years = place->n_years[k];
                memcpy(part.years, place->years[k], sizeof part.years);
            }
            for (int other = 0; other < (part.two_groups ? 2 : 1); other++) {
                world_rows_write(&part, (other == 1) != (realm->turned && part.two_groups),
                                 realm->n_places > 0 ? place->name : NULL, out);
            }
        }
    }
}

static void write_links(const struct realm *realm, struct pt_buffer *out)
{
    pt_buffer_text(out, realm->n_links > 0 ? "links:\n" : "");
    for (size_t i = 0; i < realm->n_links; i++) {
        const struct realm_link *link = &realm->links[nth(realm, i, realm->n_links)];
        const struct world *from = &realm->parts[link->from], *to = &realm->parts[link->to];
        char unit[32];
        snprintf(unit, sizeof unit, "%s per %s", to->percent ? "pp" : "points",
                 from->percent ? "pp" : "point");
        pt_buffer_printf(out, "  - id: %s\n    from: %s\n    to: %s\n    effect: ", link->effect.id,
                         from->id, to->id);
        world_effect_write(&link->effect, unit, out);
        pt_buffer_printf(out, "\n    source: drawn\n    delay: %d years\n", link->effect.delay);
        if (link->effect.on_other) {
            pt_buffer_text(out, "    group: other\n");
        }
        if (link->effect.turnover > 0) {
            pt_buffer_printf(out, "    acts-on: entrants\n    turnover: %d %%/year\n",
                             link->effect.turnover);
        }
    }
}

static void write_model(const struct realm *realm, const struct world_files *files,
                        struct pt_buffer *out)
{
    world_head_write(&realm->parts[0], files, realm->turned, out);
    for (size_t k = 0; k < realm->n_parts; k++) {
        world_indicator_write(&realm->parts[nth(realm, k, realm->n_parts)], out);
    }
    if (realm->n_places > 0 && !realm->listed) {
        pt_buffer_text(out, "places: all\n");
    }
    for (size_t p = 0; p < realm->n_places && realm->listed; p++) {
        pt_buffer_printf(out, "%s%s%s", p == 0 ? "places: [ " : ", ",
                         realm->places[nth(realm, p, realm->n_places)].name,
                         p + 1 == realm->n_places ? " ]\n" : "");
    }
    write_links(realm, out);
}

static void write_scenario(const struct realm *realm, size_t s, struct pt_buffer *out)
{
    const struct world *first = &realm->parts[0];
    size_t n = 0;
    for (size_t k = 0; k < realm->n_parts; k++) {
        n += realm->parts[k].scenarios[s].n_levers;
    }
    pt_buffer_text(out, "title: drawn\n");
    if (n > 1) {
        pt_buffer_printf(out, "overlap: %s\n", first->scenarios[s].overlap);
    }
    if (first->discount > 0) {
        pt_buffer_printf(out, "discount: %.15g %%/year\n", first->discount / 10.0);
    }
    pt_buffer_text(out, n > 0 ? "levers:\n" : "levers: []\n");
    for (size_t k = 0; k < realm->n_parts; k++) {
        const struct world *part = &realm->parts[nth(realm, k, realm->n_parts)];
        const struct world_scenario *scenario = &part->scenarios[s];
        for (size_t i = 0; i < scenario->n_levers; i++) {
            world_lever_write(part, &scenario->levers[nth(realm, i, scenario->n_levers)], LEVER_ALL,
                              out);
        }
    }
}

static void write_built(const struct realm *realm, struct pt_buffer *out)
{
    size_t dropped = 0, changed = 0;
    pt_buffer_text(out, "title: built\nbased-on: plan-0.yaml\n");
    for (size_t i = 0; i < realm->n_changes; i++) {
        const struct realm_change *change = &realm->changes[i];
        if (change->keys == 0) {
            pt_buffer_printf(out, "%s%s", dropped++ == 0 ? "drop: [ " : ", ", change->lever.id);
        }
    }
    pt_buffer_text(out, dropped > 0 ? " ]\n" : "");
    if (realm->parts[0].scenarios[0].n_levers < 2 && realm->n_changes > 0) {
        pt_buffer_printf(out, "overlap: %s\n", realm->parts[0].scenarios[0].overlap);
    }
    for (size_t i = 0; i < realm->n_changes; i++) {
        const struct realm_change *change = &realm->changes[i];
        if (change->keys != 0) {
            pt_buffer_text(out, changed++ == 0 ? "levers:\n" : "");
            world_lever_write(&realm->parts[0], &change->lever, change->keys, out);
        }
    }
}

static void realm_files_write(const struct realm *realm, struct world_files *files)
{
    memset(files, 0, sizeof *files);
    world_file_new(files, "model.yaml");
    write_rows(realm, world_file_new(files, "figures.csv"));
    write_model(realm, files, &files->files[0].text);
    files->n_data = files->n;
    for (size_t s = 0; s < realm->parts[0].n_scenarios; s++) {
        char name[32];
        snprintf(name, sizeof name, "plan-%zu.yaml", s);
        write_scenario(realm, s, world_file_new(files, name));
    }
    if (realm->built) {
        files->n_data = files->n;
        write_built(realm, world_file_new(files, "built.yaml"));
    }
    world_files_check(files);
}

void realm_say(struct trial *trial, const struct realm *realm)
{
    struct world_files files;
    realm_files_write(realm, &files);
    world_files_say(trial, &files);
    world_files_free(&files);
}

enum verdict realm_against(struct trial *trial, const struct realm *other, enum verdict verdict)
{
    if (verdict == LAW_BROKEN) {
        trial_say(trial, "# ======== against\n");
        realm_say(trial, other);
    }
    return verdict;
}

bool realm_answer(const struct realm *realm, const struct pt_run_options *options,
                  struct answer *answer)
{
    struct world_files files;
    realm_files_write(realm, &files);
    bool good = world_files_answer(&files, options, answer);
    world_files_free(&files);
    return good;
}
