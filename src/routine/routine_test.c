#include "routine.h"

#include <setjmp.h>

#include <cmocka.h>

#include "letters.h"
#include "routine_folders.h"

static struct ctx test_ctx(void)
{
    static const struct clock clock = {0};
    static struct random random;
    return ctx_begin(&clock, &random, 64 << 20);
}

static struct str shipped(struct ctx *ctx, const char *name)
{
    struct str path = str_fmt(ctx->arena, "%s/%s.yaml", GAVA_ROUTINES_SOURCE, name);
    FILE *file = fopen(path.p, "r");
    assert_non_null(file);
    char *bytes = arena_alloc(ctx->arena, ROUTINE_FILE_MAX);
    size_t n = fread(bytes, 1, ROUTINE_FILE_MAX, file);
    fclose(file);
    return (struct str){bytes, n};
}

static struct routine *load(struct ctx *ctx, const char *name, const struct routine *parent)
{
    struct routine *routine = NULL;
    if (routine_load(ctx, shipped(ctx, name), str_from(name), parent, &routine) != OK)
        fail_msg("%.*s", STR_ARG(ctx->error.message));
    return routine;
}

static void the_shipped_routines_have_no_faults(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *parent = load(&ctx, "default", NULL);
    const char *names[] = {"nacka-socialtjanst", "nacka-valfard", "nordanstig", "motala-socialforvaltning",
                           "rinkeby-kista"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct routine *routine = load(&ctx, names[i], parent);
        assert_true(str_eq(routine->id, str_from(names[i])));
        for (size_t k = 0; k < routine->n_obligations; k++)
            assert_false(str_is_none(routine->obligations[k].clause));
        assert_non_null(routine_letter(routine, STR("acknowledgement")));
    }
    ctx_end(&ctx);
}

/* The routine of Nacka välfärd with its policy line (and the comment behind it) replaced. */
static enum err with_policy(struct ctx *ctx, const char *lines, struct routine **ret)
{
    const struct routine *parent = load(ctx, "default", NULL);
    struct str yaml = shipped(ctx, "nacka-valfard");
    ptrdiff_t at = str_find(yaml, STR("  policy:"));
    assert_true(at > 0);
    struct str rest = str_skip(yaml, (size_t)at);
    rest = str_skip(rest, (size_t)str_find_char(rest, '\n'));
    struct out out = out_init(ctx->arena, ROUTINE_FILE_MAX);
    out_str(&out, str_head(yaml, (size_t)at));
    out_str(&out, str_from(lines));
    out_str(&out, rest);
    return routine_load(ctx, out_take(&out), STR("nacka-valfard"), parent, ret);
}

static void a_policy_is_named_and_its_address_is_a_safe_one(void **state)
{
    struct ctx ctx = test_ctx();
    struct routine *routine = NULL;
    const struct routine *parent = load(&ctx, "default", NULL);
    assert_true(str_eq(load(&ctx, "nacka-valfard", parent)->document.policy, STR("Nacka kommuns servicepolicy")));
    assert_int_equal(with_policy(&ctx, "  policy: Policyn\n  policy_url: https://policy.example/", &routine), OK);
    assert_true(str_eq(routine->document.policy_url, STR("https://policy.example/")));
    assert_int_equal(with_policy(&ctx, "  policy: Policyn\n  policy_url: javascript:alert(1)", &routine), ERR_INVALID);
    assert_int_equal(with_policy(&ctx, "  policy_url: https://policy.example/", &routine), ERR_INVALID);
    ctx_end(&ctx);
}

static void whoever_closes_by_the_routine_may_close(void **state)
{
    static const struct str by = STR_INIT("  by: complaints_officer\n");
    struct ctx ctx = test_ctx();
    struct routine *routine = NULL;
    const struct routine *parent = load(&ctx, "default", NULL);
    struct str yaml = shipped(&ctx, "nacka-socialtjanst");
    ptrdiff_t at = str_find(yaml, by);
    assert_true(at >= 0);
    struct out out = out_init(ctx.arena, ROUTINE_FILE_MAX);
    out_str(&out, str_head(yaml, (size_t)at));
    out_str(&out, STR("  by: registration_officer\n"));
    out_str(&out, str_skip(yaml, (size_t)at + by.n));
    assert_int_equal(routine_load(&ctx, out_take(&out), STR("nacka-socialtjanst"), parent, &routine), ERR_INVALID);
    assert_true(str_find(ctx.error.message, STR("may not close")) >= 0);
    ctx_end(&ctx);
}

static void motala_has_no_dates_of_its_own_and_inherits_the_default(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *parent = load(&ctx, "default", NULL);
    const struct routine *motala = load(&ctx, "motala-socialforvaltning", parent);
    assert_int_equal(routine_obligation(motala, STR("reply"))->within.n, 10);
    assert_true(str_eq(routine_obligation(motala, STR("registration"))->who, STR("intake_officer")));
    assert_non_null(routine_obligation(motala, STR("unit_meeting")));
    assert_null(routine_obligation(parent, STR("unit_meeting")));
    assert_true(str_eq(motala->obligations[0].id, STR("acknowledgement")));
    assert_int_equal(motala->visibility.masks, (1u << MASK_GROUP_COUNT) - 1);
    for (size_t i = 0; i < motala->n_gates; i++)
        assert_false(str_eq(motala->gates[i].id, STR("close_reply")));
    ctx_end(&ctx);
}

