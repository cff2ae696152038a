#include "testing.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include "vault_sql.h"
#include "vault_test_sql.h"
#include "vault_testing.h"

static const struct case_id one = {1}, two = {2};

static enum err make_case(struct ctx *ctx, struct case_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(vault_case_new(ctx, id));
    return tx_commit(&tx);
}

static struct sealed_id seal(struct ctx *ctx, struct case_id id, const char *body)
{
    struct sealed_id sealed = {0};
    assert_ok(ctx, vault_seal(ctx, id, STR("document"), str_from(body), &sealed));
    return sealed;
}

static void what_is_sealed_is_opened_the_same_and_not_stored_in_clear(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_sealed_list_row *rows;
    struct str body;
    size_t n;
    assert_ok(ctx, make_case(ctx, one));
    struct sealed_id id = seal(ctx, one, "Maten var kall igen. /Birgitta");
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
    assert_true(str_eq(body, STR("Maten var kall igen. /Birgitta")));
    assert_ok(ctx, vault_seal(ctx, one, STR("document"), STR(""), &id));
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
    assert_int_equal(body.n, 0);
    assert_ok(ctx, t_sealed_list(ctx, &rows, &n));
    assert_int_equal(n, 2);
    assert_true(str_find(rows[0].body, STR("Birgitta")) < 0);
}

static void ten_megabytes_are_sealed_and_opened(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    size_t n = 10 << 20;
    char *bytes = arena_alloc(ctx->arena, n);
    randombytes_buf_deterministic(bytes, n, (const unsigned char *)"0123456789abcdef0123456789abcdef");
    struct sealed_id id;
    struct str body;
    assert_ok(ctx, make_case(ctx, one));
    assert_ok(ctx, vault_seal(ctx, one, STR("document"), (struct str){bytes, n}, &id));
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
    assert_int_equal(body.n, n);
    assert_memory_equal(body.p, bytes, n);
}

static void a_body_opens_for_its_own_case_only(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str body = STR("untouched");
    assert_ok(ctx, make_case(ctx, one));
    assert_ok(ctx, make_case(ctx, two));
    struct sealed_id id = seal(ctx, one, "x");
    assert_int_equal(vault_unseal(ctx, two, id, PURPOSE_send_reply, &body), ERR_NOT_FOUND);
    assert_ok(ctx, t_sealed_move(ctx, id, two));
    assert_int_equal(vault_unseal(ctx, two, id, PURPOSE_send_reply, &body), ERR_CORRUPT);
    assert_true(str_eq(body, STR("untouched")));
}

static void a_changed_body_is_noticed(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_sealed_list_row *rows;
    struct str body;
    size_t n;
    assert_ok(ctx, make_case(ctx, one));
    struct sealed_id id = seal(ctx, one, "Maten var kall");
    assert_ok(ctx, t_sealed_list(ctx, &rows, &n));
    for (size_t at = 0; at < rows[0].body.n; at += 9) {
        char *changed = arena_alloc(ctx->arena, rows[0].body.n);
        memcpy(changed, rows[0].body.p, rows[0].body.n);
        changed[at] ^= 1;
        assert_ok(ctx, t_sealed_damage(ctx, id, (struct str){changed, rows[0].body.n}));
        assert_int_equal(vault_unseal(ctx, one, id, PURPOSE_send_reply, &body), ERR_CORRUPT);
    }
    assert_ok(ctx, t_sealed_damage(ctx, id, STR("short")));
    assert_int_equal(vault_unseal(ctx, one, id, PURPOSE_send_reply, &body), ERR_CORRUPT);
}

