/* What: a small municipality for unit tests of the flow, on either engine: store, vault, town with
 * routines/default.yaml, an intake unit "ekhamn", a public unit "hemtjanst" below it whose cases start out marked
 * secret, a public unit "gator", and Amir, who is responsible manager of all three. For x_test.c files only. Flow:
 * FLOW_TEST(test) in the list of tests; TEST_STORE(t) as its first line; t->ctx is ready, its clock stands at
 * FLOW_TEST_NOW until test_clock() moves it. */
#ifndef GAVA_FLOW_TESTING_H
#define GAVA_FLOW_TESTING_H

#include "vault_testing.h"

#include "file.h"
#include "intake.h"
#include "msg.h"
#include "routine_folders.h"
#include "town.h"
#include "town_sql.h"
#include "vault.h"

#define FLOW_TEST_NOW "2026-12-14T09:12:00+01:00" /* a Monday */

static inline void test_clock(struct test_store *t, const char *time)
{
    const char *path = str_cz(t->ctx.arena, str_fmt(t->ctx.arena, "%s/clock", t->dir));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(time, file);
    fclose(file);
    t->clock.file = path;
}

static inline enum err test_routine_add(struct ctx *ctx, const char *file, struct routine_id parent,
                                        struct routine_id *ret)
{
    struct str yaml, path = str_fmt(ctx->arena, "%s/%s", GAVA_ROUTINES_SOURCE, file);
    TRY(file_read(ctx, path, ROUTINE_FILE_MAX, &yaml));
    return town_add_routine(ctx, yaml, str_from(file), parent, ret);
}

static inline enum err test_town_add(struct ctx *ctx)
{
    static const struct unit_spec units[] = {
        {STR_INIT("ekhamn"), STR_INIT("Ekhamn"), STR_INIT("administration"), .is_intake = true},
        {STR_INIT("hemtjanst"), STR_INIT("Hemtjänst norr"), STR_INIT("unit"),
         .secrecy_provision = STR_INIT("26 kap. 1 § OSL"), .is_public = true},
        {STR_INIT("gator"), STR_INIT("Gator och parker"), STR_INIT("unit"), .is_public = true},
        {STR_INIT("bistand"), STR_INIT("Biståndshandläggning"), STR_INIT("unit"), .is_public = true}};
    const struct date always = date_from_civil((struct civil){1970, 1, 1});
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(municipality_add(ctx, STR("ekhamn"), STR("Ekhamns kommun")));
    struct routine_id usual, nacka;
    TRY(test_routine_add(ctx, "default.yaml", (struct routine_id){0}, &usual));
    TRY(test_routine_add(ctx, "nacka-socialtjanst.yaml", usual, &nacka));
    struct unit_id top = {0}, unit;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        struct unit_spec spec = units[i];
        spec.parent = top;
        TRY(town_add_unit(ctx, &spec, &unit));
        if (i == 0)
            top = unit;
    }
    TRY(town_bind_routine(ctx, top, always, usual));
    TRY(town_bind_routine(ctx, unit, always, nacka));
    struct user_spec amir = {.login = STR("amir"),
                             .name = STR("Amir Haddad"),
                             .title = STR("enhetschef"),
                             .email = STR("amir@ekhamn.example"),
                             .phone = STR("0980-319 211"),
                             .language = STR("sv")};
    struct user_id user;
    TRY(town_add_user(ctx, &amir, &user));
    TRY(town_add_role(ctx, user, ROLE_responsible_manager, top));
    return tx_commit(&tx);
}

static inline int flow_test_setup(void **state)
{
    if (test_vault_setup(state) != 0)
        return -1;
    struct test_store *t = *state;
    if (t->ctx.db == NULL)
        return 0;
    test_clock(t, FLOW_TEST_NOW);
    t->ctx.lang = lang_find(STR("sv"));
    t->ctx.town = town_cache_new();
    if (test_town_add(&t->ctx) != OK) {
        fprintf(stderr, "%.*s (%.*s)\n", STR_ARG(t->ctx.error.message), STR_ARG(t->ctx.error.detail));
        return -1;
    }
    return 0;
}

static inline int flow_test_teardown(void **state)
{
    struct test_store *t = *state;
    town_cache_free(t->ctx.town);
    return test_vault_teardown(state);
}

static inline struct unit_id test_unit(struct ctx *ctx, const char *code)
{
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, str_from(code));
    assert_non_null(unit);
    return unit->id;
}

/* A case that came in by the web, with an answer wanted by mail to Åsa. */
static inline struct receipt test_submit(struct ctx *ctx, const char *unit, const char *story)
{
    struct submission s = {.type = STR("complaint"),
                           .story = str_from(story),
                           .unit = test_unit(ctx, unit),
                           .reply_preference = STR("email"),
                           .contact = {.name = STR("Åsa Öberg"), .email = STR("asa@hem.example")},
                           .channel = STR("web"),
                           .language = STR("sv")};
    struct receipt receipt;
    assert_ok(ctx, intake_submit(ctx, &s, &receipt));
    return receipt;
}

#define FLOW_TEST_ON(test, engine, word)                                                                               \
    {                                                                                                                  \
#test " (" word ")", test, flow_test_setup, flow_test_teardown, (void *)(uintptr_t)&engine                     \
    }
#define FLOW_TEST(test) FLOW_TEST_ON(test, test_on_sqlite, "SQLite"), FLOW_TEST_ON(test, test_on_pg, "PostgreSQL")

#endif
