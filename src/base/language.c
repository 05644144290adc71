#include <paritet/base.h>

#include <string.h>

static const char *as_written(const struct pt_language *self, const char *msgid, const char *plural,
                              unsigned long n)
{
    (void)self;
    return plural != NULL && n != 1 ? plural : msgid;
}

const struct pt_language pt_language_english = {
    .code = "en",
    .decimal = '.',
    .translate = as_written,
};

const char *pt_translate(const struct pt_language *language, const char *msgid)
{
    /* In a catalogue the empty text is its header. */
    if (language == NULL || msgid == NULL || msgid[0] == '\0') {
        return msgid;
    }
    return language->translate(language, msgid, NULL, 1);
}

const char *pt_text_in(const struct pt_text *text, const struct pt_language *language)
{
    if (text == NULL) {
        return "";
    }
    bool danish = language != NULL && strcmp(language->code, "da") == 0;
    const char *wanted = danish ? text->da : text->en;
    const char *other = danish ? text->en : text->da;
    return wanted != NULL ? wanted : other != NULL ? other : "";
}
