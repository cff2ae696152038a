/* What: a store with an open vault for each unit test, on either engine. For x_test.c files only.
 * Flow: VAULT_ON_BOTH_ENGINES(test) in the list of tests, TEST_STORE(t) as the test's first line; t->ctx.vault is open.
 * The keys of every test lie in its own directory. Not here: the store itself (store_testing.h). */
#ifndef GAVA_VAULT_TESTING_H
#define GAVA_VAULT_TESTING_H

#include "store_testing.h"
#include "vault.h"

static inline int test_vault_setup(void **state)
{
    if (test_store_setup(state) != 0)
        return -1;
    struct test_store *t = *state;
    if (t->ctx.db == NULL)
        return 0; /* the test is skipped by TEST_STORE */
    setenv("GAVA_KEY_FILE", str_fmt(t->ctx.arena, "%s/keys/master.key", t->dir).p, 1);
    if (vault_create(&t->ctx, &t->where) == OK && vault_open(&t->ctx, &t->where, &t->ctx.vault) == OK)
        return 0;
    fprintf(stderr, "%.*s (%.*s)\n", STR_ARG(t->ctx.error.message), STR_ARG(t->ctx.error.detail));
    return -1;
}

static inline int test_vault_teardown(void **state)
{
    struct test_store *t = *state;
    vault_close(t->ctx.vault);
    return test_store_teardown(state);
}

#define VAULT_ON(test, engine, word)                                                                                   \
    {                                                                                                                  \
#test " (" word ")", test, test_vault_setup, test_vault_teardown, (void *)(uintptr_t)&engine                   \
    }
#define VAULT_ON_BOTH_ENGINES(test) VAULT_ON(test, test_on_sqlite, "SQLite"), VAULT_ON(test, test_on_pg, "PostgreSQL")

#endif
