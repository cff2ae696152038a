#include "case_events.h"

#include <jansson.h>

#include "page_parts.h"
#include "routine.h"

/* One value of an event's data. */
static struct str value_of(struct ctx *ctx, const json_t *data, const char *key)
{
    const char *value = json_string_value(json_object_get(data, key));
    return value ? str_copy(ctx->arena, str_from(value)) : STR_NONE;
}

static struct str unit_name(const struct open_case *c, struct str code)
{
    const struct unit *unit = town_unit_by_code(c->town, code);
    return unit ? unit->name : code;
}

static struct str staff_name(const struct open_case *c, struct str login)
{
    for (size_t i = 0; i < c->town->n_staff; i++)
        if (str_eq(c->town->staff[i].login, login))
            return c->town->staff[i].name;
    return login;
}

/* A promise or a gate of the routine. */
static struct str promise_or_gate(struct ctx *ctx, const struct open_case *c, struct str code)
{
    for (size_t i = 0; i < c->routine->n_gates; i++)
        if (str_eq(c->routine->gates[i].id, code) && !str_is_empty(c->routine->gates[i].name))
            return c->routine->gates[i].name;
    return promise_name_of_code(ctx, c->routine, code);
}

static struct str sorted_words(struct ctx *ctx, const struct open_case *c, const json_t *data)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    out_str(&out, type_word(ctx, c->routine, value_of(ctx, data, "type")));
    struct str subject = value_of(ctx, data, "subject");
    if (!str_is_empty(subject)) {
        out_lit(&out, ", ");
        out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("subject_"), subject));
    }
    if (str_eq(value_of(ctx, data, "secret"), STR("yes"))) {
        out_lit(&out, ", ");
        out_str(&out, msg_text(ctx->lang, MSG_case_marked));
    }
    return out_take(&out);
}

/* "handling 3, 2026-0042:3". */
static struct str paper_words(struct ctx *ctx, const json_t *data)
{
    struct str words = WORDS(ctx, case_paper, .number = value_of(ctx, data, "paper"));
    struct str event_number = value_of(ctx, data, "event_number");
    return str_is_empty(event_number) ? words
                                      : str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(words), STR_ARG(event_number));
}

/* "Amir Haddad, Karin Öberg": log-ins between commas. */
static struct str names_words(struct ctx *ctx, const struct open_case *c, struct str logins)
{
    struct out names = out_init(ctx->arena, WORDS_MAX_BYTES);
    struct str login;
    while (str_split(&logins, ',', &login)) {
        if (names.n)
            out_lit(&names, ", ");
        if (!str_is_empty(login))
            out_str(&names, staff_name(c, login));
    }
    return out_take(&names);
}

/* "Svara, till Amir Haddad och Karin Öberg". */
static struct str reminded_words(struct ctx *ctx, const struct open_case *c, const json_t *data)
{
    return WORDS(ctx, case_reminded, .what = promise_or_gate(ctx, c, value_of(ctx, data, "promise")),
                 .names = names_words(ctx, c, value_of(ctx, data, "to")));
}

/* "torsdag 17 december kl. 13.00". */
static struct str moment_words(struct ctx *ctx, struct str at_us)
{
    struct utc_us at;
    if (!str_to_i64(at_us, &at.v))
        return STR_NONE;
    return when_moment(ctx->arena, ctx->lang, at, utc_to_date(ctx_now(ctx))).words;
}

/* "Amir Haddad står för det": where the routine wants somebody to sign. */
static struct str signed_words(struct ctx *ctx, const struct open_case *c, struct str login)
{
    return str_is_empty(login) ? STR_NONE : WORDS(ctx, case_signed, .who = staff_name(c, login));
}

