/* How the status of METHODS 6 is put together; private to this room. */
#ifndef PARITET_ANSWER_STATUS_H
#define PARITET_ANSWER_STATUS_H

#include "answer/past.h"
#include "answer/table.h"

/* What an indicator at a place is asked: its target where it has one, else parity. */
struct pt_asked {
    bool any, target;
    int year; /* of the target; else the policy's end where that lies ahead, else the horizon */
};
struct pt_asked pt_asked_of(const struct pt_run *run, const struct pt_subject *subject, int last);
/* The published figure that answers it: the target, or parity itself. */
double pt_asked_value(const struct pt_subject *subject, const struct pt_asked *asked);
/* Whether a published figure answers it: at the target, or inside the band. */
bool pt_asked_is_met(const struct pt_subject *subject, const struct pt_asked *asked, double value);

/* What is known of it with the newest figure of a subject. */
struct pt_judgement {
    struct pt_asked asked;
    bool past; /* the year has passed: figures answer, not futures */
    bool met;  /* by the newest figure; of parity ahead: for as many years as make it last */
    bool away; /* the trend leads away */
    double p;  /* of being on time; NAN: not known */
    enum pt_standing_word word;
};
/* fit NULL: there is none. p is the chance where the year lies ahead. */
struct pt_judgement pt_judge(const struct pt_run *run, const struct pt_subject *subject,
                             const struct pt_asked *asked, const struct pt_fit *fit, double p);

/* The chance of being on time, counted over `draws` paths of a fit with the subject's own random
 * numbers: those of a run with as many draws. */
enum pt_status pt_chance_on_time(const struct pt_run *run, const struct pt_subject *subject,
                                 const struct pt_fit *fit, const struct pt_asked *asked,
                                 size_t draws, double *p, struct pt_error *err);

/* What the digits of its figures defend. */
double pt_standing_digits(const struct pt_subject *subject);
/* The newest figure, its change and the figures by year that compare. */
void pt_standing_figures(const struct pt_subject *subject, struct pt_standing *standing);
/* Pace, required pace and their ratio. */
void pt_standing_course(const struct pt_subject *subject, const struct pt_fit *fit,
                        const struct pt_judgement *judgement, struct pt_standing *standing);
/* How a figure grew from base to now, in `observed` years, over how it has to grow from base to wanted
 * in `whole` years: as growth rates per year (Eurostat), and as the share of the way that the same
 * growth would bring (UNSD). NAN where that is not defined. */
double pt_growth_ratio(double base, double now, double wanted, double observed, double whole);
double pt_growth_share(double base, double now, double wanted, double observed, double whole);
/* The classes that others give. */
void pt_standing_classes(const struct pt_subject *subject, const struct pt_asked *asked,
                         struct pt_standing *standing);
/* Why the word is what it is, where there is a question with an answer. */
void pt_standing_reason(const struct pt_run *run, const struct pt_subject *subject,
                        const struct pt_judgement *judgement, struct pt_message *reason);

/* The parts of pt_standings_make: rows, then goals from rows; earlier standings. */
enum pt_status pt_standings_rows(const struct pt_run *run, struct pt_arena *arena,
                                 struct pt_standings *out, struct pt_error *err);
enum pt_status pt_standings_goals(const struct pt_run *run, struct pt_arena *arena,
                                  struct pt_standings *out, struct pt_error *err);
enum pt_status pt_standings_earlier(const struct pt_run *run, struct pt_arena *arena,
                                    struct pt_standings *out, struct pt_error *err);

#endif
