/* What: a routine file's meaning: takes over what it inherits, and tells what cannot be.
 * Flow: routine_check -> yaml_parse -> yaml_read by routine_schema -> inherit -> the checks below, one per kind of
 * fault. */
#include "hints.h"
#include "letters.h"
#include "promise_words.h"
#include "rights.h"
#include "routine_inherit.h"
#include "routine_schema.h"
#include "words.h"

struct checker {
    struct yaml_doc *doc;
    struct ctx *ctx;
    struct routine *routine;
    const struct routine *parent; /* NULL: none */
};

/* Things taken over from another file have their fault there. */
static bool is_own(struct in_file at)
{
    return at.node != 0;
}

/* == Inheritance =================================================================================================== */

static bool has_id(const struct routine *routine, struct str id)
{
    for (size_t i = 0; i < routine->n_gates; i++)
        if (str_eq(routine->gates[i].id, id))
            return true;
    for (size_t i = 0; i < routine->n_checklists; i++)
        if (str_eq(routine->checklists[i].id, id))
            return true;
    for (size_t i = 0; i < routine->n_guidance; i++)
        if (str_eq(routine->guidance[i].id, id))
            return true;
    for (size_t i = 0; i < routine->n_hints; i++)
        if (str_eq(routine->hints[i].id, id))
            return true;
    for (size_t i = 0; i < routine->n_reports; i++)
        if (str_eq(routine->reports[i].id, id))
            return true;
    return routine_obligation(routine, id) != NULL || routine_exit(routine, id) != NULL ||
           routine_letter(routine, id) != NULL;
}

/* False when what it inherits is not known: then nothing can be said about the whole. */
static bool check_inherits(struct checker *c)
{
    const struct routine_inherits *inherits = &c->routine->inherits;
    if (inherits->at.line == 0)
        return true;
    if (str_is_none(inherits->from))
        return false;
    if (c->parent == NULL) {
        yaml_fault(c->doc, yaml_line(c->doc, inherits->at, "from"),
                   "the routine \"%.*s\" it inherits from is not there: put its file beside this one",
                   STR_ARG(inherits->from));
        return false;
    }
    if (!str_eq(c->parent->id, inherits->from)) {
        yaml_fault(c->doc, yaml_line(c->doc, inherits->at, "from"),
                   "it inherits from \"%.*s\", but the routine given for that is \"%.*s\"", STR_ARG(inherits->from),
                   STR_ARG(c->parent->id));
        return false;
    }
    for (size_t i = 0; i < inherits->n_without; i++)
        if (!has_id(c->parent, inherits->without[i]))
            yaml_fault(c->doc, yaml_line(c->doc, inherits->at, "without"), "\"%.*s\" is not in the routine \"%.*s\"",
                       STR_ARG(inherits->without[i]), STR_ARG(inherits->from));
    routine_inherit(c->ctx, c->routine, c->parent);
    return true;
}

/* == Names ========================================================================================================= */

static bool is_code(struct str id, bool hyphens)
{
    for (size_t i = 0; i < id.n; i++) {
        char ch = id.p[i];
        bool fits =
            (ch >= 'a' && ch <= 'z') || (i > 0 && ch >= '0' && ch <= '9') || (i > 0 && ch == (hyphens ? '-' : '_'));
        if (!fits)
            return false;
    }
    return id.n > 0;
}

static void check_id(struct checker *c, struct in_file at, struct str id, const char *what)
{
    if (is_own(at) && !str_is_none(id) && !is_code(id, false))
        yaml_fault(c->doc, yaml_line(c->doc, at, "id"), "the id \"%.*s\" of %s may hold a-z, 0-9 and _ only",
                   STR_ARG(id), what);
}

