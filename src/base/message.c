/* The arguments of a message are printf's argument list exactly, a '*' included, so that the
 * numbers in a translation's %2$s are the ones msgfmt --check-format counts. */
#include "base/plain.h"

#include <stdint.h>
#include <string.h>

/* One conversion of a format: %[position$][flags][width][.precision][size]conversion */
struct slot {
    unsigned position; /* from 1; 0: the next one */
    char flags[6];
    int width;     /* 0: none */
    int precision; /* -1: none */
    bool starred;  /* the precision is an argument */
    unsigned star_position;
    char size; /* 'h' 'l' 'z' 'j' 't', 'q' for ll; 0: none */
    char conversion;
};

static unsigned read_digits(const char **at)
{
    unsigned n = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        n = n < 1000 ? 10 * n + (unsigned)(**at - '0') : n;
    }
    return n;
}

static unsigned read_position(const char **at)
{
    const char *end = *at;
    unsigned position = read_digits(&end);
    if (position == 0 || *end != '$') {
        return 0;
    }
    *at = end + 1;
    return position;
}

static char read_size(const char **at)
{
    if (**at == '\0' || strchr("hlzjt", **at) == NULL) {
        return 0;
    }
    char size = *(*at)++;
    if (**at == size) {
        ++*at;
        return (char)(size == 'l' ? 'q' : size);
    }
    return size;
}

/* Reads what follows a '%'. */
static bool read_slot(const char **at, struct slot *slot)
{
    const char *p = *at;
    *slot = (struct slot){ .precision = -1 };
    slot->position = read_position(&p);
    for (size_t n = 0; *p != '\0' && strchr("+-0 #", *p) != NULL; p++) {
        if (n < sizeof slot->flags - 1) {
            slot->flags[n++] = *p;
        }
    }
    slot->width = (int)read_digits(&p);
    if (*p == '.') {
        p++;
        if (*p == '*') {
            p++;
            slot->starred = true;
            slot->star_position = read_position(&p);
        } else {
            slot->precision = (int)read_digits(&p);
        }
    }
    slot->size = read_size(&p);
    slot->conversion = *p;
    if (*p == '\0' || strchr("sdiuxocfFeEgG", *p) == NULL) {
        return false;
    }
    *at = p + 1;
    return true;
}

/* ------------------------------------------------------------------ setting */

struct taken {
    va_list ap;
    struct pt_message *message;
    const char *text[PT_MESSAGE_ARGS]; /* NULL where the argument is a number */
    size_t length[PT_MESSAGE_ARGS];
    char single[PT_MESSAGE_ARGS]; /* the character of a %c */
};

// NOLINTBEGIN(bugprone-branch-clone): on other machines these types differ
static long long take_signed(struct taken *in, char size)
{
    switch (size) {
    case 'l':
        return va_arg(in->ap, long);
    case 'q':
        return va_arg(in->ap, long long);
    case 'z':
    case 't':
        return va_arg(in->ap, ptrdiff_t);
    case 'j':
        return va_arg(in->ap, intmax_t);
    default:
        return va_arg(in->ap, int);
    }
}

static unsigned long long take_unsigned(struct taken *in, char size)
{
    switch (size) {
    case 'l':
        return va_arg(in->ap, unsigned long);
    case 'q':
        return va_arg(in->ap, unsigned long long);
    case 'z':
    case 't':
        return va_arg(in->ap, size_t);
    case 'j':
        return va_arg(in->ap, uintmax_t);
    default:
        return va_arg(in->ap, unsigned);
    }
}
// NOLINTEND(bugprone-branch-clone)

