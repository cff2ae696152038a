#include "register.h"

#include "db.h"
#include "diary_sql.h"
#include "dossier.h"
#include "handover.h"
#include "handover_sql.h"
#include "register_sql.h"
#include "series.h"
#include "staff_notice.h"

/* domain.md 4.4, axis A. */
static const struct str types[] = {STR_INIT("complaint"), STR_INIT("opinion"),  STR_INIT("suggestion"),
                                   STR_INIT("praise"),    STR_INIT("question"), STR_INIT("objection"),
                                   STR_INIT("other"),     STR_INIT("unknown")};

/* domain.md 4.4, axis B: the eight quality indicators of S0.1 first. */
static const struct str subjects[] = {STR_INIT("reception"),
                                      STR_INIT("accessibility"),
                                      STR_INIT("waiting_time"),
                                      STR_INIT("processing_time"),
                                      STR_INIT("participation"),
                                      STR_INIT("legal_certainty"),
                                      STR_INIT("child_perspective"),
                                      STR_INIT("insight"),
                                      STR_INIT("information"),
                                      STR_INIT("competence"),
                                      STR_INIT("continuity"),
                                      STR_INIT("performance"),
                                      STR_INIT("food"),
                                      STR_INIT("premises"),
                                      STR_INIT("safety"),
                                      STR_INIT("economy"),
                                      STR_INIT("digital_services"),
                                      STR_INIT("rules"),
                                      STR_INIT("other")};

size_t case_types(const struct str **ret)
{
    *ret = types;
    return ARRAY_LEN(types);
}

size_t case_subjects(const struct str **ret)
{
    *ret = subjects;
    return ARRAY_LEN(subjects);
}

static bool is_among(struct str code, const struct str *codes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, codes[i]))
            return true;
    return false;
}

bool case_type_known(struct str code)
{
    return is_among(code, types, ARRAY_LEN(types));
}

bool case_subject_known(struct str code)
{
    return is_among(code, subjects, ARRAY_LEN(subjects));
}

/* Whose diary it is: the board above the unit, else the nearest administration, else the unit itself. */
static const struct unit *diary_owner(const struct town *town, const struct unit *unit)
{
    const struct unit *administration = NULL;
    for (const struct unit *at = unit; at; at = town_unit(town, at->parent)) {
        if (str_eq(at->level, STR("board")))
            return at;
        if (administration == NULL && str_eq(at->level, STR("administration")))
            administration = at;
    }
    return administration ? administration : unit;
}

static struct str series_of(struct ctx *ctx, const struct town *town, const struct unit *unit)
{
    const struct unit *owner = diary_owner(town, unit);
    struct out out = out_init(ctx->arena, owner->code.n + 1);
    for (size_t i = 0; i < owner->code.n; i++)
        out_char(&out, owner->code.p[i] >= 'a' && owner->code.p[i] <= 'z' ? (char)(owner->code.p[i] - 'a' + 'A')
                                                                          : owner->code.p[i]);
    return out_take(&out);
}

/* The next number of the unit's own series. */
static enum err own_number(struct ctx *ctx, const struct open_case *c, struct utc_us at, struct str *ret)
{
    int year = date_to_civil(utc_to_date(at)).year;
    struct str series = series_of(ctx, c->town, c->unit);
    int64_t next;
    TRY(series_next(ctx, str_fmt(ctx->arena, "diary %.*s", STR_ARG(series)), year, &next));
    *ret = str_fmt(ctx->arena, "%.*s-%d-%04lld", STR_ARG(series), year, (long long)next);
    return OK;
}

/* The number another system gave. */
static enum err given_number(struct ctx *ctx, struct str pattern, struct str given, struct str *ret)
{
    given = str_trim(given);
    if (!diary_number_fits(pattern, given))
        return fail(ctx, ERR_INVALID, "the diary number is missing, or does not look like \"%.*s\"", STR_ARG(pattern));
    struct diary_number_taken_row taken;
    TRY(diary_number_taken(ctx, given, &taken));
    if (taken.n)
        return fail(ctx, ERR_CONFLICT, "another case has the diary number \"%.*s\"", STR_ARG(given));
    *ret = given;
    return OK;
}

static enum err check_entry(struct ctx *ctx, const struct open_case *c, const struct diary_entry *e, struct utc_us at)
{
    if (!str_is_none(c->row.diary_number))
        return fail(ctx, ERR_CONFLICT, "the case is in the diary already, as %.*s", STR_ARG(c->row.diary_number));
    if (utc_cmp(at, c->row.received) < 0 || utc_cmp(at, ctx_now(ctx)) > 0)
        return fail(ctx, ERR_INVALID, "the time of registration is before the arrival or after now");
    if (str_utf8_len(e->title) > TITLE_MAX_CHARS || brief_points_out(e->title))
        return fail(ctx, ERR_INVALID, "the title is longer than %d characters, or points somebody out",
                    TITLE_MAX_CHARS);
    return OK;
}

/* What the register says of the first paper, the one that came in. */
static enum err describe_first(struct ctx *ctx, const struct open_case *c, const struct diary_entry *e)
{
    struct dossier_row first;
    TRY(dossier_get(ctx, c->row.id, 1, &first));
    struct paper_entry entry = dossier_entry_of(&first);
    if (!str_is_none(e->party))
        entry.party = e->party;
    entry.hide_party = e->hide_party;
    entry.hide_brief = e->hide_brief;
    return dossier_put(ctx, c, first.id, &entry);
}

