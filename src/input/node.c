#include "input/node.h"

#include <string.h>

const struct pt_node *pt_node_find(const struct pt_node *node, const char *key)
{
    if (node == NULL || node->kind != PT_NODE_MAPPING) {
        return NULL;
    }
    for (const struct pt_node *v = node->first; v != NULL; v = v->next) {
        if (strcmp(v->key->text, key) == 0) {
            return v;
        }
    }
    return NULL;
}

bool pt_node_empty(const struct pt_node *node)
{
    if (node->kind != PT_NODE_SCALAR || node->quoted) {
        return false;
    }
    static const char *const nothing[] = { "", "~", "null", "Null", "NULL" };
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        if (strcmp(node->text, nothing[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* `[ 0,5 ]` is two items and `{ value: 0,5 }` two keys to YAML, one number to a Danish eye. */
bool pt_node_touching(const struct pt_node *node, struct pt_diagnostics *list)
{
    const char *s = node->spot.source->text;
    size_t at = node->offset;
    if (node->kind != PT_NODE_SCALAR || at < 2 || s[at - 1] != ',') {
        return false;
    }
    size_t from = at - 1;
    while (from > node->spot.line_at && strchr(" ,[]{}", s[from - 1]) == NULL) {
        from--;
    }
    int whole = (int)(at - 1 - from);
    int rest = (int)strcspn(s + at, " ,[]{}\r\n");
    if (whole <= 0 || whole > 40 || rest <= 0 || rest > 40) {
        pt_spot_report(list, PT_ERROR, &node->spot, "put a space after the comma before '%s'",
                       node->text);
        return true;
    }
    struct pt_spot spot = node->spot;
    spot.column -= pt_characters(s + from, at - from);
    spot.width = pt_characters(s + from, (size_t)whole + 1 + (size_t)rest);
    char before[41], after[41];
    snprintf(before, sizeof before, "%.*s", whole, s + from);
    snprintf(after, sizeof after, "%.*s", rest, s + at);
    if (after[rest - 1] == ';') {
        pt_spot_report(list, PT_ERROR, &spot,
                       "'%s,%s': numbers are separated by commas and have decimal points; write "
                       "'%s.%.*s,'",
                       before, after, before, rest - 1, after);
    } else if (strspn(before, "+-0123456789") == (size_t)whole && strspn(after, "0123456789") > 0) {
        pt_spot_report(list, PT_ERROR, &spot,
                       "'%s,%s' touches at the comma; write %s.%s, or put a space after the comma",
                       before, after, before, after);
    } else {
        pt_spot_report(list, PT_ERROR, &spot, "'%s,%s' touches at the comma; put a space after it",
                       before, after);
    }
    return true;
}
