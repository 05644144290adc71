/* plain: printf and strtod that no locale can change. Inside base only. */
#ifndef PT_BASE_PLAIN_H
#define PT_BASE_PLAIN_H

#include <paritet/base.h>

/* vsnprintf and snprintf with a decimal point, whatever the locale of the thread. */
int pt_plain_vprint(char *buffer, size_t size, const char *format, va_list ap) PT_PRINTF(3, 0);
int pt_plain_print(char *buffer, size_t size, const char *format, ...) PT_PRINTF(3, 4);

/* strtod with a decimal point, whatever the locale of the thread; NaN where it cannot be asked. */
double pt_plain_read(const char *text);

/* Turns a number written with a point into one with the decimal sign, and -0.0 into 0.0. */
void pt_plain_finish(char *number, char decimal);

#endif
