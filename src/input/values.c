#include "input/values.h"

#include <string.h>

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

/* Bytes are counted, as what prints them does. */
static bool check_length(struct pt_checker *checker, const struct pt_field *field,
                         const struct pt_node *node, size_t otherwise)
{
    size_t most = field->most > 0 ? (size_t)field->most : otherwise;
    if (node->length <= most) {
        return true;
    }
    pt_spot_report(checker->list, PT_ERROR, &node->spot,
                   "'%s' takes at most %zu letters (accented ones count as two); this has %zu",
                   field->key, most, node->length);
    return false;
}

/* Letters of any language, digits, and what does not trouble a file name or ID@PLACE. */
static bool is_id(const char *text)
{
    return strchr(PT_ID_NOT_FIRST, text[0]) == NULL && strpbrk(text, PT_ID_NOT) == NULL &&
           strstr(text, "\302\240") == NULL && pt_utf8_hidden(text) == 0;
}

static bool read_word(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, struct pt_word_value *word)
{
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

bool pt_value_word(struct pt_checker *checker, const struct pt_field *field,
                   const struct pt_node *node, void *out)
{
    struct pt_word_value word;
    if (!read_word(checker, field, node, &word) ||
        !check_length(checker, field, node, PT_WORD_MOST)) {
        return false;
    }
    *(struct pt_word_value *)out = word;
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
    } else if (pt_utf8_hidden(node->text) != 0) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' holds a character that cannot be seen (U+%04x); take it out of the "
                       "name",
                       node->text, (unsigned)pt_utf8_hidden(node->text));
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
    struct pt_word_value read;
    if (!read_word(checker, field, &folded, &read) ||
        !check_length(checker, field, &folded, PT_TEXT_MOST)) {
        return false;
    }
    *word = (struct pt_word_value){ node, read.value };
    return true;
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
            struct pt_field key = { .key = languages[i], .most = field->most };
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
