#include "store_testing.h"

#include "job.h"
#include "job_run_sql.h"
#include "job_test_sql.h"

/* ---- whose turn it is ---- */

static int n_runs;
static enum err run_gives;

static enum err counted(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    n_runs++;
    return run_gives == OK ? OK : fail(ctx, run_gives, "as the test wants it");
}

static const struct job every_15 = {"test", JOB_EVERY, 15, counted, ""};
static const struct job nightly = {"test", JOB_NIGHTLY, 2 * 60 + 30, counted, ""};

/* "Now" is what the file says. */
static void set_clock(struct test_store *t, const char *time)
{
    const char *path = str_cz(t->ctx.arena, str_fmt(t->ctx.arena, "%s/clock", t->dir));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(time, file);
    fclose(file);
    t->clock.file = path;
}

static void look(struct test_store *t, const struct job *job, int expected_runs)
{
    bool ran, more;
    n_runs = 0;
    assert_ok(&t->ctx, job_look(&t->ctx, NULL, job, &ran, &more));
    assert_int_equal(n_runs, expected_runs);
    assert_int_equal(ran, expected_runs);
}

static void a_job_runs_at_first_and_then_when_its_minutes_have_passed(void **state)
{
    TEST_STORE(t);
    run_gives = OK;
    set_clock(t, "2026-12-18T10:00:00+01:00");
    look(t, &every_15, 1);
    look(t, &every_15, 0);
    set_clock(t, "2026-12-18T10:14:59+01:00");
    look(t, &every_15, 0);
    set_clock(t, "2026-12-18T10:15:00+01:00");
    look(t, &every_15, 1);
    look(t, &every_15, 0);
}

static void a_nightly_job_runs_once_a_night_by_local_time(void **state)
{
    TEST_STORE(t);
    run_gives = OK;
    set_clock(t, "2026-12-18T10:00:00+01:00");
    look(t, &nightly, 0); /* new here: it waits for its first night */
    set_clock(t, "2026-12-19T02:29:59+01:00");
    look(t, &nightly, 0);
    set_clock(t, "2026-12-19T02:30:00+01:00");
    look(t, &nightly, 1);
    set_clock(t, "2026-12-19T23:00:00+01:00");
    look(t, &nightly, 0);
    /* It was down for a week: once, not seven times. */
    set_clock(t, "2026-12-27T08:00:00+01:00");
    look(t, &nightly, 1);
    look(t, &nightly, 0);
}

static void a_job_that_failed_may_be_tried_again_at_once(void **state)
{
    TEST_STORE(t);
    set_clock(t, "2026-12-18T10:00:00+01:00");
    bool ran, more;
    run_gives = ERR_PEER;
    assert_int_equal(job_look(&t->ctx, NULL, &every_15, &ran, &more), ERR_PEER);
    assert_string_equal(str_cz(t->ctx.arena, t->ctx.error.message), "as the test wants it");
    run_gives = OK;
    look(t, &every_15, 1);
}

static struct job_run_get_row run_of(struct test_store *t)
{
    struct job_run_get_row row;
    assert_ok(&t->ctx, job_run_get(&t->ctx, STR("test"), &row));
    return row;
}

static void a_polling_job_tells_once_a_minute_that_it_lives_and_how_often_it_failed(void **state)
{
    static const struct job polling = {"test", JOB_POLL, 500, counted, ""};
    TEST_STORE(t);
    bool ran, more;
    run_gives = OK;
    set_clock(t, "2026-12-18T10:00:00+01:00");
    look(t, &polling, 1);
    struct job_run_get_row first = run_of(t);
    assert_int_equal(first.late.v, utc_add(first.last, 5 * MINUTE_US).v);
    set_clock(t, "2026-12-18T10:00:59+01:00");
    look(t, &polling, 1);
    assert_int_equal(run_of(t).last.v, first.last.v);
    set_clock(t, "2026-12-18T10:01:00+01:00");
    look(t, &polling, 1);
    assert_int_equal(run_of(t).last.v, utc_add(first.last, MINUTE_US).v);
    run_gives = ERR_PEER;
    for (int i = 0; i < 3; i++)
        assert_int_equal(job_look(&t->ctx, NULL, &polling, &ran, &more), ERR_PEER);
    assert_int_equal(run_of(t).failures, 3);
    run_gives = OK;
    look(t, &polling, 1);
    assert_int_equal(run_of(t).failures, 0);
}

static void two_hosts_do_not_run_it_at_once_and_a_dead_one_gives_it_back(void **state)
{
    TEST_STORE(t);
    run_gives = OK;
    set_clock(t, "2026-12-18T10:00:00+01:00");
    struct utc_us real = job_real_now();
    int64_t changed;
    /* Another host has it. */
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), UTC_NONE, real, utc_add(real, 60 * SECOND_US), &changed));
    assert_int_equal(changed, 1);
    look(t, &every_15, 0);
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), UTC_NONE, real, utc_add(real, 60 * SECOND_US), &changed));
    assert_int_equal(changed, 0);
    /* It died: its lease ended, although the program's clock stands still. */
    assert_ok(&t->ctx, job_run_failed(&t->ctx, STR("test")));
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), UTC_NONE, real, utc_add(real, -SECOND_US), &changed));
    look(t, &every_15, 1);
}

