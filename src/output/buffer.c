#include <paritet/output.h>

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY   256
#define MESSAGE_ON_STACK 1024

void pt_buffer_free(struct pt_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct pt_buffer){ .bytes = NULL };
}

/* Makes room for n more bytes and a NUL. */
static bool reserve(struct pt_buffer *buffer, size_t n)
{
    size_t capacity = buffer->capacity;

    if (buffer->failed) {
        return false;
    }
    if (n < capacity && buffer->n < capacity - n) {
        return true;
    }
    if (n >= SIZE_MAX / 2 - buffer->n) {
        buffer->failed = true;
        return false;
    }
    capacity = capacity < FIRST_CAPACITY ? FIRST_CAPACITY : capacity;
    while (capacity <= buffer->n + n) {
        capacity *= 2;
    }
    char *bytes = realloc(buffer->bytes, capacity);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void pt_buffer_add(struct pt_buffer *buffer, const char *bytes, size_t n)
{
    if (n > 0 && reserve(buffer, n)) {
        memcpy(buffer->bytes + buffer->n, bytes, n);
        buffer->n += n;
        buffer->bytes[buffer->n] = '\0';
    }
}

void pt_buffer_text(struct pt_buffer *buffer, const char *text)
{
    pt_buffer_add(buffer, text, strlen(text));
}

void pt_buffer_printf(struct pt_buffer *buffer, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (n < 0) {
        buffer->failed = true;
        return;
    }
    if (reserve(buffer, (size_t)n)) {
        va_start(ap, format);
        vsnprintf(buffer->bytes + buffer->n, (size_t)n + 1, format, ap);
        va_end(ap);
        buffer->n += (size_t)n;
    }
}

void pt_buffer_message(struct pt_buffer *buffer, const struct pt_language *language,
                       const struct pt_message *message)
{
    char text[MESSAGE_ON_STACK];
    size_t n = pt_message_print(message, language, text, sizeof text);

    if (n < sizeof text) {
        pt_buffer_add(buffer, text, n);
    } else if (reserve(buffer, n)) {
        pt_message_print(message, language, buffer->bytes + buffer->n, n + 1);
        buffer->n += n;
    }
}

void pt_buffer_say(struct pt_buffer *buffer, const struct pt_language *language, const char *format,
                   ...)
{
    struct pt_message message;
    va_list ap;

    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    pt_buffer_message(buffer, language, &message);
}