static void contact_details_are_written_down_each_time_they_are_opened(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct contact in = {
        .name = STR("Åsa Öst"), .email = STR("asa@example.se"), .address = STR("Storgatan 1\n123 45 Ekhamn")};
    struct contact out;
    struct t_reading_list_row *rows;
    size_t n;
    assert_ok(ctx, make_case(ctx, one));
    assert_int_equal(vault_contact_get(ctx, one, PURPOSE_send_reply, &out), ERR_NOT_FOUND);
    assert_ok(ctx, vault_contact_put(ctx, one, &in));
    db_read_only(ctx, true);
    assert_ok(ctx, vault_contact_get(ctx, one, PURPOSE_send_reply, &out));
    assert_true(db_read_only(ctx, false));
    assert_true(str_eq(out.name, in.name) && str_eq(out.email, in.email) && str_eq(out.address, in.address));
    assert_true(str_is_empty(out.phone) && str_is_empty(out.call_time));
    in.phone = STR("070-123 45 67");
    assert_ok(ctx, vault_contact_put(ctx, one, &in));
    ctx->who = (struct user_id){7};
    assert_ok(ctx, vault_contact_get(ctx, one, PURPOSE_call_back, &out));
    assert_true(str_eq(out.phone, in.phone));
    assert_ok(ctx, t_reading_list(ctx, &rows, &n));
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].who.v, 0);
    assert_int_equal(rows[1].who.v, 7);
    assert_true(str_eq(rows[1].kind, STR("contact")) && str_eq(rows[1].purpose, STR("call_back")));
    assert_int_equal(t_reading_delete(ctx), ERR_STORE);
}

static void reading_a_case_is_written_down_once_an_hour_for_each_person(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_reading_list_row *rows;
    struct str body, clock = str_fmt(ctx->arena, "%s/clock", t->dir);
    size_t n;
    static const char *const times[] = {"2026-12-18T10:00:00Z", "2026-12-18T10:59:00Z", "2026-12-18T11:01:00Z"};
    static const size_t expected[] = {2, 2, 4};
    assert_ok(ctx, make_case(ctx, one));
    struct sealed_id id = seal(ctx, one, "x");
    struct ctx other = test_ctx_begin(t); /* another process: what this one remembers does not help it */
    assert_ok(ctx, vault_open(ctx, &t->where, &other.vault));
    t->clock.file = clock.p;
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        FILE *f = fopen(clock.p, "w");
        fputs(times[i], f);
        fclose(f);
        for (int64_t who = 1; who <= 2; who++) {
            ctx->who = other.who = (struct user_id){who};
            assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
            assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
            assert_ok(&other, vault_unseal(&other, one, id, PURPOSE_handle_case, &body));
        }
        assert_ok(ctx, t_reading_list(ctx, &rows, &n));
        assert_int_equal(n, expected[i]);
    }
    vault_close(other.vault);
    test_ctx_end(&other);
}

static void an_announced_reading_needs_no_writing_later(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str body;
    struct t_reading_list_row *rows;
    size_t n;
    TX_SCOPE struct tx tx;
    assert_ok(ctx, make_case(ctx, one));
    struct sealed_id id = seal(ctx, one, "x");
    db_read_only(ctx, true);
    assert_ok(ctx, vault_announce(ctx, one, PURPOSE_handle_case));
    assert_ok(ctx, tx_begin_read(ctx, &tx));
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body)); /* a BUG if it wrote */
    assert_ok(ctx, tx_commit(&tx));
    assert_ok(ctx, t_reading_list(ctx, &rows, &n));
    assert_int_equal(n, 1);
}

static void disposal_leaves_nothing_to_read(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct contact contact = {.name = STR("Åsa")};
    struct sealed_id id;
    struct str body;
    struct t_sealed_list_row *rows;
    struct t_case_key_count_row count;
    size_t n;
    assert_ok(ctx, make_case(ctx, one));
    assert_ok(ctx, vault_contact_put(ctx, one, &contact));
    id = seal(ctx, one, "x");
    assert_ok(ctx, vault_forget(ctx, one));
    assert_int_equal(vault_unseal(ctx, one, id, PURPOSE_handle_case, &body), ERR_NOT_FOUND);
    assert_int_equal(vault_contact_get(ctx, one, PURPOSE_handle_case, &contact), ERR_NOT_FOUND);
    assert_int_equal(vault_seal(ctx, one, STR("document"), STR("late"), &id), ERR_NOT_FOUND);
    assert_ok(ctx, t_sealed_list(ctx, &rows, &n));
    assert_ok(ctx, t_case_key_count(ctx, &count));
    assert_int_equal(n + (size_t)count.n, 0);
}

