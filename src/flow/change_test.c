#include "flow_testing.h"

#include "answer_send.h"
#include "case_promise.h"
#include "close.h"
#include "follow.h"
#include "handover.h"
#include "hear.h"
#include "note.h"
#include "register.h"
#include "search.h"
#include "talk.h"
#include "worklist.h"

static struct user_id the_user(struct ctx *ctx, const char *login)
{
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, str_from(login)))
            return town->staff[i].id;
    fail_msg("no user %s", login);
    return (struct user_id){0};
}

static struct user_id add_user(struct ctx *ctx, const char *login, enum role role, const char *unit)
{
    struct user_spec spec = {.login = str_from(login),
                             .name = str_from(login),
                             .title = STR(""),
                             .email = STR(""),
                             .phone = STR(""),
                             .language = STR("sv")};
    struct user_id user;
    assert_ok(ctx, town_add_user(ctx, &spec, &user));
    assert_ok(ctx, town_add_role(ctx, user, role, test_unit(ctx, unit)));
    return user;
}

static enum case_status status_of(struct ctx *ctx, struct case_id id)
{
    struct open_case c;
    assert_ok(ctx, case_open_by_id(ctx, id, &c));
    return c.status;
}

static int64_t version_of(struct ctx *ctx, struct case_id id)
{
    struct case_lock_row row;
    assert_ok(ctx, case_lock(ctx, id, &row));
    return row.version;
}

/* Put a case into a state without going there, to try each step from each. */
static void force_status(struct ctx *ctx, struct case_id id, enum case_status status)
{
    int64_t n;
    assert_ok(ctx, case_set_status(ctx, id, version_of(ctx, id), case_status_name(status), &n));
    assert_int_equal(n, 1);
}

static void every_step_from_every_state_is_what_the_map_says(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    for (enum step step = 0; step < STEP_COUNT; step++)
        for (enum case_status from = 0; from < CASE_STATUS_COUNT; from++) {
            force_status(ctx, r.id, from);
            TX_SCOPE struct tx tx;
            assert_ok(ctx, tx_begin(ctx, &tx));
            struct open_case c;
            assert_ok(ctx, case_open_by_id(ctx, r.id, &c));
            c.is_program = !step_is_staff(step);
            c.roles.bits = UINT32_MAX;
            enum err err = case_step(ctx, &c, step, &(struct step_note){0});
            bool is_first = step == STEP_receive && from == CASE_received;
            if ((err == OK) != (step_may_start(step, from) || is_first) || (err != OK && err != ERR_CLOSED))
                fail_msg("step %.*s from %.*s gave %.*s", STR_ARG(step_name(step)), STR_ARG(case_status_name(from)),
                         STR_ARG(err_name(err)));
        }
}

static void no_step_of_staff_is_taken_without_its_right(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    for (enum step step = 0; step < STEP_COUNT; step++)
        for (enum role role = 0; role < ROLE_COUNT; role++) {
            TX_SCOPE struct tx tx;
            assert_ok(ctx, tx_begin(ctx, &tx));
            struct open_case c;
            assert_ok(ctx, case_open_by_id(ctx, r.id, &c));
            c.is_program = false;
            c.roles = roles_with((struct roles){0}, role);
            enum err err = case_step(ctx, &c, step, &(struct step_note){0});
            bool has_right = step_is_staff(step) && right_held(step_right(step), c.roles);
            if ((err == ERR_FORBIDDEN) == has_right)
                fail_msg("step %.*s as %.*s gave %.*s", STR_ARG(step_name(step)), STR_ARG(role_name(role)),
                         STR_ARG(err_name(err)));
        }
}

