#include "support/pt_test.h"

#include <jansson.h>
#include <paritet/barometer.h>
#include <paritet/input.h>
#include <paritet/output.h>
#include <paritet/scenario.h>
#include <string.h>

static const char *const shapes[] = { "round", "square", NULL };
static const char *shape_needs(size_t i)
{
    return i == 0 ? "radius" : "";
}

static const struct pt_field part_fields[] = {
    { .key = "id", .kind = PT_KIND_ID, .flags = PT_FIELD_REQUIRED, .doc = "" },
    { .key = "radius", .kind = PT_KIND_NUMBER, .doc = "" },
    { .key = NULL },
};
static const struct pt_schema part_table = { "parts", "", 0, part_fields };
static const struct pt_schema other_table = { "parts", "Others.", 0, part_fields + 1 };
static const struct pt_field thing_fields[] = {
    { .key = "year",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE | PT_FIELD_REQUIRED,
      .least = 1000,
      .most = 3000,
      .fallback = "2027",
      .doc = "A year." },
    { .key = "share",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE | PT_FIELD_WHOLE,
      .units = PT_UNITS(PT_UNIT_YEARS),
      .doc = "" },
    { .key = "shape",
      .kind = PT_KIND_CHOICE,
      .choices = shapes,
      .choice_needs = shape_needs,
      .fallback = "round",
      .doc = "" },
    { .key = "radius", .kind = PT_KIND_NUMBER, .flags = PT_FIELD_ABOVE, .doc = "" },
    { .key = "parts",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_ONE | PT_FIELD_NOT_EMPTY | PT_FIELD_SPREAD,
      .table = &part_table,
      .doc = "" },
    { .key = "other", .kind = PT_KIND_MAPPING, .table = &other_table, .doc = "" },
    { .key = "again", .kind = PT_KIND_MAPPING, .table = &part_table, .doc = "" },
    { .key = NULL },
};
static const struct pt_schema thing_table = { "things", "Things.", 0, thing_fields };

/* Read by hand against JSON Schema 2020-12: keys in the table's order, then their rules. */
static const char thing_schema[] =
    "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    "  \"title\": \"thing\",\n  \"type\": \"object\",\n  \"description\": \"Things.\",\n"
    "  \"properties\": {\n"
    "    \"year\": {\n      \"description\": \"A year.\",\n      \"type\": \"integer\",\n"
    "      \"minimum\": 1000,\n      \"maximum\": 3000,\n      \"default\": 2027\n    },\n"
    "    \"share\": {\n      \"type\": \"string\",\n"
    "      \"pattern\": \"^[ \\\\t\u00a0\u202f]*[+]?([0-9]+(\\\\.0+)?|"
    "([0-9]+(\\\\.[0-9]+)?|\\\\.[0-9]+)[eE][-+]?[0-9]+)[ \\\\t\u00a0\u202f]*(years|year)"
    "[ \\\\t\u00a0\u202f]*$\"\n    },\n"
    "    \"shape\": {\n      \"enum\": [\n        \"round\",\n        \"square\"\n      ],\n"
    "      \"default\": \"round\"\n    },\n"
    "    \"radius\": {\n      \"type\": \"number\",\n      \"exclusiveMinimum\": 0\n    },\n"
    "    \"parts\": {\n      \"anyOf\": [\n        {\n          \"$ref\": \"#/$defs/parts\"\n"
    "        },\n        {\n          \"type\": \"array\",\n          \"items\": {\n"
    "            \"$ref\": \"#/$defs/parts\"\n          },\n          \"minItems\": 1\n"
    "        }\n      ]\n    },\n"
    "    \"other\": {\n      \"$ref\": \"#/$defs/parts-2\"\n    },\n"
    "    \"again\": {\n      \"$ref\": \"#/$defs/parts\"\n    }\n  },\n"
    "  \"additionalProperties\": false,\n  \"required\": [\n    \"year\"\n  ],\n"
    "  \"allOf\": [\n"
    "    {\n      \"if\": {\n        \"required\": [\n          \"shape\"\n        ],\n"
    "        \"properties\": {\n          \"shape\": {\n            \"const\": \"square\"\n"
    "          }\n        }\n      },\n      \"then\": {\n        \"properties\": {\n"
    "          \"radius\": false\n        }\n      }\n    },\n"
    "    {\n      \"if\": {\n        \"required\": [\n          \"shape\"\n        ],\n"
    "        \"properties\": {\n          \"shape\": {\n            \"const\": \"round\"\n"
    "          }\n        }\n      },\n      \"then\": {\n        \"allOf\": [\n          {\n"
    "            \"anyOf\": [\n              {\n                \"required\": [\n"
    "                  \"radius\"\n                ]\n              },\n              {\n"
    "                \"required\": [\n                  \"parts\"\n                ]\n"
    "              }\n            ]\n          }\n        ]\n      }\n    }\n  ],\n"
    "  \"$defs\": {\n    \"parts\": {\n      \"type\": \"object\",\n      \"properties\": {\n"
    "        \"id\": {\n          \"type\": [\n            \"string\",\n"
    "            \"number\",\n            \"boolean\"\n          ],\n"
    "          \"minLength\": 1,\n          \"maxLength\": 100,\n"
    "          \"pattern\": \"^[^\\\\-. \\\\t\\\\r\\\\n/\\\\\\\\@,;:\\\"'`|<>*?$\u00a0]"
    "[^ \\\\t\\\\r\\\\n/\\\\\\\\@,;:\\\"'`|<>*?$\u00a0]*$\"\n        },\n"
    "        \"radius\": {\n          \"type\": \"number\"\n        }\n      },\n"
    "      \"additionalProperties\": false,\n      \"required\": [\n        \"id\"\n      ]\n"
    "    },\n    \"parts-2\": {\n      \"type\": \"object\",\n"
    "      \"description\": \"Others.\",\n      \"properties\": {\n        \"radius\": {\n"
    "          \"type\": \"number\"\n        }\n      },\n"
    "      \"additionalProperties\": false\n    }\n  }\n}\n";

