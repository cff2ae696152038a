/* The page of /ta-emot made ready from what was typed and the unit's routine. */
#include "ahead_page.h"
#include "attach.h"
#include "case_page.h"
#include "register.h"
#include "take_in_page.h"
#include "upload.h"

static const struct str channels[] = {STR_INIT("phone"), STR_INIT("visit"), STR_INIT("letter"),
                                      STR_INIT("email"), STR_INIT("sms"),   STR_INIT("social_media")};
static const struct str ways[] = {STR_INIT("phone"),   STR_INIT("email"), STR_INIT("letter"), STR_INIT("sms"),
                                  STR_INIT("meeting"), STR_INIT("code"),  STR_INIT("none")};
/* SOSFS 2011:9 5:3 and S2.6: nobody who may complain is left out. */
static const struct str roles[] = {STR_INIT("unknown"),       STR_INIT("service_user"), STR_INIT("pupil"),
                                   STR_INIT("relative"),      STR_INIT("guardian"),     STR_INIT("resident"),
                                   STR_INIT("staff"),         STR_INIT("authority"),    STR_INIT("provider"),
                                   STR_INIT("care_provider"), STR_INIT("organisation"), STR_INIT("partner"),
                                   STR_INIT("other")};
static const struct str behalfs[] = {STR_INIT("self"), STR_INIT("child"), STR_INIT("relative"), STR_INIT("client"),
                                     STR_INIT("group")};
/* BCP 47; und: another one. */
static const struct str languages[] = {
    STR_INIT("sv"),  STR_INIT("en"), STR_INIT("fi"), STR_INIT("fit"), STR_INIT("se"), STR_INIT("rom"), STR_INIT("yi"),
    STR_INIT("swl"), STR_INIT("ar"), STR_INIT("fa"), STR_INIT("so"),  STR_INIT("ti"), STR_INIT("uk"),  STR_INIT("und")};

size_t take_in_codes(enum take_in_list list, const struct str **ret)
{
    static const struct {
        const struct str *codes;
        size_t n;
    } lists[TAKE_IN_LIST_COUNT] = {
        [LIST_channels] = {channels, ARRAY_LEN(channels)},
        [LIST_ways] = {ways, ARRAY_LEN(ways)},
        [LIST_roles] = {roles, ARRAY_LEN(roles)},
        [LIST_behalfs] = {behalfs, ARRAY_LEN(behalfs)},
        [LIST_languages] = {languages, ARRAY_LEN(languages)},
    };
    *ret = lists[list].codes;
    return lists[list].n;
}

bool take_in_code_known(enum take_in_list list, struct str code)
{
    const struct str *codes;
    size_t n = take_in_codes(list, &codes);
    for (size_t i = 0; i < n; i++)
        if (str_eq(codes[i], code))
            return true;
    return false;
}

bool take_in_asks(const struct routine *routine, enum intake_ask ask)
{
    return routine->intake.asks & 1u << ask;
}

/* ---- choices ---- */

/* first: an empty value with this label before the codes; STR_NONE: none. */
static const struct option_view *options(struct ctx *ctx, struct str first, const struct str *codes, size_t n,
                                         struct str prefix, struct str chosen, size_t *ret_n)
{
    struct option_view *all = ARENA_ARRAY(ctx->arena, struct option_view, n + 1);
    size_t n_all = 0;
    if (!str_is_none(first))
        all[n_all++] = (struct option_view){.value = STR(""), .label = first};
    for (size_t i = 0; i < n; i++)
        all[n_all++] = (struct option_view){codes[i], with_capital(ctx, msg_of_code(ctx->lang, prefix, codes[i])),
                                            str_eq(codes[i], chosen)};
    *ret_n = n_all;
    return all;
}

static struct choices_view choices(struct ctx *ctx, const struct faults_list *faults, struct str field, enum msg legend,
                                   struct str help, const struct str *codes, size_t n, struct str prefix,
                                   struct str chosen)
{
    struct choices_view view = {
        .field = field_view(faults, field, chosen), .legend = msg_text(ctx->lang, legend), .help = help};
    view.options = options(ctx, STR_NONE, codes, n, prefix, chosen, &view.n_options);
    return view;
}