/* "per telefon, vad som är gjort": how one talked and what the person got to know. */
static struct str told_words(struct ctx *ctx, const json_t *data)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    struct str how = value_of(ctx, data, "how"), way = value_of(ctx, data, "way"), told = value_of(ctx, data, "told");
    if (!str_is_empty(how))
        out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("talk_was_"), how));
    else if (!str_is_empty(way))
        out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("way_"), way));
    if (!str_is_empty(told) && !str_eq(told, STR("contact"))) {
        out_lit(&out, ", ");
        out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("told_word_"), told));
    }
    return out_take(&out);
}

static struct str exit_name_of(const struct open_case *c, struct str code)
{
    const struct routine_exit *exit = routine_exit(c->routine, code);
    return exit ? exit->name : code;
}

static struct str moved_words(struct ctx *ctx, const struct open_case *c, const json_t *data, const char *to)
{
    return WORDS(ctx, case_moved, .from = unit_name(c, value_of(ctx, data, "from")),
                 .to = unit_name(c, value_of(ctx, data, to)));
}

/* Who was asked; and where, when that is another unit than the case's. */
static struct str to_words(struct ctx *ctx, const struct open_case *c, const json_t *data)
{
    struct str name = staff_name(c, value_of(ctx, data, "to")), unit = value_of(ctx, data, "unit");
    if (str_is_none(unit) || str_eq(unit, c->unit->code))
        return name;
    return str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(unit_name(c, unit)));
}

/* "Svara, nytt datum 12 januari". */
static struct str delayed_words(struct ctx *ctx, const struct open_case *c, const json_t *data)
{
    struct str what = promise_or_gate(ctx, c, value_of(ctx, data, "promise"));
    struct date day;
    if (!date_parse(value_of(ctx, data, "new_date"), &day))
        return what;
    struct when_text when = when_date(ctx->arena, ctx->lang, day, utc_to_date(ctx_now(ctx)));
    return WORDS(ctx, case_delayed, .what = what, .when = when);
}

