/* Numbers, amounts and units: any bytes. What is read comes back bit for bit from its printed form. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

static void check_number(const char *text, size_t n, char decimal)
{
    double value, again;
    unsigned decimals;
    char printed[PT_NUMBER_MAX];
    if (!pt_number_parse(text, n, decimal, &value, &decimals)) {
        return;
    }
    PROMISE(isfinite(value) && n <= PT_NUMBER_TEXT);
    pt_number_short(printed, value, 17, decimal);
    PROMISE(pt_number_parse(printed, strlen(printed), decimal, &again, NULL));
    PROMISE(again == value);
    for (unsigned k = 0; k < 8; k++) {
        pt_number_fixed(printed, value, k, decimal);
        PROMISE(strlen(printed) < PT_NUMBER_MAX);
        PROMISE(pt_number_parse(printed, strlen(printed), decimal, &again, NULL));
        PROMISE(fabs(again - value) <= 0.5000001 * pow(10, -(double)k) + 1e-9 * fabs(value));
    }
}

static void check_amount(const char *text)
{
    struct pt_amount amount;
    struct pt_message why = { 0 };
    char said[4096];
    if (pt_amount_parse(text, &amount, &why)) {
        PROMISE(isfinite(amount.value) && pt_unit_name(amount.unit) != NULL);
    } else {
        PROMISE(pt_message_print(&why, NULL, said, sizeof said) > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *text = malloc(n + 1);
    enum pt_unit unit;
    PROMISE(text);
    if (n > 0) {
        memcpy(text, bytes, n);
    }
    text[n] = '\0';
    check_number(text, n, '.');
    check_number(text, n, ',');
    check_amount(text);
    if (pt_unit_parse(text, n, &unit)) {
        PROMISE(pt_unit_spelling(unit, 0) != NULL);
    }
    free(text);
    return 0;
}
