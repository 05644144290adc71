/* A goal stands where the worst of its deciding indicators stands. */
#include <string.h>

#include "answer/status.h"

/* Whether every deciding indicator of a goal was asked for: half a goal has no colour. */
static bool is_whole(const struct pt_run *run, const struct pt_goal *goal)
{
    for (size_t i = 0; i < goal->n_indicators && run->options.indicator; i++) {
        const struct pt_indicator *indicator = &goal->indicators[i];
        if (indicator->decides && strcmp(indicator->id, run->options.indicator) != 0) {
            return false;
        }
    }
    return true;
}

static struct pt_goal_standing stand(const struct pt_standings *all, const struct pt_area *area,
                                     const struct pt_goal *goal, const char *place)
{
    struct pt_goal_standing made = { .area = area, .goal = goal, .place = place };
    bool decided = false;
    size_t deciding = 0;
    for (size_t i = 0; i < goal->n_indicators; i++) {
        deciding += goal->indicators[i].decides;
    }
    made.word = PT_STANDINGS;
    for (size_t i = 0; i < all->n; i++) {
        const struct pt_standing *row = &all->rows[i];
        if (row->indicator->goal != goal || strcmp(row->place, place) != 0) {
            continue;
        }
        bool decides = row->indicator->decides, known = pt_standing_colour(row->word);
        made.n_deciding += decides;
        made.n_known += decides && known;
        if (decides && known && (!decided || row->word > made.word)) {
            made.word = row->word;
            made.worst = row->indicator;
            decided = true;
        } else if (!decided && !known && (decides || deciding == 0) && row->word < made.word) {
            made.word = row->word; /* grey: what is known best of those that decide */
        }
    }
    if (made.word == PT_STANDINGS) {
        made.word = PT_STANDING_NO_QUESTION;
    }
    return made;
}

static bool is_new_place(const struct pt_standings *all, const struct pt_goal *goal, size_t row)
{
    for (size_t i = 0; i < row; i++) {
        if (all->rows[i].indicator->goal == goal &&
            strcmp(all->rows[i].place, all->rows[row].place) == 0) {
            return false;
        }
    }
    return all->rows[row].indicator->goal == goal;
}

enum pt_status pt_standings_goals(const struct pt_run *run, struct pt_arena *arena,
                                  struct pt_standings *out, struct pt_error *err)
{
    const struct pt_model *model = run->model;
    struct pt_goal_standing *goals = PT_NEW(arena, struct pt_goal_standing, out->n + 1);
    if (!goals) {
        return PT_RAISE_NOMEM(err);
    }
    out->n_goals = 0;
    for (size_t a = 0; a < model->n_areas; a++) {
        for (size_t g = 0; g < model->areas[a].n_goals; g++) {
            const struct pt_goal *goal = &model->areas[a].goals[g];
            for (size_t i = 0; i < out->n && is_whole(run, goal); i++) {
                if (is_new_place(out, goal, i)) {
                    goals[out->n_goals++] = stand(out, &model->areas[a], goal, out->rows[i].place);
                }
            }
        }
    }
    out->goals = goals;
    return PT_OK;
}
