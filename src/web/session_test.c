/* Sessions, log-in and CSRF, on both engines. */
#include "testing.h"

#include <sodium.h>

#include "csrf.h"
#include "login.h"
#include "password.h"
#include "rate.h"
#include "server.h"
#include "session.h"
#include "session_sql.h"
#include "session_test_sql.h"
#include "store_testing.h"

/* A browser: what it keeps between requests. */
struct browser {
    struct ctx *ctx;
    struct server *server;
    struct pair cookies[8];
    size_t n_cookies;
    struct pair headers[4];
    size_t n_headers;
};

static struct browser browser_new(struct ctx *ctx)
{
    struct server *server = ARENA_NEW(ctx->arena, struct server);
    settings_default(&server->settings);
    server->meters = meters_new();
    server->rates = rates_new();
    return (struct browser){.ctx = ctx, .server = server};
}

static struct request request_of(struct browser *b)
{
    b->ctx->who = (struct user_id){0};
    return (struct request){.server = b->server,
                            .cookies = b->cookies,
                            .n_cookies = b->n_cookies,
                            .headers = b->headers,
                            .n_headers = b->n_headers,
                            .host = STR("gava.test"),
                            .remote = STR("192.0.2.1")};
}

static void keep_cookies(struct browser *b, const struct response *res)
{
    for (size_t i = 0; i < res->n_headers; i++) {
        struct str line = res->headers[i].value, name;
        if (!str_eq(res->headers[i].name, STR("Set-Cookie")))
            continue;
        assert_true(str_find(line, STR("; HttpOnly; SameSite=Lax")) > 0);
        assert_true(str_split(&line, '=', &name));
        struct str value;
        assert_true(str_split(&line, ';', &value));
        b->cookies[b->n_cookies++] = (struct pair){name, value};
    }
}

static struct user_id add_user(struct ctx *ctx, const char *login)
{
    struct str hash;
    struct ts_user_add_row row;
    assert_ok(ctx, password_hash(ctx, STR("korrekt häst batteri"), &hash));
    assert_ok(ctx, ts_user_add(ctx, str_from(login), STR("Maria Ek"), hash, &row));
    struct ts_unit_add_row unit;
    assert_ok(ctx, ts_unit_add(ctx, str_from(login), &unit));
    assert_ok(ctx, ts_role_add(ctx, row.id, STR("registrar"), unit.id));
    return row.id;
}

static void log_in(struct browser *b, struct user_id user)
{
    struct request req = request_of(b);
    struct response res = response_begin(b->ctx);
    assert_ok(b->ctx, session_load(b->ctx, &req));
    assert_ok(b->ctx, session_start(b->ctx, &req, &res, SESSION_STAFF, user, (struct case_id){0}));
    b->n_cookies = 0;
    keep_cookies(b, &res);
}

static struct request load(struct browser *b)
{
    struct request req = request_of(b);
    assert_ok(b->ctx, session_load(b->ctx, &req));
    return req;
}

static void a_cookie_brings_back_who_logged_in(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    assert_null(load(&b).session);
    struct user_id user = add_user(&t->ctx, "maria");
    log_in(&b, user);
    struct request req = load(&b);
    assert_non_null(req.session);
    assert_int_equal(t->ctx.who.v, user.v);
    assert_true(str_eq(req.user_name, STR("Maria Ek")));
    assert_true(right_held(RIGHT_CASE_REGISTER, req.roles) && !right_held(RIGHT_ADMIN, req.roles));
}

static void a_cookie_that_stands_for_nothing_is_nobody(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    static const struct str values[] = {STR_INIT(""), STR_INIT("x"),
                                        STR_INIT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                                        STR_INIT("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")};
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        b.cookies[0] = (struct pair){STR("gava"), values[i]};
        b.n_cookies = 1;
        assert_null(load(&b).session);
    }
}

