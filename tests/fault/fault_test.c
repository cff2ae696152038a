/* The fault suite: every operation of the story fails at its 1st, 2nd, 3rd ... call to the database, each in its own
 * way, until it passes untouched. After each failure everything stored is as it was, the error is told, and no
 * transaction is left open; after it has passed, the journal's chain and every rule of the store hold. */
#include "fault_story.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "fault_points.h"
#include "fault_store.h"
#include "verify.h"

enum { POINTS_MAX = 3000 };

struct attempt {
    enum err err;
    bool reached;
    struct str message;
};

/* The reader's connection and what it saw. */
struct watcher {
    struct ctx ctx;
    struct store_reader *reader;
    struct arena *before_arena, *now_arena;
    const struct snapshot *before;
};

static struct user_id who_of(const struct world *w, char who)
{
    switch (who) {
    case 'a':
        return w->amir;
    case 'b':
        return w->berit;
    case 'r':
        return w->rut;
    }
    return (struct user_id){0};
}

/* One request: a ctx of its own over the process's store, as the dispatcher makes them. */
static struct attempt attempt(struct world *w, const struct op *op, enum fault fault, int64_t n)
{
    struct test_store *t = w->t;
    struct ctx ctx = ctx_begin(&t->clock, &t->random, (size_t)64 << 20);
    ctx.db = t->ctx.db;
    ctx.vault = t->ctx.vault;
    ctx.town = t->ctx.town;
    ctx.lang = t->ctx.lang;
    ctx.who = who_of(w, op->who);
    fault_arm(fault, n);
    struct attempt a = {.err = op->run(&ctx, w)};
    a.reached = fault_disarm();
    assert_false(db_in_tx(&ctx));
    a.message = str_copy(t->ctx.arena,
                         str_fmt(ctx.arena, "%.*s (%.*s)", STR_ARG(ctx.error.message), STR_ARG(ctx.error.detail)));
    if (a.err != OK && str_is_empty(ctx.error.message))
        fail_msg("%s at %s gave an error without a word", op->name, fault_place());
    ctx_end(&ctx);
    return a;
}