#define CHOICES(field, legend, help, prefix, ...)                                                                      \
    choices(ctx, faults, STR(#field), (legend), (help), (const struct str[]){__VA_ARGS__},                             \
            ARRAY_LEN(((const struct str[]){__VA_ARGS__})), MSG_PREFIX(prefix), form->field.text)

/* The routine's own word for a type; where it has the same for several, the common word stands behind it: in one of the
 * five a suggestion and praise are both called "synpunkt". */
static struct str type_label(struct ctx *ctx, const struct routine *routine, struct str type)
{
    const struct str *codes;
    size_t n = case_types(&codes), n_same = 0;
    struct str own = type_word(ctx, routine, type), common = msg_of_code(ctx->lang, MSG_PREFIX("type_"), type);
    for (size_t i = 0; i < n; i++)
        n_same += str_eq(with_capital(ctx, type_word(ctx, routine, codes[i])), with_capital(ctx, own));
    own = with_capital(ctx, own);
    if (n_same < 2 || str_eq(with_capital(ctx, common), own))
        return own;
    return str_fmt(ctx->arena, "%.*s (%.*s)", STR_ARG(own), STR_ARG(common));
}

static struct choices_view types(struct ctx *ctx, const struct routine *routine, const struct faults_list *faults,
                                 struct str chosen)
{
    const struct str *codes;
    size_t n = case_types(&codes), n_shown = 0;
    struct option_view *all = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        if (!str_eq(codes[i], STR("unknown")))
            all[n_shown++] =
                (struct option_view){codes[i], type_label(ctx, routine, codes[i]), str_eq(codes[i], chosen)};
    return (struct choices_view){.field = field_view(faults, STR("type"), chosen),
                                 .legend = msg_text(ctx->lang, MSG_take_type),
                                 .help = msg_text(ctx->lang, MSG_take_type_help),
                                 .is_optional = true,
                                 .options = all,
                                 .n_options = n_shown};
}

static const struct option_view *units(struct ctx *ctx, const struct town *town, struct str chosen, size_t *ret_n)
{
    struct option_view *all = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units + 1);
    size_t n = 0;
    all[n++] = (struct option_view){.value = STR(""), .label = msg_text(ctx->lang, MSG_take_unit_unknown)};
    for (size_t i = 0; i < town->n_units; i++) {
        const struct unit *unit = &town->units[i];
        const struct staff **people;
        if (unit->is_intake)
            continue;
        struct str label = unit->name;
        if (town_people(ctx, town, ROLE_responsible_manager, unit->id, &people) > 0)
            label = WORDS(ctx, take_unit_and_manager, .unit = unit->name, .name = people[0]->name);
        all[n++] = (struct option_view){unit->code, label, str_eq(unit->code, chosen)};
    }
    *ret_n = n;
    return all;
}

/* ---- the parts of the form ---- */

