/* Bytes as a routine file. Whatever comes in: it is refused with lines, or it is a routine whose every promise can be
 * worked out and explained. */
#include "promise_words.h"
#include "routine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

static void use(struct ctx *ctx, const struct routine *routine)
{
    struct facts facts = facts_begin();
    for (int event = 0; event < EVENT_COUNT; event++)
        if (event % 3 != 2)
            facts.at[event] = (struct utc_us){1797240000 * SECOND_US + event * HOUR_US};
    struct promise *promises;
    struct gate_state *gates;
    size_t n, n_gates;
    if (routine_promises(ctx, routine, NULL, &facts, facts.at[0], &promises, &n) != OK)
        return;
    MUST(n == routine->n_obligations);
    for (size_t i = 0; i < n; i++) {
        struct out out = out_init(ctx->arena, 200000);
        promise_explain(ctx, lang_find(STR("sv")), routine, &promises[i], utc_to_date(facts.at[0]), &out);
        MUST(out_take(&out).n > 0);
        MUST(routine_obligation(routine, promises[i].obligation->id) != NULL);
    }
    for (int step = 0; step < GATE_STEP_COUNT; step++) {
        routine_gates(ctx, routine, (enum gate_step)step, &facts, facts.at[0], &gates, &n_gates);
        (void)gates_are_open(gates, n_gates);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 256 << 20);
    struct routine *routine;
    struct routine_fault *faults;
    size_t n_faults;
    routine_check(&ctx, (struct str){(const char *)data, size}, NULL, &routine, &faults, &n_faults);
    MUST((routine != NULL) == (n_faults == 0));
    for (size_t i = 0; i < n_faults; i++)
        MUST(faults[i].line >= 1 && str_is_utf8(faults[i].message) && !str_has_control(faults[i].message));
    if (routine != NULL)
        use(&ctx, routine);
    ctx_end(&ctx);
    return 0;
}
