#include "output/schema/schema.h"

#include <math.h>
#include <string.h>

/* Spaces before and inside a unit, as pt_amount_parse takes them. */
#define SPACE    "[ \\t\u00a0\u202f]"
#define NUMBER   "([0-9]+(\\.[0-9]+)?|\\.[0-9]+)"
#define EXPONENT "[eE][-+]?[0-9]+"

/* An integer where the number is one, as it would be written. */
static json_t *number_of(double value)
{
    return value == floor(value) && fabs(value) < 1e15 ? pt_schema_whole((long long)value)
                                                       : json_real(value);
}

static json_t *type(struct pt_schema_making *making, const char *name)
{
    return pt_schema_object(making, "type", json_string(name));
}

static void set_limits(struct pt_schema_making *making, json_t *object,
                       const struct pt_field *field)
{
    if (field->flags & PT_FIELD_LEAST) {
        pt_schema_set(making, object, "minimum", number_of(field->least));
    }
    if (field->flags & PT_FIELD_ABOVE) {
        pt_schema_set(making, object, "exclusiveMinimum", number_of(field->least));
    }
    if (field->flags & PT_FIELD_MOST) {
        pt_schema_set(making, object, "maximum", number_of(field->most));
    }
}

/* ------------------------------------------------------------------ words */

/* Whatever stands there without quotes is read as a word, also 2024 and true. */
static json_t *word(struct pt_schema_making *making)
{
    json_t *types = pt_schema_array(making, json_string("string"));
    pt_schema_append(making, types, json_string("number"));
    pt_schema_append(making, types, json_string("boolean"));
    json_t *object = pt_schema_object(making, "type", types);
    pt_schema_set(making, object, "minLength", pt_schema_whole(1));
    return object;
}

/* Appends characters as a class of a regular expression has them. */
static void add_class(struct pt_buffer *out, const char *characters)
{
    for (; *characters != '\0'; characters++) {
        switch (*characters) {
        case '\t':
            pt_buffer_text(out, "\\t");
            break;
        case '\r':
            pt_buffer_text(out, "\\r");
            break;
        case '\n':
            pt_buffer_text(out, "\\n");
            break;
        default:
            pt_buffer_text(out, strchr("\\]^-", *characters) != NULL ? "\\" : "");
            pt_buffer_add(out, characters, 1);
        }
    }
}

static json_t *pattern(struct pt_schema_making *making, struct pt_buffer *text)
{
    json_t *json = text->failed ? NULL : json_string(text->bytes);
    pt_buffer_free(text);
    making->failed |= json == NULL;
    return json;
}

static json_t *id(struct pt_schema_making *making)
{
    struct pt_buffer text = { 0 };
    json_t *object = word(making);
    pt_buffer_text(&text, "^[^");
    add_class(&text, PT_ID_NOT_FIRST PT_ID_NOT);
    pt_buffer_text(&text, "\u00a0][^");
    add_class(&text, PT_ID_NOT);
    pt_buffer_text(&text, "\u00a0]*$");
    pt_schema_set(making, object, "maxLength", pt_schema_whole(PT_ID_MOST));
    pt_schema_set(making, object, "pattern", pattern(making, &text));
    return object;
}

/* One text, or one for each language. */
static json_t *text_of(struct pt_schema_making *making)
{
    if (json_object_get(making->definitions, "text") == NULL) {
        json_t *languages = pt_schema_object(making, "da", word(making));
        json_t *both = type(making, "object"), *ways = pt_schema_array(making, word(making));
        pt_schema_set(making, languages, "en", word(making));
        pt_schema_set(making, both, "properties", languages);
        pt_schema_set(making, both, "minProperties", pt_schema_whole(1));
        pt_schema_set(making, both, "additionalProperties", json_false());
        pt_schema_append(making, ways, both);
        pt_schema_set(making, making->definitions, "text", pt_schema_object(making, "anyOf", ways));
    }
    return pt_schema_object(making, "$ref", json_string("#/$defs/text"));
}

static json_t *choices(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *names = json_array();
    for (size_t i = 0; pt_field_choice(field, i) != NULL; i++) {
        pt_schema_append(making, names, json_string(pt_field_choice(field, i)));
    }
    return pt_schema_object(making, "enum", names);
}