static void a_table_becomes_a_schema(void **state)
{
    (void)state;
    struct pt_buffer out = { 0 };
    pt_schema_print(&thing_table, "thing", &pt_language_english, &out);
    assert_false(out.failed);
    assert_string_equal(out.bytes, thing_schema);
    pt_buffer_free(&out);
}

/* Every "$ref" below a value names a definition. */
static void check_references(const json_t *value, const json_t *definitions)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_object(value)) {
        const char *to = json_string_value(json_object_get(value, "$ref"));
        if (to != NULL) {
            assert_memory_equal(to, "#/$defs/", 8);
            assert_non_null(json_object_get(definitions, to + 8));
        }
        json_object_foreach ((json_t *)(uintptr_t)value, key, member) {
            check_references(member, definitions);
        }
    }
    json_array_foreach (value, i, member) {
        check_references(member, definitions);
    }
}

static void models_and_scenarios_have_one_in_both_languages(void **state)
{
    (void)state;
    static const struct pt_schema *const tables[] = { &pt_model_schema, &pt_scenario_schema };
    static const char *const languages[] = { "en", "da" };
    for (size_t i = 0; i < 4; i++) {
        struct pt_buffer out = { 0 }, again = { 0 };
        const struct pt_language *language = pt_language_find(languages[i % 2]);
        pt_schema_print(tables[i / 2], "x", language, &out);
        pt_schema_print(tables[i / 2], "x", language, &again);
        assert_false(out.failed);
        assert_string_equal(out.bytes, again.bytes);
        json_t *schema = json_loads(out.bytes, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(schema);
        check_references(schema, json_object_get(schema, "$defs"));
        const json_t *keys = json_object_get(schema, "properties");
        size_t n = 0;
        for (; tables[i / 2]->fields[n].key != NULL; n++) {
            assert_non_null(json_object_get(keys, tables[i / 2]->fields[n].key));
        }
        assert_int_equal(json_object_size(keys), n);
        json_decref(schema);
        pt_buffer_free(&out);
        pt_buffer_free(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_becomes_a_schema),
        cmocka_unit_test(models_and_scenarios_have_one_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
