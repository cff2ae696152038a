#include "exit_panel_page.h"

#include "assess.h"
#include "date_words.h"
#include "exit.h"
#include "external_body.h"
#include "page_parts.h"

enum { FACTS_MAX = 12, ALARMS_MAX = 10 };

struct str exit_name(struct ctx *ctx, const struct routine *routine, struct str code)
{
    const struct routine_exit *exit = routine ? routine_exit(routine, code) : NULL;
    if (exit == NULL && str_eq(code, ASSESS_EXIT))
        return msg_text(ctx->lang, MSG_assess_exit);
    return exit ? exit->name : code;
}

static enum err latest(struct ctx *ctx, const struct open_case *c, struct exit_latest_row *ret, bool *ret_there)
{
    enum err err = exit_latest(ctx, c->row.id, ret);
    *ret_there = err == OK;
    return err == ERR_NOT_FOUND ? OK : err;
}

static struct str name_of(const struct open_case *c, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(c->town, id) : NULL;
    return staff ? staff->name : STR_NONE;
}

static bool is_receiver(const struct ctx *ctx, const struct open_case *c, const struct exit_latest_row *exit)
{
    return exit->to_user.v == ctx->who.v || roles_has(c->roles, ROLE_owner);
}

enum err exit_left_of(struct ctx *ctx, const struct open_case *c, struct exit_left *ret)
{
    struct exit_latest_row exit;
    bool is_there;
    *ret = (struct exit_left){0};
    TRY(latest(ctx, c, &exit, &is_there));
    if (!is_there || !utc_is_none(exit.undone))
        return OK;
    bool untaken = exit.needs_taken && utc_is_none(exit.taken);
    *ret = (struct exit_left){
        .heard = !utc_is_none(exit.heard),
        .untaken = untaken && is_receiver(ctx, c, &exit),
        .waits = untaken && !is_receiver(ctx, c, &exit),
        .unentered = exit.needs_entry && exit.reference.v == 0 && str_is_none(c->row.diary_number),
    };
    return OK;
}

/* ---- the record ---- */

static void add(struct facts_view *facts, struct fact_view *list, struct str name, struct str value)
{
    if (str_is_empty(value))
        return;
    assert(facts->n_facts < FACTS_MAX);
    list[facts->n_facts++] = (struct fact_view){name, value};
}

static struct str grounds_words(struct ctx *ctx, const struct routine_exit *rule, struct str grounds)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    struct str rest = grounds, word;
    while (rule && str_split(&rest, ' ', &word))
        for (size_t i = 0; i < rule->n_grounds; i++)
            if (str_eq(rule->grounds[i].id, word)) {
                if (out.n)
                    out_lit(&out, ", ");
                out_str(&out, rule->grounds[i].text);
            }
    return out_take(&out);
}

static enum err opened(struct ctx *ctx, const struct open_case *c, struct sealed_id id, struct str *ret)
{
    *ret = STR_NONE;
    return id.v ? vault_unseal(ctx, c->row.id, id, PURPOSE_handle_case, ret) : OK;
}

static enum err body_name(struct ctx *ctx, struct body_id id, struct str *ret)
{
    *ret = STR_NONE;
    if (id.v == 0)
        return OK;
    struct body_by_id_row body;
    TRY(body_by_id(ctx, id, &body));
    *ret = body.name;
    return OK;
}

static struct str when_who(struct ctx *ctx, const struct open_case *c, struct utc_us at, struct user_id who)
{
    if (utc_is_none(at))
        return STR_NONE;
    struct when_text when = when_moment(ctx->arena, ctx->lang, at, utc_to_date(ctx_now(ctx)));
    return str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(when.words), STR_ARG(name_of(c, who)));
}

static enum err fill_record(struct ctx *ctx, const struct open_case *c, const struct exit_latest_row *exit,
                            struct facts_view *ret)
{
    const struct routine_exit *rule = routine_exit(c->routine, exit->code);
    const struct lang *lang = ctx->lang;
    struct fact_view *list = ARENA_ARRAY(ctx->arena, struct fact_view, FACTS_MAX);
    struct facts_view facts = {list, 0};
    struct str reason, reference, undone, body;
    TRY(opened(ctx, c, exit->reason, &reason));
    TRY(opened(ctx, c, exit->reference, &reference));
    TRY(opened(ctx, c, exit->undone_reason, &undone));
    TRY(body_name(ctx, exit->body, &body));
    struct str to = str_is_empty(body) ? (rule ? rule->to : STR_NONE) : body;
    add(&facts, list, msg_text(lang, MSG_exit_fact_when), when_who(ctx, c, exit->at, exit->who));
    add(&facts, list, msg_text(lang, MSG_exit_fact_to), to);
    add(&facts, list, msg_text(lang, MSG_exit_fact_receiver), name_of(c, exit->to_user));
    add(&facts, list, msg_text(lang, MSG_exit_fact_told), msg_of_code(lang, MSG_PREFIX("exit_told_by_"), exit->told));
    add(&facts, list, msg_text(lang, MSG_exit_fact_grounds), grounds_words(ctx, rule, exit->grounds));
    add(&facts, list, msg_text(lang, MSG_exit_fact_reason), reason);
    add(&facts, list, msg_text(lang, MSG_exit_fact_reference), reference);
    add(&facts, list, msg_text(lang, MSG_exit_fact_taken), when_who(ctx, c, exit->taken, exit->taken_by));
    add(&facts, list, msg_text(lang, MSG_exit_fact_undone), when_who(ctx, c, exit->undone, exit->undone_by));
    add(&facts, list, msg_text(lang, MSG_exit_fact_undone_reason), undone);
    *ret = facts;
    return OK;
}

