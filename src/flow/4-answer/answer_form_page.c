/* The editor's form to a draft and back. Not here: reading and showing it (answer_page.c, answer_fill_page.c). */
#include "answer_form_page.h"

static bool is_kind(struct str kind, const char *code)
{
    return str_eq(kind, str_from(code));
}

struct answer_form answer_form_of_draft(const struct draft *draft)
{
    struct answer_form form;
    FORM_EMPTY(&form, answer);
    form.text.text = draft->text;
    form.draft_version.number = draft->version;
    form.measure_kind.text = draft->measure_kind;
    form.corrected.text = draft->corrected;
    form.apology.on = draft->apology;
    if (is_kind(draft->measure_kind, "done"))
        form.measure_done.text = draft->measure;
    if (is_kind(draft->measure_kind, "later"))
        form.measure_later.text = draft->measure;
    return form;
}

static void take_ticks(struct ctx *ctx, const struct form_value *answered, struct answer *ret)
{
    int64_t *ids = ARENA_ARRAY(ctx->arena, int64_t, answered->n_files);
    for (size_t i = 0; i < answered->n_files; i++)
        ret->n_answered += str_to_i64(answered->files[i].value, &ids[ret->n_answered]);
    ret->answered = ids;
}

struct answer answer_of_form(struct ctx *ctx, const struct answer_form *form)
{
    bool is_done = is_kind(form->measure_kind.text, "done"), is_later = is_kind(form->measure_kind.text, "later");
    struct answer answer = {
        .text = form->text.text,
        .draft_version = form->draft_version.number,
        .keep_before = is_kind(form->replace.text, "yes"),
        .measure_kind = str_is_empty(form->measure_kind.text) ? STR_NONE : form->measure_kind.text,
        .measure = is_done    ? form->measure_done.text
                   : is_later ? form->measure_later.text
                              : STR(""),
        .corrected = is_done && !form->corrected.fault ? form->corrected.text : STR(""),
        .apology = form->apology.on,
    };
    take_ticks(ctx, &form->answered, &answer);
    return answer;
}

void answer_form_check(struct ctx *ctx, const struct answer_form *form, struct faults_list *faults)
{
    const struct {
        struct str field;
        const struct form_value *value;
    } all[] = {{STR_INIT("text"), &form->text},
               {STR_INIT("measure_done"), &form->measure_done},
               {STR_INIT("measure_later"), &form->measure_later},
               {STR_INIT("corrected"), &form->corrected},
               {STR_INIT("ask"), &form->ask}};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        fault_add_common(ctx, faults, all[i].field, all[i].value, MSG_answer_missing, MSG_answer_missing);
    struct str kind = form->measure_kind.text;
    if (!str_is_empty(kind) && !is_kind(kind, "done") && !is_kind(kind, "later") && !is_kind(kind, "none"))
        fault_add(faults, STR("measure_kind"), msg_text(ctx->lang, MSG_answer_measure_unknown),
                  msg_text(ctx->lang, MSG_answer_measure_unknown));
}