static void a_case_goes_from_form_to_closed_and_keeps_its_promises(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    struct user_id amir = the_user(ctx, "amir");
    add_user(ctx, "rut", ROLE_registrar, "ekhamn");
    ctx->who = the_user(ctx, "rut");
    struct str diary_number;
    assert_ok(ctx, register_case(ctx, r.number, -1, &diary_number));
    assert_true(str_ends(diary_number, STR("-2026-0001")));
    assert_ok(ctx,
              sort_case(ctx, r.number, -1,
                        &(struct sorting){.type = STR("complaint"), .subject = STR("safety"), .title = STR("Lampa")}));
    assert_ok(ctx, handover_ask(ctx, r.number, -1, &(struct handover_ask){.to = amir}));
    assert_int_equal(register_case(ctx, r.number, -1, &diary_number), ERR_CONFLICT);
    ctx->who = amir;
    assert_ok(ctx, handover_accept(ctx, r.number, -1));
    assert_ok(
        ctx,
        talk_log(ctx, r.number,
                 &(struct talk){
                     .how = TALK_WE_CALLED, .at = ctx_now(ctx), .told = RESPONSE_contact, .text = STR("Ringde upp.")}));
    struct draft other;
    struct send_stop stop;
    assert_ok(ctx, answer_save(ctx, r.number, &(struct answer){.text = STR("Hej!")}, &other));
    assert_int_equal(answer_save(ctx, r.number, &(struct answer){.text = STR("Annat")}, &other), ERR_CONFLICT);
    assert_true(str_eq(other.text, STR("Hej!")));
    assert_ok(ctx, answer_send(ctx, r.number,
                               &(struct answer){.text = STR("Hej! Lampan är lagad."),
                                                .draft_version = other.version,
                                                .measure_kind = STR("done"),
                                                .measure = STR("Lagad.")},
                               &(struct sending){.gate_reason = STR("")}, &other, &stop));
    struct closing closing = {.outcome = STR("justified"), .measure_kind = STR("done"), .measure = STR("Lagad.")};
    assert_ok(ctx, close_case(ctx, r.number, -1, &closing));
    assert_int_equal(status_of(ctx, r.id), CASE_closed);
    struct open_case c;
    assert_ok(ctx, case_open_by_id(ctx, r.id, &c));
    struct promise *promises;
    size_t n;
    assert_ok(ctx, case_promises(ctx, &c, &promises, &n));
    for (size_t i = 0; i < n; i++)
        if (promises[i].state == PROMISE_missed || promises[i].state == PROMISE_met_late)
            fail_msg("%.*s was not kept in time", STR_ARG(promises[i].obligation->id));
    struct promise const *reply = promise_find(promises, n, STR("reply"));
    assert_true(reply && reply->state == PROMISE_met);
}

static void a_page_stays_good_after_the_programs_own_steps_and_no_others(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    int64_t seen = version_of(ctx, r.id);
    {
        TX_SCOPE struct tx tx;
        struct open_case c;
        assert_ok(ctx, tx_begin(ctx, &tx));
        assert_ok(ctx, case_open_by_id(ctx, r.id, &c));
        assert_ok(ctx, case_step(ctx, &c, STEP_remind, &(struct step_note){0}));
        assert_ok(ctx, case_step(ctx, &c, STEP_deliver, &(struct step_note){0}));
        assert_ok(ctx, tx_commit(&tx));
    }
    assert_int_equal(version_of(ctx, r.id), seen + 2);
    add_user(ctx, "rut", ROLE_registrar, "ekhamn");
    ctx->who = the_user(ctx, "rut");
    struct sorting sorting = {.type = STR("complaint"), .title = STR("Lampa")};
    assert_ok(ctx, sort_case(ctx, r.number, seen, &sorting));
    sorting.title = STR("Lampan");
    assert_int_equal(sort_case(ctx, r.number, seen, &sorting), ERR_CONFLICT); /* somebody sorted it */
    assert_int_equal(sort_case(ctx, r.number, seen + 99, &sorting), ERR_CONFLICT);
}

static void a_case_is_not_closed_while_something_is_missing(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    ctx->who = the_user(ctx, "amir");
    struct open_case c;
    assert_ok(ctx, handover_ask(ctx, r.number, -1, &(struct handover_ask){.to = ctx->who}));
    assert_ok(ctx, case_open(ctx, r.number, &c));
    struct missing *missing;
    size_t n;
    struct closing closing = {0};
    assert_ok(ctx, close_missing(ctx, &c, &closing, &missing, &n));
    assert_true(n >= 4);
    assert_true(str_eq(missing[0].code, STR("reply")));
    assert_int_equal(close_case(ctx, r.number, -1, &closing), ERR_INVALID);
    assert_int_equal(status_of(ctx, r.id), CASE_investigating);
}

static void only_those_within_reach_find_a_case_and_a_restricted_one_only_its_team(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "hemtjanst", "Maten var kall.");
    struct user_id elsewhere = add_user(ctx, "elsewhere", ROLE_responsible_manager, "gator");
    struct user_id employee = add_user(ctx, "employee", ROLE_employee, "hemtjanst");
    struct user_id admin = add_user(ctx, "admin", ROLE_admin, "ekhamn");
    struct case_find_row row;
    assert_int_equal(case_find(ctx, r.number, elsewhere, &row), ERR_NOT_FOUND);
    assert_int_equal(case_find(ctx, r.number, employee, &row), ERR_NOT_FOUND);
    assert_int_equal(case_find(ctx, r.number, admin, &row), ERR_NOT_FOUND);
    assert_int_equal(case_find(ctx, STR("2026-9999"), the_user(ctx, "amir"), &row), ERR_NOT_FOUND);
    assert_ok(ctx, case_find(ctx, r.number, the_user(ctx, "amir"), &row));
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    struct worklist list;
    ctx->who = elsewhere;
    assert_ok(ctx, worklist_read(ctx, town, &(struct worklist_query){.scope = WORK_ALL}, &list));
    assert_int_equal(list.n, 0);
    ctx->who = the_user(ctx, "amir");
    assert_ok(ctx, worklist_read(ctx, town, &(struct worklist_query){.scope = WORK_ALL}, &list));
    assert_int_equal(list.n, 1);
}