/* ---- the panel ---- */

static struct url part(struct ctx *ctx, const struct open_case *c, const char *name)
{
    return URL_PATH(ctx->arena, "/arende/%/undantag/%", c->row.number, str_from(name));
}

/* The urgent ones stand on the case page itself. */
static void fill_ways_out(struct ctx *ctx, const struct open_case *c, struct exit_panel_view *view)
{
    struct exit_link_view *alarms = ARENA_ARRAY(ctx->arena, struct exit_link_view, ALARMS_MAX);
    for (size_t i = 0; i < c->routine->n_exits; i++) {
        const struct routine_exit *exit = &c->routine->exits[i];
        if (!exit_may(c, exit))
            continue;
        view->may_exit = true;
        if (exit->urgent && view->n_alarms < ALARMS_MAX)
            alarms[view->n_alarms++] = (struct exit_link_view){
                exit->name, URL_PATH(ctx->arena, "/arende/%/undantag?val=%", c->row.number, exit->id)};
    }
    view->alarms = alarms;
    view->url = URL_PATH(ctx->arena, "/arende/%/undantag", c->row.number);
}

static struct field_view field_of(const struct case_again *again, const char *form, const char *field)
{
    bool came_back = str_eq(again->form, str_from(form));
    return field_view(&again->faults, str_from(field), came_back ? again->text : STR(""));
}

enum err exit_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, struct str csrf,
                         struct exit_panel_view *ret)
{
    struct exit_panel_view view = {.csrf = csrf, .version = c->row.version, .accept = attach_accept()};
    struct exit_latest_row exit;
    TRY(latest(ctx, c, &exit, &view.has_exit));
    fill_ways_out(ctx, c, &view);
    *ret = view;
    if (!view.has_exit)
        return OK;
    TRY(fill_record(ctx, c, &exit, &view.facts));
    bool stands = utc_is_none(exit.undone), takes = stands && case_may(c, STEP_exit_taken);
    struct exit_left left;
    TRY(exit_left_of(ctx, c, &left));
    view.is_undone = !stands;
    view.name = exit_name(ctx, c->routine, exit.code);
    view.was_heard = stands && left.heard && case_may(c, STEP_exit_look);
    view.may_take = takes && left.untaken;
    view.asks_reference = takes && exit.reference.v == 0 && (view.may_take || left.unentered);
    view.asks_copy = stands && case_may(c, STEP_exit_copy);
    view.may_undo = stands && (str_eq(exit.action, exit_action_code(EXIT_ACTION_move)) ? case_may(c, STEP_exit_move)
                                                                                       : case_may(c, STEP_exit_undo));
    view.look_url = part(ctx, c, "last");
    view.taken_url = part(ctx, c, "mottaget");
    view.copy_url = part(ctx, c, "kopia");
    view.undo_url = part(ctx, c, "angra");
    view.reference = field_of(again, "reference", "reference");
    view.copy = field_of(again, "copy", "copy");
    view.files = field_view(&again->faults, STR("files"), STR(""));
    *ret = view;
    return OK;
}

enum err exit_told_fill(struct ctx *ctx, const struct open_case *c, struct exit_told_view *ret)
{
    struct exit_latest_row exit;
    bool is_there;
    *ret = (struct exit_told_view){0};
    TRY(latest(ctx, c, &exit, &is_there));
    if (!is_there || !utc_is_none(exit.undone))
        return OK;
    const struct routine_exit *rule = routine_exit(c->routine, exit.code);
    struct exit_told_view view = {
        .has_exit = !str_eq(exit.action, exit_action_code(EXIT_ACTION_move)),
        .name = exit_name(ctx, c->routine, exit.code),
        .at = when_day(ctx->arena, ctx->lang, utc_to_date(exit.at), utc_to_date(ctx_now(ctx))),
        .waits_copy = c->status == CASE_awaiting_copy,
    };
    TRY(body_name(ctx, exit.body, &view.to));
    if (str_is_empty(view.to) && rule)
        view.to = rule->to;
    *ret = view;
    return OK;
}
