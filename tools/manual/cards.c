/* Lists of what can be named: commands, trend lines, levers, effects, gap measures, tables. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "manual.h"

static void begin(void)
{
    puts(".Bl -tag -width Ds");
}

static void end(void)
{
    puts(".El");
}

static void item(const char *name)
{
    printf(".It Cm %s\n", name);
}

void write_commands(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; commands[i]; i++) {
        printf(".It Xr paritet-%s 1\n", commands[i]->name);
        sentence(commands[i]->summary);
    }
    end();
}

void write_families(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_families[i]; i++) {
        const struct pt_family *f = pt_families[i];
        char needs[256];
        item(f->name);
        sentence(f->title);
        snprintf(needs, sizeof needs, "Needs %zu figures; %s", f->least_n, f->parity);
        sentence(needs);
    }
    end();
}

void write_kinds(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_lever_kinds[i]; i++) {
        const struct pt_lever_kind *k = pt_lever_kinds[i];
        char keys[256];
        item(k->name);
        sentence(k->title);
        snprintf(keys, sizeof keys, "Needs %s; may have %s", k->needs, k->takes);
        sentence(keys);
    }
    end();
}

void write_responses(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_responses[i]; i++) {
        const struct pt_response *r = pt_responses[i];
        item(r->name);
        sentence(r->title);
        if (r->has_maximum) {
            puts("Needs\n.Ic maximum .");
        }
        puts(".br");
        text(r->formula);
    }
    end();
}

void write_effects(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_distributions[i]; i++) {
        const struct pt_distribution *d = pt_distributions[i];
        printf(".It Cm %s : %s", d->name, d->n_parameters > 1 ? "\\&[ " : "");
        for (size_t p = 0; p < d->n_parameters; p++) {
            printf("%sAr %s", p > 0 ? " , " : "", d->parameters[p]);
        }
        puts(d->n_parameters > 1 ? " \\&]" : "");
        sentence(d->title);
    }
    end();
}

void write_gaps(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        const struct pt_gap_measure *g = pt_gap_measures[i];
        item(g->name);
        sentence(g->title);
        puts(".br");
        text(g->formula);
    }
    end();
}

/* Which commands print a table. */
void write_tables(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_table_kinds[i]; i++) {
        const struct pt_table_kind *kind = pt_table_kinds[i];
        item(kind->name);
        sentence(kind->title);
        if (kind->compares) {
            puts("Needs scenarios.");
        }
    }
    end();
}

void write_scores(const char *none)
{
    (void)none;
    begin();
    for (size_t i = 0; pt_backtest_tables[i]; i++) {
        item(pt_backtest_tables[i]->kind.name);
        sentence(pt_backtest_tables[i]->kind.title);
    }
    end();
}

/* The words of `status`, in a sentence of their own. */
void write_standings(const char *none)
{
    const char *names[PT_STANDINGS];
    char line[512];
    (void)none;
    for (size_t i = 0; i < PT_STANDINGS; i++) {
        names[i] = pt_standing_name((enum pt_standing_word)i);
    }
    snprintf(line, sizeof line, "The words are %s", joined(names, PT_STANDINGS, "and"));
    sentence(line);
}