static void fill_asks(struct ctx *ctx, const struct take_in_place *place, const struct take_in_form *form,
                      const struct faults_list *faults, struct take_in_view *view)
{
    const struct routine *r = place->routine;
    view->asks_formalised = take_in_asks(r, ASK_formalised);
    view->asks_complaint = take_in_asks(r, ASK_asked_complaint);
    view->asks_informed = take_in_asks(r, ASK_informed);
    view->asks_write_self = take_in_asks(r, ASK_write_self);
    view->asks_read_back = take_in_asks(r, ASK_read_back);
    view->asks_promise = take_in_asks(r, ASK_promise);
    view->asks_role = take_in_asks(r, ASK_submitter_role);
    view->asks_behalf = take_in_asks(r, ASK_on_behalf);
    view->asks_language = take_in_asks(r, ASK_language);
    view->formalised = CHOICES(formalised, MSG_take_formalised, msg_text(ctx->lang, MSG_take_formalised_help),
                               "take_formalised_", STR("yes"), STR("no"), STR("not_asked"));
    view->asked_complaint = CHOICES(asked_complaint, MSG_take_asked, STR(""), "take_asked_", STR("yes"), STR("no"));
    view->write_self =
        CHOICES(write_self, MSG_take_write_self, STR(""), "take_write_self_", STR("staff"), STR("form"), STR("link"));
    view->informed = field_view(faults, STR("informed"), STR("yes"));
    view->is_informed = form->informed.on;
    view->read_back = field_view(faults, STR("read_back"), STR("yes"));
    view->is_read_back = form->read_back.on;
    view->is_spot = str_eq(form->spot.text, STR("yes"));
    view->done = field_view(faults, STR("done"), form->done.text);
    view->satisfied = CHOICES(satisfied, MSG_take_satisfied, STR(""), "take_satisfied_", STR("yes"), STR("no"));
    static const enum msg rules[ON_SPOT_RULE_COUNT] = {[ON_SPOT_register] = MSG_take_spot_rule_register,
                                                       [ON_SPOT_count] = MSG_take_spot_rule_count,
                                                       [ON_SPOT_leave_out] = MSG_take_spot_rule_leave_out};
    view->spot_rule = msg_text(ctx->lang, rules[r->registration.on_spot]);
    view->promise = field_view(faults, STR("promise"), form->promise.text);
    view->promise_by = field_view(faults, STR("promise_by"), form->promise_by.text);
    view->promise_who =
        CHOICES(promise_who, MSG_take_promise_who, STR(""), "take_promise_who_", STR("me"), STR("unit"));
    view->is_promise_open = view->promise.fault.n > 0 || view->promise_by.fault.n > 0 ||
                            !str_is_empty(form->promise.text) || !str_is_empty(form->promise_by.text);
}

static void fill_reply(const struct take_in_form *form, const struct faults_list *faults, struct take_in_view *view)
{
    struct str way = form->reply.text;
    view->reply = field_view(faults, STR("reply"), way);
    view->reply_phone = str_eq(way, STR("phone"));
    view->reply_email = str_eq(way, STR("email"));
    view->reply_letter = str_eq(way, STR("letter"));
    view->reply_sms = str_eq(way, STR("sms"));
    view->reply_meeting = str_eq(way, STR("meeting"));
    view->reply_code = str_eq(way, STR("code"));
    view->reply_none = str_eq(way, STR("none"));
    view->name = field_view(faults, STR("name"), form->name.text);
    view->phone = field_view(faults, STR("phone"), form->phone.text);
    view->email = field_view(faults, STR("email"), form->email.text);
    view->address = field_view(faults, STR("address"), form->address.text);
    view->sms = field_view(faults, STR("sms"), form->sms.text);
    view->meeting = field_view(faults, STR("meeting"), form->meeting.text);
    view->call_time = field_view(faults, STR("call_time"), form->call_time.text);
}

static enum err fill_more(struct ctx *ctx, const struct take_in_form *form, const struct faults_list *faults,
                          struct take_in_view *view)
{
    struct str none = msg_text(ctx->lang, MSG_take_not_chosen);
    const struct str *codes;
    size_t n = case_subjects(&codes);
    view->subjects = options(ctx, none, codes, n, MSG_PREFIX("subject_"), form->subject.text, &view->n_subjects);
    n = take_in_codes(LIST_roles, &codes);
    view->roles = options(ctx, STR_NONE, codes, n, MSG_PREFIX("submitter_role_"), form->role.text, &view->n_roles);
    n = take_in_codes(LIST_behalfs, &codes);
    view->behalfs = options(ctx, none, codes, n, MSG_PREFIX("behalf_"), form->on_behalf.text, &view->n_behalfs);
    n = take_in_codes(LIST_languages, &codes);
    view->languages = options(ctx, STR_NONE, codes, n, MSG_PREFIX("spoken_"), form->spoken.text, &view->n_languages);
    view->role = field_view(faults, STR("role"), form->role.text);
    view->on_behalf = field_view(faults, STR("on_behalf"), form->on_behalf.text);
    view->spoken = field_view(faults, STR("spoken"), form->spoken.text);
    view->files = field_view(faults, STR("files"), STR(""));
    view->accept = attach_accept();
    TRY(upload_kept_views(ctx, view->form_token, &view->kept, &view->n_kept));
    view->is_more_open = view->n_kept > 0 || view->files.fault.n > 0 || view->role.fault.n > 0 ||
                         view->on_behalf.fault.n > 0 || view->spoken.fault.n > 0 || !str_is_empty(form->subject.text) ||
                         !str_is_empty(form->on_behalf.text) || !str_is_empty(form->organisation.text) ||
                         !(str_is_empty(form->role.text) || str_eq(form->role.text, STR("unknown")));
    return OK;
}