static void take(struct taken *in, const struct slot *slot, int precision)
{
    unsigned at = in->message->n_args++;
    struct pt_argument *argument = &in->message->args[at];
    switch (slot->conversion) {
    case 's':
        argument->kind = PT_ARG_TEXT;
        in->text[at] = va_arg(in->ap, const char *);
        if (in->text[at] == NULL) {
            in->text[at] = "(null)";
            precision = -1;
        }
        in->length[at] =
            precision < 0 ? strlen(in->text[at]) : strnlen(in->text[at], (size_t)precision);
        break;
    case 'c':
        argument->kind = PT_ARG_TEXT;
        in->single[at] = (char)va_arg(in->ap, int);
        in->text[at] = &in->single[at];
        in->length[at] = 1;
        break;
    case 'd':
    case 'i':
        argument->kind = PT_ARG_INTEGER;
        argument->as.integer = take_signed(in, slot->size);
        break;
    case 'u':
    case 'x':
    case 'o':
        argument->kind = PT_ARG_INTEGER;
        argument->as.integer = (long long)take_unsigned(in, slot->size);
        break;
    default:
        argument->kind = PT_ARG_REAL;
        argument->as.real = va_arg(in->ap, double);
        break;
    }
}

static void take_all(struct taken *in, const char *format)
{
    while ((format = strchr(format, '%')) != NULL) {
        format++;
        if (*format == '%') {
            format++;
            continue;
        }
        struct slot slot;
        if (!read_slot(&format, &slot)) {
            return;
        }
        if (in->message->n_args + (slot.starred ? 2 : 1) > PT_MESSAGE_ARGS) {
            return;
        }
        int precision = slot.precision;
        if (slot.starred) {
            precision = va_arg(in->ap, int);
            struct pt_argument *star = &in->message->args[in->message->n_args++];
            star->kind = PT_ARG_INTEGER;
            star->as.integer = precision;
        }
        take(in, &slot, precision);
    }
}

/* The bytes, NUL included, that one text may have: short texts whole, long ones share the rest, so
 * that a long path does not push out the reason that follows it. */
static size_t share_of_text(const struct taken *in)
{
    size_t texts = 0, total = 0;
    for (unsigned i = 0; i < in->message->n_args; i++) {
        if (in->text[i] != NULL) {
            texts++;
            total += in->length[i] + 1;
        }
    }
    if (total <= PT_MESSAGE_TEXT) {
        return PT_MESSAGE_TEXT;
    }
    size_t even = PT_MESSAGE_TEXT / texts, longs = texts, left = PT_MESSAGE_TEXT;
    for (unsigned i = 0; i < in->message->n_args; i++) {
        if (in->text[i] != NULL && in->length[i] + 1 <= even) {
            longs--;
            left -= in->length[i] + 1;
        }
    }
    // NOLINTNEXTLINE(clang-analyzer-core.DivideZero): not all are shorter than an even share
    return left / longs;
}

static void keep_texts(struct taken *in)
{
    struct pt_message *message = in->message;
    size_t share = share_of_text(in);
    for (unsigned i = 0; i < message->n_args; i++) {
        if (in->text[i] == NULL) {
            continue;
        }
        size_t length = in->length[i];
        const char *more = "";
        if (length + 1 > share) {
            more = "...";
            length = share - 4;
            while (length > 0 && ((unsigned char)in->text[i][length] & 0xC0) == 0x80) {
                length--;
            }
        }
        message->args[i].as.offset = message->used;
        memcpy(message->text + message->used, in->text[i], length);
        memcpy(message->text + message->used + length, more, strlen(more) + 1);
        message->used += (unsigned)(length + strlen(more) + 1);
    }
}

static void set(struct pt_message *message, unsigned long count, const char *one,
                const char *several, va_list ap)
{
    if (message == NULL) {
        return;
    }
    /* Built aside, because an argument may be the text of the message that is replaced. */
    struct pt_message fresh;
    memset(&fresh, 0, sizeof fresh);
    fresh.id = one;
    fresh.plural = several;
    fresh.count = count;

    struct taken in = { .message = &fresh };
    va_copy(in.ap, ap);
    take_all(&in, several != NULL ? several : one);
    va_end(in.ap);
    keep_texts(&in);
    *message = fresh;
}

void pt_message_vset(struct pt_message *message, const char *format, va_list ap)
{
    set(message, 1, format, NULL, ap);
}

