#include "testing.h"

#include <sodium.h>

#include "journal.h"
#include "series.h"
#include "sql.h"
#include "vault_testing.h"
#include "verify.h"
#include "verify_test_sql.h"

/* A town with one case that is in order. */
struct town {
    struct unit_id unit;
    struct routine_id routine;
    struct case_id case_id;
    struct document_id document;
    struct sealed_id sealed;
};

static struct str sha256_of(struct ctx *ctx, struct str s)
{
    unsigned char *hash = arena_alloc(ctx->arena, crypto_hash_sha256_BYTES);
    crypto_hash_sha256(hash, (const unsigned char *)s.p, s.n);
    return (struct str){(const char *)hash, crypto_hash_sha256_BYTES};
}

static enum err case_make(struct ctx *ctx, struct town *town)
{
    TX_SCOPE struct tx tx;
    struct str body = STR("Maten var kall.");
    int64_t number;
    struct t_case_add_row row;
    struct t_document_add_row document;
    struct event_id event;
    TRY(tx_begin(ctx, &tx));
    TRY(series_next(ctx, STR("case"), 2026, &number));
    struct str name = str_fmt(ctx->arena, "2026-%04d", (int)number);
    TRY(t_case_add(ctx, name, town->unit, town->routine, false, name, &row));
    TRY(vault_case_new(ctx, row.id));
    TRY(vault_seal(ctx, row.id, STR("document"), body, &town->sealed));
    TRY(t_document_add(ctx, row.id, 1, town->sealed, (int64_t)body.n, sha256_of(ctx, body), &document));
    TRY(journal_append(ctx, row.id, STR("receive"), STR("{}"), document.id, &event));
    town->case_id = row.id;
    town->document = document.id;
    return tx_commit(&tx);
}

static struct town town_make(struct ctx *ctx)
{
    struct town town = {0};
    struct t_unit_add_row unit;
    struct t_rules_add_row routine;
    assert_ok(ctx, t_town_add(ctx));
    assert_ok(ctx, t_unit_add(ctx, STR("u"), (struct unit_id){0}, true, &unit));
    assert_ok(ctx, t_above_add(ctx, unit.id, unit.id));
    assert_ok(ctx, t_rules_add(ctx, STR("x"), &routine));
    town.unit = unit.id;
    town.routine = routine.id;
    assert_ok(ctx, case_make(ctx, &town));
    return town;
}

/* Run verify; the findings' texts in one, a line each. */
static struct str verify_text(struct ctx *ctx)
{
    struct findings *findings = ARENA_NEW(ctx->arena, struct findings);
    struct out out = out_init(ctx->arena, 1 << 20);
    findings->arena = ctx->arena;
    assert_ok(ctx, verify(ctx, findings));
    for (size_t i = 0; i < findings->n; i++)
        out_fmt(&out, "%.*s\n", STR_ARG(findings->texts[i]));
    return out_take(&out);
}

static void assert_says(struct str text, const char *what)
{
    if (str_find(text, str_from(what)) < 0)
        fail_msg("\"%s\" is not among: %.*s", what, STR_ARG(text));
}

static void a_store_in_order_has_no_findings(void **state)
{
    TEST_STORE(t);
    struct town town = town_make(&t->ctx);
    for (int i = 0; i < 20; i++)
        assert_ok(&t->ctx, case_make(&t->ctx, &town));
    assert_string_equal(verify_text(&t->ctx).p, "");
}

static enum err append(struct ctx *ctx, struct case_id case_id, struct str data)
{
    TX_SCOPE struct tx tx;
    struct event_id event;
    TRY(tx_begin(ctx, &tx));
    TRY(journal_append(ctx, case_id, STR("note"), data, (struct document_id){0}, &event));
    return tx_commit(&tx);
}

static void any_change_of_the_journal_is_found(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    for (int i = 0; i < 5; i++)
        assert_ok(ctx, append(ctx, town.case_id, STR("{\"n\":1}")));
    assert_ok(ctx, t_append_only_off(ctx));
    assert_ok(ctx, t_append_only_off_delete(ctx));
    assert_ok(ctx, t_journal_change(ctx, (struct event_id){3}, STR("{\"n\":2}")));
    assert_string_equal(verify_text(ctx).p, "journal: row 3 has been changed\n");
    assert_ok(ctx, t_journal_change(ctx, (struct event_id){3}, STR("{\"n\":1}")));
    assert_string_equal(verify_text(ctx).p, "");
    assert_ok(ctx, t_journal_rehash(ctx, (struct event_id){4}, STR("01234567890123456789012345678901")));
    assert_says(verify_text(ctx),
                "journal: row 4 has been changed\njournal: row 5 is not bound to the row before it\n");
}

static void a_missing_row_is_found_wherever_it_was(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    for (int i = 0; i < 3; i++)
        assert_ok(ctx, append(ctx, town.case_id, STR("{}")));
    assert_ok(ctx, t_append_only_off(ctx));
    assert_ok(ctx, t_append_only_off_delete(ctx));
    assert_ok(ctx, t_journal_delete(ctx, (struct event_id){2}));
    assert_says(verify_text(ctx), "journal: row 3 follows row 1");
    assert_ok(ctx, t_journal_delete(ctx, (struct event_id){4}));
    assert_says(verify_text(ctx), "journal: it should hold 4 rows up to row 4, but holds 2 up to row 3");
}

static void a_changed_document_is_found_by_chain_and_by_bytes(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    assert_ok(ctx, vault_reseal(ctx, town.case_id, town.sealed, STR("Maten var varm.")));
    assert_string_equal(verify_text(ctx).p, "document 1 of case 2026-0001 is not what it was\n");
    assert_ok(ctx, t_document_append_only_off(ctx));
    assert_ok(ctx, t_document_hash(ctx, town.document, sha256_of(ctx, STR("Maten var varm."))));
    assert_string_equal(verify_text(ctx).p, "journal: row 1 tells of another document 1 than the one stored\n");
}