/* ---- the support beside it ---- */

static void fill_steps(struct ctx *ctx, const struct routine *routine, struct take_in_view *view)
{
    struct steps_view *steps = ARENA_ARRAY(ctx->arena, struct steps_view, routine->n_checklists);
    size_t n = 0, at = 0;
    const struct checklist *list;
    while ((list = routine_checklist(routine, PLACE_intake, &at)) != NULL) {
        struct fact_view *items = ARENA_ARRAY(ctx->arena, struct fact_view, list->n_items);
        for (size_t i = 0; i < list->n_items; i++)
            items[i] = (struct fact_view){list->items[i].text, list->items[i].more};
        steps[n++] = (struct steps_view){list->id, list->title, list->numbered, items, list->n_items};
    }
    view->steps = steps;
    view->n_steps = n;
    struct elsewhere_view *elsewhere = ARENA_ARRAY(ctx->arena, struct elsewhere_view, routine->n_exits);
    for (size_t i = 0; i < routine->n_exits; i++) {
        const struct routine_exit *out = &routine->exits[i];
        elsewhere[view->n_elsewhere++] =
            (struct elsewhere_view){out->name, str_is_none(out->tell) ? out->to : out->tell};
    }
    view->elsewhere = elsewhere;
}

static enum err fill_support(struct ctx *ctx, const struct take_in_place *place, const struct take_in_form *form,
                             struct take_in_view *view)
{
    fill_steps(ctx, place->routine, view);
    view->definition = place->routine->document.definition;
    view->advice = guidance_words(ctx, place->routine, PLACE_intake);
    struct ahead ahead = {.unit = place->unit,
                          .routine = place->routine,
                          .type = form->type.text,
                          .received = place->said,
                          .with_undated = true,
                          .is_reachable = !view->reply_none};
    if (!channel_find(form->channel.text, &ahead.channel))
        ahead.channel = CHANNEL_phone;
    TRY(promises_ahead(ctx, place->town, &ahead, &view->promises));
    view->routine_title = place->routine->document.title;
    view->checklist = URL_PATH(ctx->arena, "/checklista/%", place->unit->code);
    view->routine_url =
        URL_PATH(ctx->arena, "/rutin/%",
                 str_fmt(ctx->arena, "%.*s-%lld", STR_ARG(place->routine->id), (long long)place->routine->version));
    return OK;
}

enum err take_in_fill(struct ctx *ctx, const struct take_in_place *place, const struct take_in_form *form,
                      const struct faults_list *faults, struct take_in_view *view)
{
    struct utc_us now = ctx_now(ctx);
    view->faults = faults_view(ctx, faults);
    view->now = when_moment(ctx->arena, ctx->lang, now, utc_to_date(now));
    view->channel = CHOICES(channel, MSG_take_channel, STR(""), "take_channel_", STR("phone"), STR("visit"),
                            STR("letter"), STR("email"), STR("sms"), STR("social_media"));
    channel_fill(ctx, form, faults, &view->way);
    view->said_on = field_view(faults, STR("said_on"), form->said_on.text);
    view->said_at = field_view(faults, STR("said_at"), form->said_at.text);
    view->is_said_open = !str_is_empty(form->said_on.text) || !str_is_empty(form->said_at.text);
    view->story = field_view(faults, STR("story"), form->story.text);
    view->type = types(ctx, place->routine, faults, form->type.text);
    view->units = units(ctx, place->town, form->unit.text, &view->n_units);
    view->unit = field_view(faults, STR("unit"), form->unit.text);
    fill_asks(ctx, place, form, faults, view);
    fill_reply(form, faults, view);
    TRY(fill_more(ctx, form, faults, view));
    return fill_support(ctx, place, form, view);
}
