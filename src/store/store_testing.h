/* What: a store of its own for each unit test, on either engine. For x_test.c files only.
 * Flow: ON_BOTH_ENGINES(test) in the list of tests; each test gets struct test_store as *state, with ctx ready to use.
 * SQLite lies in a new directory under TMPDIR; PostgreSQL in new schemas of the cluster at $GAVA_TEST_PG (script/test
 * sets it; by hand: tests/pg.sh run ninja test), without which those tests are skipped. */
#ifndef GAVA_STORE_TESTING_H
#define GAVA_STORE_TESTING_H

#include "testing.h"

#include <ftw.h>
#include <unistd.h>

#include "store.h"

struct test_store {
    struct ctx ctx;
    struct clock clock;
    struct random random;
    struct where where;
    struct str slug;
    char dir[256];
};

static const enum db_engine test_on_sqlite = DB_SQLITE, test_on_pg = DB_PG;

/* Another connection to the same store, for what two processes do to each other. End it with test_ctx_end. */
static inline struct ctx test_ctx_begin(struct test_store *t)
{
    struct ctx ctx = ctx_begin(&t->clock, &t->random, (size_t)256 << 20);
    if (store_open(&ctx, &t->where, t->slug, &ctx.db) != OK)
        fail_msg("%.*s (%.*s)", STR_ARG(ctx.error.message), STR_ARG(ctx.error.detail));
    return ctx;
}

static inline void test_ctx_end(struct ctx *ctx)
{
    db_close(ctx->db);
    ctx_end(ctx);
}

/* ctx's error as a failure of the test unless err is OK. */
#define assert_ok(ctx, expr)                                                                                           \
    do {                                                                                                               \
        if ((expr) != OK)                                                                                              \
            fail_msg("%s: %.*s (%.*s)", #expr, STR_ARG((ctx)->error.message), STR_ARG((ctx)->error.detail));           \
    } while (0)

static inline int test_store_setup(void **state)
{
    static struct test_store t; /* one test runs at a time */
    static int number;
    enum db_engine engine = *(const enum db_engine *)*state;
    const char *tmp = getenv("TMPDIR"), *pg = getenv("GAVA_TEST_PG");
    t = (struct test_store){0};
    *state = &t;
    t.ctx = ctx_begin(&t.clock, &t.random, (size_t)256 << 20);
    if (engine == DB_PG && pg == NULL)
        return 0; /* the test is skipped by TEST_STORE */
    snprintf(t.dir, sizeof t.dir, "%s/gava-test-XXXXXX", tmp ? tmp : "/tmp");
    if (mkdtemp(t.dir) == NULL)
        return -1;
    t.where = engine == DB_PG ? (struct where){.url = str_from(pg)} : (struct where){.dir = str_from(t.dir)};
    t.slug = str_fmt(t.ctx.arena, "t%d-%d", (int)getpid(), ++number);
    if (store_create(&t.ctx, &t.where, t.slug) != OK || store_open(&t.ctx, &t.where, t.slug, &t.ctx.db) != OK ||
        db_relax(&t.ctx) != OK) {
        fprintf(stderr, "%.*s (%.*s)\n", STR_ARG(t.ctx.error.message), STR_ARG(t.ctx.error.detail));
        return -1;
    }
    return 0;
}

static inline int test_remove(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    return remove(path);
}

static inline int test_store_teardown(void **state)
{
    struct test_store *t = *state;
    test_ctx_end(&t->ctx);
    if (t->dir[0])
        nftw(t->dir, test_remove, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}

/* First line of a test: its store; leaves the test when there is no PostgreSQL to test on. */
#define TEST_STORE(t)                                                                                                  \
    struct test_store *t = *state;                                                                                     \
    if (t->ctx.db == NULL)                                                                                             \
    skip()

#define TEST_ON(test, engine, word)                                                                                    \
    {                                                                                                                  \
#test " (" word ")", test, test_store_setup, test_store_teardown, (void *)(uintptr_t)&engine                   \
    }
#define ON_BOTH_ENGINES(test) TEST_ON(test, test_on_sqlite, "SQLite"), TEST_ON(test, test_on_pg, "PostgreSQL")

#endif
