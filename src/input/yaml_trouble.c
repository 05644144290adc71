#include "input/yaml_trouble.h"

#include <paritet/base.h>
#include <string.h>

static const struct {
    const char *problem; /* of libyaml 0.2.5, scanner.c and parser.c; how it begins */
    char there;          /* '\0': any character */
    bool at_context;
    const char *message;
} troubles[] = {
    { "found character that cannot start any token", '%', false,
      PT_N("a text cannot begin with '%%' here; put it in quotes") },
    { "found character that cannot start any token", '@', false,
      PT_N("a text cannot begin with '@' here; put it in quotes") },
    { "found character that cannot start any token", '`', false,
      PT_N("a text cannot begin with a back-quote here; put it in quotes") },
    { "mapping values are not allowed in this context", '\0', false,
      PT_N("a colon that starts no value: put a text that holds ': ' in quotes, and check the "
           "indentation") },
    { "could not find expected ':'", '\0', true,
      PT_N("a key without a colon, or a text that runs over its line: write 'key: value' and "
           "indent what continues") },
    { "did not find expected key", '\0', false,
      PT_N("a key was expected here; keys of one mapping are indented alike, and a text after a "
           "closing quote belongs inside it") },
    { "did not find expected '-' indicator", '\0', false,
      PT_N("an item '- ...' was expected here; items of one list are indented alike") },
    { "did not find expected ',' or ']'", '\0', true,
      PT_N("the list that opens here goes wrong: put commas between its items and ']' at its "
           "end") },
    { "did not find expected ',' or '}'", '\0', true,
      PT_N("the braces that open here go wrong: put commas between the keys, '}' at the end, and "
           "a text that holds a comma, colon or bracket in quotes") },
    { "found unexpected end of stream", '\0', true,
      PT_N("the quote that opens here is never closed") },
    { "found unexpected document indicator", '\0', true,
      PT_N("the quote that opens here is never closed") },
    { "found unknown escape character", '\0', false,
      PT_N("a backslash in double quotes starts a special character; use single quotes, or write "
           "two backslashes") },
    { "did not find expected <document start>", '\0', false,
      PT_N("something stands here that belongs to no key; check the indentation and brackets") },
    { "block sequence entries are not allowed in this context", '\0', false,
      PT_N("a list item '- ...' cannot stand here; put it on a line of its own below its key") },
    { "mapping keys are not allowed in this context", '\0', false,
      PT_N("a text cannot begin with '?' here; put it in quotes") },
    { "did not find expected node content", '\0', false,
      PT_N("a value is missing before this; is there a comma or bracket too many?") },
    { "found undefined tag handle", '\0', false,
      PT_N("tags (!) are not read here; leave it out, or put the text in quotes") },
    { "did not find expected alphabetic or numeric character", '\0', false,
      PT_N("a text cannot begin with '&' or '*' here; put it in quotes") },
    { "found a tab character", '\0', false, PT_N("a tab; write spaces instead") },
};

struct pt_yaml_trouble pt_yaml_trouble_find(const char *problem, char there, char before)
{
    struct pt_yaml_trouble found = { NULL, false };
    if (before == '"' || before == '\'') {
        found.message = PT_N("nothing but a comma, bracket or line end may follow the quote before "
                             "this; or is a closing quote missing further up?");
        return found;
    }
    for (size_t i = 0; problem != NULL && i < sizeof troubles / sizeof *troubles; i++) {
        const char *words = troubles[i].problem;
        if (strncmp(problem, words, strlen(words)) == 0 &&
            (troubles[i].there == '\0' || troubles[i].there == there)) {
            found.message = troubles[i].message;
            found.at_context = troubles[i].at_context;
            break;
        }
    }
    return found;
}
