#include "dossier.h"

#include "db.h"
#include "diary_rules.h"
#include "document.h"

struct str dossier_usual_party(struct str direction)
{
    return str_eq(direction, STR("internal")) ? STR("") : STR("individual");
}

static struct str or_empty(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

struct paper_entry dossier_entry_of(const struct dossier_row *row)
{
    return (struct paper_entry){.party = row->has_entry ? or_empty(row->party) : dossier_usual_party(row->direction),
                                .party_name = STR_NONE,
                                .brief = or_empty(row->brief),
                                .event_number = or_empty(row->event_number),
                                .hide_party = row->hide_party,
                                .hide_brief = row->hide_brief,
                                .sealed_name = row->party_name};
}

enum err dossier_name(struct ctx *ctx, struct case_id id, const struct dossier_row *row, struct str *ret)
{
    *ret = STR("");
    return row->party_name.v ? vault_unseal(ctx, id, row->party_name, PURPOSE_handle_case, ret) : OK;
}

enum err dossier_get(struct ctx *ctx, struct case_id id, int64_t number, struct dossier_row *ret)
{
    struct dossier_list_row *rows;
    size_t n;
    TRY(dossier_list(ctx, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].number == number) {
            *ret = rows[i];
            return OK;
        }
    return fail(ctx, ERR_NOT_FOUND, "the case has no paper %lld", (long long)number);
}

enum err dossier_reply(struct ctx *ctx, struct case_id id, int64_t number, struct dossier_row *ret)
{
    struct dossier_list_row *rows;
    size_t n;
    TRY(dossier_list(ctx, id, &rows, &n));
    const struct dossier_list_row *found = NULL;
    for (size_t i = 0; i < n; i++) {
        bool is_out = str_eq(rows[i].direction, STR("out")) && !str_eq(rows[i].kind, STR("acknowledgement"));
        bool is_better = found == NULL || str_eq(rows[i].kind, STR("reply")) || !str_eq(found->kind, STR("reply"));
        if (number ? rows[i].number == number : is_out && rows[i].parent.v == 0 && is_better)
            found = &rows[i];
    }
    if (found == NULL || str_eq(found->direction, STR("internal")))
        return fail(ctx, ERR_INVALID, "there is no such letter in the dossier");
    *ret = *found;
    return OK;
}

static enum err check(struct ctx *ctx, const struct paper_entry *e)
{
    if (!str_is_empty(e->party) && !party_known(e->party))
        return fail(ctx, ERR_INVALID, "unknown kind of sender \"%.*s\"", STR_ARG(e->party));
    if (str_utf8_len(e->brief) > BRIEF_MAX_CHARS || str_utf8_len(e->party_name) > PARTY_NAME_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the words are too long for a register");
    if (brief_points_out(e->brief))
        return fail(ctx, ERR_INVALID, "the register would point a person out");
    if (!str_is_empty(e->event_number) && !diary_number_fits(STR(""), e->event_number))
        return fail(ctx, ERR_INVALID, "an event number is 1 to %d signs on one line", DIARY_NUMBER_MAX);
    return OK;
}

enum err dossier_put(struct ctx *ctx, const struct open_case *c, struct document_id paper, const struct paper_entry *e)
{
    TRY(check(ctx, e));
    struct sealed_id name = e->sealed_name;
    if (!str_is_none(e->party_name)) {
        struct str clean = str_trim(e->party_name);
        if (name.v)
            TRY(vault_remove(ctx, c->row.id, name));
        name = (struct sealed_id){0};
        if (!str_is_empty(clean))
            TRY(vault_seal(ctx, c->row.id, STR("party"), clean, &name));
    }
    return dossier_entry_write(ctx, &(struct dossier_entry_write_in){.document = paper,
                                                                     .party = e->party,
                                                                     .party_name = name,
                                                                     .brief = str_trim(e->brief),
                                                                     .event_number = str_trim(e->event_number),
                                                                     .hide_party = e->hide_party,
                                                                     .hide_brief = e->hide_brief,
                                                                     .changed = ctx_now(ctx),
                                                                     .who = ctx->who});
}

static struct str yes_no(bool on)
{
    return on ? STR("yes") : STR("no");
}

/* Which paper and how it stands now: codes, never a name; the brief words are the register's own and stay there. */
static struct str entry_data(struct ctx *ctx, int64_t paper, const struct paper_entry *e)
{
    return STEP_DATA(ctx, {"paper", str_fmt(ctx->arena, "%lld", (long long)paper)}, {"party", e->party},
                     {"event_number", e->event_number}, {"hide_party", yes_no(e->hide_party)},
                     {"hide_brief", yes_no(e->hide_brief)});
}

enum err dossier_describe(struct ctx *ctx, struct str number, int64_t version, int64_t paper,
                          const struct paper_entry *entry)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    struct dossier_row row;
    TRY(dossier_get(ctx, c.row.id, paper, &row));
    struct paper_entry e = *entry;
    e.sealed_name = row.party_name;
    TRY(dossier_put(ctx, &c, row.id, &e));
    TRY(case_step(ctx, &c, STEP_describe_paper,
                  &(struct step_note){.data = entry_data(ctx, paper, &e), .document = row.id}));
    return tx_commit(&tx);
}

/* ---- a new paper ---- */

static enum err check_paper(struct ctx *ctx, const struct new_paper *p)
{
    struct utc_us now = ctx_now(ctx);
    if (str_is_empty(str_trim(p->text)) && p->n_files == 0)
        return fail(ctx, ERR_INVALID, "there is neither text nor file");
    if (str_utf8_len(p->text) > PAPER_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", PAPER_MAX_CHARS);
    if (utc_cmp(p->at, now) > 0 || utc_cmp(p->at, utc_add(now, -PAPER_OLDEST_DAYS * DAY_US)) < 0)
        return fail(ctx, ERR_INVALID, "the paper's date is after now or too long ago");
    if (!str_eq(p->direction, STR("in")) && !str_eq(p->direction, STR("out")) && !str_eq(p->direction, STR("internal")))
        return fail(ctx, ERR_INVALID, "unknown direction \"%.*s\"", STR_ARG(p->direction));
    assert(p->n_files <= ATTACH_MAX_FILES);
    return OK;
}

static const char *kind_of(struct str direction)
{
    if (str_eq(direction, STR("in")))
        return "letter_in";
    return str_eq(direction, STR("out")) ? "letter_out" : "paper";
}

static enum err add_all(struct ctx *ctx, struct case_id id, const struct new_paper *p, struct str token_hash,
                        struct document_id *ret)
{
    bool has_text = !str_is_empty(str_trim(p->text));
    struct document_id first = {0};
    for (size_t i = 0; i < p->n_files + has_text; i++) {
        const struct attached *file = i >= has_text ? &p->files[i - has_text] : NULL;
        struct document_id added;
        TRY(document_add(ctx, id, /* number= */ 0,
                         &(struct new_document){.kind = i == 0 ? kind_of(p->direction) : "attachment",
                                                .direction = str_cz(ctx->arena, p->direction),
                                                .at = p->at,
                                                .body = file ? file->body : p->text,
                                                .media_type = file ? file->media_type : STR_NONE,
                                                .file_name = file ? file->name : STR_NONE,
                                                .parent = first,
                                                .user = ctx->who,
                                                .form_token_hash = i == 0 ? token_hash : STR_NONE},
                         &added));
        if (i == 0)
            first = added;
    }
    *ret = first;
    return OK;
}

/* The number this very form made before; 0: it did not. */
static enum err made_before(struct ctx *ctx, struct case_id id, struct str token_hash, int64_t *ret)
{
    struct document_by_form_token_row before;
    struct dossier_list_row *rows;
    size_t n;
    *ret = 0;
    enum err found = document_by_form_token(ctx, token_hash, &before);
    if (found == ERR_NOT_FOUND)
        return OK;
    TRY(found);
    TRY(dossier_list(ctx, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == before.id.v)
            *ret = rows[i].number;
    return *ret ? OK : fail(ctx, ERR_CONFLICT, "the form was sent for another case");
}

enum err dossier_add(struct ctx *ctx, struct str number, const struct new_paper *p, int64_t *ret_number)
{
    TRY(check_paper(ctx, p));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct str token_hash = STR_NONE;
    if (!str_is_empty(p->form_token)) {
        int64_t before;
        TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, p->form_token, &token_hash));
        TRY(made_before(ctx, c.row.id, token_hash, &before));
        if (before) {
            *ret_number = before;
            return tx_commit(&tx);
        }
    }
    struct document_last_number_row last;
    TRY(document_last_number(ctx, c.row.id, &last));
    struct document_id paper;
    TRY(add_all(ctx, c.row.id, p, token_hash, &paper));
    TRY(dossier_put(ctx, &c, paper, &p->entry));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_add_paper,
                  &(struct step_note){.data = entry_data(ctx, last.number + 1, &p->entry), .document = paper}));
    if (!str_is_empty(p->form_token))
        TRY(attach_forget(ctx, p->form_token));
    TRY(tx_commit(&tx));
    *ret_number = last.number + 1;
    return OK;
}