/* The later of two of one list with the same id is the fault. */
static void check_twice(struct checker *c, const char *what, const void *items, size_t n, size_t size, size_t offset_id)
{
    for (size_t i = 0; i < n; i++) {
        const char *item = (const char *)items + i * size;
        struct in_file at, first;
        struct str id, other;
        memcpy(&at, item, sizeof(at));
        memcpy(&id, item + offset_id, sizeof(id));
        check_id(c, at, id, what);
        for (size_t k = 0; k < i && !str_is_none(id); k++) {
            memcpy(&first, (const char *)items + k * size, sizeof(first));
            memcpy(&other, (const char *)items + k * size + offset_id, sizeof(other));
            if (str_eq(id, other)) {
                yaml_fault(c->doc, yaml_line(c->doc, at, "id"), "%s has the id \"%.*s\" of the one on line %d", what,
                           STR_ARG(id), yaml_line(c->doc, first, "id"));
                break;
            }
        }
    }
}
#define CHECK_TWICE(list, type, what)                                                                                  \
    check_twice(c, what, c->routine->list, c->routine->n_##list, sizeof(struct type), offsetof(struct type, id))

static void check_ids(struct checker *c)
{
    CHECK_TWICE(obligations, obligation, "an obligation");
    CHECK_TWICE(gates, gate, "a gate or closing requirement");
    CHECK_TWICE(exits, routine_exit, "an exit");
    CHECK_TWICE(checklists, checklist, "a checklist");
    CHECK_TWICE(guidance, guidance, "a guidance text");
    CHECK_TWICE(hints, hint, "a hint");
    CHECK_TWICE(letters, letter, "a letter");
    CHECK_TWICE(reports, routine_report, "a report");
}

static void check_role(struct checker *c, struct in_file at, const char *key, struct str who)
{
    enum role role;
    bool is_known = str_is_none(who) || (role_find(who, &role) && role_is_place(role)) ||
                    str_eq(who, STR("receiver")) || str_eq(who, STR("program")) || str_eq(who, STR("provider"));
    if (is_own(at) && !is_known)
        yaml_fault(c->doc, yaml_line(c->doc, at, key), "unknown role \"%.*s\"", STR_ARG(who));
}

static void check_roles(struct checker *c)
{
    const struct routine *routine = c->routine;
    for (size_t i = 0; i < routine->n_obligations; i++)
        check_role(c, routine->obligations[i].at, "who", routine->obligations[i].who);
    for (size_t i = 0; i < routine->n_gates; i++)
        check_role(c, routine->gates[i].at, "who", routine->gates[i].who);
    for (size_t i = 0; i < routine->n_reports; i++) {
        check_role(c, routine->reports[i].at, "who", routine->reports[i].who);
        check_role(c, routine->reports[i].at, "receiver", routine->reports[i].receiver);
    }
    check_role(c, routine->registration.at, "who", routine->registration.who);
    check_role(c, routine->registration.at, "by", routine->registration.by);
    check_role(c, routine->registration.at, "then", routine->registration.then);
}

/* == Dates and control ============================================================================================= */

static void check_document(struct checker *c)
{
    struct document_control *d = &c->routine->document;
    d->valid_from_line = yaml_line(c->doc, d->at, "valid_from");
    if (!str_is_none(c->routine->id) && !is_code(c->routine->id, true))
        yaml_fault(c->doc, 1, "the routine's name \"%.*s\" may hold a-z, 0-9 and - only", STR_ARG(c->routine->id));
    if (!date_is_none(d->valid_until) && !date_is_none(d->valid_from) && d->valid_until.days < d->valid_from.days)
        yaml_fault(c->doc, yaml_line(c->doc, d->at, "valid_until"), "it ends before it begins");
    if (!date_is_none(d->decided_on) && !date_is_none(d->revised_on) && d->revised_on.days < d->decided_on.days)
        yaml_fault(c->doc, yaml_line(c->doc, d->at, "revised_on"), "it was revised before it was decided");
    if (!str_is_empty(d->policy_url) && !str_starts(d->policy_url, STR("https://")))
        yaml_fault(c->doc, yaml_line(c->doc, d->at, "policy_url"), "the policy's address does not begin with https://");
    if (!str_is_empty(d->policy_url) && str_is_empty(d->policy))
        yaml_fault(c->doc, yaml_line(c->doc, d->at, "policy_url"), "an address of a policy that has no name");
}

/* Neither given, be it wrongly, nor inherited. */
static bool is_absent(const struct checker *c, struct in_file at, const char *key)
{
    return at.line == 0 && yaml_child(c->doc, 1, key) == 0;
}

static void check_parts(struct checker *c)
{
    if (is_absent(c, c->routine->registration.at, "registration"))
        yaml_fault(c->doc, 1, "\"registration\" is missing in the routine, and it inherits none");
    if (is_absent(c, c->routine->visibility.at, "visibility"))
        yaml_fault(c->doc, 1, "\"visibility\" is missing in the routine, and it inherits none");
    const struct intake_rule *intake = &c->routine->intake;
    if (is_own(intake->at) && intake->must & ~intake->asks)
        yaml_fault(c->doc, yaml_line(c->doc, intake->at, "must"),
                   "\"must\" names something that \"asks\" does not ask");
    if (c->routine->n_obligations == 0)
        yaml_fault(c->doc, 1, "the routine has no obligations");
}

/* == Obligations =================================================================================================== */

/* Events that happen in a case under this routine, as bits. */
static uint64_t events_that_happen(const struct routine *routine)
{
    uint64_t bits = 0;
    static_assert(EVENT_COUNT <= 64, "events are bits");
    for (int event = 0; event < EVENT_COUNT; event++)
        if (event_is_always((enum event)event))
            bits |= EVENT_BIT(event);
    for (size_t i = 0; i < routine->n_obligations; i++)
        bits |= routine->obligations[i].met_by;
    for (size_t i = 0; i < routine->n_gates; i++)
        bits |= routine->gates[i].needs;
    for (size_t i = 0; i < routine->n_exits; i++)
        if (routine->exits[i].copy_back)
            bits |= EVENT_BIT(EVENT_copy_requested);
    return bits;
}

/* "reply.due" or "registered" into what it means. */
static void resolve_anchor(struct checker *c, struct obligation *o, uint64_t happening)
{
    struct str code = o->from.code;
    int line = yaml_line(c->doc, o->at, "from");
    if (str_is_none(code))
        return;
    if (str_ends(code, STR(".due"))) {
        o->from.is_due = true;
        o->from.obligation = str_head(code, code.n - 4);
        const struct obligation *other = routine_obligation(c->routine, o->from.obligation);
        if (other == NULL)
            yaml_fault(c->doc, line, "it counts from the date of \"%.*s\", but there is no such obligation",
                       STR_ARG(o->from.obligation));
        else if (other->within.at.line == 0)
            yaml_fault(c->doc, line, "it counts from the date of \"%.*s\", which has no limit and so never a date",
                       STR_ARG(other->id));
        return;
    }
    if (!event_find(code, &o->from.event))
        yaml_fault(c->doc, line, "it counts from \"%.*s\", which never happens: there is no such event", STR_ARG(code));
    else if (!(happening & EVENT_BIT(o->from.event)))
        yaml_fault(c->doc, line, "it counts from \"%.*s\", which never happens: nothing in this routine asks for it",
                   STR_ARG(code));
}

/* Following "x.due" anchors from o comes back to o. Also ends when it runs into a circle of others. */
static bool is_circle(const struct routine *routine, const struct obligation *o)
{
    const struct obligation *at = o;
    for (size_t i = 0; i <= routine->n_obligations && at != NULL && at->from.is_due; i++) {
        at = routine_obligation(routine, at->from.obligation);
        if (at == o)
            return true;
    }
    return false;
}

static void check_limit(struct checker *c, const struct obligation *o)
{
    if (o->within.at.line == 0) {
        if (o->roll)
            yaml_fault(c->doc, yaml_line(c->doc, o->at, "roll"), "\"roll\" without a limit in days has no meaning");
        return;
    }
    int line = yaml_line(c->doc, o->within.at, "n");
    if (o->within.n < 0 && !o->from.is_due)
        yaml_fault(c->doc, line, "n is below 0: only possible before another obligation's date (from: x.due)");
    if (o->within.unit != LIMIT_hour && (o->within.n > 1000 || o->within.n < -1000))
        yaml_fault(c->doc, line, "n: %lld days is more than 1000", (long long)o->within.n);
    if (o->roll && o->within.unit != LIMIT_calendar_day)
        yaml_fault(c->doc, yaml_line(c->doc, o->at, "roll"), "\"roll\" is for calendar days only");
}

static void check_condition(struct checker *c, struct in_file owner, const struct condition *when, struct str id)
{
    if (!is_own(owner))
        return;
    if (!str_is_none(when->overdue)) {
        const struct obligation *other = routine_obligation(c->routine, when->overdue);
        int line = yaml_line(c->doc, when->at, "overdue");
        if (other == NULL)
            yaml_fault(c->doc, line, "there is no obligation \"%.*s\"", STR_ARG(when->overdue));
        else if (other->within.at.line == 0)
            yaml_fault(c->doc, line, "\"%.*s\" has no limit and is never overdue", STR_ARG(other->id));
        else if (str_eq(when->overdue, id))
            yaml_fault(c->doc, line, "it waits for itself to be overdue");
    }
    if (!str_is_none(when->exit) && !str_eq(when->exit, STR("any")) && !str_eq(when->exit, STR("registered")) &&
        routine_exit(c->routine, when->exit) == NULL)
        yaml_fault(c->doc, yaml_line(c->doc, when->at, "exit"), "there is no exit \"%.*s\"", STR_ARG(when->exit));
}

/* Staff and submitters must be able to read what it is. */
static void check_words(struct checker *c, const struct obligation *o)
{
    if (!is_own(o->at) || str_is_none(o->id) || obligation_has_words(o->id))
        return;
    if (str_is_none(o->name))
        yaml_fault(c->doc, yaml_line(c->doc, o->at, "id"), "\"%.*s\" needs a \"name\": there is no ready word for it",
                   STR_ARG(o->id));
    if (o->is_public && str_is_none(o->promise))
        yaml_fault(c->doc, yaml_line(c->doc, o->at, "id"),
                   "\"%.*s\" is public and needs a \"promise\": there are no ready words for it", STR_ARG(o->id));
}

static void check_obligations(struct checker *c, struct obligation *obligations)
{
    uint64_t happening = events_that_happen(c->routine);
    for (size_t i = 0; i < c->routine->n_obligations; i++)
        resolve_anchor(c, &obligations[i], happening);
    for (size_t i = 0; i < c->routine->n_obligations; i++) {
        const struct obligation *o = &obligations[i];
        if (is_circle(c->routine, o))
            yaml_fault(c->doc, yaml_line(c->doc, o->at, "from"), "\"%.*s\" counts from itself in a circle",
                       STR_ARG(o->id));
        if (is_own(o->at))
            check_limit(c, o);
        check_condition(c, o->at, &o->when, o->id);
        check_words(c, o);
        if (!o->from.is_due && o->met_by == EVENT_BIT(o->from.event) && !str_is_none(o->from.code))
            yaml_fault(c->doc, yaml_line(c->doc, o->at, "met_by"), "it is met by the very event it counts from");
    }
}

/* == Gates ========================================================================================================= */

static uint64_t step_event(enum gate_step step)
{
    switch (step) {
    case GATE_reply:
        return EVENT_BIT(EVENT_replied);
    case GATE_close:
        return EVENT_BIT(EVENT_closed);
    case GATE_forward:
        return EVENT_BIT(EVENT_forwarded);
    case GATE_STEP_COUNT:
        break;
    }
    BUG("gate step %d", (int)step);
}

/* Hours between what an obligation counts from and its end, at worst: day 0 counted from its last second. */
static int64_t hours_of(const struct limit *limit)
{
    return limit->unit == LIMIT_hour ? limit->n : limit->n * 24;
}

/* Sum of the hours that gates of this step hold it back, as far as they wait one after the other for the same thing:
 * the longest. */
static void check_gate_fits(struct checker *c, const struct gate *gate)
{
    for (size_t i = 0; i < c->routine->n_obligations; i++) {
        const struct obligation *o = &c->routine->obligations[i];
        if (!(o->met_by & step_event(gate->step)) || o->within.at.line == 0 || o->from.is_due)
            continue;
        if (gate->hours > hours_of(&o->within))
            yaml_fault(
                c->doc, yaml_line(c->doc, gate->at, "hours"),
                "the gate \"%.*s\" cannot be met in time: %lld hours do not fit inside the %lld %.*ss of \"%.*s\"",
                STR_ARG(gate->id), (long long)gate->hours, (long long)o->within.n,
                STR_ARG(limit_unit_code(o->within.unit)), STR_ARG(o->id));
    }
}

static void check_gates(struct checker *c)
{
    for (size_t i = 0; i < c->routine->n_gates; i++) {
        const struct gate *gate = &c->routine->gates[i];
        check_condition(c, gate->at, &gate->when, STR_NONE);
        if (is_own(gate->at) && !str_is_none(gate->when.overdue))
            yaml_fault(c->doc, yaml_line(c->doc, gate->when.at, "overdue"), "\"overdue\" is for obligations only");
        if (is_own(gate->at) && !str_is_none(gate->id) && str_is_none(gate->name) && !gate_has_words(gate->id))
            yaml_fault(c->doc, yaml_line(c->doc, gate->at, "id"),
                       "\"%.*s\" needs a \"name\": there is no ready word for it", STR_ARG(gate->id));
        if (gate->needs == step_event(gate->step))
            yaml_fault(c->doc, yaml_line(c->doc, gate->at, "needs"),
                       "the gate \"%.*s\" waits for the very step it holds back: it never opens", STR_ARG(gate->id));
        check_gate_fits(c, gate);
    }
}

/* == Exits, letters, reports ======================================================================================= */

static void exit_fault(struct checker *c, const struct routine_exit *e, const char *key, const char *text)
{
    yaml_fault(c->doc, yaml_line(c->doc, e->at, key), "%s", text);
}

/* Who gets to know, and who may see it. */
static void check_exit_people(struct checker *c, const struct routine_exit *e)
{
    enum role role;
    bool has_role = !str_is_none(e->notify);
    if (has_role && !(role_find(e->notify, &role) && role_is_place(role)))
        yaml_fault(c->doc, yaml_line(c->doc, e->at, "notify"), "unknown role \"%.*s\"", STR_ARG(e->notify));
    if (e->sole && !has_role)
        exit_fault(c, e, "sole", "nobody else would see it, and \"notify\" names nobody who does");
    if (e->sole && !e->restricted)
        exit_fault(c, e, "sole", "what only one person sees is \"restricted\" too");
    if (e->notify_at != EXIT_PLACE_unit && !has_role)
        exit_fault(c, e, "notify_at", "\"notify\" names nobody to look for");
    if (e->urgent && !has_role && str_is_none(e->emergency))
        exit_fault(c, e, "urgent",
                   "it is urgent, but nobody gets to know at once (\"notify\") and nothing is said (\"emergency\")");
}

/* What is thrown away has a ground that is enough by itself. */
static void check_exit_grounds(struct checker *c, const struct routine_exit *e)
{
    check_twice(c, "a ground", e->grounds, e->n_grounds, sizeof(struct exit_ground), offsetof(struct exit_ground, id));
    bool enough = false;
    for (size_t i = 0; i < e->n_grounds; i++)
        enough |= !e->grounds[i].not_alone;
    if (e->action == EXIT_ACTION_discard && !enough)
        exit_fault(c, e, e->n_grounds ? "grounds" : "action",
                   "what is discarded needs a ground that is enough by itself (\"grounds\")");
    if (e->action == EXIT_ACTION_discard && str_is_none(e->disposal))
        exit_fault(c, e, "action", "what is discarded needs the rule by which it is (\"disposal\")");
    if (e->action != EXIT_ACTION_discard && e->n_grounds)
        exit_fault(c, e, "grounds", "only what is discarded has grounds");
}

static void check_exit(struct checker *c, const struct routine_exit *e)
{
    check_exit_people(c, e);
    check_exit_grounds(c, e);
    if (e->copy_back && e->action != EXIT_ACTION_forward)
        exit_fault(c, e, "copy_back", "a copy comes back only from somebody it is forwarded to (action: forward)");
    if (e->may_count && e->action != EXIT_ACTION_answer)
        exit_fault(c, e, "may_count", "only what is answered at once may be counted without more");
    if (e->action == EXIT_ACTION_move && (e->restricted || e->copy_back || e->needs))
        exit_fault(c, e, "action", "a case that moves to another unit is handled there: nothing else is done to it");
}

static void check_exits(struct checker *c)
{
    for (size_t i = 0; i < c->routine->n_exits; i++) {
        const struct routine_exit *e = &c->routine->exits[i];
        bool is_watched = false;
        for (size_t k = 0; k < c->routine->n_obligations; k++)
            is_watched |= c->routine->obligations[k].met_by & EVENT_BIT(EVENT_copy_received);
        if (is_own(e->at) && e->copy_back && !is_watched)
            yaml_fault(c->doc, yaml_line(c->doc, e->at, "copy_back"),
                       "a copy is asked for, but no obligation is met by \"copy_received\": nobody would chase it");
        if (is_own(e->at) && (str_eq(e->id, STR("any")) || str_eq(e->id, STR("registered"))))
            yaml_fault(c->doc, yaml_line(c->doc, e->at, "id"), "an exit cannot be called \"%.*s\"", STR_ARG(e->id));
        if (is_own(e->at))
            check_exit(c, e);
    }
}

/* Line of a byte in a text of the file: right for block texts (|), the key's line for others. */
static void letter_fault_at(struct checker *c, const struct letter *letter, const char *key, struct str text,
                            const struct letter_fault *fault)
{
    int child = yaml_child(c->doc, letter->at.node, key), line = yaml_line(c->doc, letter->at, key);
    bool is_block = child != 0 && !c->doc->nodes[child].is_plain && str_find_char(text, '\n') >= 0;
    if (is_block) {
        line++;
        for (size_t i = 0; i < fault->at; i++)
            line += text.p[i] == '\n';
    }
    yaml_fault(c->doc, line, "%s: %.*s", key, STR_ARG(fault->message));
}

static void cut(struct checker *c, const struct letter *letter, const char *key, struct str text,
                const struct letter_piece **ret, size_t *ret_n)
{
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n_faults;
    letter_cut(c->ctx, text, &pieces, ret_n, &faults, &n_faults);
    *ret = pieces;
    for (size_t i = 0; i < n_faults; i++)
        letter_fault_at(c, letter, key, text, &faults[i]);
}

static void check_letters(struct checker *c, struct letter *letters)
{
    for (size_t i = 0; i < c->routine->n_letters; i++) {
        struct letter *letter = &letters[i];
        if (!is_own(letter->at))
            continue;
        cut(c, letter, "subject", letter->subject, &letter->subject_pieces, &letter->n_subject_pieces);
        cut(c, letter, "body", letter->body, &letter->body_pieces, &letter->n_body_pieces);
        if (str_find_char(letter->subject, '\n') >= 0)
            yaml_fault(c->doc, yaml_line(c->doc, letter->at, "subject"), "the subject has more than one line");
    }
}

static void check_reports(struct checker *c)
{
    for (size_t i = 0; i < c->routine->n_reports; i++) {
        const struct routine_report *report = &c->routine->reports[i];
        if (is_own(report->at) && report->due.at.line != 0 && report->due.n < 0)
            yaml_fault(c->doc, yaml_line(c->doc, report->due.at, "n"),
                       "n: a report is due after its period, not before");
    }
}

/* What a file does not say it has from the one it inherits from, else from here: two days before, on the day, the day
 * after, and from the third day on with the level above, each week. What came in is registered without delay (OSL 5
 * kap. 1 §): by the next working day. */
static void settle_reminders(struct checker *c)
{
    struct reminder_rule *rule = &c->routine->reminders;
    if (rule->at.line == 0 && c->parent)
        *rule = c->parent->reminders;
    else if (rule->at.line == 0)
        *rule = (struct reminder_rule){.before = 2, .late = 1, .escalate = 3, .repeat = 5, .registered = 1};
    if (is_own(rule->at) && rule->escalate > 0 && rule->escalate < rule->late)
        yaml_fault(c->doc, yaml_line(c->doc, rule->at, "escalate"),
                   "escalate: the level above is told after those who answer, not before");
}

/* Each says when it is shown: by words that are there, or by words that are not. */
static void check_hints(struct checker *c)
{
    for (size_t i = 0; i < c->routine->n_hints; i++) {
        const struct hint *hint = &c->routine->hints[i];
        if (!is_own(hint->at))
            continue;
        if ((hint->n_find > 0) == (hint->n_missing > 0))
            yaml_fault(c->doc, hint->at.line, "a hint has either \"find\" or \"missing\": words that call for it");
        for (size_t k = 0; k < hint->n_find + hint->n_missing; k++) {
            struct str pattern = k < hint->n_find ? hint->find[k] : hint->missing[k - hint->n_find];
            if (!hint_pattern_is_good(pattern))
                yaml_fault(c->doc, yaml_line(c->doc, hint->at, k < hint->n_find ? "find" : "missing"),
                           "\"%.*s\" is no word: letters, and a * at its end or beginning", STR_ARG(pattern));
        }
    }
}

/* == After closing ================================================================================================= */

/* What the person writes after closing is never just put aside: where it does not open the case, somebody must deal
 * with it by a date (JO on Nordanstig 2021). */
static void check_closed_message(struct checker *c, const struct closing_file *closing)
{
    bool is_promised = false;
    for (size_t i = 0; i < c->routine->n_obligations; i++) {
        const struct obligation *o = &c->routine->obligations[i];
        is_promised |= !o->from.is_due && o->from.event == EVENT_heard_closed && o->within.at.line != 0 &&
                       o->met_by & EVENT_BIT(EVENT_considered);
    }
    if (is_own(closing->at) && closing->message == CLOSED_MESSAGE_consider && !is_promised)
        yaml_fault(c->doc, yaml_line(c->doc, closing->at, "message"),
                   "a message after closing is to be considered, but no obligation says by when (from: heard_closed, "
                   "met_by: considered)");
}

static void check_survey(struct checker *c)
{
    const struct survey_rule *survey = &c->routine->survey;
    if (!is_own(survey->at))
        return;
    if (survey->after.at.line != 0 &&
        (survey->after.unit == LIMIT_hour || survey->after.n < 1 || survey->after.n > 365))
        yaml_fault(c->doc, yaml_line(c->doc, survey->at, "after"), "after: 1 to 365 days after closing, in days");
    if (survey->change > survey->open)
        yaml_fault(c->doc, yaml_line(c->doc, survey->at, "change"),
                   "change: an answer cannot be changed longer than the question is open");
}

/* Somebody asks whether it has become better when there is something to have become better. */
static void check_follow_up(struct checker *c)
{
    for (size_t i = 0; i < c->routine->n_obligations; i++) {
        const struct obligation *o = &c->routine->obligations[i];
        bool is_after = o->from.is_due || o->from.event == EVENT_closed || o->from.event == EVENT_replied;
        if (is_own(o->at) && o->met_by & EVENT_BIT(EVENT_followed_up) && !is_after && !str_is_none(o->from.code))
            yaml_fault(c->doc, yaml_line(c->doc, o->at, "from"), "a follow-up counts from \"closed\" or \"replied\"");
    }
}

/* == All of it ===================================================================================================== */

/* Whoever closes by the routine may do so: else each case would be handed in to somebody with no button. */
static void check_closed_by(struct checker *c, const struct closing_file *closing)
{
    enum role role;
    check_role(c, closing->at, "by", closing->by);
    bool is_place = !str_is_none(closing->by) && role_find(closing->by, &role) && role_is_place(role);
    if (is_own(closing->at) && is_place && !right_held(RIGHT_CASE_CLOSE, roles_with((struct roles){0}, role)))
        yaml_fault(c->doc, yaml_line(c->doc, closing->at, "by"), "the role \"%.*s\" may not close a case",
                   STR_ARG(closing->by));
}

/* Closing requirements become gates of the step close, after the gates. */
static void join_closing(struct checker *c, const struct closing_file *closing)
{
    size_t n = c->routine->n_gates;
    struct gate *gates = ARENA_ARRAY(c->ctx->arena, struct gate, n + closing->n_needs);
    if (n > 0)
        memcpy(gates, c->routine->gates, n * sizeof(*gates));
    for (size_t i = 0; i < closing->n_needs; i++) {
        gates[n + i] = closing->needs[i];
        gates[n + i].step = GATE_close;
    }
    c->routine->gates = gates;
    c->routine->n_gates = n + closing->n_needs;
    c->routine->closed_by = closing->by;
    c->routine->closed_message = closing->message;
    check_closed_by(c, closing);
}

static void check_meaning(struct checker *c, struct routine_file *file)
{
    join_closing(c, &file->closing);
    c->routine->eves_are_worked = file->eves != 0;
    bool is_whole = check_inherits(c);
    /* The lists are the checker's own until it is done. */
    struct obligation *obligations = ARENA_ARRAY(c->ctx->arena, struct obligation, c->routine->n_obligations);
    struct letter *letters = ARENA_ARRAY(c->ctx->arena, struct letter, c->routine->n_letters);
    if (c->routine->n_obligations > 0)
        memcpy(obligations, c->routine->obligations, c->routine->n_obligations * sizeof(*obligations));
    if (c->routine->n_letters > 0)
        memcpy(letters, c->routine->letters, c->routine->n_letters * sizeof(*letters));
    c->routine->obligations = obligations;
    c->routine->letters = letters;
    settle_reminders(c);
    check_document(c);
    check_ids(c);
    check_roles(c);
    check_letters(c, letters);
    check_hints(c);
    check_reports(c);
    if (!is_whole)
        return;
    check_parts(c);
    check_obligations(c, obligations);
    check_gates(c);
    check_exits(c);
    check_closed_message(c, &file->closing);
    check_survey(c);
    check_follow_up(c);
}

void routine_check(struct ctx *ctx, struct str yaml, const struct routine *parent, struct routine **ret_routine,
                   struct routine_fault **ret_faults, size_t *ret_n_faults)
{
    struct yaml_doc doc;
    struct routine_file *file = ARENA_NEW(ctx->arena, struct routine_file);
    struct document_control *d = &file->routine.document;
    d->decided_on = d->revised_on = d->valid_from = d->valid_until = DATE_NONE;
    if (yaml_parse(ctx, yaml, &doc)) {
        yaml_read(&doc, 1, &routine_schema, file);
        struct checker c = {&doc, ctx, &file->routine, parent};
        if (doc.nodes[1].kind == YAML_MAP)
            check_meaning(&c, file);
    }
    yaml_sort_faults(&doc);
    *ret_routine = doc.n_faults == 0 ? &file->routine : NULL;
    *ret_faults = doc.faults;
    *ret_n_faults = doc.n_faults;
}

struct str routine_wants(struct ctx *ctx, struct str yaml)
{
    struct yaml_doc doc;
    if (!yaml_parse(ctx, yaml, &doc))
        return STR_NONE;
    int from = yaml_child(&doc, yaml_child(&doc, 1, "inherits"), "from");
    return from != 0 && doc.nodes[from].kind == YAML_SCALAR ? doc.nodes[from].text : STR_NONE;
}

struct str routine_code(struct ctx *ctx, struct str yaml)
{
    struct yaml_doc doc;
    if (!yaml_parse(ctx, yaml, &doc))
        return STR_NONE;
    int id = yaml_child(&doc, 1, "routine");
    return id != 0 && doc.nodes[id].kind == YAML_SCALAR ? doc.nodes[id].text : STR_NONE;
}
