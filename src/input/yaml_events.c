#include "input/yaml_events.h"

#include "input/yaml_trouble.h"

bool pt_yaml_index_lines(struct pt_yaml_building *b)
{
    size_t at = 0;
    do {
        if (!pt_grow((void **)&b->lines, &b->room, b->n_lines, sizeof *b->lines)) {
            return false;
        }
        b->lines[b->n_lines++] = at;
        at = pt_line_next(b->source, at);
    } while (at < b->source->length);
    return true;
}

static size_t line_begin(const struct pt_yaml_building *b, size_t line)
{
    return b->lines[line < b->n_lines ? line : b->n_lines - 1];
}

static bool is_inside(const struct pt_yaml_building *b, size_t at)
{
    return ((unsigned char)b->source->text[at] & 0xC0) == 0x80; /* a character */
}

/* libyaml counts characters; we need bytes. Counted from the last place on the line, as a file may
 * be one line of megabytes. */
size_t pt_yaml_offset(struct pt_yaml_building *b, yaml_mark_t mark)
{
    if (mark.line >= b->n_lines) {
        return b->source->length;
    }
    if (mark.line != b->known.line) {
        b->known = (yaml_mark_t){ .line = mark.line };
        b->known_at = line_begin(b, mark.line);
    }
    for (; b->known.column < mark.column && b->known_at < b->source->length; b->known.column++) {
        do {
            b->known_at++;
        } while (is_inside(b, b->known_at));
    }
    for (; b->known.column > mark.column; b->known.column--) {
        do {
            b->known_at--;
        } while (is_inside(b, b->known_at));
    }
    return b->known_at;
}

struct pt_spot pt_yaml_spot(struct pt_yaml_building *b, yaml_mark_t from, yaml_mark_t to)
{
    size_t line = from.line < b->n_lines ? from.line : b->n_lines - 1;
    if (from.line != to.line || from.line != line) {
        size_t at = pt_yaml_offset(b, from), till = pt_yaml_offset(b, to);
        return pt_spot_make(b->source, line_begin(b, line), line + 1, at,
                            till > at ? till - at : 0);
    }
    return (struct pt_spot){ b->source, line_begin(b, line), line + 1, from.column + 1,
                             to.column > from.column ? to.column - from.column : 0 };
}

static void report_trouble(struct pt_yaml_building *b)
{
    const yaml_parser_t *p = &b->parser;
    b->broken = true;
    if (p->error == YAML_MEMORY_ERROR) {
        b->no_memory = true;
        return;
    }
    if (p->error == YAML_READER_ERROR) {
        size_t line = 0;
        while (line + 1 < b->n_lines && b->lines[line + 1] <= p->problem_offset) {
            line++;
        }
        struct pt_spot spot =
            pt_spot_make(b->source, b->lines[line], line + 1, p->problem_offset, 1);
        pt_spot_report(b->list, PT_ERROR, &spot, "a control character, which YAML does not allow");
        return;
    }
    size_t at = pt_yaml_offset(b, p->problem_mark);
    const char *text = b->source->text;
    char before = '\0';
    if (at > 0) {
        before = text[at - 1];
    }
    struct pt_yaml_trouble trouble = pt_yaml_trouble_find(p->problem, text[at], before);
    yaml_mark_t mark = trouble.at_context && p->context != NULL ? p->context_mark : p->problem_mark;
    struct pt_spot spot = pt_yaml_spot(b, mark, mark);
    if (trouble.message != NULL) {
        pt_spot_sentence(b->list, PT_ERROR, &spot, trouble.message);
    } else {
        pt_spot_report(b->list, PT_ERROR, &spot, "not YAML here: %s",
                       p->problem != NULL ? p->problem : "?");
    }
}

bool pt_yaml_next(struct pt_yaml_building *b)
{
    if (b->has_event) {
        yaml_event_delete(&b->event);
        b->has_event = false;
    }
    if (b->broken || !yaml_parser_parse(&b->parser, &b->event)) {
        if (!b->broken) {
            report_trouble(b);
        }
        return false;
    }
    b->has_event = true;
    return true;
}