/* The same in a process of its own, which ends at the fault as with kill -9. OK: it got to the end. */
static struct attempt attempt_killed(struct world *w, const struct op *op, int64_t n)
{
    struct test_store *t = w->t;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        struct ctx ctx = test_ctx_begin(t);
        if (db_relax(&ctx) != OK || vault_open(&ctx, &t->where, &ctx.vault) != OK)
            _exit(2);
        ctx.town = town_cache_new();
        ctx.lang = t->ctx.lang;
        ctx.who = who_of(w, op->who);
        fault_arm(FAULT_KILLED, n);
        enum err err = op->run(&ctx, w);
        fault_disarm();
        _exit(err == OK ? 0 : 3);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (!killed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        fail_msg("\"%s\" ended with %d before it was killed", op->name, status);
    return (struct attempt){.err = killed ? ERR_BUSY : OK, .reached = killed};
}

static void watcher_begin(struct watcher *watcher, struct test_store *t)
{
    *watcher = (struct watcher){.ctx = test_ctx_begin(t)};
    watcher->ctx.vault = t->ctx.vault;
    watcher->before_arena = arena_new((size_t)8 << 20);
    watcher->now_arena = arena_new((size_t)8 << 20);
    watcher->reader = store_reader_begin(&watcher->ctx);
}

static void watcher_end(struct watcher *watcher)
{
    store_reader_end(watcher->reader);
    arena_free(watcher->before_arena);
    arena_free(watcher->now_arena);
    test_ctx_end(&watcher->ctx);
}

static void watcher_look(struct watcher *watcher)
{
    arena_reset(watcher->before_arena);
    watcher->before = store_snapshot(watcher->reader, watcher->before_arena);
}

/* What has changed since watcher_look(). */
static struct str watcher_difference(struct watcher *watcher, bool spare_secrets)
{
    arena_reset(watcher->now_arena);
    const struct snapshot *now = store_snapshot(watcher->reader, watcher->now_arena);
    return snapshot_difference(watcher->now_arena, watcher->before, now, spare_secrets);
}

/* Journal, hashes, rules. */
static void all_is_well(struct world *w, const char *after)
{
    ARENA_SCOPE struct arena *scratch = arena_new((size_t)64 << 20);
    struct ctx ctx = w->t->ctx;
    ctx.arena = scratch;
    struct findings *findings = ARENA_NEW(scratch, struct findings);
    findings->arena = scratch;
    assert_ok(&ctx, verify(&ctx, findings));
    if (findings->n)
        fail_msg("after \"%s\": %.*s", after, STR_ARG(findings->texts[0]));
}

static bool may_be_done(enum fault fault)
{
    return fault == FAULT_UNSURE || fault == FAULT_KILLED;
}

/* It was done although nobody heard so: whoever tries again changes nothing. */
static void is_not_done_twice(struct world *w, struct watcher *watcher, const struct op *op)
{
    all_is_well(w, op->name);
    if (op->again == REPEATS)
        return;
    watcher_look(watcher);
    (void)attempt(w, op, FAULT_BUSY, POINTS_MAX);
    struct str words = watcher_difference(watcher, /* spare_secrets= */ false);
    if (words.n)
        fail_msg("\"%s\" was done twice: %.*s", op->name, STR_ARG(words));
}

/* What was written in the draft is what one reads in it. */
static void draft_is_as_before(struct world *w, const struct op *op, struct str before)
{
    story_look(w, &w->t->ctx);
    if (!str_eq(w->draft_text, before))
        fail_msg("\"%s\", failing at %s, lost the draft: \"%.*s\" was \"%.*s\"", op->name, fault_place(),
                 STR_ARG(w->draft_text), STR_ARG(before));
}

/* Fail the operation at every point; it is done when this returns. */
static int64_t op_with_faults(struct world *w, struct watcher *watcher, const struct op *op, enum fault fault)
{
    /* Every third point is enough where each of them fails in another test: as broken on SQLite, as a write. */
    bool each = fault == FAULT_WRITE || (fault == FAULT_BROKEN && db_engine(w->t->ctx.db) == DB_SQLITE) ||
                fault == FAULT_LOST || fault == FAULT_UNSURE;
    int64_t step = each ? 1 : 3;
    for (int64_t n = step == 1 ? 1 : 1 + (op - story) % step; n < POINTS_MAX; n += step) {
        story_look(w, &w->t->ctx);
        watcher_look(watcher);
        struct str draft = w->draft_text;
        struct attempt a = fault == FAULT_KILLED ? attempt_killed(w, op, n) : attempt(w, op, fault, n);
        /* One file of two may have been written: an unused secret (decision 0003). */
        struct str words =
            watcher_difference(watcher, /* spare_secrets= */ fault == FAULT_WRITE || fault == FAULT_KILLED);
        if (!a.reached) {
            if (a.err != OK)
                fail_msg("\"%s\" fails by itself: %.*s", op->name, STR_ARG(a.message));
            all_is_well(w, op->name);
            return n - 1;
        }
        if (a.err == OK && fault == FAULT_WRITE && words.n) { /* after the commit, while tidying up the log */
            all_is_well(w, op->name);
            return n;
        }
        if (a.err == OK && op->again != PIECES) /* a job may leave a thing for later and go on */
            fail_msg("\"%s\" says that it went well, failing %s at %s", op->name, fault_name(fault), fault_place());
        if (op->again == PIECES)
            all_is_well(w, op->name);
        if (words.n == 0 || op->again == PIECES) {
            draft_is_as_before(w, op, draft);
            continue;
        }
        if (!may_be_done(fault))
            fail_msg("\"%s\", failing %s at %s, left something: %.*s", op->name, fault_name(fault), fault_place(),
                     STR_ARG(words));
        is_not_done_twice(w, watcher, op);
        return n;
    }
    fail_msg("\"%s\" has more than %d points", op->name, POINTS_MAX);
    return 0;
}

/* A mail is queued; the job that sends it fails at every point. After its lease it goes, under the same id. */
static void mails_go_once_or_are_known_to_have_gone(struct test_store *t, enum fault fault)
{
    struct world w = {.t = t};
    struct ctx *ctx = &t->ctx;
    story_begin(&w);
    assert_int_equal(attempt(&w, &story[0], fault, POINTS_MAX).err, OK);
    for (int64_t n = 1; n < POINTS_MAX; n++) {
        struct outbox_id id = mail_queue(&w);
        int64_t n_before = fault_mails();
        struct attempt a = attempt(&w, &mail_job, fault, n);
        int64_t n_first = fault_mails() - n_before;
        all_is_well(&w, mail_job.name);
        bool is_done = mail_is_sent(&w, id);
        if (is_done && n_first != 1)
            fail_msg("failing %s at %s, a mail nobody took is \"sent\"", fault_name(fault), fault_place());
        if (!a.reached) {
            assert_true(is_done && a.err == OK);
            assert_true(n > 20 || fault == FAULT_LOST || fault == FAULT_UNSURE);
            return;
        }
        mail_lease_ends(&w, id);
        a = attempt(&w, &mail_job, fault, POINTS_MAX);
        assert_ok(ctx, a.err);
        assert_true(mail_is_sent(&w, id));
        if (fault_mails() - n_before > n_first + !is_done)
            fail_msg("failing %s at %s, a mail went again that was known to have gone", fault_name(fault),
                     fault_place());
    }
    fail_msg("sending a mail has more than %d points", POINTS_MAX);
}

static void whole_story(struct test_store *t, enum fault fault)
{
    struct world *w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct watcher watcher;
    int64_t n_points = 0;
    assert_true(w != MAP_FAILED);
    *w = (struct world){.t = t};
    story_begin(w);
    watcher_begin(&watcher, t);
    for (size_t i = 0; i < n_story; i++)
        n_points += op_with_faults(w, &watcher, &story[i], fault);
    print_message("%s: %lld points\n", fault_name(fault), (long long)n_points);
    bool few = fault != FAULT_BUSY && fault != FAULT_BROKEN;
    assert_true(n_points >= (few ? 1 : 20) * (int64_t)n_story);
    watcher_end(&watcher);
    munmap(w, sizeof *w);
}

static void nothing_is_left_half_when_the_store_is_busy(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_BUSY);
}