static void what_a_crash_left_does_not_hinder_the_next_case(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct contact contact = {.name = STR("left behind")};
    struct sealed_id id;
    struct str body;
    assert_ok(ctx, make_case(ctx, one)); /* the vault's commit; the register's never came */
    assert_ok(ctx, vault_contact_put(ctx, one, &contact));
    seal(ctx, one, "left behind");
    assert_ok(ctx, make_case(ctx, one));
    assert_int_equal(vault_contact_get(ctx, one, PURPOSE_handle_case, &contact), ERR_NOT_FOUND);
    id = seal(ctx, one, "new");
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
    assert_true(str_eq(body, STR("new")));
}

static void a_draft_is_replaced_and_removed(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str body;
    assert_ok(ctx, make_case(ctx, one));
    assert_ok(ctx, make_case(ctx, two));
    struct sealed_id id = seal(ctx, one, "first");
    assert_int_equal(vault_reseal(ctx, two, id, STR("x")), ERR_NOT_FOUND);
    assert_ok(ctx, vault_reseal(ctx, one, id, STR("second")));
    assert_ok(ctx, vault_unseal(ctx, one, id, PURPOSE_handle_case, &body));
    assert_true(str_eq(body, STR("second")));
    assert_int_equal(vault_remove(ctx, two, id), ERR_NOT_FOUND);
    assert_ok(ctx, vault_remove(ctx, one, id));
    assert_ok(ctx,
              vault_unseal(ctx, one, id, PURPOSE_handle_case, &body)); /* a crash may bring back who points to it */
    bool more;
    assert_ok(ctx, vault_sweep(ctx, &more));
    assert_true(more);
    assert_int_not_equal(vault_unseal(ctx, one, id, PURPOSE_handle_case, &body), OK);
    assert_ok(ctx, vault_sweep(ctx, &more));
    assert_int_equal(vault_unseal(ctx, one, id, PURPOSE_handle_case, &body), ERR_NOT_FOUND);
    assert_ok(ctx, vault_sweep(ctx, &more));
    assert_false(more);
}

/* The vault's file was written, the register's was not: the same steps come again. */
static void sweeping_twice_takes_nothing_else_away(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str body;
    bool more;
    assert_ok(ctx, make_case(ctx, one));
    struct sealed_id id = seal(ctx, one, "spent"), other;
    assert_ok(ctx, vault_remove(ctx, one, id));
    assert_ok(ctx, vault_remove(ctx, one, id));
    assert_ok(ctx, vault_sweep(ctx, &more));
    assert_ok(ctx, vault_sweep(ctx, &more));
    other = seal(ctx, one, "another with the same number");
    if (db_engine(ctx->db) == DB_SQLITE)
        assert_int_equal(other.v, id.v);
    assert_ok(ctx, spent_add(ctx, other, one, ctx_now(ctx)));
    assert_ok(ctx, spent_mark(ctx, other)); /* as it stood before the crash */
    assert_ok(ctx, vault_sweep(ctx, &more));
    assert_ok(ctx, vault_unseal(ctx, one, other, PURPOSE_handle_case, &body));
    assert_true(str_eq(body, STR("another with the same number")));
}

static void loose_bytes_come_back_and_changes_are_noticed(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str sealed, body;
    assert_ok(ctx, vault_seal_loose(ctx, STR("bild.jpg"), &sealed));
    assert_ok(ctx, vault_unseal_loose(ctx, sealed, &body));
    assert_true(str_eq(body, STR("bild.jpg")));
    assert_int_equal(vault_unseal_loose(ctx, str_head(sealed, sealed.n - 1), &body), ERR_CORRUPT);
    assert_int_equal(vault_unseal_loose(ctx, STR_NONE, &body), ERR_CORRUPT);
}