/* What the step was about, besides what it was; STR_NONE: nothing. */
static struct str detail(struct ctx *ctx, const struct open_case *c, enum step step, const json_t *data)
{
    switch (step) {
    case STEP_register:
    case STEP_register_later:
        return value_of(ctx, data, "diary_number");
    case STEP_categorise:
        return sorted_words(ctx, c, data);
    case STEP_move:
        return moved_words(ctx, c, data, "to");
    case STEP_assign:
    case STEP_hand_over:
    case STEP_take_back:
    case STEP_tell:
    case STEP_add_participant:
    case STEP_remove_participant:
    case STEP_finish_task:
        return to_words(ctx, c, data);
    case STEP_consult:
        return names_words(ctx, c, value_of(ctx, data, "to"));
    case STEP_consult_talk:
    case STEP_consult_consider:
    case STEP_consult_end:
    case STEP_consult_over:
        return staff_name(c, value_of(ctx, data, "who"));
    case STEP_plan_reply:
        return moment_words(ctx, value_of(ctx, data, "at_us"));
    case STEP_plan_fall:
        return msg_of_code(ctx->lang, MSG_PREFIX("plan_fell_"), value_of(ctx, data, "why"));
    case STEP_reply:
    case STEP_reply_planned:
        return signed_words(ctx, c, value_of(ctx, data, "signed"));
    case STEP_accept:
    case STEP_take_over:
        return str_is_none(value_of(ctx, data, "unit")) ? STR_NONE : moved_words(ctx, c, data, "unit");
    case STEP_give_ground:
        return value_of(ctx, data, "ground");
    case STEP_remind:
    case STEP_escalate:
        return reminded_words(ctx, c, data);
    case STEP_send_copy:
        return msg_of_code(ctx->lang, MSG_PREFIX("copy_to_"), value_of(ctx, data, "to"));
    case STEP_take_copy:
        return role_word(ctx, c->routine, value_of(ctx, data, "role"));
    case STEP_delay:
        return delayed_words(ctx, c, data);
    case STEP_call:
    case STEP_write:
        return told_words(ctx, data);
    case STEP_go_on:
        return msg_of_code(ctx->lang, MSG_PREFIX("more_ended_"), value_of(ctx, data, "how"));
    case STEP_keep:
        return msg_of_code(ctx->lang, MSG_PREFIX("happened_"), value_of(ctx, data, "event"));
    case STEP_waive:
        return promise_or_gate(ctx, c, value_of(ctx, data, "promise"));
    case STEP_acknowledge:
    case STEP_redirect:
        return msg_of_code(ctx->lang, MSG_PREFIX("way_"), value_of(ctx, data, "way"));
    case STEP_deliver:
    case STEP_fail:
        return msg_of_code(ctx->lang, MSG_PREFIX("sent_"), value_of(ctx, data, "kind"));
    case STEP_tick:
    case STEP_untick:
        return msg_of_code(ctx->lang, MSG_PREFIX("task_done_"), value_of(ctx, data, "kind"));
    case STEP_ready:
        return role_word(ctx, c->routine, value_of(ctx, data, "role"));
    case STEP_hear_survey:
        return msg_of_code(ctx->lang, MSG_PREFIX("survey_answer_"), value_of(ctx, data, "answer"));
    case STEP_follow_up:
        return msg_of_code(ctx->lang, MSG_PREFIX("follow_up_result_"), value_of(ctx, data, "result"));
    case STEP_plan_meeting:
    case STEP_hold_meeting:
        return value_of(ctx, data, "day");
    case STEP_prevent:
        return msg_of_code(ctx->lang, MSG_PREFIX("prevention_"), value_of(ctx, data, "prevention"));
    case STEP_close:
        return msg_of_code(ctx->lang, MSG_PREFIX("outcome_"), value_of(ctx, data, "outcome"));
    case STEP_exit:
    case STEP_exit_alarm:
    case STEP_exit_forward:
    case STEP_exit_move:
    case STEP_exit_undo:
        return exit_name_of(c, value_of(ctx, data, "exit"));
    case STEP_show_contact:
        return msg_of_code(ctx->lang, MSG_PREFIX("contact_reason_"), value_of(ctx, data, "reason"));
    case STEP_add_paper:
    case STEP_describe_paper:
    case STEP_enter_reply:
        return paper_words(ctx, data);
    case STEP_report:
    case STEP_close_diary:
    case STEP_open_diary:
    case STEP_receive:
    case STEP_resolve:
    case STEP_attempt:
    case STEP_promise:
    case STEP_exit_copy:
    case STEP_exit_taken:
    case STEP_exit_look:
    case STEP_doubt:
    case STEP_judge_case:
    case STEP_judge_no_case:
    case STEP_hear_exit:
    case STEP_decline:
    case STEP_want:
    case STEP_note:
    case STEP_call_missed:
    case STEP_investigate:
    case STEP_analyse:
    case STEP_jot:
    case STEP_drop_jot:
    case STEP_plan_measure:
    case STEP_log_measure:
    case STEP_finish_measure:
    case STEP_drop_measure:
    case STEP_ask_more:
    case STEP_hear_more:
    case STEP_hear:
    case STEP_hear_closed:
    case STEP_list_asked:
    case STEP_check_secrecy:
    case STEP_draft:
    case STEP_consult_say:
    case STEP_plan_stop:
    case STEP_reopen:
    case STEP_hear_after:
    case STEP_hear_again:
    case STEP_no_further:
    case STEP_prevent_done:
        return STR_NONE;
    case STEP_COUNT:
        break;
    }
    BUG("no such step");
}

static bool step_find(struct str kind, enum step *ret)
{
    for (enum step step = 0; step < STEP_COUNT; step++)
        if (str_eq(step_name(step), kind)) {
            *ret = step;
            return true;
        }
    return false;
}

struct str event_value(struct ctx *ctx, struct str data, const char *key)
{
    json_error_t fault;
    json_t *root = json_loadb(data.p, data.n, 0, &fault);
    struct str value = value_of(ctx, root, key);
    json_decref(root);
    return value;
}