static void what_another_host_did_meanwhile_is_not_done_again(void **state)
{
    TEST_STORE(t);
    struct utc_us real = job_real_now();
    int64_t changed;
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), UTC_NONE, real, utc_add(real, SECOND_US), &changed));
    assert_ok(&t->ctx, job_run_done(&t->ctx, STR("test"), real, utc_add(real, HOUR_US)));
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), UTC_NONE, real, utc_add(real, SECOND_US), &changed));
    assert_int_equal(changed, 0);
    assert_ok(&t->ctx, job_run_claim(&t->ctx, STR("test"), real, real, utc_add(real, SECOND_US), &changed));
    assert_int_equal(changed, 1);
}

static struct utc_us at(const char *text)
{
    struct utc_us ret;
    assert_true(utc_parse(str_from(text), &ret));
    return ret;
}

static void the_night_before_is_right_on_the_nights_the_clocks_change(void **state)
{
    const int64_t half_past_two = 2 * 60 + 30;
    /* 29 March 2026: 02.30 is skipped; it counts as 03.30 summer time. 25 October: 02.30 is there twice; the first
     * counts. */
    assert_int_equal(job_night_before(at("2026-03-29T03:29:59+02:00"), half_past_two).v,
                     at("2026-03-28T02:30:00+01:00").v);
    assert_int_equal(job_night_before(at("2026-03-29T03:30:00+02:00"), half_past_two).v,
                     at("2026-03-29T03:30:00+02:00").v);
    assert_int_equal(job_night_before(at("2026-10-25T02:30:00+02:00"), half_past_two).v,
                     at("2026-10-25T02:30:00+02:00").v);
    assert_int_equal(job_night_before(at("2026-10-25T02:30:00+01:00"), half_past_two).v,
                     at("2026-10-25T02:30:00+02:00").v);
    assert_int_equal(job_night_before(at("2026-10-26T01:00:00+01:00"), half_past_two).v,
                     at("2026-10-25T02:30:00+02:00").v);
}

static void every_job_of_the_map_has_a_name_of_its_own_and_a_function(void **state)
{
    for (size_t i = 0; i < n_jobs; i++) {
        assert_non_null(jobs[i].run);
        assert_true(jobs[i].number >= 0 && job_pause_us(&jobs[i]) > 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(jobs[i].code, jobs[k].code);
    }
}

/* ---- the jobs that live here ---- */

static void sweeping_forgets_what_is_over_and_nothing_else(void **state)
{
    TEST_STORE(t);
    set_clock(t, "2026-12-18T10:00:00+01:00");
    struct ctx *ctx = &t->ctx;
    struct utc_us now = ctx_now(ctx);
    assert_ok(ctx, test_session_add(ctx, STR("over"), now));
    assert_ok(ctx, test_session_add(ctx, STR("alive"), utc_add(now, 1)));
    assert_ok(ctx, test_form_file_add(ctx, STR("old"), utc_add(now, -DAY_US - 1)));
    assert_ok(ctx, test_form_file_add(ctx, STR("young"), utc_add(now, -DAY_US)));
    assert_ok(ctx, test_form_file_add(ctx, STR("begun"), utc_add(now, -3 * DAY_US)));
    assert_ok(ctx, test_draft_add(ctx, STR("begun"), (struct user_id){1}, utc_add(now, -14 * DAY_US)));
    assert_ok(ctx, test_draft_add(ctx, STR("left"), (struct user_id){1}, utc_add(now, -14 * DAY_US - 1)));
    struct server server = {.settings.intake_draft_days = 14};
    struct job_place place = {.server = &server};
    bool more;
    assert_ok(ctx, sweep_job(ctx, &place, &more));
    struct test_sessions_row *sessions;
    struct test_form_files_row *files;
    size_t n;
    assert_ok(ctx, test_sessions(ctx, &sessions, &n));
    assert_int_equal(n, 1);
    assert_true(str_eq(sessions[0].token, STR("alive")));
    assert_ok(ctx, test_form_files(ctx, &files, &n));
    assert_int_equal(n, 2);
    assert_true(str_eq(files[0].token, STR("begun"))); /* it belongs to a draft that is still there */
    assert_true(str_eq(files[1].token, STR("young")));
    struct test_drafts_row *drafts;
    assert_ok(ctx, test_drafts(ctx, &drafts, &n));
    assert_int_equal(n, 1);
    assert_true(str_eq(drafts[0].token, STR("begun")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(a_job_runs_at_first_and_then_when_its_minutes_have_passed),
        ON_BOTH_ENGINES(a_nightly_job_runs_once_a_night_by_local_time),
        ON_BOTH_ENGINES(a_job_that_failed_may_be_tried_again_at_once),
        ON_BOTH_ENGINES(a_polling_job_tells_once_a_minute_that_it_lives_and_how_often_it_failed),
        ON_BOTH_ENGINES(two_hosts_do_not_run_it_at_once_and_a_dead_one_gives_it_back),
        ON_BOTH_ENGINES(what_another_host_did_meanwhile_is_not_done_again),
        ON_BOTH_ENGINES(sweeping_forgets_what_is_over_and_nothing_else),
        cmocka_unit_test(the_night_before_is_right_on_the_nights_the_clocks_change),
        cmocka_unit_test(every_job_of_the_map_has_a_name_of_its_own_and_a_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
