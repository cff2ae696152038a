#include "routine_diff.h"

#include <setjmp.h>

#include <cmocka.h>

#include "file.h"
#include "routine_folders.h"
#include "routine_head.h"
#include "rule_words.h"

static struct ctx test_ctx(void)
{
    static const struct clock clock = {0};
    static struct random random;
    struct ctx ctx = ctx_begin(&clock, &random, 64 << 20);
    ctx.lang = lang_find(STR("sv"));
    return ctx;
}

static struct str shipped(struct ctx *ctx, const char *name)
{
    struct str yaml;
    assert_int_equal(
        file_read(ctx, str_fmt(ctx->arena, "%s/%s.yaml", GAVA_ROUTINES_SOURCE, name), ROUTINE_FILE_MAX, &yaml), OK);
    return yaml;
}

static const struct routine *loaded(struct ctx *ctx, struct str yaml, const struct routine *parent)
{
    struct routine *routine = NULL;
    if (routine_load(ctx, yaml, STR("test"), parent, &routine) != OK)
        fail_msg("%.*s", STR_ARG(ctx->error.message));
    return routine;
}

/* The text with the first `old` made into `new`. */
static struct str with(struct ctx *ctx, struct str text, const char *old, const char *new)
{
    ptrdiff_t at = str_find(text, str_from(old));
    if (at < 0)
        fail_msg("\"%s\" is not there", old);
    struct out out = out_init(ctx->arena, ROUTINE_FILE_MAX);
    out_str(&out, str_head(text, (size_t)at));
    out_str(&out, str_from(new));
    out_str(&out, str_skip(text, (size_t)at + strlen(old)));
    return out_take(&out);
}

static const struct rule_change *find_rule(const struct routine_diff *diff, const char *id)
{
    for (size_t i = 0; i < diff->n_rules; i++)
        if (str_eq(diff->rules[i].id, str_from(id)))
            return &diff->rules[i];
    fail_msg("no change of \"%s\"", id);
    return NULL;
}

/* "Tid: 10 kalenderdagar -> 8 arbetsdagar" of the key with this number among those that differ. */
static void assert_words(struct ctx *ctx, const struct rule_change *rule, size_t i, const char *expected)
{
    assert_true(i < rule->n_keys);
    const struct key_change *key = &rule->keys[i];
    struct str before = change_value_words(ctx, ctx->lang, NULL, rule, key, false);
    struct str after = change_value_words(ctx, ctx->lang, NULL, rule, key, true);
    struct str got = str_fmt(ctx->arena, "%.*s: %.*s -> %.*s", STR_ARG(change_key_words(ctx->lang, key)),
                             STR_ARG(before), STR_ARG(after));
    assert_string_equal(got.p, expected);
}

static void a_routine_does_not_differ_from_itself(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *base = loaded(&ctx, shipped(&ctx, "default"), NULL);
    const char *names[] = {"nacka-socialtjanst", "nacka-valfard", "nordanstig", "motala-socialforvaltning",
                           "rinkeby-kista"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str yaml = shipped(&ctx, names[i]);
        struct str later = str_fmt(ctx.arena, "# one line more\n%.*s", STR_ARG(yaml));
        struct routine_diff diff = routine_diff(&ctx, loaded(&ctx, yaml, base), loaded(&ctx, later, base));
        assert_int_equal(diff.n_rules, 0);
    }
    ctx_end(&ctx);
}

static void a_changed_limit_is_said_in_words(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *base = loaded(&ctx, shipped(&ctx, "default"), NULL);
    struct str old = shipped(&ctx, "nacka-socialtjanst");
    struct str new =
        with(&ctx, old, "within: {n: 10, unit: calendar_day}\n    roll: true", "within: {n: 8, unit: working_day}");
    struct routine_diff diff = routine_diff(&ctx, loaded(&ctx, old, base), loaded(&ctx, new, base));
    assert_int_equal(diff.n_rules, 1);
    assert_int_equal(diff.rules[0].kind, CHANGE_CHANGED);
    assert_int_equal(routine_diff_count(&diff, STR("obligations"), CHANGE_CHANGED), 1);
    assert_int_equal(routine_diff_count(&diff, STR("obligations"), CHANGE_ADDED), 0);
    assert_int_equal(diff.rules[0].n_keys, 2);
    assert_words(&ctx, find_rule(&diff, "reply"), 0, "Tid: 10 kalenderdagar -> 8 arbetsdagar");
    assert_words(&ctx, find_rule(&diff, "reply"), 1, "Flyttas till nästa arbetsdag: ja -> nej");
    ctx_end(&ctx);
}