static void nothing_is_left_half_when_a_statement_fails(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_BROKEN);
}

static void nothing_is_left_half_when_the_connection_is_lost(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_LOST);
}

static void what_was_done_without_an_answer_is_not_done_twice(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_UNSURE);
}

static void a_disk_that_fails_loses_no_words(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_WRITE);
}

static void a_process_that_is_killed_loses_no_words(void **state)
{
    TEST_STORE(t);
    whole_story(t, FAULT_KILLED);
}

static void a_mail_goes_although_everything_fails_once(void **state)
{
    TEST_STORE(t);
    mails_go_once_or_are_known_to_have_gone(t, FAULT_BROKEN);
}

static void a_mail_goes_although_everybody_is_busy(void **state)
{
    TEST_STORE(t);
    mails_go_once_or_are_known_to_have_gone(t, FAULT_BUSY);
}

static void a_mail_goes_although_an_answer_gets_lost(void **state)
{
    TEST_STORE(t);
    mails_go_once_or_are_known_to_have_gone(t, FAULT_UNSURE);
}

/* fault_test sqlite | postgres */
int main(int argc, char **argv)
{
    const struct CMUnitTest on_sqlite[] = {
        FLOW_TEST_ON(nothing_is_left_half_when_the_store_is_busy, test_on_sqlite, "SQLite"),
        FLOW_TEST_ON(nothing_is_left_half_when_a_statement_fails, test_on_sqlite, "SQLite"),
        FLOW_TEST_ON(a_disk_that_fails_loses_no_words, test_on_sqlite, "SQLite"),
        FLOW_TEST_ON(a_process_that_is_killed_loses_no_words, test_on_sqlite, "SQLite"),
        FLOW_TEST_ON(a_mail_goes_although_everything_fails_once, test_on_sqlite, "SQLite"),
        FLOW_TEST_ON(a_mail_goes_although_everybody_is_busy, test_on_sqlite, "SQLite"),
    };
    const struct CMUnitTest on_pg[] = {
        FLOW_TEST_ON(nothing_is_left_half_when_a_statement_fails, test_on_pg, "PostgreSQL"),
        FLOW_TEST_ON(nothing_is_left_half_when_the_connection_is_lost, test_on_pg, "PostgreSQL"),
        FLOW_TEST_ON(what_was_done_without_an_answer_is_not_done_twice, test_on_pg, "PostgreSQL"),
        FLOW_TEST_ON(a_mail_goes_although_everything_fails_once, test_on_pg, "PostgreSQL"),
        FLOW_TEST_ON(a_mail_goes_although_an_answer_gets_lost, test_on_pg, "PostgreSQL"),
    };
    if (argc == 2 && strcmp(argv[1], "sqlite") == 0) {
        fault_watch_files();
        return cmocka_run_group_tests(on_sqlite, NULL, NULL);
    }
    if (argc == 2 && strcmp(argv[1], "postgres") == 0)
        return cmocka_run_group_tests(on_pg, NULL, NULL);
    fprintf(stderr, "usage: fault_test sqlite|postgres\n");
    return 2;
}