void pt_message_set(struct pt_message *message, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    set(message, 1, format, NULL, ap);
    va_end(ap);
}

void pt_message_nset(struct pt_message *message, unsigned long count, const char *one,
                     const char *several, ...)
{
    va_list ap;
    va_start(ap, several);
    set(message, count, one, several, ap);
    va_end(ap);
}

/* ------------------------------------------------------------------ printing */

struct sink {
    char *buffer;
    size_t size, length;
};

static void put(struct sink *sink, const char *text, size_t n)
{
    if (sink->length + 1 < sink->size) {
        size_t room = sink->size - 1 - sink->length;
        memcpy(sink->buffer + sink->length, text, n < room ? n : room);
    }
    sink->length += n;
}

static const struct pt_argument *argument_at(const struct pt_message *message, unsigned position,
                                             unsigned *next)
{
    unsigned at = position > 0 ? position - 1 : (*next)++;
    return at < message->n_args ? &message->args[at] : NULL;
}

/* Goes by the kind of the argument, not by the letter: a slip in a translation cannot make us read
 * a number as a pointer. */
static void put_number(struct sink *sink, const struct slot *slot,
                       const struct pt_argument *argument, char decimal)
{
    char form[40], number[512];
    bool real = argument->kind == PT_ARG_REAL;
    const char *allowed = real ? "fFeEgG" : "diuxo";
    char letter = slot->conversion;
    if (strchr(allowed, letter) == NULL) {
        letter = real ? 'g' : 'd';
    }
    int n = snprintf(form, sizeof form, "%%%s", slot->flags);
    if (slot->width > 0) {
        n += snprintf(form + n, sizeof form - (size_t)n, "%d", slot->width);
    }
    if (slot->precision >= 0) {
        n += snprintf(form + n, sizeof form - (size_t)n, ".%d", slot->precision);
    }
    snprintf(form + n, sizeof form - (size_t)n, "%s%c", real ? "" : "ll", letter);
    if (real) {
        pt_plain_print(number, sizeof number, form, argument->as.real);
        pt_plain_finish(number, decimal);
    } else {
        pt_plain_print(number, sizeof number, form, argument->as.integer);
    }
    put(sink, number, strlen(number));
}

static void put_slot(struct sink *sink, struct slot *slot, const struct pt_message *message,
                     unsigned *next, char decimal)
{
    if (slot->starred) {
        const struct pt_argument *star = argument_at(message, slot->star_position, next);
        if (star != NULL && star->kind == PT_ARG_INTEGER && star->as.integer < 1000) {
            slot->precision = (int)star->as.integer;
        }
    }
    const struct pt_argument *argument = argument_at(message, slot->position, next);
    if (argument == NULL) {
        put(sink, "?", 1);
    } else if (argument->kind == PT_ARG_TEXT) {
        const char *text = message->text + argument->as.offset;
        put(sink, text, strlen(text));
    } else {
        put_number(sink, slot, argument, decimal);
    }
}

size_t pt_message_print(const struct pt_message *message, const struct pt_language *language,
                        char *buffer, size_t size)
{
    struct sink sink = { .buffer = buffer, .size = size };
    if (language == NULL) {
        language = &pt_language_english;
    }
    const char *format = message->id == NULL ? ""
                                             : language->translate(language, message->id,
                                                                   message->plural, message->count);
    unsigned next = 0;
    while (*format != '\0') {
        size_t literal = strcspn(format, "%");
        put(&sink, format, literal);
        format += literal;
        if (*format == '\0') {
            break;
        }
        format++;
        struct slot slot;
        if (*format == '%' || !read_slot(&format, &slot)) {
            put(&sink, "%", 1);
            format += *format == '%';
        } else {
            put_slot(&sink, &slot, message, &next, language->decimal);
        }
    }
    if (size > 0) {
        buffer[sink.length < size ? sink.length : size - 1] = '\0';
    }
    return sink.length;
}