static void a_routine_that_inherits_cannot_stand_alone(void **state)
{
    struct ctx ctx = test_ctx();
    struct routine *routine = NULL;
    struct str yaml = shipped(&ctx, "nordanstig");
    assert_true(str_eq(routine_wants(&ctx, yaml), STR("default")));
    assert_int_equal(routine_load(&ctx, yaml, STR("nordanstig.yaml"), NULL, &routine), ERR_INVALID);
    assert_true(str_starts(ctx.error.message, STR("nordanstig.yaml:")));
    assert_null(routine);
    const struct routine *other = load(&ctx, "nordanstig", load(&ctx, "default", NULL));
    assert_int_equal(routine_load(&ctx, yaml, STR("nordanstig.yaml"), other, &routine), ERR_INVALID);
    ctx_end(&ctx);
}

static void the_gift_principle_has_its_eight_steps(void **state)
{
    struct ctx ctx = test_ctx();
    const struct routine *routine = load(&ctx, "nacka-valfard", load(&ctx, "default", NULL));
    size_t at = 0;
    const struct checklist *gift = routine_checklist(routine, PLACE_intake, &at);
    assert_int_equal(gift->n_items, 8);
    assert_true(gift->numbered);
    assert_true(str_find(gift->items[2].more, STR("Jag beklagar")) >= 0);
    assert_true(str_eq(routine_label(routine, LABEL_praise), STR("Synpunkt")));
    assert_true(str_eq(routine_label_of(routine, STR("praise")), STR("Synpunkt")));
    assert_true(str_is_none(routine_label_of(routine, STR("nonsense"))));
    at = 0;
    assert_non_null(routine_guidance(routine, PLACE_public_form, &at));
    assert_null(routine_guidance(routine, PLACE_public_form, &at));
    ctx_end(&ctx);
}

static void a_letter_is_filled_in(void **state)
{
    struct ctx ctx = test_ctx();
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n, n_faults;
    letter_cut(&ctx, STR("Ring {{ phone }}. {Ett} svar: {{text}}{{reason}}"), &pieces, &n, &faults, &n_faults);
    assert_int_equal(n_faults, 0);
    struct str values[PLACEHOLDER_COUNT] = {0};
    values[PLACEHOLDER_phone] = STR("0980-319 200");
    values[PLACEHOLDER_text] = STR("{{phone}}");
    struct out out = out_init(ctx.arena, 1000);
    letter_write(pieces, n, values, &out);
    assert_string_equal(out_take(&out).p, "Ring 0980-319 200. {Ett} svar: {{phone}}");
    ctx_end(&ctx);
}

static void a_letter_with_faults_tells_each_and_where(void **state)
{
    struct ctx ctx = test_ctx();
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n, n_faults;
    letter_cut(&ctx, STR("{{one}} {{two\n}} {{"), &pieces, &n, &faults, &n_faults);
    assert_int_equal(n_faults, 4);
    assert_int_equal(faults[0].at, 0);
    assert_int_equal(faults[1].at, 8);
    assert_int_equal(faults[2].at, 14);
    assert_int_equal(faults[3].at, 17);
    ctx_end(&ctx);
}

static void a_file_that_is_too_large_is_refused_at_once(void **state)
{
    struct ctx ctx = test_ctx();
    size_t n = ROUTINE_FILE_MAX + 1, n_faults;
    char *bytes = arena_alloc(ctx.arena, n);
    memset(bytes, '#', n);
    struct routine *routine;
    struct routine_fault *faults;
    routine_check(&ctx, (struct str){bytes, n}, NULL, &routine, &faults, &n_faults);
    assert_null(routine);
    assert_int_equal(n_faults, 1);
    assert_true(str_find(faults[0].message, STR("larger than 256 kB")) > 0);
    ctx_end(&ctx);
}

static void at_most_200_faults_are_told(void **state)
{
    struct ctx ctx = test_ctx();
    struct out out = out_init(ctx.arena, 100000);
    for (int i = 0; i < 3000; i++)
        out_fmt(&out, "%s{a%d: 1}\n", i == 0 ? "guidance:\n  - " : "  - ", i);
    struct routine *routine;
    struct routine_fault *faults;
    size_t n_faults;
    routine_check(&ctx, out_take(&out), NULL, &routine, &faults, &n_faults);
    assert_true(n_faults > 1 && n_faults <= 200);
    ctx_end(&ctx);
}

static void words_and_codes_are_each_others_inverse(void **state)
{
    for (int i = 0; i < EVENT_COUNT; i++) {
        enum event event;
        assert_true(event_find(event_code((enum event)i), &event));
        assert_int_equal(event, i);
    }
    enum feedback_type type;
    enum channel channel;
    assert_true(feedback_type_find(STR("praise"), &type) && type == TYPE_praise);
    assert_true(channel_find(STR("social_media"), &channel) && channel == CHANNEL_social_media);
    assert_false(feedback_type_find(STR(""), &type));
    assert_true(str_eq(promise_state_code(PROMISE_met_late), STR("met_late")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_routines_have_no_faults),
        cmocka_unit_test(whoever_closes_by_the_routine_may_close),
        cmocka_unit_test(motala_has_no_dates_of_its_own_and_inherits_the_default),
        cmocka_unit_test(a_routine_that_inherits_cannot_stand_alone),
        cmocka_unit_test(the_gift_principle_has_its_eight_steps),
        cmocka_unit_test(a_letter_is_filled_in),
        cmocka_unit_test(a_letter_with_faults_tells_each_and_where),
        cmocka_unit_test(a_policy_is_named_and_its_address_is_a_safe_one),
        cmocka_unit_test(a_file_that_is_too_large_is_refused_at_once),
        cmocka_unit_test(at_most_200_faults_are_told),
        cmocka_unit_test(words_and_codes_are_each_others_inverse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