/* ------------------------------------------------------------------ lists */

static json_t *list(struct pt_schema_making *making, const struct pt_field *field, json_t *items)
{
    json_t *object = type(making, "array");
    pt_schema_set(making, object, "items", items);
    if (field->flags & PT_FIELD_NOT_EMPTY) {
        pt_schema_set(making, object, "minItems", pt_schema_whole(1));
    }
    return object;
}

static json_t *either(struct pt_schema_making *making, json_t *one, json_t *other)
{
    json_t *ways = pt_schema_array(making, one);
    pt_schema_append(making, ways, other);
    return pt_schema_object(making, "anyOf", ways);
}

static json_t *words(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *all = list(making, field, word(making));
    pt_schema_set(making, all, "uniqueItems", json_true());
    return field->alone == NULL
               ? all
               : either(making, pt_schema_object(making, "const", json_string(field->alone)), all);
}

static json_t *numbers(struct pt_schema_making *making, size_t least, size_t most)
{
    json_t *object = type(making, "array");
    pt_schema_set(making, object, "items", type(making, "number"));
    pt_schema_set(making, object, "minItems", pt_schema_whole((long long)least));
    pt_schema_set(making, object, "maxItems", pt_schema_whole((long long)most));
    return object;
}

static json_t *mappings(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *all = list(making, field, pt_schema_reference(making, field->table));
    return field->flags & PT_FIELD_ONE
               ? either(making, pt_schema_reference(making, field->table), all)
               : all;
}

/* ------------------------------------------------------------------ amounts and effects */

static const enum pt_unit all_units[] = {
#define UNIT(name, text) name,
    PT_UNIT_LIST(UNIT)
#undef UNIT
};
enum { N_UNITS = sizeof all_units / sizeof *all_units };

/* Calls for every spelling of every unit of a set (0: of all). */
static void each_spelling(struct pt_schema_making *making, unsigned units, void *to,
                          void (*add)(struct pt_schema_making *, void *, const char *))
{
    for (size_t u = 0; u < N_UNITS; u++) {
        for (size_t i = 0; units == 0 || (units & PT_UNITS(all_units[u])); i++) {
            const char *spelling = pt_unit_spelling(all_units[u], i);
            if (spelling == NULL) {
                break;
            }
            add(making, to, spelling);
        }
    }
}

static void add_to_pattern(struct pt_schema_making *making, void *to, const char *spelling)
{
    struct pt_buffer *text = to;
    (void)making;
    pt_buffer_text(text, text->bytes[text->n - 1] == '(' ? "" : "|");
    for (; *spelling != '\0'; spelling++) {
        if (*spelling == ' ') {
            pt_buffer_text(text, SPACE "+");
        } else {
            pt_buffer_add(text, spelling, 1);
        }
    }
}

json_t *pt_schema_amount(struct pt_schema_making *making, unsigned units, unsigned flags,
                         double least)
{
    struct pt_buffer text = { 0 };
    bool positive = (flags & (PT_FIELD_LEAST | PT_FIELD_ABOVE)) && least >= 0;
    pt_buffer_text(&text, "^" SPACE "*");
    pt_buffer_text(&text, positive ? "[+]?" : "[-+]?");
    pt_buffer_text(&text, flags & PT_FIELD_WHOLE ? "([0-9]+(\\.0+)?|" NUMBER EXPONENT ")"
                                                 : NUMBER "(" EXPONENT ")?");
    pt_buffer_text(&text, SPACE "*(");
    if (!text.failed) {
        each_spelling(making, units, &text, add_to_pattern);
    }
    pt_buffer_text(&text, ")" SPACE "*$");
    json_t *object = type(making, "string");
    pt_schema_set(making, object, "pattern", pattern(making, &text));
    return object;
}

static void add_to_names(struct pt_schema_making *making, void *to, const char *spelling)
{
    pt_schema_append(making, to, json_string(spelling));
}