struct str event_words(struct ctx *ctx, const struct open_case *c, struct str kind, struct str data)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("step_"), kind));
    enum step step;
    struct str more = STR_NONE;
    if (!str_eq(data, STR("{}")) && step_find(kind, &step)) {
        json_error_t fault;
        json_t *root = json_loadb(data.p, data.n, 0, &fault);
        more = detail(ctx, c, step, root);
        json_decref(root);
    }
    if (!str_is_empty(more)) {
        out_lit(&out, ": ");
        out_str(&out, more);
    }
    out_char(&out, '.');
    return out_take(&out);
}

/* The one away in whose place a deputy did it; STR_NONE: nobody's. */
static struct str absent_of(struct ctx *ctx, const struct open_case *c, struct str data)
{
    json_error_t fault;
    json_t *root = json_loadb(data.p, data.n, 0, &fault);
    struct str login = value_of(ctx, root, "for");
    json_decref(root);
    return str_is_none(login) ? STR_NONE : staff_name(c, login);
}

struct str event_who(struct ctx *ctx, const struct open_case *c, const struct event_list_row *event)
{
    const struct staff *staff = event->who.v ? town_staff(c->town, event->who) : NULL;
    struct str absent = staff && str_starts(event->data, STR("{\"for\":")) ? absent_of(ctx, c, event->data) : STR_NONE;
    if (!str_is_none(absent))
        return WORDS(ctx, event_who_for, .name = staff->name, .absent = absent);
    if (staff)
        return staff->name;
    bool by_person = str_eq(event->kind, STR("receive")) || str_starts(event->kind, STR("hear"));
    return msg_text(ctx->lang, by_person ? MSG_case_person : MSG_case_automatic);
}

