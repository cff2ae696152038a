/* kill -9 in the middle of commits over register and vault: what was acknowledged is there, whole, and nothing else is
 * half. */
#include "testing.h"

#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>

#include "journal.h"
#include "series.h"
#include "vault_testing.h"
#include "verify.h"
#include "verify_test_sql.h"

enum { ROUNDS = 6, PER_ROUND = 15 };

struct place {
    struct unit_id unit;
    struct routine_id routine;
};

static enum err case_make(struct ctx *ctx, const struct place *place, int64_t *ret_number)
{
    TX_SCOPE struct tx tx;
    struct t_case_add_row row;
    struct t_document_add_row document;
    struct sealed_id sealed;
    struct event_id event;
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct str body = STR("Maten var kall.");
    crypto_hash_sha256(hash, (const unsigned char *)body.p, body.n);
    TRY(tx_begin(ctx, &tx));
    TRY(series_next(ctx, STR("case"), 2026, ret_number));
    struct str name = str_fmt(ctx->arena, "2026-%04d", (int)*ret_number);
    TRY(t_case_add(ctx, name, place->unit, place->routine, true, name, &row));
    TRY(vault_case_new(ctx, row.id));
    TRY(vault_contact_put(ctx, row.id, &(struct contact){.name = STR("Åsa"), .email = STR("asa@example.se")}));
    TRY(vault_seal(ctx, row.id, STR("document"), body, &sealed));
    TRY(t_document_add(ctx, row.id, 1, sealed, (int64_t)body.n, (struct str){(const char *)hash, sizeof hash},
                       &document));
    TRY(journal_append(ctx, row.id, STR("receive"), STR("{}"), document.id, &event));
    return tx_commit(&tx);
}

/* A child that makes cases for ever and says each number once it is durable. */
static void make_for_ever(struct test_store *t, const struct place *place, int to)
{
    struct ctx ctx = test_ctx_begin(t);
    if (vault_open(&ctx, &t->where, &ctx.vault) != OK)
        _exit(1);
    for (;;) {
        int64_t number;
        if (case_make(&ctx, place, &number) != OK)
            _exit(2);
        if (write(to, &number, sizeof number) != sizeof number)
            _exit(0);
        arena_reset(ctx.arena);
    }
}

static void killed_in_the_middle_nothing_is_lost_or_half(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct place place;
    struct t_unit_add_row unit;
    struct t_rules_add_row routine;
    int64_t acknowledged = 0;
    assert_ok(ctx, t_town_add(ctx));
    assert_ok(ctx, t_unit_add(ctx, STR("u"), (struct unit_id){0}, true, &unit));
    assert_ok(ctx, t_above_add(ctx, unit.id, unit.id));
    assert_ok(ctx, t_rules_add(ctx, STR("x"), &routine));
    place = (struct place){unit.id, routine.id};
    for (int round = 0; round < ROUNDS; round++) {
        int pipes[2];
        assert_int_equal(pipe(pipes), 0);
        pid_t pid = fork();
        if (pid == 0) {
            close(pipes[0]);
            make_for_ever(t, &place, pipes[1]);
        }
        close(pipes[1]);
        for (int i = 0; i < PER_ROUND + round; i++) { /* a little further into a commit each time */
            int64_t number;
            assert_int_equal(read(pipes[0], &number, sizeof number), sizeof number);
            assert_true(number > acknowledged);
            acknowledged = number;
        }
        for (volatile int spin = 0; spin < round * 40000; spin++)
            ;
        kill(pid, SIGKILL);
        int64_t number; /* what it still managed to say */
        while (read(pipes[0], &number, sizeof number) == sizeof number)
            acknowledged = number;
        close(pipes[0]);
        waitpid(pid, NULL, 0);
        struct findings *findings = ARENA_NEW(ctx->arena, struct findings);
        struct t_journal_count_row count;
        findings->arena = ctx->arena;
        assert_ok(ctx, verify(ctx, findings));
        if (findings->n)
            fail_msg("%.*s", STR_ARG(findings->texts[0]));
        assert_ok(ctx, t_journal_count(ctx, &count));
        assert_true(count.n >= acknowledged); /* the last commit may have come without its word */
        assert_true(count.n <= acknowledged + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VAULT_ON_BOTH_ENGINES(killed_in_the_middle_nothing_is_lost_or_half),
    };
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
