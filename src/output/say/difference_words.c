/* Whole sentences about what a scenario changes: each language builds its own. */
#include "output/say/difference.h"

#include <paritet/output.h>

#define PT_NP(one, several) \
    {                       \
        one, several        \
    }

const struct pt_phrases pt_phrases_gap = {
    .earlier = {
        PT_NP("the gap closes %d year earlier than without the scenario, in nearly all futures "
              "where it closes both ways.",
              "the gap closes %d years earlier than without the scenario, in nearly all futures "
              "where it closes both ways."),
        PT_NP("the gap closes %d year earlier than without the scenario (80 %% range: %d to %d "
              "years), counting futures where it closes both ways.",
              "the gap closes %d years earlier than without the scenario (80 %% range: %d to %d "
              "years), counting futures where it closes both ways."),
        PT_NP("the gap closes %d year earlier than without the scenario (80 %% range: from %d "
              "later to %d earlier), counting futures where it closes both ways.",
              "the gap closes %d years earlier than without the scenario (80 %% range: from %d "
              "later to %d earlier), counting futures where it closes both ways."),
    },
    .later = {
        PT_NP("the gap closes %d year later than without the scenario, in nearly all futures "
              "where it closes both ways.",
              "the gap closes %d years later than without the scenario, in nearly all futures "
              "where it closes both ways."),
        PT_NP("the gap closes %d year later than without the scenario (80 %% range: %d to %d "
              "years), counting futures where it closes both ways.",
              "the gap closes %d years later than without the scenario (80 %% range: %d to %d "
              "years), counting futures where it closes both ways."),
        PT_NP("the gap closes %d year later than without the scenario (80 %% range: from %d "
              "later to %d earlier), counting futures where it closes both ways.",
              "the gap closes %d years later than without the scenario (80 %% range: from %d "
              "later to %d earlier), counting futures where it closes both ways."),
    },
    .same = PT_N("the gap closes in the same year as without the scenario, in nearly all futures "
                 "where it closes both ways."),
    .same_both = PT_N("the gap closes in about the same year as without the scenario (80 %% "
                      "range: from %d later to %d earlier), counting futures where it closes "
                      "both ways."),
    .same_earlier = PT_N("the gap closes in about the same year as without the scenario (80 %% "
                         "range: from the same year to %d earlier), counting futures where it "
                         "closes both ways."),
    .same_later = PT_N("the gap closes in about the same year as without the scenario (80 %% "
                       "range: from %d later to the same year), counting futures where it closes "
                       "both ways."),
    .nothing = PT_N("the scenario changes practically nothing: the gap closes in the same year "
                    "with and without it."),
    .chances = PT_N("with the scenario the gap closes within the horizon in %s, without it in %s."),
    .chances_after = PT_N("With the scenario it closes within the horizon in %s, without it in "
                          "%s."),
    .chance = PT_N("within the horizon the gap closes in %s, with or without the scenario."),
    .chance_after = PT_N("Within the horizon it closes in %s, with or without the scenario."),
    .hopeless = PT_N("in %s the gap does not close within the horizon, neither with the scenario "
                     "nor without it."),
    .neither = PT_N("In %s it does not close either way."),
    .by_policy_end =
        PT_N("By %d, when the policy period ends, it has closed in %s instead of %s."),
    .by_end = PT_N("By %d, when the effort ends, it has closed in %s instead of %s."),
    .smaller = PT_N("In %d the gap is smaller by %s in the middle of the futures (80 %% range: %s "
                    "to %s)."),
    .larger = PT_N("In %d the gap is larger by %s in the middle of the futures (80 %% range: %s to "
                   "%s)."),
    .smaller_by = PT_N("In %d the gap is smaller by %s."),
    .larger_by = PT_N("In %d the gap is larger by %s."),
};

const struct pt_phrases pt_phrases_target = {
    .earlier = {
        PT_NP("the target is reached %d year earlier than without the scenario, in nearly all "
              "futures where it is reached both ways.",
              "the target is reached %d years earlier than without the scenario, in nearly all "
              "futures where it is reached both ways."),
        PT_NP("the target is reached %d year earlier than without the scenario (80 %% range: %d "
              "to %d years), counting futures where it is reached both ways.",
              "the target is reached %d years earlier than without the scenario (80 %% range: %d "
              "to %d years), counting futures where it is reached both ways."),
        PT_NP("the target is reached %d year earlier than without the scenario (80 %% range: "
              "from %d later to %d earlier), counting futures where it is reached both ways.",
              "the target is reached %d years earlier than without the scenario (80 %% range: "
              "from %d later to %d earlier), counting futures where it is reached both ways."),
    },
    .later = {
        PT_NP("the target is reached %d year later than without the scenario, in nearly all "
              "futures where it is reached both ways.",
              "the target is reached %d years later than without the scenario, in nearly all "
              "futures where it is reached both ways."),
        PT_NP("the target is reached %d year later than without the scenario (80 %% range: %d to "
              "%d years), counting futures where it is reached both ways.",
              "the target is reached %d years later than without the scenario (80 %% range: %d "
              "to %d years), counting futures where it is reached both ways."),
        PT_NP("the target is reached %d year later than without the scenario (80 %% range: from "
              "%d later to %d earlier), counting futures where it is reached both ways.",
              "the target is reached %d years later than without the scenario (80 %% range: from "
              "%d later to %d earlier), counting futures where it is reached both ways."),
    },
    .same = PT_N("the target is reached in the same year as without the scenario, in nearly all "
                 "futures where it is reached both ways."),
    .same_both = PT_N("the target is reached in about the same year as without the scenario (80 "
                      "%% range: from %d later to %d earlier), counting futures where it is "
                      "reached both ways."),
    .same_earlier = PT_N("the target is reached in about the same year as without the scenario "
                         "(80 %% range: from the same year to %d earlier), counting futures "
                         "where it is reached both ways."),
    .same_later = PT_N("the target is reached in about the same year as without the scenario (80 "
                       "%% range: from %d later to the same year), counting futures where it is "
                       "reached both ways."),
    .nothing = PT_N("the scenario changes practically nothing: the target is reached in the same "
                    "year with and without it."),
    .chances = PT_N("with the scenario the target is reached within the horizon in %s, without "
                    "it in %s."),
    .chances_after = PT_N("With the scenario it is reached within the horizon in %s, without it "
                          "in %s."),
    .chance = PT_N("within the horizon the target is reached in %s, with or without the scenario."),
    .chance_after = PT_N("Within the horizon it is reached in %s, with or without the scenario."),
    .hopeless = PT_N("in %s the target is not reached within the horizon, neither with the "
                     "scenario nor without it."),
    .neither = PT_N("In %s it is not reached either way."),
    .by_policy_end = PT_N("By %d, when the policy period ends, it has been reached in %s instead "
                          "of %s."),
    .by_end = PT_N("By %d, when the effort ends, it has been reached in %s instead of %s."),
    .smaller = PT_N("In %d the target is nearer by %s in the middle of the futures (80 %% range: "
                    "%s to %s)."),
    .larger = PT_N("In %d the target is farther away by %s in the middle of the futures (80 %% "
                   "range: %s to %s)."),
    .smaller_by = PT_N("In %d the target is nearer by %s."),
    .larger_by = PT_N("In %d the target is farther away by %s."),
};
