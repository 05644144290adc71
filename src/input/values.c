#include "input/values.h"

#include <math.h>
#include <string.h>

#define FALLBACK_DIGITS 12

bool pt_value_scalar(struct pt_checker *checker, const struct pt_node *node, const char *name)
{
    if (node->broken) {
        return false;
    }
    if (node->kind == PT_NODE_SCALAR && strchr(node->text, '\n') != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' holds a line end; write it on one line", name);
        return false;
    }
    if (node->kind == PT_NODE_SCALAR && !pt_node_empty(node)) {
        return true;
    }
    if (node->kind == PT_NODE_SCALAR) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is empty; write its value",
                       name);
    } else {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is one value; no list and no braces", name);
    }
    return false;
}

/* ------------------------------------------------------------------ words */

/* Letters of any language, digits, and what does not trouble a file name or ID@PLACE. */
static bool is_id(const char *text)
{
    return strchr(PT_ID_NOT_FIRST, text[0]) == NULL && strpbrk(text, PT_ID_NOT) == NULL &&
           strstr(text, "\302\240") == NULL;
}

bool pt_value_word(struct pt_checker *checker, const struct pt_field *field,
                   const struct pt_node *node, void *out)
{
    struct pt_word_value *word = out;
    if (!pt_value_scalar(checker, node, field->key)) {
        return false;
    }
    if (strspn(node->text, " ") == node->length) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is empty; write its value, or leave the key out", field->key);
        return false;
    }
    word->at = node;
    word->value = node->text;
    return true;
}

bool pt_value_id(struct pt_checker *checker, const struct pt_field *field,
                 const struct pt_node *node, void *out)
{
    if (!pt_value_scalar(checker, node, field->key)) {
        return false;
    }
    if (node->length > PT_ID_MOST) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "an id has at most %d letters; this one has %zu", PT_ID_MOST, node->length);
        return false;
    }
    if (node->length > 0 && is_id(node->text)) {
        return pt_value_word(checker, field, node, out);
    }
    if (strpbrk(node->text, " \t\r\n") != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "id '%s' has a space; join the words with '-' and put the name in 'title'",
                       node->text);
    } else {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' cannot be an id; use letters, digits, '-', '_' and '.'", node->text);
    }
    return false;
}

bool pt_value_words(struct pt_checker *checker, const struct pt_field *field,
                    const struct pt_node *node, void *out)
{
    struct pt_list_value *list = out;
    bool is_list = node->kind == PT_NODE_LIST;
    bool alone = node->kind == PT_NODE_SCALAR && field->alone != NULL &&
                 strcmp(node->text, field->alone) == 0;
    if (!is_list && !alone) {
        if (field->alone != NULL) {
            pt_spot_report(checker->list, PT_ERROR, &node->spot,
                           "%s is '%s' or a list, as in [ a, b ]", field->key, field->alone);
        } else {
            pt_spot_report(checker->list, PT_ERROR, &node->spot,
                           "%s is a list; write [ ] around it", field->key);
        }
        return false;
    }
    if (is_list && node->n == 0 && (field->flags & PT_FIELD_NOT_EMPTY)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "%s is empty; it needs an item",
                       field->key);
        return false;
    }
    struct pt_word_value *words =
        PT_NEW(checker->arena, struct pt_word_value, node->n > 0 ? node->n : 1);
    if (words == NULL) {
        checker->no_memory = true;
        return false;
    }
    list->at = node;
    list->items = words;
    for (const struct pt_node *item = node->first; item != NULL; item = item->next) {
        bool again = false;
        for (size_t i = 0; i < list->n && item->kind == PT_NODE_SCALAR; i++) {
            again |= strcmp(words[i].value, item->text) == 0;
        }
        if (again) {
            pt_spot_report(checker->list, PT_ERROR, &item->spot, "'%s' is listed twice in %s",
                           item->text, field->key);
        } else {
            list->n += pt_value_word(checker, field, item, &words[list->n]);
        }
    }
    return true;
}