static void a_body_that_cannot_be_opened_is_found(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    assert_ok(ctx, vault_remove(ctx, town.case_id, town.sealed));
    for (bool more = true; more;)
        assert_ok(ctx, vault_sweep(ctx, &more));
    struct str text = verify_text(ctx);
    assert_says(text, "document 1 of case 2026-0001 cannot be opened");
    assert_says(text, "rule document_body: 1 (submission)");
}

/* The journal tells of this arrival. */
static enum err tell_arrival(struct ctx *ctx, struct case_id id, const char *received_us)
{
    TX_SCOPE struct tx tx;
    struct event_id event;
    TRY(tx_begin(ctx, &tx));
    TRY(journal_append(ctx, id, STR("receive"), str_fmt(ctx->arena, "{\"received_us\":\"%s\"}", received_us),
                       (struct document_id){0}, &event));
    return tx_commit(&tx);
}

static void nothing_changes_the_arrival_or_an_original_unseen(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    assert_ok(ctx, tell_arrival(ctx, town.case_id, "1000"));
    assert_int_not_equal(t_arrival_change(ctx, town.case_id), OK);
    assert_true(str_find(ctx->error.detail, STR("never changed")) >= 0);
    assert_int_not_equal(t_document_hash(ctx, town.document, STR("x")), OK);
    assert_true(str_find(ctx->error.detail, STR("append-only")) >= 0);
    struct str text = verify_text(ctx);
    assert_true(str_find(text, STR("arrival")) < 0);
    assert_ok(ctx, t_arrival_fixed_off(ctx));
    assert_ok(ctx, t_arrival_change(ctx, town.case_id));
    assert_says(verify_text(ctx), "rule arrival: 1 (2026-0001)");
}

static void every_rule_finds_what_breaks_it(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct town town = town_make(ctx);
    struct t_case_add_row bad, listed;
    struct t_document_add_row document;
    struct t_unit_add_row child;
    struct t_person_add_row person;
    assert_ok(ctx, t_town_add(ctx));
    assert_ok(ctx, t_person_add(ctx, STR("somebody"), &person));
    assert_ok(ctx, t_unit_add(ctx, STR("child"), town.unit, true, &child));
    assert_ok(ctx, t_case_add(ctx, STR("2026-0007"), town.unit, town.routine, false, STR("x"), &bad));
    assert_ok(ctx, t_case_spoil(ctx, bad.id));
    assert_ok(ctx, t_case_add(ctx, STR("2025-0001"), town.unit, town.routine, false, STR("y"), &listed));
    assert_ok(ctx, t_case_promise(ctx, listed.id));
    assert_ok(ctx, t_promise_add(ctx, bad.id, STR("reply"), STR("met"), UTC_NONE));
    assert_ok(ctx, t_document_add(ctx, bad.id, 2, (struct sealed_id){99}, 1, STR("x"), &document));
    assert_ok(ctx, t_entry_add(ctx, document.id, (struct sealed_id){99}));
    assert_ok(ctx, tell_arrival(ctx, listed.id, "1001"));
    assert_ok(ctx, t_outbox_add(ctx, bad.id, STR("sent"), UTC_NONE));
    assert_ok(ctx, t_task_add(ctx, bad.id, (struct utc_us){5}));
    assert_ok(ctx, t_counted_add(ctx, town.unit));
    assert_ok(ctx, t_delay_add(ctx, bad.id, document.id, person.id));
    struct str text = verify_text(ctx);
    static const char *const rules[] = {
        "one_municipality: 2",
        "one_intake_unit: 2",
        "units_above: 2 (child)",
        "numbers_without_gaps: 1",
        "number_in_series",
        "closed: 2 (2026-0007)",
        "registered: 2",
        "accepted: 2",
        "next_promise: 3",
        "promise_met: 2 (reply)",
        "case_in_journal: 2",
        "documents_numbered: 2",
        "outbox: 1 (sent)",
        "task: 1 (letter)",
        "secret: 2 (2026-0007)",
        "case_key: 2",
        "document_body: 2",
        "contact: 2 (2026-0007)",
        "arrival: 3 (2025-0001)",
        "diary_wait: 2",
        "diary_closed: 2",
        "party_name: 2 (submission)",
        "promise_day: 1 (promises counted: reply, met, none)",
        "delay: 1 (reply)",
    };
    size_t n_rules = 0;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        assert_says(text, str_fmt(ctx->arena, "rule %s", rules[i]).p);
    for (const struct sql_stmt *const *stmt = sql_all; *stmt; stmt++)
        n_rules += str_starts(str_from((*stmt)->name), STR("invariant_"));
    assert_int_equal(n_rules, ARRAY_LEN(rules)); /* a new rule needs its planted fault here */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VAULT_ON_BOTH_ENGINES(a_store_in_order_has_no_findings),
        VAULT_ON_BOTH_ENGINES(any_change_of_the_journal_is_found),
        VAULT_ON_BOTH_ENGINES(a_missing_row_is_found_wherever_it_was),
        VAULT_ON_BOTH_ENGINES(a_changed_document_is_found_by_chain_and_by_bytes),
        VAULT_ON_BOTH_ENGINES(a_body_that_cannot_be_opened_is_found),
        VAULT_ON_BOTH_ENGINES(nothing_changes_the_arrival_or_an_original_unseen),
        VAULT_ON_BOTH_ENGINES(every_rule_finds_what_breaks_it),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
