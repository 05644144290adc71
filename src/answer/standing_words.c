#include <paritet/answer.h>

static const struct {
    const char *name;
    enum pt_colour colour;
    const char *sign;
} words[] = {
#define X(word, name, colour, sign) { name, colour, sign },
    PT_STANDING_LIST(X)
#undef X
};

const char *pt_standing_name(enum pt_standing_word word)
{
    return words[word].name;
}

enum pt_colour pt_standing_colour(enum pt_standing_word word)
{
    return words[word].colour;
}

const char *pt_standing_sign(enum pt_standing_word word)
{
    return words[word].sign;
}