/* Who has the case, and who took it in, are told that the stamped copy is there (S4.19). */
static enum err tell_unit(struct ctx *ctx, const struct open_case *c)
{
    struct case_receiver_row receiver;
    TRY(case_receiver(ctx, c->row.id, &receiver));
    if (c->row.owner.v)
        TRY(staff_notice(ctx, c->row.owner, NOTICE_stamped_copy, c->row.id));
    if (receiver.receiver.v && receiver.receiver.v != c->row.owner.v)
        TRY(staff_notice(ctx, receiver.receiver, NOTICE_stamped_copy, c->row.id));
    return OK;
}

enum err register_opened(struct ctx *ctx, struct open_case *c, const struct diary_entry *e,
                         struct str *ret_diary_number)
{
    enum step step = step_may_start(STEP_register, c->status) ? STEP_register : STEP_register_later;
    struct utc_us now = ctx_now(ctx), at = e->registered.v ? e->registered : now;
    struct str pattern, diary_number, title = str_trim(e->title);
    bool is_external = town_diary_is_external(c->town, c->unit, &pattern);
    if (!right_held(step_right(step), c->roles)) /* before a number is taken */
        return fail(ctx, ERR_FORBIDDEN, "registering needs another role");
    TRY(check_entry(ctx, c, e, at));
    if (!is_external && !str_is_empty(e->diary_number))
        return fail(ctx, ERR_INVALID, "the diary of the unit is our own: it gives the number");
    if (is_external)
        TRY(given_number(ctx, pattern, e->diary_number, &diary_number));
    else
        TRY(own_number(ctx, c, now, &diary_number));
    int64_t n_changed;
    TRY(case_set_registered(ctx, c->row.id, diary_number, at, &n_changed));
    c->row.diary_number = diary_number;
    c->row.registered = at;
    if (!str_is_empty(title)) {
        TRY(case_set_title(ctx, c->row.id, title));
        TRY(search_pending_add(ctx, c->row.id));
        c->row.title = title;
    }
    TRY(describe_first(ctx, c, e));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_registered), at));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_stamped_copy_sent), now));
    TRY(tell_unit(ctx, c));
    struct str data = str_is_none(e->api_key) ? STEP_DATA(ctx, {"diary_number", diary_number})
                                              : STEP_DATA(ctx, {"diary_number", diary_number}, {"api_key", e->api_key});
    TRY(case_step(ctx, c, step, &(struct step_note){.data = data}));
    *ret_diary_number = diary_number;
    return OK;
}

enum err register_entry(struct ctx *ctx, struct str number, int64_t version, const struct diary_entry *entry,
                        struct str *ret_diary_number)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    TRY(register_opened(ctx, &c, entry, ret_diary_number));
    return tx_commit(&tx);
}

enum err register_case(struct ctx *ctx, struct str number, int64_t version, struct str *ret_diary_number)
{
    return register_entry(ctx, number, version, &(struct diary_entry){0}, ret_diary_number);
}

static enum err check_sorting(struct ctx *ctx, const struct sorting *s)
{
    if (!case_type_known(s->type))
        return fail(ctx, ERR_INVALID, "unknown type \"%.*s\"", STR_ARG(s->type));
    if (!str_is_none(s->subject) && !case_subject_known(s->subject))
        return fail(ctx, ERR_INVALID, "unknown subject \"%.*s\"", STR_ARG(s->subject));
    if (str_utf8_len(s->title) > TITLE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the title is longer than %d characters", TITLE_MAX_CHARS);
    if (s->secret && str_is_empty(str_trim(s->provision)))
        return fail(ctx, ERR_INVALID, "a secrecy mark names its provision");
    return OK;
}

enum err case_move(struct ctx *ctx, struct open_case *c, struct unit_id unit)
{
    struct str from = c->unit->code;
    const struct unit *to = town_unit(c->town, unit);
    if (to == NULL)
        return fail(ctx, ERR_INVALID, "there is no such unit");
    TRY(handover_move(ctx, c, unit));
    return case_step(ctx, c, STEP_move, &(struct step_note){.data = STEP_DATA(ctx, {"from", from}, {"to", to->code})});
}

enum err sort_case(struct ctx *ctx, struct str number, int64_t version, const struct sorting *s)
{
    TRY(check_sorting(ctx, s));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    struct str title = str_is_empty(str_trim(s->title)) ? STR_NONE : str_trim(s->title);
    TRY(case_set_category(ctx, c.row.id, s->type, s->subject, title));
    c.row.type = s->type;
    c.row.subject = s->subject;
    if (s->secret != c.row.secret || !str_eq(s->provision, c.row.secrecy_provision))
        TRY(case_set_secrecy(ctx, c.row.id, s->secret, s->secret ? str_trim(s->provision) : STR_NONE,
                             s->secret ? ctx_now(ctx) : UTC_NONE, s->secret ? ctx->who : (struct user_id){0}));
    c.row.secret = s->secret;
    TRY(fact_set(ctx, c.row.id, event_code(EVENT_categorised), ctx_now(ctx)));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_categorise,
                  &(struct step_note){.data = STEP_DATA(ctx, {"type", s->type}, {"subject", s->subject},
                                                        {"secret", s->secret ? STR("yes") : STR("no")})}));
    if (s->unit.v && s->unit.v != c.row.unit.v)
        TRY(case_move(ctx, &c, s->unit));
    return tx_commit(&tx);
}