static void the_token_itself_is_not_stored(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    log_in(&b, add_user(&t->ctx, "maria"));
    struct ts_session_row row;
    assert_ok(&t->ctx, ts_session(&t->ctx, &row));
    assert_int_equal(row.token.n, 32);
    char text[64];
    sodium_bin2base64(text, sizeof text, (const unsigned char *)row.token.p, row.token.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    assert_false(str_eq(str_from(text), b.cookies[0].value));
}

static void a_session_ends_when_idle_and_in_any_case_in_the_end(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct user_id user = add_user(&t->ctx, "maria");
    t->clock.standing = (struct utc_us){1000 * DAY_US};
    log_in(&b, user);
    t->clock.standing.v += 59 * MINUTE_US;
    assert_non_null(load(&b).session);
    t->clock.standing.v += 59 * MINUTE_US;
    assert_non_null(load(&b).session); /* used in between */
    t->clock.standing.v += 61 * MINUTE_US;
    assert_null(load(&b).session);
    log_in(&b, user);
    for (int i = 0; i < 12 * 2 - 1; i++) {
        t->clock.standing.v += 30 * MINUTE_US;
        assert_non_null(load(&b).session);
    }
    t->clock.standing.v += 30 * MINUTE_US;
    assert_null(load(&b).session);
}

static void logging_out_ends_it_for_every_copy_of_the_cookie(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    log_in(&b, add_user(&t->ctx, "maria"));
    struct request req = load(&b);
    struct response res = response_begin(&t->ctx);
    assert_ok(&t->ctx, session_end(&t->ctx, &req, &res, SESSION_STAFF));
    assert_int_equal(res.n_headers, 1);
    assert_true(str_find(res.headers[0].value, STR("gava=; ")) == 0 &&
                str_find(res.headers[0].value, STR("Max-Age=0")) > 0);
    assert_null(load(&b).session);
}

static void logging_in_makes_a_new_token_and_ends_the_old(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct user_id user = add_user(&t->ctx, "maria");
    log_in(&b, user);
    struct browser copy = b;
    log_in(&b, user);
    assert_false(str_eq(copy.cookies[0].value, b.cookies[0].value));
    assert_null(load(&copy).session);
    assert_non_null(load(&b).session);
}

static void somebody_who_has_left_is_out_at_once(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct user_id user = add_user(&t->ctx, "maria");
    log_in(&b, user);
    assert_ok(&t->ctx, ts_user_leave(&t->ctx, user));
    assert_null(load(&b).session);
    assert_int_equal(t->ctx.who.v, 0);
}

static void a_submitter_and_staff_have_sessions_side_by_side(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    log_in(&b, add_user(&t->ctx, "maria"));
    struct request req = load(&b);
    struct response res = response_begin(&t->ctx);
    assert_ok(&t->ctx, session_start(&t->ctx, &req, &res, SESSION_FOLLOW, (struct user_id){0}, (struct case_id){7}));
    keep_cookies(&b, &res);
    req = load(&b);
    assert_non_null(req.session);
    assert_int_equal(req.follow->subject.v, 7);
    assert_int_equal(req.follow->kind, SESSION_FOLLOW);
    /* a submitter's token does not open staff's door */
    struct browser thief = browser_new(&t->ctx);
    thief.cookies[0] = (struct pair){STR("gava"), b.cookies[1].value};
    thief.n_cookies = 1;
    assert_null(load(&thief).session);
}

static enum err try_login(struct browser *b, const char *name, const char *password, struct user_id *ret)
{
    struct request req = request_of(b);
    return login_check(b->ctx, &req, str_from(name), str_from(password), ret);
}

static void the_right_password_logs_in_and_case_does_not_matter_in_the_name(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct user_id user = add_user(&t->ctx, "maria"), found = {0};
    assert_ok(&t->ctx, try_login(&b, " MARIA ", "korrekt häst batteri", &found));
    assert_int_equal(found.v, user.v);
    assert_int_equal(try_login(&b, "maria", "Korrekt häst batteri", &found), ERR_INVALID);
    assert_int_equal(try_login(&b, "nobody", "korrekt häst batteri", &found), ERR_INVALID);
    assert_int_equal(try_login(&b, "", "", &found), ERR_INVALID);
}

static void wrong_passwords_block_for_a_while_and_the_right_one_does_not_tell(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct user_id user = add_user(&t->ctx, "maria"), found;
    t->clock.standing = (struct utc_us){1000 * DAY_US};
    for (int i = 0; i < LOGIN_FREE_FAILURES; i++)
        assert_int_equal(try_login(&b, "maria", "wrong password 1", &found), ERR_INVALID);
    assert_int_equal(try_login(&b, "maria", "korrekt häst batteri", &found), ERR_INVALID);
    t->clock.standing.v += 61 * SECOND_US;
    assert_ok(&t->ctx, try_login(&b, "maria", "korrekt häst batteri", &found));
    assert_int_equal(found.v, user.v);
    assert_int_equal(try_login(&b, "maria", "wrong password 1", &found), ERR_INVALID);
    assert_ok(&t->ctx, try_login(&b, "maria", "korrekt häst batteri", &found));
}

static void guessing_one_name_is_stopped_whether_it_exists_or_not(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    add_user(&t->ctx, "maria");
    b.server->settings.login_guesses_per_hour = 9;
    static const char *const names[] = {"maria", "nobody"};
    for (size_t k = 0; k < ARRAY_LEN(names); k++) {
        struct user_id found;
        for (int i = 0; i < 3; i++)
            assert_int_equal(try_login(&b, names[k], "wrong password 1", &found), ERR_INVALID);
        assert_int_equal(try_login(&b, names[k], "wrong password 1", &found), ERR_TOO_MANY);
    }
}

/* ── CSRF ── */

static enum err post(struct browser *b, struct str token)
{
    struct request req = load(b);
    struct part part = {.name = STR("csrf"), .value = token};
    req.parts = &part;
    req.n_parts = 1;
    return csrf_check(b->ctx, &req);
}

static void a_form_without_session_is_taken_with_cookie_and_token_only(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct request req = load(&b);
    csrf_prepare(&t->ctx, &req);
    struct str token = req.csrf;
    assert_int_equal(token.n, 64);
    assert_int_equal(post(&b, token), ERR_CSRF);
    b.cookies[b.n_cookies++] = (struct pair){STR("gava_form"), req.new_form_secret};
    assert_int_equal(post(&b, token), OK);
    assert_int_equal(post(&b, STR("")), ERR_CSRF);
    assert_int_equal(post(&b, str_head(token, 63)), ERR_CSRF);
    req = load(&b);
    csrf_prepare(&t->ctx, &req);
    assert_true(str_eq(req.csrf, token) && req.new_form_secret.n == 0);
}

static void a_form_of_one_session_is_not_another_ones(void **state)
{
    TEST_STORE(t);
    struct browser maria = browser_new(&t->ctx), sven = browser_new(&t->ctx);
    log_in(&maria, add_user(&t->ctx, "maria"));
    log_in(&sven, add_user(&t->ctx, "sven"));
    struct request req = load(&maria);
    csrf_prepare(&t->ctx, &req);
    assert_int_equal(post(&maria, req.csrf), OK);
    assert_int_equal(post(&sven, req.csrf), ERR_CSRF);
}

static void the_browsers_word_on_where_a_post_comes_from_counts(void **state)
{
    TEST_STORE(t);
    struct browser b = browser_new(&t->ctx);
    struct request req = load(&b);
    csrf_prepare(&t->ctx, &req);
    struct str token = req.csrf;
    b.cookies[b.n_cookies++] = (struct pair){STR("gava_form"), req.new_form_secret};
    static const struct {
        struct str name, value;
        enum err wanted;
    } cases[] = {
        {STR_INIT("Origin"), STR_INIT("https://gava.test"), OK},
        {STR_INIT("Origin"), STR_INIT("https://evil.test"), ERR_CSRF},
        {STR_INIT("Origin"), STR_INIT("https://gava.test.evil.test"), ERR_CSRF},
        {STR_INIT("Origin"), STR_INIT("null"), ERR_CSRF},
        {STR_INIT("Sec-Fetch-Site"), STR_INIT("same-origin"), OK},
        {STR_INIT("Sec-Fetch-Site"), STR_INIT("none"), OK},
        {STR_INIT("Sec-Fetch-Site"), STR_INIT("same-site"), ERR_CSRF},
        {STR_INIT("Sec-Fetch-Site"), STR_INIT("cross-site"), ERR_CSRF},
    };
    b.n_headers = 1;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        b.headers[0] = (struct pair){cases[i].name, cases[i].value};
        assert_int_equal(post(&b, token), cases[i].wanted);
    }
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(a_cookie_brings_back_who_logged_in),
        ON_BOTH_ENGINES(a_cookie_that_stands_for_nothing_is_nobody),
        ON_BOTH_ENGINES(the_token_itself_is_not_stored),
        ON_BOTH_ENGINES(a_session_ends_when_idle_and_in_any_case_in_the_end),
        ON_BOTH_ENGINES(logging_out_ends_it_for_every_copy_of_the_cookie),
        ON_BOTH_ENGINES(logging_in_makes_a_new_token_and_ends_the_old),
        ON_BOTH_ENGINES(somebody_who_has_left_is_out_at_once),
        ON_BOTH_ENGINES(a_submitter_and_staff_have_sessions_side_by_side),
        ON_BOTH_ENGINES(the_right_password_logs_in_and_case_does_not_matter_in_the_name),
        ON_BOTH_ENGINES(wrong_passwords_block_for_a_while_and_the_right_one_does_not_tell),
        ON_BOTH_ENGINES(guessing_one_name_is_stopped_whether_it_exists_or_not),
        ON_BOTH_ENGINES(a_form_without_session_is_taken_with_cookie_and_token_only),
        ON_BOTH_ENGINES(a_form_of_one_session_is_not_another_ones),
        ON_BOTH_ENGINES(the_browsers_word_on_where_a_post_comes_from_counts),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
