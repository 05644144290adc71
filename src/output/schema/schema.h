/* Private to output: the schema of a file, table by table and value by value. */
#ifndef PT_OUTPUT_SCHEMA_H
#define PT_OUTPUT_SCHEMA_H

#include <jansson.h>

#include <paritet/input.h>
#include <paritet/output.h>

#define PT_SCHEMA_TABLES 64

/* A schema in the making. */
struct pt_schema_making {
    const struct pt_language *language;
    bool failed; /* out of memory */
    json_t *definitions;
    size_t n;
    struct pt_schema_table {
        const struct pt_schema *table;
        char name[64];
    } tables[PT_SCHEMA_TABLES]; /* [n] those that have a definition */
};

/* Adds a member; a NULL value is memory that was not there. */
void pt_schema_set(struct pt_schema_making *making, json_t *object, const char *key, json_t *value);
void pt_schema_append(struct pt_schema_making *making, json_t *array, json_t *value);
/* { "key": value } and [ value ] */
json_t *pt_schema_object(struct pt_schema_making *making, const char *key, json_t *value);
json_t *pt_schema_array(struct pt_schema_making *making, json_t *value);
json_t *pt_schema_whole(long long value);

/* What one field takes, without its description. */
json_t *pt_schema_value(struct pt_schema_making *making, const struct pt_field *field);
/* { "$ref": ... } of a table, which is defined where it was not yet. */
json_t *pt_schema_reference(struct pt_schema_making *making, const struct pt_schema *table);
/* Amounts: a number and one of a set of units (0: any). */
json_t *pt_schema_amount(struct pt_schema_making *making, unsigned units, unsigned flags,
                         double least);
json_t *pt_schema_effect(struct pt_schema_making *making, const struct pt_field *field);

#endif