static void what_is_new_and_what_is_gone(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *base = loaded(&ctx, shipped(&ctx, "default"), NULL);
    struct str old = shipped(&ctx, "nordanstig");
    struct str new = with(&ctx, old, "obligations:\n",
                          "obligations:\n  - id: follow_up\n    who: responsible_manager\n    from: replied\n"
                          "    met_by: followed_up\n    within: {n: 5, unit: working_day}\n    kind: target\n"
                          "    clause: Test\n");
    const struct routine *a = loaded(&ctx, old, base), *b = loaded(&ctx, new, base);
    struct routine_diff diff = routine_diff(&ctx, a, b);
    const struct rule_change *rule = find_rule(&diff, "follow_up");
    assert_int_equal(diff.n_rules, 1);
    assert_int_equal(rule->kind, CHANGE_ADDED);
    assert_null(rule->before);
    assert_true(rule->n_keys >= 5);
    diff = routine_diff(&ctx, b, a);
    assert_int_equal(find_rule(&diff, "follow_up")->kind, CHANGE_REMOVED);
    ctx_end(&ctx);
}

/* Each line of the file changed in a way that keeps it a routine: the diff must see every one of them. */
static void every_kind_of_key_is_compared(void **state)
{
    static const char *const changes[][3] = {
        {"eves: free", "eves: worked", "working_days"},
        {"who: registrar\n  then", "who: intake_officer\n  then", "registration"},
        {"asks: [submitter_role, on_behalf, language]", "asks: [submitter_role]", "intake"},
        {"reach: open", "reach: need_to_know", "visibility"},
        {"number: Hidnr 2014.2456", "number: KS 2026/0118", "document"},
        {"parts: [hints, letters, labels]", "parts: [hints, letters]", "inherits"},
        {"when: {contact: known, reply: wanted}", "when: {contact: known}", "obligations"},
        {"who: quality_unit\n    from: received", "who: registrar\n    from: received", "obligations"},
        {"met_by: [forwarded, accepted]", "met_by: forwarded", "obligations"},
        {"kind: hard\n    public: true", "kind: target\n    public: true", "obligations"},
    };
    struct ctx ctx = test_ctx();
    const struct routine *base = loaded(&ctx, shipped(&ctx, "default"), NULL);
    struct str old = shipped(&ctx, "nordanstig");
    const struct routine *a = loaded(&ctx, old, base);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        const struct routine *b = loaded(&ctx, with(&ctx, old, changes[i][0], changes[i][1]), base);
        struct routine_diff diff = routine_diff(&ctx, a, b);
        if (diff.n_rules == 0)
            fail_msg("not seen: %s", changes[i][1]);
        assert_string_equal(diff.rules[0].part->key, changes[i][2]);
        for (size_t r = 0; r < diff.n_rules; r++) { /* and can be said */
            assert_true(change_name(&ctx, ctx.lang, &diff.rules[r]).n > 0);
            for (size_t k = 0; k < diff.rules[r].n_keys; k++)
                assert_true(change_value_words(&ctx, ctx.lang, b, &diff.rules[r], &diff.rules[r].keys[k], true).n > 0);
        }
    }
    ctx_end(&ctx);
}

static void what_is_inherited_is_compared(void **state)
{
    struct ctx ctx = test_ctx();
    struct str old = shipped(&ctx, "default"), heir = shipped(&ctx, "motala-socialforvaltning");
    struct str new = with(&ctx, old, "unit: working_day}", "unit: calendar_day}");
    const struct routine *a = loaded(&ctx, heir, loaded(&ctx, old, NULL));
    const struct routine *b = loaded(&ctx, heir, loaded(&ctx, new, NULL));
    assert_true(routine_diff(&ctx, a, b).n_rules > 0);
    ctx_end(&ctx);
}

static void the_head_is_written_and_nothing_else(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *base = loaded(&ctx, shipped(&ctx, "default"), NULL);
    const char *names[] = {"default", "nacka-socialtjanst", "nordanstig", "motala-socialforvaltning"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str yaml = shipped(&ctx, names[i]);
        struct routine_head head = {7, date_from_civil((struct civil){2027, 1, 1}), STR("Nämnden \"SN\" § 4"), STR("")};
        struct str again, headed = routine_with_head(&ctx, yaml, &head);
        const struct routine *parent = i ? base : NULL, *old = loaded(&ctx, yaml, parent),
                             *new = loaded(&ctx, headed, parent);
        assert_int_equal(new->version, 7);
        assert_int_equal(new->document.valid_from.days, head.valid_from.days);
        assert_true(str_eq(new->document.decided_by, head.decided_by));
        assert_true(str_is_empty(new->document.number));
        struct routine_diff diff = routine_diff(&ctx, old, new);
        assert_int_equal(diff.n_rules, 1);
        assert_string_equal(diff.rules[0].part->key, "document");
        again = routine_with_head(&ctx, headed, &head);
        assert_true(str_eq(again, headed));
    }
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_routine_does_not_differ_from_itself), cmocka_unit_test(a_changed_limit_is_said_in_words),
        cmocka_unit_test(what_is_new_and_what_is_gone),          cmocka_unit_test(every_kind_of_key_is_compared),
        cmocka_unit_test(what_is_inherited_is_compared),         cmocka_unit_test(the_head_is_written_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
