#include "test_scenario_files.h"

/* Links as a model holds them, on lines of its own text where a message can point. */
static struct pt_link link_of(const struct setup *s, size_t line, const char *from, const char *to,
                              enum pt_unit unit)
{
    struct pt_place at = { s->model->path, line, 3, 4 };
    return (struct pt_link){ .at = at,
                             .from = from,
                             .to = to,
                             .effect = { pt_distribution_find("fixed"), { 0.4 }, 0 },
                             .effect_unit = unit,
                             .from_at = at,
                             .to_at = at,
                             .group_at = at,
                             .effect_at = at };
}

static enum pt_status bind(struct setup *s, struct pt_link *links, size_t n)
{
    s->model->links = links;
    s->model->n_links = n;
    enum pt_status status = pt_links_bind(s->model, &s->list, &s->err);
    s->model->n_links = 0;
    return status;
}

static void links_in_their_units_are_fine(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    struct pt_link links[] = { link_of(&s, 1, "marks", "work", PT_UNIT_PP_POINT),
                               link_of(&s, 2, "work", "clubs", PT_UNIT_PP_PP),
                               link_of(&s, 3, "marks", "clubs", PT_UNIT_PP_POINT) };
    links[0].group = "old"; /* the reference may be moved too */
    assert_int_equal(bind(&s, links, 3), PT_OK);
    assert_int_equal(s.list.n, 0);
    setup_close(&s);
}

static void names_that_a_link_has_wrong_are_told(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    struct pt_link links[] = { link_of(&s, 1, "mark", "work", PT_UNIT_PP_POINT),
                               link_of(&s, 2, "marks", "noted", PT_UNIT_PP_POINT),
                               link_of(&s, 3, "marks", "clubs", PT_UNIT_PP_POINT),
                               link_of(&s, 4, "marks", "work", PT_UNIT_POINTS_PP),
                               link_of(&s, 5, "work", "work", PT_UNIT_PP_PP) };
    links[2].group = "old";
    assert_int_equal(bind(&s, links, 5), PT_EDATA);
    assert_int_equal(s.list.n, 5);
    assert_said(&s.list, 0, 1, 3, "unknown indicator 'mark'; did you mean 'marks'?");
    assert_said(&s.list, 1, 2, 3,
                "'noted' has no figures that a link could use; give it a 'series'");
    assert_said(&s.list, 2, 3, 3, "the indicator does not show group 'old', only 'new'");
    assert_said(&s.list, 3, 4, 3,
                "the effect is in points per pp, but a link from 'marks' (grade) to 'work' (%) is "
                "in pp per point; write that");
    assert_said(&s.list, 4, 5, 3,
                "a link leads from 'work' to itself; name another indicator in 'to'");
    setup_close(&s);
}

static void a_circle_is_named_whole_and_once(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    struct pt_link links[] = { link_of(&s, 1, "marks", "work", PT_UNIT_PP_POINT),
                               link_of(&s, 2, "work", "clubs", PT_UNIT_PP_PP),
                               link_of(&s, 3, "clubs", "marks", PT_UNIT_POINTS_PP),
                               link_of(&s, 4, "clubs", "work", PT_UNIT_PP_PP) };
    links[2].effect.par[0] = 0.3;
    assert_int_equal(bind(&s, links, 4), PT_EDATA);
    assert_int_equal(s.list.n, 2);
    assert_said(&s.list, 0, 3, 3,
                "the links go in a circle: clubs -> marks -> work -> clubs; leave one of them out, "
                "as what follows from itself has no end");
    assert_said(&s.list, 1, 4, 3,
                "the links go in a circle: clubs -> work -> clubs; leave one of them out, as what "
                "follows from itself has no end");
    setup_close(&s);
}

/* Marks have moved by 6.5 - 6.1 = 0.4 and work by 53.9 - 51.3 = 2.6, in four years. */
static void an_effect_is_held_against_what_both_ends_have_done(void **state)
{
    (void)state;
    static const struct {
        double effect, turnover;
        size_t warnings, notices;
    } cases[] = { { 6.4, 0, 0, 0 },     { 6.6, 0, 1, 0 },   { -6.6, 0, 1, 0 },
                  { 31.9, 0.05, 0, 0 }, { 33, 0.05, 1, 0 }, { 0, 0, 0, 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct setup s;
        setup_open(&s);
        struct pt_link link = link_of(&s, 1, "marks", "work", PT_UNIT_PP_POINT);
        link.id = "marks-work";
        link.effect.par[0] = cases[i].effect;
        link.turnover = cases[i].turnover;
        assert_int_equal(bind(&s, &link, 1), PT_OK);
        assert_int_equal(s.list.count[PT_WARNING], cases[i].warnings);
        assert_int_equal(s.list.count[PT_NOTICE], cases[i].notices);
        if (i == 1) {
            assert_said(&s.list, 0, 1, 3,
                        "'marks-work' moves 'work' by 2.64 when 'marks' changes as much as it ever "
                        "has (0.4), which is more than 'work' has ever changed (2.6); is the "
                        "effect right?");
        }
        setup_close(&s);
    }
}

static void two_links_with_one_id_are_refused(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    struct pt_link links[] = { link_of(&s, 1, "marks", "work", PT_UNIT_PP_POINT),
                               link_of(&s, 2, "marks", "work", PT_UNIT_PP_POINT) };
    links[0].id = links[1].id = "marks-work";
    links[1].group = "old";
    assert_int_equal(bind(&s, links, 2), PT_EDATA);
    assert_said(&s.list, 0, 2, 3,
                "two links are called 'marks-work'; give each an 'id' of its own");
    setup_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_in_their_units_are_fine),
        cmocka_unit_test(names_that_a_link_has_wrong_are_told),
        cmocka_unit_test(a_circle_is_named_whole_and_once),
        cmocka_unit_test(an_effect_is_held_against_what_both_ends_have_done),
        cmocka_unit_test(two_links_with_one_id_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