enum icon event_icon(struct str kind)
{
    static const struct {
        struct str kind;
        enum icon icon;
    } icons[] = {
        {STR_INIT("receive"), ICON_IN},
        {STR_INIT("resolve"), ICON_TICK},
        {STR_INIT("attempt"), ICON_PEN},
        {STR_INIT("promise"), ICON_SPEECH},
        {STR_INIT("register"), ICON_FOLDER},
        {STR_INIT("register_later"), ICON_FOLDER},
        {STR_INIT("categorise"), ICON_FOLDER},
        {STR_INIT("move"), ICON_ARROW},
        {STR_INIT("assign"), ICON_ARROW},
        {STR_INIT("accept"), ICON_PERSON},
        {STR_INIT("note"), ICON_PEN},
        {STR_INIT("call"), ICON_PHONE},
        {STR_INIT("write"), ICON_OUT},
        {STR_INIT("hear"), ICON_IN},
        {STR_INIT("hear_closed"), ICON_IN},
        {STR_INIT("draft"), ICON_PEN},
        {STR_INIT("reply"), ICON_OUT},
        {STR_INIT("keep"), ICON_TICK},
        {STR_INIT("waive"), ICON_SPEECH},
        {STR_INIT("acknowledge"), ICON_OUT},
        {STR_INIT("deliver"), ICON_OUT},
        {STR_INIT("fail"), ICON_WARNING},
        {STR_INIT("redirect"), ICON_ARROW},
        {STR_INIT("tick"), ICON_TICK},
        {STR_INIT("close"), ICON_TICK},
        {STR_INIT("reopen"), ICON_FOLDER},
        {STR_INIT("exit"), ICON_ARROW},
        {STR_INIT("exit_alarm"), ICON_WARNING},
        {STR_INIT("exit_forward"), ICON_ARROW},
        {STR_INIT("exit_move"), ICON_ARROW},
        {STR_INIT("exit_copy"), ICON_IN},
        {STR_INIT("exit_taken"), ICON_PERSON},
        {STR_INIT("doubt"), ICON_SPEECH},
        {STR_INIT("judge_case"), ICON_TICK},
        {STR_INIT("judge_no_case"), ICON_TICK},
        {STR_INIT("exit_look"), ICON_TICK},
        {STR_INIT("exit_undo"), ICON_FOLDER},
        {STR_INIT("hear_exit"), ICON_IN},
        {STR_INIT("remind"), ICON_CLOCK},
        {STR_INIT("escalate"), ICON_WARNING},
        {STR_INIT("show_contact"), ICON_EYE},
        {STR_INIT("add_paper"), ICON_CLIP},
        {STR_INIT("describe_paper"), ICON_PEN},
        {STR_INIT("enter_reply"), ICON_FOLDER},
        {STR_INIT("close_diary"), ICON_TICK},
        {STR_INIT("open_diary"), ICON_FOLDER},
        {STR_INIT("hand_over"), ICON_ARROW},
        {STR_INIT("take_over"), ICON_PERSON},
        {STR_INIT("decline"), ICON_ARROW},
        {STR_INIT("take_back"), ICON_ARROW},
        {STR_INIT("call_missed"), ICON_PHONE},
        {STR_INIT("investigate"), ICON_PEN},
        {STR_INIT("analyse"), ICON_PEN},
        {STR_INIT("jot"), ICON_PEN},
        {STR_INIT("drop_jot"), ICON_PEN},
        {STR_INIT("plan_measure"), ICON_CLOCK},
        {STR_INIT("log_measure"), ICON_TICK},
        {STR_INIT("finish_measure"), ICON_TICK},
        {STR_INIT("drop_measure"), ICON_SPEECH},
        {STR_INIT("add_participant"), ICON_PERSON},
        {STR_INIT("remove_participant"), ICON_PERSON},
        {STR_INIT("finish_task"), ICON_TICK},
        {STR_INIT("ask_more"), ICON_OUT},
        {STR_INIT("hear_more"), ICON_IN},
        {STR_INIT("go_on"), ICON_ARROW},
        {STR_INIT("give_ground"), ICON_LOCK},
        {STR_INIT("delay"), ICON_OUT},
        {STR_INIT("report"), ICON_ARROW},
        {STR_INIT("send_copy"), ICON_ARROW},
        {STR_INIT("take_copy"), ICON_TICK},
        {STR_INIT("tell"), ICON_OUT},
        {STR_INIT("consult"), ICON_EYE},
        {STR_INIT("consult_say"), ICON_SPEECH},
        {STR_INIT("consult_talk"), ICON_SPEECH},
        {STR_INIT("consult_consider"), ICON_TICK},
        {STR_INIT("reply_planned"), ICON_OUT},
        {STR_INIT("plan_fall"), ICON_WARNING},
        {STR_INIT("ready"), ICON_ARROW},
        {STR_INIT("hear_after"), ICON_IN},
        {STR_INIT("hear_survey"), ICON_IN},
        {STR_INIT("hear_again"), ICON_IN},
        {STR_INIT("no_further"), ICON_OUT},
        {STR_INIT("follow_up"), ICON_PHONE},
        {STR_INIT("plan_meeting"), ICON_CLOCK},
        {STR_INIT("hold_meeting"), ICON_TICK},
        {STR_INIT("prevent"), ICON_PEN},
        {STR_INIT("prevent_done"), ICON_TICK},
    };
    for (size_t i = 0; i < ARRAY_LEN(icons); i++)
        if (str_eq(kind, icons[i].kind))
            return icons[i].icon;
    return ICON_CLOCK;
}

enum dot event_dot(struct str kind)
{
    if (str_eq(kind, STR("show_contact")))
        return DOT_SECRET;
    enum icon icon = event_icon(kind);
    return icon == ICON_OUT || icon == ICON_PHONE ? DOT_OUT : DOT_PLAIN;
}

struct str document_kind_words(struct ctx *ctx, const struct document_list_row *document)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("document_"), document->kind);
}

struct url document_url(struct ctx *ctx, struct str case_number, int64_t document_number)
{
    struct out number = out_init(ctx->arena, /* max_bytes= */ 20);
    out_i64(&number, document_number);
    return URL_PATH(ctx->arena, "/arende/%/handling/%", case_number, out_take(&number));
}
