#include "answer.h"

#include <jansson.h>

#include "answer_sql.h"
#include "case_promise.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "json_out.h"
#include "note.h"

/* Text and measure with every character escaped as \\uXXXX, twice for those beyond the first plane. */
enum { DRAFT_MAX_BYTES = 2 * ANSWER_MAX_CHARS * 12 + 200 };

/* A draft is sealed as a whole: text and measure. */
static struct str draft_pack(struct ctx *ctx, const struct answer *a)
{
    struct out out = out_init(ctx->arena, DRAFT_MAX_BYTES);
    out_lit(&out, "{\"text\":");
    out_json_str(&out, a->text);
    out_lit(&out, ",\"measure_kind\":");
    out_json_str(&out, a->measure_kind);
    out_lit(&out, ",\"measure\":");
    out_json_str(&out, a->measure);
    out_char(&out, '}');
    return out_take(&out);
}

static struct str member(struct ctx *ctx, const json_t *root, const char *key)
{
    const json_t *value = json_object_get(root, key);
    if (!json_is_string(value))
        return STR("");
    return str_copy(ctx->arena, (struct str){json_string_value(value), json_string_length(value)});
}

static enum err draft_unpack(struct ctx *ctx, struct str body, struct draft *ret)
{
    json_error_t fault;
    json_t *root = json_loadb(body.p, body.n, 0, &fault);
    if (root == NULL)
        return fail(ctx, ERR_CORRUPT, "a draft cannot be read: %s", fault.text);
    ret->text = member(ctx, root, "text");
    ret->measure_kind = member(ctx, root, "measure_kind");
    ret->measure = member(ctx, root, "measure");
    json_decref(root);
    return OK;
}

enum err answer_draft(struct ctx *ctx, struct case_id id, struct draft *ret)
{
    struct draft draft = {.text = STR(""), .measure_kind = STR(""), .measure = STR(""), .saved = UTC_NONE};
    /* Its words may be replaced or sent by somebody else between the two questions: then it is asked for again. */
    enum { TRIES = 4 };
    for (int i = 0; i < TRIES; i++) {
        struct draft_get_row row;
        enum err err = draft_get(ctx, id, &row);
        if (err == ERR_NOT_FOUND) {
            *ret = draft;
            return OK;
        }
        TRY(err);
        struct str body;
        err = vault_unseal(ctx, id, row.body, PURPOSE_handle_case, &body);
        if (err == ERR_NOT_FOUND)
            continue;
        TRY(err);
        draft.user = row.user;
        draft.saved = row.saved;
        draft.version = row.version;
        TRY(draft_unpack(ctx, body, &draft));
        *ret = draft;
        return OK;
    }
    return fail(ctx, ERR_BUSY, "the draft changes all the time");
}

static enum err check_text(struct ctx *ctx, const struct answer *a)
{
    if (str_utf8_len(a->text) > ANSWER_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the reply is longer than %d characters", ANSWER_MAX_CHARS);
    return OK;
}

/* Write the draft inside the transaction; ERR_CONFLICT and the other's draft when the version is no longer the
 * writer's. */
static enum err put_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a, struct draft *ret_other)
{
    struct draft_get_row before = {0};
    enum err found = draft_get(ctx, c->row.id, &before);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (before.version != a->draft_version) {
        TRY(answer_draft(ctx, c->row.id, ret_other));
        return fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
    }
    if (found == OK) /* the old words go: a draft is working material */
        TRY(vault_remove(ctx, c->row.id, before.body));
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c->row.id, STR("draft"), draft_pack(ctx, a), &sealed));
    int64_t n_changed;
    TRY(draft_put(ctx, c->row.id, sealed, ctx->who, ctx_now(ctx), a->draft_version, &n_changed));
    return n_changed == 1 ? OK : fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
}

/* The draft has become a document: unless somebody else's words would go with it. */
static enum err drop_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a, struct draft *ret_other)
{
    struct draft_get_row before;
    enum err found = draft_get(ctx, c->row.id, &before);
    if (found == ERR_NOT_FOUND && a->draft_version == 0)
        return OK;
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND || before.version != a->draft_version) { /* not found: somebody has sent it */
        TRY(answer_draft(ctx, c->row.id, ret_other));
        return fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
    }
    TRY(draft_drop(ctx, c->row.id));
    return vault_remove(ctx, c->row.id, before.body);
}

enum err answer_save(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other)
{
    TRY(check_text(ctx, a));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(put_draft(ctx, &c, a, ret_other));
    TRY(case_step(ctx, &c, STEP_draft, &(struct step_note){0}));
    return tx_commit(&tx);
}

/* The gates before a reply: open, or passed with a reason that is written down. */
static enum err pass_gates(struct ctx *ctx, struct open_case *c, const struct answer *a, struct str *ret_gate)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct gate_state *gates;
    size_t n;
    routine_gates(ctx, c->routine, GATE_reply, &facts, ctx_now(ctx), &gates, &n);
    for (size_t i = 0; i < n; i++) {
        struct str id = gates[i].gate->id;
        if (gates[i].is_open)
            continue;
        if (!gates[i].gate->may_skip || str_is_empty(str_trim(a->gate_reason))) {
            *ret_gate = id;
            return fail(ctx, ERR_INVALID, "the gate \"%.*s\" is shut, and no reason was given to pass it", STR_ARG(id));
        }
        TRY(case_waive(ctx, c, id, a->gate_reason));
    }
    return OK;
}

static bool known_measure(struct str kind)
{
    return str_eq(kind, STR("done")) || str_eq(kind, STR("later")) || str_eq(kind, STR("none"));
}

static enum err keep_measure(struct ctx *ctx, const struct open_case *c, const struct answer *a)
{
    if (str_is_none(a->measure_kind))
        return OK;
    if (!known_measure(a->measure_kind))
        return fail(ctx, ERR_INVALID, "unknown kind of measure \"%.*s\"", STR_ARG(a->measure_kind));
    TRY(case_set_measure(ctx, c->row.id, a->measure_kind));
    if (str_is_empty(str_trim(a->measure)))
        return OK;
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_measures_logged), ctx_now(ctx)));
    struct document_id note;
    return document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "measure", .direction = "internal", .body = a->measure, .user = ctx->who},
        &note);
}

enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other,
                     struct str *ret_gate)
{
    *ret_gate = STR_NONE;
    TRY(check_text(ctx, a));
    if (str_is_empty(str_trim(a->text)))
        return fail(ctx, ERR_INVALID, "the reply is empty");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(pass_gates(ctx, &c, a, ret_gate));
    TRY(drop_draft(ctx, &c, a, ret_other));
    struct document_id reply;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = "reply", .direction = "out", .body = a->text, .user = ctx->who},
                     &reply));
    TRY(keep_measure(ctx, &c, a));
    bool reached;
    TRY(deliver_reply(ctx, &c, reply, &reached));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(
        ctx, &c, STEP_reply,
        &(struct step_note){.document = reply,
                            .fact = c.row.reopened ? event_code(EVENT_replied_again) : STR_NONE,
                            .no_fact = !reached,
                            .data = STEP_DATA(ctx, {"way", c.row.reply_preference}, {"measure", a->measure_kind})}));
    return tx_commit(&tx);
}
