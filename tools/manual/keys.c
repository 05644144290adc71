/* Every key that can be written in a file, from the tables that the file is checked against. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <paritet/barometer.h>
#include <paritet/input.h>
#include <paritet/scenario.h>

#include "manual.h"

#define TABLES_MOST 64

static const struct pt_schema *seen[TABLES_MOST];
static size_t n_seen;

static const char *units_of(unsigned units)
{
    static const struct {
        enum pt_unit unit;
        const char *name;
    } all[] = {
#define UNIT(unit, name) { unit, name },
        PT_UNIT_LIST(UNIT)
#undef UNIT
    };
    const char *names[sizeof all / sizeof *all];
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (units & PT_UNITS(all[i].unit)) {
            names[n++] = all[i].name;
        }
    }
    return joined(names, n, "or");
}

static const char *choices_of(const struct pt_field *field)
{
    const char *names[64];
    size_t n = 0;
    while (n < 64 && pt_field_choice(field, n)) {
        names[n] = pt_field_choice(field, n);
        n++;
    }
    return joined(names, n, "or");
}

/* What is written there, such as "an amount in % or pp". */
static void put_kind(const struct pt_field *field, char *out, size_t size)
{
    switch (field->kind) {
    case PT_KIND_ID:
        snprintf(out, size, "an id");
        break;
    case PT_KIND_WORD:
        snprintf(out, size, "a word");
        break;
    case PT_KIND_TEXT:
        snprintf(out, size, "a text");
        break;
    case PT_KIND_NUMBER:
        snprintf(out, size, "a number");
        break;
    case PT_KIND_WHOLE:
        snprintf(out, size, "a whole number");
        break;
    case PT_KIND_AMOUNT:
        snprintf(out, size, "%s amount in %s", field->flags & PT_FIELD_WHOLE ? "a whole" : "an",
                 units_of(field->units));
        break;
    case PT_KIND_BOOLEAN:
        snprintf(out, size, "one of true and false");
        break;
    case PT_KIND_CHOICE:
        snprintf(out, size, "one of %s", choices_of(field));
        break;
    case PT_KIND_MAPPING:
        snprintf(out, size, "keys of its own");
        break;
    case PT_KIND_LIST_OF:
        snprintf(out, size, "a list%s%s",
                 field->flags & PT_FIELD_NOT_EMPTY ? " of one or more" : "",
                 field->flags & PT_FIELD_ONE ? ", or a single one" : "");
        break;
    case PT_KIND_WORDS:
        snprintf(out, size, "a list of %swords%s%s",
                 field->flags & PT_FIELD_NOT_EMPTY ? "one or more " : "",
                 field->alone ? ", or " : "", field->alone ? field->alone : "");
        break;
    case PT_KIND_NUMBERS:
        snprintf(out, size, "a list of %.0f numbers", field->least);
        break;
    case PT_KIND_EFFECT:
        snprintf(out, size, "an effect in %s", units_of(field->units));
        break;
    }
}

/* "from 1000 to 3000", "more than 0", "at most 300 bytes". */
static void put_limits(const struct pt_field *field, char *out, size_t size)
{
    bool least = field->flags & PT_FIELD_LEAST, above = field->flags & PT_FIELD_ABOVE;
    bool most = field->flags & PT_FIELD_MOST;
    out[0] = '\0';
    if (field->kind == PT_KIND_WORD || field->kind == PT_KIND_TEXT ||
        field->kind == PT_KIND_WORDS) {
        double otherwise = field->kind == PT_KIND_TEXT ? PT_TEXT_MOST : PT_WORD_MOST;
        snprintf(out, size, "at most %.0f bytes%s", field->most > 0 ? field->most : otherwise,
                 field->kind == PT_KIND_WORDS ? " each" : "");
    } else if (least && most) {
        snprintf(out, size, "from %.10g to %.10g", field->least, field->most);
    } else if (above && most) {
        snprintf(out, size, "more than %.10g, at most %.10g", field->least, field->most);
    } else if (least || above) {
        snprintf(out, size, "%s %.10g", least ? "at least" : "more than", field->least);
    } else if (most) {
        snprintf(out, size, "at most %.10g", field->most);
    }
}

static void put_field(const struct pt_field *field)
{
    char kind[512], below[128] = "", limits[128], line[1024];
    put_kind(field, kind, sizeof kind);
    put_limits(field, limits, sizeof limits);
    bool required = field->flags & PT_FIELD_REQUIRED;
    if (field->table) {
        snprintf(below, sizeof below, " (see below, under %s)", field->table->name);
    }
    snprintf(line, sizeof line, "%s%s%s%s%s%s%s.", kind, below, limits[0] != '\0' ? "; " : "",
             limits, required ? "; required" : "", field->fallback ? "; by default " : "",
             field->fallback ? field->fallback : "");
    printf(".It Ic %s\n", field->key);
    sentence(field->doc);
    puts(".br");
    sentence(line);
}

static void write_table(const struct pt_schema *table);

static void write_below(const struct pt_schema *table)
{
    for (const struct pt_field *f = table->fields; f->key; f++) {
        bool known = !f->table;
        for (size_t i = 0; i < n_seen && !known; i++) {
            known = seen[i] == f->table;
        }
        if (!known) {
            write_table(f->table);
        }
    }
}

static void write_table(const struct pt_schema *table)
{
    if (n_seen == TABLES_MOST) {
        fail("too many tables of keys");
    }
    seen[n_seen++] = table;
    if (strchr(table->name, ' ')) {
        puts(".Ss The file");
    } else {
        printf(".Ss Under %s\n", table->name);
    }
    sentence(table->doc);
    puts(".Bl -tag -width Ds");
    for (const struct pt_field *f = table->fields; f->key; f++) {
        put_field(f);
    }
    puts(".El");
    write_below(table);
}

void write_keys(const char *file)
{
    const struct pt_schema *table = strcmp(file, "model") == 0      ? &pt_model_schema
                                    : strcmp(file, "scenario") == 0 ? &pt_scenario_schema
                                                                    : NULL;
    if (!table) {
        fail("there are keys of a model and of a scenario, not of '%s'", file);
    }
    n_seen = 0;
    write_table(table);
}
