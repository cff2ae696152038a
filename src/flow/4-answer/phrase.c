#include "phrase.h"

#include "case_letter.h"
#include "db.h"
#include "journal.h"
#include "letter_template.h"
#include "words.h"

enum err phrase_all(struct ctx *ctx, struct phrase **ret, size_t *ret_n)
{
    struct phrase_list_row *rows;
    TRY(phrase_list(ctx, &rows, ret_n));
    struct phrase *all = ARENA_ARRAY(ctx->arena, struct phrase, *ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        all[i] = (struct phrase){.id = rows[i].id,
                                 .name = rows[i].name,
                                 .body = rows[i].body,
                                 .unit = rows[i].unit,
                                 .routine = rows[i].routine,
                                 .type = rows[i].type,
                                 .active = rows[i].active};
    *ret = all;
    return OK;
}

enum err phrase_get(struct ctx *ctx, int64_t id, struct phrase *ret)
{
    struct phrase_one_row row;
    TRY(phrase_one(ctx, id, &row));
    *ret = (struct phrase){.id = id,
                           .name = row.name,
                           .body = row.body,
                           .unit = row.unit,
                           .routine = row.routine,
                           .type = row.type,
                           .active = row.active};
    return OK;
}

static bool type_exists(struct str type)
{
    for (enum feedback_type i = 0; i < TYPE_COUNT; i++)
        if (str_eq(type, words_type[i]))
            return true;
    return str_is_empty(type);
}

static bool routine_exists(const struct town *town, struct str code)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (str_eq(town->routines[i].code, code))
            return true;
    return str_is_empty(code);
}

static enum err check(struct ctx *ctx, const struct phrase *p)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct letter_complaint *complaints;
    size_t n;
    letter_template_check(ctx, LETTER_reply_start, STR(""), p->body, &complaints, &n);
    if (n > 0 || str_is_empty(str_trim(p->name)) || str_is_empty(str_trim(p->body)) ||
        str_utf8_len(p->name) > PHRASE_NAME_MAX_CHARS || str_utf8_len(p->body) > PHRASE_BODY_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the phrase has %zu faults, or is empty or too long", n);
    if (!type_exists(p->type) || !routine_exists(town, p->routine) || (p->unit.v && !town_unit(town, p->unit)))
        return fail(ctx, ERR_INVALID, "the phrase is for a unit, routine or type that does not exist");
    return OK;
}

enum err phrase_save(struct ctx *ctx, const struct phrase *p, int64_t *ret_id)
{
    TRY(check(ctx, p));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    *ret_id = p->id;
    if (p->id == 0) {
        struct phrase_add_row row;
        TRY(phrase_add(ctx, p->name, p->body, p->unit, p->routine, p->type, p->active, ctx_now(ctx), ctx->who, &row));
        *ret_id = row.id;
    } else {
        int64_t n_changed;
        const struct phrase_set_in in = {.id = p->id,
                                         .name = p->name,
                                         .body = p->body,
                                         .unit = p->unit,
                                         .routine = p->routine,
                                         .type = p->type,
                                         .active = p->active,
                                         .now = ctx_now(ctx),
                                         .who = ctx->who};
        TRY(phrase_set(ctx, &in, &n_changed));
        if (n_changed == 0)
            return fail(ctx, ERR_NOT_FOUND, "there is no phrase %lld", (long long)p->id);
    }
    struct event_id event;
    TRY(journal_append(ctx, (struct case_id){0}, STR("phrase_save"),
                       STEP_DATA(ctx, {"phrase", str_fmt(ctx->arena, "%lld", (long long)*ret_id)}),
                       (struct document_id){0}, &event));
    return tx_commit(&tx);
}

static bool is_for(const struct open_case *c, const struct phrase *p)
{
    bool unit = p->unit.v == 0 || town_is_below(c->town, c->row.unit, p->unit);
    bool routine = str_is_empty(p->routine) || str_eq(p->routine, c->routine->id);
    bool type = str_is_empty(p->type) || str_eq(p->type, c->row.type);
    return p->active && unit && routine && type;
}

enum err phrases_for(struct ctx *ctx, const struct open_case *c, struct phrase **ret, size_t *ret_n)
{
    struct phrase *all;
    size_t n_all;
    TRY(phrase_all(ctx, &all, &n_all));
    *ret_n = 0;
    for (size_t i = 0; i < n_all; i++) {
        if (!is_for(c, &all[i]))
            continue;
        all[*ret_n] = all[i];
        TRY(case_words_filled(ctx, case_language(c), c, all[i].body, &all[*ret_n].body));
        (*ret_n)++;
    }
    *ret = all;
    return OK;
}