/* "title: min, mode, max" */
static json_t *describe_card(struct pt_schema_making *making, const struct pt_distribution *card)
{
    struct pt_buffer text = { 0 };
    pt_buffer_text(&text, pt_translate(making->language, card->title));
    for (size_t i = 0; i < card->n_parameters; i++) {
        pt_buffer_text(&text, i == 0 ? ": " : ", ");
        pt_buffer_text(&text, pt_translate(making->language, card->parameters[i]));
    }
    return pattern(making, &text);
}

/* The numbers of a card; a single one may stand without brackets and with its unit. */
static json_t *parameters(struct pt_schema_making *making, const struct pt_distribution *card,
                          unsigned units)
{
    json_t *all = numbers(making, card->n_parameters, card->n_parameters);
    if (card->n_parameters == 1) {
        json_t *ways = pt_schema_array(making, type(making, "number"));
        pt_schema_append(making, ways, pt_schema_amount(making, units, 0, 0));
        pt_schema_append(making, ways, all);
        all = pt_schema_object(making, "anyOf", ways);
    }
    json_t *object = pt_schema_object(making, "description", describe_card(making, card));
    making->failed |= json_object_update(object, all) != 0;
    json_decref(all);
    return object;
}

json_t *pt_schema_effect(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *keys = json_object(), *cards = json_array(), *names = json_array();
    for (size_t i = 0; pt_distributions[i] != NULL; i++) {
        const struct pt_distribution *card = pt_distributions[i];
        json_t *name = pt_schema_array(making, json_string(card->name));
        pt_schema_set(making, keys, card->name, parameters(making, card, field->units));
        pt_schema_append(making, cards, pt_schema_object(making, "required", name));
    }
    each_spelling(making, field->units, names, add_to_names);
    pt_schema_set(making, keys, "unit", pt_schema_object(making, "enum", names));
    pt_schema_set(making, keys, "chance-of-none",
                  pt_schema_amount(making, PT_UNITS(PT_UNIT_PERCENT), PT_FIELD_LEAST, 0));
    json_t *object = type(making, "object");
    pt_schema_set(making, object, "properties", keys);
    pt_schema_set(making, object, "additionalProperties", json_false());
    pt_schema_set(making, object, "oneOf", cards);
    return either(making, pt_schema_amount(making, field->units, 0, 0), object);
}

/* ------------------------------------------------------------------ any value */

static json_t *by_kind(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *object;
    switch (field->kind) {
    case PT_KIND_ID:
        return id(making);
    case PT_KIND_WORD:
        return word(making);
    case PT_KIND_TEXT:
        return text_of(making);
    case PT_KIND_AMOUNT:
        return pt_schema_amount(making, field->units, field->flags, field->least);
    case PT_KIND_CHOICE:
        return choices(making, field);
    case PT_KIND_MAPPING:
        return pt_schema_reference(making, field->table);
    case PT_KIND_LIST_OF:
        return mappings(making, field);
    case PT_KIND_WORDS:
        return words(making, field);
    case PT_KIND_NUMBERS:
        return numbers(making, (size_t)field->least, (size_t)field->most);
    case PT_KIND_EFFECT:
        return pt_schema_effect(making, field);
    case PT_KIND_BOOLEAN:
        return type(making, "boolean");
    case PT_KIND_NUMBER:
    case PT_KIND_WHOLE:
        object = type(making, field->kind == PT_KIND_WHOLE ? "integer" : "number");
        set_limits(making, object, field);
        return object;
    }
    return NULL;
}

/* The fallback as the type that it is written in. */
static json_t *fallback_of(const struct pt_field *field)
{
    double value;
    if (field->kind == PT_KIND_BOOLEAN) {
        return json_boolean(strcmp(field->fallback, "true") == 0);
    }
    if ((field->kind == PT_KIND_NUMBER || field->kind == PT_KIND_WHOLE) &&
        pt_number_parse(field->fallback, strlen(field->fallback), '.', &value, NULL)) {
        return number_of(value);
    }
    return json_string(field->fallback);
}

json_t *pt_schema_value(struct pt_schema_making *making, const struct pt_field *field)
{
    json_t *object = by_kind(making, field);
    if (field->fallback != NULL) {
        pt_schema_set(making, object, "default", fallback_of(field));
    }
    return object;
}
