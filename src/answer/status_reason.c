/* Why a status word is what it is, as one sentence. */
#include <math.h>

#include "answer/status.h"

/* Shares of futures are said of a hundred, and never rounded to none or all. */
enum share { SHARE_NONE, SHARE_FEW, SHARE_SOME, SHARE_MOST, SHARE_ALL, SHARES };

static enum share share_of(double p, int *part)
{
    *part = (int)floor(100 * p + 0.5);
    return !(p > 0)       ? SHARE_NONE
           : p >= 1       ? SHARE_ALL
           : *part == 0   ? SHARE_FEW
           : *part == 100 ? SHARE_MOST
                          : SHARE_SOME;
}

/* The year comes last. */
static const char *const targets[SHARES] = {
    PT_N("In no future is the target met in %d."),
    PT_N("In fewer than 1 of 100 futures is the target met in %d."),
    PT_N("In %d of 100 futures the target is met in %d."),
    PT_N("In more than 99 of 100 futures the target is met in %d."),
    PT_N("In all futures the target is met in %d."),
};
static const char *const parities[SHARES] = {
    PT_N("In no future is the gap closed by %d."),
    PT_N("In fewer than 1 of 100 futures is the gap closed by %d."),
    PT_N("In %d of 100 futures the gap is closed by %d."),
    PT_N("In more than 99 of 100 futures the gap is closed by %d."),
    PT_N("In all futures the gap is closed by %d."),
};
static const char *const targets_away[SHARES] = {
    PT_N("The trend leads away from the target: in no future is it met in %d."),
    PT_N("The trend leads away from the target: in fewer than 1 of 100 futures is it met in %d."),
    PT_N("The trend leads away from the target: in %d of 100 futures it is met in %d."),
};
static const char *const parities_away[SHARES] = {
    PT_N("The trend leads away from parity: in no future is the gap closed by %d."),
    PT_N("The trend leads away from parity: in fewer than 1 of 100 futures is the gap closed by "
         "%d."),
    PT_N("The trend leads away from parity: in %d of 100 futures the gap is closed by %d."),
};
/* The target is met already; the year of the newest figure comes first. */
static const char *const targets_met[SHARES] = {
    [SHARE_SOME] = PT_N("The newest figure, of %d, meets the target, and so do %d of 100 futures "
                        "in %d."),
    [SHARE_MOST] = PT_N("The newest figure, of %d, meets the target, and so do more than 99 of "
                        "100 futures in %d."),
    [SHARE_ALL] = PT_N("The newest figure, of %d, meets the target, and so do all futures in %d."),
};

static void say_ahead(const struct pt_judgement *j, int last, struct pt_message *reason)
{
    int part;
    enum share share = share_of(j->p, &part);
    bool away = j->word == PT_STANDING_MOVING_AWAY;
    const char *const *patterns =
        j->asked.target ? (away ? targets_away : targets) : (away ? parities_away : parities);
    if (j->word == PT_STANDING_REACHED) {
        if (share == SHARE_SOME) {
            pt_message_set(reason, targets_met[share], last, part, j->asked.year);
        } else {
            pt_message_set(reason, targets_met[share], last, j->asked.year);
        }
    } else if (share == SHARE_SOME) {
        pt_message_set(reason, patterns[share], part, j->asked.year);
    } else {
        pt_message_set(reason, patterns[share], j->asked.year);
    }
}

static void say_past_target(const struct pt_judgement *j, int last, struct pt_message *reason)
{
    int year = j->asked.year;
    if (year == last) {
        pt_message_set(reason,
                       j->met ? PT_N("The figure of %d meets the target of that year.")
                              : PT_N("The figure of %d does not meet the target of that year."),
                       year);
    } else if (isnan(j->p)) {
        pt_message_set(reason,
                       j->met ? PT_N("There is no figure of %d, the target's year; the newest, of "
                                     "%d, meets the target.")
                              : PT_N("There is no figure of %d, the target's year; the newest, of "
                                     "%d, does not meet the target."),
                       year, last);
    } else if (j->p > 0) {
        pt_message_set(reason,
                       j->met ? PT_N("The target of %d was met in time, and the newest figure, of "
                                     "%d, meets it too.")
                              : PT_N("The target of %d was met in time, but the newest figure, of "
                                     "%d, does not meet it."),
                       year, last);
    } else {
        pt_message_set(reason,
                       j->met ? PT_N("The target of %d was not met in time, but the newest figure, "
                                     "of %d, meets it.")
                              : PT_N("The target of %d was not met in time, and the newest figure, "
                                     "of %d, does not meet it either."),
                       year, last);
    }
}

void pt_standing_reason(const struct pt_run *run, const struct pt_subject *subject,
                        const struct pt_judgement *j, struct pt_message *reason)
{
    const struct pt_series *series = &subject->projected;
    int last = series->year[series->n - 1], keep = run->options.sustained_years;
    if (!j->asked.any) {
        pt_message_set(reason, "Neither a target nor parity is stated, so nothing says where it "
                               "should be.");
    } else if (j->past && j->asked.target) {
        say_past_target(j, last, reason);
    } else if (j->past) {
        pt_message_set(reason,
                       j->met ? PT_N("The figures reach past %d, and the gap is closed.")
                              : PT_N("The figures reach past %d, and the gap is not closed."),
                       j->asked.year);
    } else if (j->word == PT_STANDING_REACHED && !j->asked.target) {
        pt_message_nset(reason, (unsigned long)keep, "The gap is closed.",
                        "The gap has been closed for at least %d years in a row.", keep);
    } else {
        say_ahead(j, last, reason);
    }
}
