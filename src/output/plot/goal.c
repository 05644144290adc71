/* The indicators of a goal at one place on a page, each with where it stands. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/behind.h"
#include "output/plot/plot.h"

static bool belongs(const struct pt_facts *facts, const struct pt_goal_standing *goal, size_t chart)
{
    const struct pt_subject *subject = facts->run->projections[chart].subject;
    return subject->indicator->goal == goal->goal && strcmp(subject->place, goal->place) == 0;
}

static enum pt_standing_word standing_of(const struct pt_facts *facts, size_t chart)
{
    for (size_t i = 0; i < facts->standings.n; i++) {
        if (facts->standings.rows[i].projection == &facts->run->projections[chart]) {
            return facts->standings.rows[i].word;
        }
    }
    return PT_STANDING_NO_QUESTION;
}

static size_t count(const struct pt_facts *facts, const struct pt_goal_standing *goal)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->n_charts; i++) {
        n += belongs(facts, goal, i);
    }
    return n;
}

/* One alone has its fan. */
static bool has(const struct pt_facts *facts, size_t at)
{
    return count(facts, &facts->standings.goals[at]) >= 2;
}

static void add_title(const struct pt_facts *facts, const struct pt_goal_standing *goal,
                      const struct pt_language *language, struct pt_buffer *out)
{
    const char *title = pt_text_in(&goal->goal->title, language);
    const char *place = goal->place[0] != '\0'
                            ? goal->place
                            : pt_text_in(&facts->run->model->place_title, language);
    pt_title_with_place(out, title[0] != '\0' ? title : goal->goal->id, place);
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    const struct pt_goal_standing *goal = &facts->standings.goals[at];
    size_t most = count(facts, goal), n = 0;
    struct pt_chart *charts = calloc(most + 1, sizeof *charts);
    enum pt_standing_word *words = calloc(most + 1, sizeof *words);
    struct pt_buffer title = { 0 };
    add_title(facts, goal, pt_look_of(look).language, &title);
    if (charts == NULL || words == NULL || title.failed) {
        out->failed = true;
    } else {
        for (size_t i = 0; i < facts->n_charts; i++) {
            if (belongs(facts, goal, i)) {
                charts[n] = facts->charts[i];
                words[n++] = standing_of(facts, i);
            }
        }
        const struct pt_multiples page = {
            .slug = slug, .title = title.bytes, .n = n, .charts = charts, .standing = words
        };
        pt_plot_multiples(&page, look, out);
    }
    pt_buffer_free(&title);
    free(words);
    free(charts);
}

/* The goal, and then each of its indicators, with their words. */
static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_goal_standing *goal = &facts->standings.goals[at];
    add_title(facts, goal, language, out);
    pt_buffer_printf(out, ": %s.",
                     pt_translate(language, goal->n_deciding > 0
                                                ? pt_standing_name(goal->word)
                                                : PT_N("no indicator decides its colour")));
    const char *before = " ";
    for (size_t i = 0; i < facts->n_charts; i++) {
        if (belongs(facts, goal, i)) {
            const char *title = pt_text_in(&facts->charts[i].title, language);
            pt_buffer_printf(out, "%s%s: %s", before,
                             title[0] != '\0' ? title : facts->charts[i].id,
                             pt_translate(language, pt_standing_name(standing_of(facts, i))));
            before = "; ";
        }
    }
    pt_buffer_text(out, ".");
}

static enum pt_status table(const struct pt_facts *facts, size_t at, struct pt_arena *arena,
                            struct pt_table *table, struct pt_error *err)
{
    static const struct pt_column columns[] = {
        { "indicator", PT_N("indicator"), 1 },
        { "year", PT_N("year"), 2 },
        { "value", PT_N("figure"), 3 },
        { "status", PT_N("status"), 4 },
    };
    const struct pt_goal_standing *goal = &facts->standings.goals[at];
    struct pt_behind behind;
    if (!pt_behind_new(&behind, columns, sizeof columns / sizeof *columns, count(facts, goal),
                       arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < facts->n_charts; i++) {
        const struct pt_chart *chart = &facts->charts[i];
        if (belongs(facts, goal, i)) {
            pt_behind_text(&behind, chart->id);
            pt_behind_year(&behind, chart->last);
            pt_behind_amount(&behind, chart->points[chart->n_points - 1].value,
                             pow(10, 1 - (double)chart->decimals));
            pt_behind_standing(&behind, standing_of(facts, i));
        }
    }
    *table = pt_behind_table(&behind, "goal", PT_N("The indicators of the goal"));
    return PT_OK;
}

const struct pt_picture_kind pt_picture_kind_goal = {
    .name = "goal",
    .title = PT_N("the indicators of a goal"),
    .of = PT_PICTURE_OF_GOAL,
    .has = has,
    .draw = draw,
    .say = say,
    .table = table,
};