static void keyed_hashes_differ_by_kind_and_are_the_same_next_time(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str code, again, session;
    struct vault *first = ctx->vault, *second;
    assert_ok(ctx, vault_mac(ctx, VAULT_MAC_CODE, STR("1234"), &code));
    assert_ok(ctx, vault_mac(ctx, VAULT_MAC_SESSION, STR("1234"), &session));
    assert_ok(ctx, vault_open(ctx, &t->where, &second));
    ctx->vault = second;
    assert_ok(ctx, vault_mac(ctx, VAULT_MAC_CODE, STR("1234"), &again));
    ctx->vault = first;
    vault_close(second);
    assert_int_equal(code.n, 32);
    assert_true(str_eq(code, again));
    assert_false(str_eq(code, session));
}

static void write_key(struct test_store *t, const char *text, mode_t mode)
{
    const char *path = getenv("GAVA_KEY_FILE");
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void the_wrong_master_key_is_told_from_a_missing_or_open_one(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct vault *vault = NULL;
    assert_int_equal(vault_create(ctx, &t->where), ERR_CONFLICT);
    write_key(t, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 0600);
    assert_int_equal(vault_open(ctx, &t->where, &vault), ERR_KEY);
    assert_true(str_find(ctx->error.message, STR("not the one")) >= 0 && ctx->error.hint.n > 0);
    write_key(t, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 0640);
    assert_int_equal(vault_open(ctx, &t->where, &vault), ERR_KEY);
    assert_true(str_find(ctx->error.hint, STR("chmod")) >= 0);
    setenv("CREDENTIALS_DIRECTORY", t->dir, 1); /* systemd's files are group-readable, and come first */
    struct str credential = str_fmt(ctx->arena, "%s/gava-master-key", t->dir);
    int fd = open(credential.p, O_WRONLY | O_CREAT, 0440);
    assert_int_equal(write(fd, "too short", 9), 9);
    close(fd);
    assert_int_equal(vault_open(ctx, &t->where, &vault), ERR_KEY);
    assert_true(str_find(ctx->error.message, STR("gava-master-key\" does not hold")) >= 0);
    unsetenv("CREDENTIALS_DIRECTORY");
    write_key(t, "not a key", 0600);
    assert_int_equal(vault_open(ctx, &t->where, &vault), ERR_KEY);
    unlink(getenv("GAVA_KEY_FILE"));
    assert_int_equal(vault_open(ctx, &t->where, &vault), ERR_KEY);
    assert_null(vault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VAULT_ON_BOTH_ENGINES(what_is_sealed_is_opened_the_same_and_not_stored_in_clear),
        VAULT_ON_BOTH_ENGINES(ten_megabytes_are_sealed_and_opened),
        VAULT_ON_BOTH_ENGINES(a_body_opens_for_its_own_case_only),
        VAULT_ON_BOTH_ENGINES(a_changed_body_is_noticed),
        VAULT_ON_BOTH_ENGINES(contact_details_are_written_down_each_time_they_are_opened),
        VAULT_ON_BOTH_ENGINES(reading_a_case_is_written_down_once_an_hour_for_each_person),
        VAULT_ON_BOTH_ENGINES(an_announced_reading_needs_no_writing_later),
        VAULT_ON_BOTH_ENGINES(disposal_leaves_nothing_to_read),
        VAULT_ON_BOTH_ENGINES(what_a_crash_left_does_not_hinder_the_next_case),
        VAULT_ON_BOTH_ENGINES(a_draft_is_replaced_and_removed),
        VAULT_ON_BOTH_ENGINES(sweeping_twice_takes_nothing_else_away),
        VAULT_ON_BOTH_ENGINES(loose_bytes_come_back_and_changes_are_noticed),
        VAULT_ON_BOTH_ENGINES(keyed_hashes_differ_by_kind_and_are_the_same_next_time),
        VAULT_ON_BOTH_ENGINES(the_wrong_master_key_is_told_from_a_missing_or_open_one),
    };
    return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}