static void words_are_found_by_stem_without_being_stored(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    test_submit(ctx, "gator", "Gatlamporna på Kvarngatan är släckta.");
    bool more;
    assert_ok(ctx, search_index_batch(ctx, &more));
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    ctx->who = the_user(ctx, "amir");
    struct worklist list;
    struct worklist_query q = {.scope = WORK_ALL, .words = STR("gatlampor KVARNGATAN")};
    assert_ok(ctx, worklist_read(ctx, town, &q, &list));
    assert_int_equal(list.n, 1);
    q.scope = WORK_CLOSED;
    assert_ok(ctx, worklist_read(ctx, town, &q, &list));
    assert_int_equal(list.n, 0);
    q = (struct worklist_query){.scope = WORK_ALL, .words = STR("gatlampor badhus")};
    assert_ok(ctx, worklist_read(ctx, town, &q, &list));
    assert_int_equal(list.n, 0);
    q = (struct worklist_query){.scope = WORK_CLOSED, .words = STR("2026 1")}; /* a number finds it wherever it is */
    assert_ok(ctx, worklist_read(ctx, town, &q, &list));
    assert_int_equal(list.n, 1);
}

static void a_message_on_a_closed_case_opens_it_again(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    force_status(ctx, r.id, CASE_closed);
    struct case_id found;
    assert_ok(ctx, follow_find(ctx, r.number, r.code, &found));
    assert_int_equal(found.v, r.id.v);
    assert_int_equal(follow_find(ctx, r.number, STR("0000 0000 0000 0000"), &found), ERR_NOT_FOUND);
    struct tx tx;
    assert_ok(ctx, tx_begin(ctx, &tx));
    struct open_case c;
    assert_ok(ctx, case_open_by_id(ctx, r.id, &c));
    assert_ok(ctx, hear(ctx, &c, &(struct message){.text = STR("Den är trasig igen.")}));
    assert_ok(ctx, tx_commit(&tx));
    assert_int_equal(status_of(ctx, r.id), CASE_investigating);
}

static void a_reply_waits_for_the_gate_or_a_written_reason(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "bistand", "Beslutet dröjde.");
    ctx->who = the_user(ctx, "amir");
    struct draft other;
    struct send_stop stop;
    struct answer answer = {.text = STR("Hej! Jag beklagar.")};
    struct sending how = {.gate_reason = STR("Den berörda har slutat.")};
    assert_int_equal(answer_send(ctx, r.number, &answer, &how, &other, &stop), ERR_INVALID);
    assert_true(stop.needs_sign_off); /* a reason is not enough: somebody stands for the reply */
    how = (struct sending){.gate_reason = STR(" "), .stands_for_it = true};
    assert_int_equal(answer_send(ctx, r.number, &answer, &how, &other, &stop), ERR_INVALID);
    assert_false(str_is_none(stop.gate));
    assert_int_equal(status_of(ctx, r.id), CASE_received);
    how.gate_reason = STR("Den berörda har slutat.");
    assert_ok(ctx, answer_send(ctx, r.number, &answer, &how, &other, &stop));
    assert_int_equal(status_of(ctx, r.id), CASE_replied);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW_TEST(every_step_from_every_state_is_what_the_map_says),
        FLOW_TEST(no_step_of_staff_is_taken_without_its_right),
        FLOW_TEST(a_case_goes_from_form_to_closed_and_keeps_its_promises),
        FLOW_TEST(a_page_stays_good_after_the_programs_own_steps_and_no_others),
        FLOW_TEST(a_case_is_not_closed_while_something_is_missing),
        FLOW_TEST(only_those_within_reach_find_a_case_and_a_restricted_one_only_its_team),
        FLOW_TEST(words_are_found_by_stem_without_being_stored),
        FLOW_TEST(a_message_on_a_closed_case_opens_it_again),
        FLOW_TEST(a_reply_waits_for_the_gate_or_a_written_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
