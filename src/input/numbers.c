/* Numbers, and what people write instead of them. */
#include "input/values.h"

#include <math.h>
#include <string.h>

#define FALLBACK_DIGITS 12
#define GROUPED_MOST    40

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

/* Whether a text is a number with marks between its thousands, 10.000.000 or 10 000 000; then its
 * digits without them. One dot or comma could be a decimal one. */
static bool ungroup(const char *text, char plain[GROUPED_MOST])
{
    size_t n = strspn(text, "+-"), digits = strspn(text + n, "0123456789"), groups = 0;
    char mark = text[n + digits];
    if (n > 1 || digits < 1 || digits > 3 || mark == '\0' || strchr(".,' ", mark) == NULL ||
        strlen(text) >= GROUPED_MOST) {
        return false;
    }
    size_t at = n + digits;
    memcpy(plain, text, at);
    for (n = at; text[at] == mark && strspn(text + at + 1, "0123456789") == 3; at += 4, n += 3) {
        memcpy(plain + n, text + at + 1, 3);
        groups++;
    }
    plain[n] = '\0';
    return text[at] == '\0' && groups >= (mark == '.' || mark == ',' ? 2u : 1u);
}

/* 2027-01-01, or its beginning. */
static bool is_date(const char *text)
{
    static const char form[] = "0000-00-00";
    size_t n = strlen(text);
    for (size_t i = 0; i < n && n <= strlen(form); i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !digit : text[i] != form[i]) {
            return false;
        }
    }
    return n == 7 || n == 10;
}

bool pt_value_parse_number(struct pt_checker *checker, const struct pt_node *node, const char *name,
                           double *value)
{
    struct pt_amount amount;
    struct pt_message why;
    char plain[GROUPED_MOST];
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
    } else if (is_date(node->text)) {
        pt_spot_report(checker->list, PT_ERROR, spot,
                       "'%s' is a date; '%s' takes a number, such as the year %.4s", node->text,
                       name, node->text);
    } else if (ungroup(node->text, plain)) {
        pt_spot_report(checker->list, PT_ERROR, spot,
                       "'%s': write the number without marks between the thousands: %s", node->text,
                       plain);
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