/* One text, which may be written on several lines but is shown on one. */
static bool read_free_text(struct pt_checker *checker, const struct pt_field *field,
                           const struct pt_node *node, struct pt_word_value *word)
{
    struct pt_node folded = *node;
    if (node->kind == PT_NODE_SCALAR) {
        folded.text = pt_text_fold(checker->arena, node->text);
        if (folded.text == NULL) {
            checker->no_memory = true;
            return false;
        }
        folded.length = strlen(folded.text);
    }
    bool good = pt_value_word(checker, field, &folded, word);
    word->at = good ? node : NULL;
    return good;
}

bool pt_value_text(struct pt_checker *checker, const struct pt_field *field,
                   const struct pt_node *node, void *out)
{
    static const char *const languages[] = { "da", "en" };
    struct pt_text_value *text = out;
    struct pt_word_value word = { NULL, NULL }, words[2] = { { NULL, NULL }, { NULL, NULL } };
    if (node->kind == PT_NODE_LIST) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is one text, or { da: \"...\", en: \"...\" }", field->key);
        return false;
    }
    if (node->kind == PT_NODE_SCALAR) {
        if (!read_free_text(checker, field, node, &word)) {
            return false;
        }
        text->value = (struct pt_text){ word.value, word.value };
    } else {
        pt_schema_unknown(checker, node, languages, 2, field->key);
        bool good = true;
        for (size_t i = 0; i < 2; i++) {
            const struct pt_node *one = pt_node_find(node, languages[i]);
            struct pt_field key = { .key = languages[i] };
            good &= one == NULL || read_free_text(checker, &key, one, &words[i]);
        }
        if (good && words[0].value == NULL && words[1].value == NULL) {
            pt_spot_report(checker->list, PT_ERROR, &node->spot,
                           "'%s' has no text; write { da: \"...\", en: \"...\" }", field->key);
        }
        if (words[0].value == NULL && words[1].value == NULL) {
            return false;
        }
        text->value = (struct pt_text){ words[0].value, words[1].value };
    }
    text->at = node;
    return true;
}

bool pt_value_boolean(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, void *out)
{
    struct pt_boolean_value *boolean = out;
    if (!pt_value_scalar(checker, node, field->key)) {
        return false;
    }
    bool yes = strcmp(node->text, "true") == 0, no = strcmp(node->text, "false") == 0;
    if (node->quoted || (!yes && !no)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is true or false, without quotes, not '%s'", field->key, node->text);
        return false;
    }
    boolean->at = node;
    boolean->value = yes;
    return true;
}

bool pt_value_choice(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, void *out)
{
    struct pt_choice_value *choice = out;
    const char *names[64], *name;
    size_t n = 0;
    if (!pt_value_scalar(checker, node, field->key)) {
        return false;
    }
    for (; n < 64 && (name = pt_field_choice(field, n)) != NULL; n++) {
        names[n] = name;
        if (strcmp(name, node->text) == 0) {
            choice->at = node;
            choice->value = n;
            return true;
        }
    }
    const char *nearest = pt_nearest(node->text, names, n);
    if (nearest != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "unknown value '%s' for '%s'; did you mean '%s'?", node->text, field->key,
                       nearest);
    } else {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "unknown value '%s' for '%s'; there are %s", node->text, field->key,
                       pt_words_join(checker->arena, names, n));
    }
    return false;
}

/* ------------------------------------------------------------------ numbers */

static bool is_not_finite(const char *text)
{
    text += strspn(text, "+-.");
    return strncasecmp(text, "nan", 3) == 0 || strncasecmp(text, "inf", 3) == 0;
}

bool pt_value_moderate(struct pt_checker *checker, const struct pt_node *node, double value)
{
    if (fabs(value) <= PT_FIGURE_MOST) {
        return true;
    }
    pt_spot_report(checker->list, PT_ERROR, &node->spot,
                   "'%s' is larger than any figure this program is for; at most 1e15", node->text);
    return false;
}

