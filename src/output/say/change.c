/* What a scenario changes in one indicator, by which lever, and at what price. */
#include <string.h>

#include <paritet/output.h>

/* Appends a sentence that may be empty after another, and empties it. */
static void say_after(struct pt_buffer *sentence, struct pt_buffer *out)
{
    if (sentence->n > 0) {
        pt_buffer_text(out, " ");
        pt_buffer_text(out, sentence->bytes);
    }
    out->failed |= sentence->failed;
    pt_buffer_free(sentence);
}

static void say_courses(const struct pt_run *run, const struct pt_projection *projection,
                        const struct pt_scenario *scenario, const struct pt_language *language,
                        struct pt_buffer *out)
{
    for (size_t i = 0; scenario != NULL && i < scenario->n_levers; i++) {
        struct pt_buffer sentence = { 0 };
        struct pt_course course;
        struct pt_error err;
        enum pt_status status =
            pt_course_make(run, projection, &scenario->levers[i], &course, &err);
        if (status == PT_OK) {
            pt_sentence_course(&course, language, &sentence);
            say_after(&sentence, out);
        }
        out->failed |= status == PT_ENOMEM;
    }
}

static void say_change(const struct pt_run *run, const struct pt_projection *projection,
                       const struct pt_outcome *outcome, const struct pt_language *language,
                       struct pt_buffer *out)
{
    struct pt_buffer sentence = { 0 };
    struct pt_difference difference;
    struct pt_attribution attribution;
    struct pt_price price;
    struct pt_error err;
    struct pt_arena *arena = pt_arena_new();
    pt_difference_make(run, projection, outcome, &difference);
    pt_sentence_difference(&difference, language, out);
    say_courses(run, projection, outcome->scenario, language, out);
    enum pt_status status = PT_NO;
    if (difference.acts && arena != NULL) {
        status = pt_attribution_make(run, projection, outcome, arena, &attribution, &err);
    }
    if (status == PT_OK) {
        pt_sentence_attribution(&attribution, language, &sentence);
        say_after(&sentence, out);
    }
    out->failed |= status == PT_ENOMEM || pt_arena_failed(arena);
    pt_arena_free(arena);
    status = difference.acts ? pt_price_make(run, projection, outcome, &price, &err) : PT_NO;
    if (status == PT_OK) {
        pt_sentence_price(&price, language, &sentence);
        say_after(&sentence, out);
    }
    out->failed |= status == PT_ENOMEM;
}

/* Whether a scenario that comes before says the very same here: one built on it may add its levers
 * elsewhere only. NULL: none does. */
static const struct pt_outcome *twin_of(const struct pt_run *run,
                                        const struct pt_projection *projection,
                                        const struct pt_outcome *outcome,
                                        const struct pt_language *language,
                                        const struct pt_buffer *said, bool *failed)
{
    const struct pt_outcome *twin = NULL;
    for (size_t s = 1; twin == NULL && &projection->outcomes[s] < outcome; s++) {
        const struct pt_outcome *before = &projection->outcomes[s];
        struct pt_buffer other = { 0 };
        if (before->n_levers != outcome->n_levers || before->linked != outcome->linked) {
            continue;
        }
        say_change(run, projection, before, language, &other);
        if (other.n == said->n && other.n > 0 && memcmp(other.bytes, said->bytes, other.n) == 0) {
            twin = before;
        }
        *failed |= other.failed;
        pt_buffer_free(&other);
    }
    return twin;
}

void pt_sentence_change(const struct pt_run *run, const struct pt_projection *projection,
                        const struct pt_outcome *outcome, const struct pt_language *language,
                        struct pt_buffer *out)
{
    struct pt_buffer said = { 0 };
    say_change(run, projection, outcome, language, &said);
    const struct pt_outcome *twin =
        twin_of(run, projection, outcome, language, &said, &out->failed);
    if (twin != NULL) {
        pt_buffer_say(out, language, PT_N("the same as with '%s'."),
                      pt_text_in(&twin->scenario->title, language));
    } else if (said.n > 0) {
        pt_buffer_text(out, said.bytes);
    }
    out->failed |= said.failed;
    pt_buffer_free(&said);
}

size_t pt_sentence_idle(const struct pt_projection *projection, const struct pt_language *language,
                        const char **only, struct pt_buffer *out)
{
    struct pt_buffer names = { 0 };
    const char *title = NULL;
    size_t n = 0;
    for (size_t s = 1; s < projection->n_outcomes; s++) {
        const struct pt_outcome *outcome = &projection->outcomes[s];
        if (outcome->n_levers == 0 && !outcome->linked) {
            title = pt_text_in(&outcome->scenario->title, language);
            pt_buffer_printf(&names, "%s'%s'", n++ > 0 ? ", " : "", title);
        }
    }
    *only = n == 1 ? title : NULL;
    if (n == 1) {
        pt_buffer_say(out, language, PT_N("the scenario has no lever on this indicator."));
    } else if (n > 1) {
        pt_buffer_say(out, language, PT_N("No lever on this indicator: %s."),
                      names.bytes != NULL ? names.bytes : "");
    }
    out->failed |= names.failed;
    pt_buffer_free(&names);
    return n;
}
