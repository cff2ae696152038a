/* What: `gava verify`. Source: design.md section 5. */
#include "args.h"
#include "verify.h"

int verify_cmd(struct ctx *ctx, int argc, char **argv);

static enum err verify_one(struct ctx *ctx, const struct where *where, struct str slug, struct findings *findings)
{
    TRY(store_open(ctx, where, slug, &ctx->db));
    enum err err = vault_open(ctx, where, &ctx->vault);
    if (err == OK)
        err = verify(ctx, findings);
    vault_close(ctx->vault);
    db_close(ctx->db);
    ctx->vault = NULL;
    ctx->db = NULL;
    return err;
}

static void tell(struct str slug, const struct findings *findings)
{
    for (size_t i = 0; i < findings->n; i++)
        printf("%.*s: %.*s\n", STR_ARG(slug), STR_ARG(findings->texts[i]));
    if (findings->all > findings->n)
        printf("%.*s: and %zu more\n", STR_ARG(slug), findings->all - findings->n);
    if (findings->all == 0)
        printf("%.*s: everything is as it was written\n", STR_ARG(slug));
}

int verify_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct where where = {.dir = STR_NONE, .url = STR_NONE};
    struct str only = STR_NONE, *slugs = &only;
    size_t n = 1, n_found = 0;
    const struct arg args[] = {
        ARG_TEXT("--data", "DIR", false, &where.dir, "where the municipalities are"),
        ARG_TEXT("--postgres", "URL", false, &where.url, "the same in PostgreSQL"),
        ARG_TEXT("--municipality", "SLUG", false, &only, "one of them; otherwise all"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    if (str_is_empty(where.dir) == str_is_empty(where.url))
        return command_usage(argv, "give either --data DIR or --postgres URL");
    enum err err = str_is_none(only) ? store_list(ctx, &where, &slugs, &n) : OK;
    if (err == OK && n == 0)
        err = fail(ctx, ERR_NOT_FOUND, "there is no municipality");
    for (size_t i = 0; i < n && err == OK; i++) {
        struct findings *findings = ARENA_NEW(ctx->arena, struct findings);
        findings->arena = ctx->arena;
        err = verify_one(ctx, &where, slugs[i], findings);
        if (err == OK)
            tell(slugs[i], findings);
        n_found += findings->all;
    }
    if (err != OK)
        return command_status(ctx, err);
    return n_found ? EXIT_WRONG : EXIT_DONE;
}