bool pt_value_parse_number(struct pt_checker *checker, const struct pt_node *node, const char *name,
                           double *value)
{
    struct pt_amount amount;
    struct pt_message why;
    if (!pt_value_scalar(checker, node, name)) {
        return false;
    }
    bool number = pt_number_parse(node->text, node->length, '.', value, NULL) && isfinite(*value);
    if (number && !pt_value_moderate(checker, node, *value)) {
        return false;
    }
    if (number && !node->quoted) {
        return true;
    }
    const struct pt_spot *spot = &node->spot;
    const char *comma = strchr(node->text, ',');
    double unused;
    if (number) {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is a number; take the quotes off",
                       name);
    } else if (is_not_finite(node->text)) {
        pt_spot_report(checker->list, PT_ERROR, spot,
                       "'%s' is not a number; '%s' needs one, or leave the key out", node->text,
                       name);
    } else if (comma != NULL && pt_number_parse(node->text, node->length, ',', &unused, NULL)) {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s': write a decimal point: %.*s.%s",
                       node->text, (int)(comma - node->text), node->text, comma + 1);
    } else if (pt_amount_parse(node->text, &amount, &why)) {
        char shown[PT_NUMBER_MAX];
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' takes no unit; write %s", name,
                       pt_number_short(shown, amount.value, FALLBACK_DIGITS, '.'));
    } else {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is not a number; '%s' needs one",
                       node->text, name);
    }
    return false;
}

bool pt_value_within(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, double value)
{
    bool low = ((field->flags & PT_FIELD_LEAST) && value < field->least) ||
               ((field->flags & PT_FIELD_ABOVE) && value <= field->least);
    bool high = (field->flags & PT_FIELD_MOST) && value > field->most;
    bool both =
        (field->flags & (PT_FIELD_LEAST | PT_FIELD_ABOVE)) && (field->flags & PT_FIELD_MOST);
    const struct pt_spot *spot = &node->spot;
    if (!low && !high) {
        return true;
    }
    if (both && !(field->flags & PT_FIELD_ABOVE)) {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is %s; it lies between %g and %g",
                       field->key, node->text, field->least, field->most);
    } else if (high) {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is %s; it is at most %g", field->key,
                       node->text, field->most);
    } else if (field->flags & PT_FIELD_ABOVE) {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is %s; it is more than %g", field->key,
                       node->text, field->least);
    } else {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is %s; it is at least %g", field->key,
                       node->text, field->least);
    }
    return false;
}

bool pt_value_number(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, void *out)
{
    struct pt_number_value *number = out;
    double value;
    if (!pt_value_parse_number(checker, node, field->key, &value) ||
        !pt_value_within(checker, field, node, value)) {
        return false;
    }
    number->at = node;
    number->value = value;
    return true;
}

bool pt_value_whole(struct pt_checker *checker, const struct pt_field *field,
                    const struct pt_node *node, void *out)
{
    struct pt_whole_value *whole = out;
    double value;
    if (!pt_value_parse_number(checker, node, field->key, &value) ||
        !pt_value_within(checker, field, node, value)) {
        return false;
    }
    if (value != floor(value) || strpbrk(node->text, ".eE") != NULL || fabs(value) > 1e9) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is %s; it is a whole number",
                       field->key, node->text);
        return false;
    }
    whole->at = node;
    whole->value = (int)value;
    return true;
}

bool pt_value_numbers(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, void *out)
{
    struct pt_list_value *list = out;
    size_t least = (size_t)field->least, most = (size_t)field->most;
    if (node->kind != PT_NODE_LIST) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is a list of numbers, such as [ 0, 100 ]", field->key);
        return false;
    }
    if (node->n < least || node->n > most) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' has %zu numbers; it takes %zu",
                       field->key, node->n, node->n < least ? least : most);
        return false;
    }
    double *numbers = PT_NEW(checker->arena, double, node->n > 0 ? node->n : 1);
    if (numbers == NULL) {
        checker->no_memory = true;
        return false;
    }
    bool good = true;
    size_t n = 0;
    for (const struct pt_node *item = node->first; item != NULL; item = item->next) {
        good &= pt_value_parse_number(checker, item, field->key, &numbers[n++]);
    }
    if (good) {
        *list = (struct pt_list_value){ node, n, numbers };
    }
    return good;
}
