/* The words of what a scenario changes; private to output. */
#ifndef PT_OUTPUT_DIFFERENCE_H
#define PT_OUTPUT_DIFFERENCE_H

/* A sentence with a form for one year and one for several. */
struct pt_forms {
    const char *one, *several;
};
/* Whole sentences about a gap that closes, or a target that is reached. */
struct pt_phrases {
    /* by what is said of the range: hardly any, on one side of none, on both */
    struct pt_forms earlier[3], later[3];
    /* the same year: in nearly all; the range on both sides, only earlier, only later */
    const char *same, *same_both, *same_earlier, *same_later;
    const char *nothing;
    /* opening the answer, or following a sentence about years */
    const char *chances, *chances_after, *chance, *chance_after;
    const char *hopeless, *neither;
    /* the chances at the end of the model's policy, and of the levers' own */
    const char *by_policy_end, *by_end;
    /* by so many points in the year of the closed points: with the range, and where there is none */
    const char *smaller, *larger, *smaller_by, *larger_by;
};

/* The places of `earlier` and `later`. */
enum { PT_YEARS_CERTAIN, PT_YEARS_ONE_SIDED, PT_YEARS_TWO_SIDED };

extern const struct pt_phrases pt_phrases_gap, pt_phrases_target;

#endif
