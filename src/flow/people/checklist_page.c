/* GET /checklista (which units have one); GET /checklista/{unit} and .../lathund (read); GET and POST .../skriv, POST
 * .../granska and .../lathund (write, sign, attach). Everybody who works there reads; not here: who may write and what
 * is written (checklist.h). */
#include "attach.h"
#include "checklist.h"
#include "checklist_page_html.h"
#include "checklist_view.h"
#include "date_words.h"
#include "faults.h"
#include "fold.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

#define LIST_FORM(F)                                                                                                   \
    F(version, NUMBER, INT32_MAX, OPTIONAL, MSG_checklist_version)                                                     \
    F(text, LINES, CHECKLIST_MAX_CHARS, REQUIRED, MSG_checklist_text)                                                  \
    F(owner, LINE, 100, OPTIONAL, MSG_checklist_owner)
FORM(list, LIST_FORM)

#define SIGN_FORM(F) F(version, NUMBER, INT32_MAX, REQUIRED, MSG_checklist_version)
FORM(sign, SIGN_FORM)

#define MANUAL_FORM(F)                                                                                                 \
    F(files, FILES, 1, OPTIONAL, MSG_checklist_attach)                                                                 \
    F(remove, CODE, 5, OPTIONAL, MSG_checklist_detach)
FORM(manual, MANUAL_FORM)

/* ---- the overview ---- */

enum { ROWS_MAX = 300 };

struct overview {
    const struct town *town;
    const struct checklist_newest_row *newest;
    size_t n_newest;
    struct str words; /* folded */
    bool is_all;
    struct date today;
};

/* ctx->who works in the unit, above it or below it. */
static bool is_mine(struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    const struct staff *me = town_staff(town, ctx->who);
    for (size_t i = 0; me && i < me->n_roles; i++)
        if (town_is_below(town, unit, me->roles[i].unit) || town_is_below(town, me->roles[i].unit, unit))
            return true;
    return false;
}

static const struct checklist_newest_row *newest_of(const struct overview *o, struct unit_id unit)
{
    for (size_t i = 0; i < o->n_newest; i++)
        if (o->newest[i].unit.v == unit.v)
            return &o->newest[i];
    return NULL;
}

static struct str area_name(const struct town *town, const struct unit *unit)
{
    const struct unit *above = town_unit(town, unit->parent);
    return above ? above->name : town->name;
}

static struct checklist_row_view row_view(struct ctx *ctx, const struct overview *o, const struct unit *unit,
                                          const struct checklist_newest_row *newest)
{
    const struct staff *owner = newest ? town_staff(o->town, newest->owner) : NULL;
    return (struct checklist_row_view){
        .url = URL_PATH(ctx->arena, "/checklista/%", unit->code),
        .unit = unit->name,
        .area = area_name(o->town, unit),
        .owner = owner ? owner->name : STR(""),
        .reviewed = newest ? when_date(ctx->arena, ctx->lang, utc_to_date(newest->reviewed), o->today)
                           : (struct when_text){STR_NONE, STR_NONE},
    };
}

static void fill_groups(struct ctx *ctx, const struct overview *o, struct checklists_view *view)
{
    static const struct {
        struct str id;
        enum msg title;
    } kinds[] = {[CHECKLIST_MISSING] = {STR_INIT("saknas"), MSG_checklists_missing},
                 [CHECKLIST_OLD] = {STR_INIT("gamla"), MSG_checklists_old},
                 [CHECKLIST_THERE] = {STR_INIT("finns"), MSG_checklists_there}};
    struct checklist_row_view *rows[ARRAY_LEN(kinds)];
    size_t n_rows[ARRAY_LEN(kinds)] = {0};
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        rows[k] = ARENA_ARRAY(ctx->arena, struct checklist_row_view, ROWS_MAX);
    for (size_t i = 0; i < o->town->n_units; i++) {
        const struct unit *unit = &o->town->units[i];
        const struct checklist_newest_row *newest = newest_of(o, unit->id);
        if ((newest == NULL && !checklist_is_due(o->town, unit->id)) ||
            !(o->is_all || is_mine(ctx, o->town, unit->id)) || str_find(fold_case(ctx, unit->name), o->words) < 0)
            continue;
        enum checklist_state state = checklist_state(newest, o->today);
        view->n_units++;
        view->n_missing += state == CHECKLIST_MISSING;
        view->n_old += state == CHECKLIST_OLD;
        if (n_rows[state] < ROWS_MAX)
            rows[state][n_rows[state]++] = row_view(ctx, o, unit, newest);
        else
            view->is_cut = true;
    }
    struct checklist_group_view *groups = ARENA_ARRAY(ctx->arena, struct checklist_group_view, ARRAY_LEN(kinds));
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        if (n_rows[k])
            groups[view->n_groups++] = (struct checklist_group_view){
                .id = kinds[k].id, .title = msg_text(ctx->lang, kinds[k].title), .rows = rows[k], .n_rows = n_rows[k]};
    view->groups = groups;
}

enum err checklists_page(struct ctx *ctx, struct request *req, struct response *res)
{
    enum { WORDS_MAX = 100 };
    struct overview o = {.today = utc_to_date(ctx_now(ctx)),
                         .is_all = str_eq(request_query(req, STR("vems")), STR("alla"))};
    TRY(town_get(ctx, &o.town));
    struct checklist_newest_row *rows;
    TRY(checklist_all(ctx, &rows, &o.n_newest));
    o.newest = rows;
    struct str words = request_query(req, STR("q"));
    struct checklists_view view = {
        .is_all = o.is_all,
        .mine = URL("/checklista"),
        .all = URL("/checklista?vems=alla"),
        .words = str_is_none(words) ? STR("") : str_utf8_head(str_trim(words), WORDS_MAX),
    };
    o.words = fold_case(ctx, view.words);
    fill_groups(ctx, &o, &view);
    frame_fill(ctx, req, o.town, NAV_NONE, msg_text(ctx->lang, MSG_frame_checklists), /* has_fault= */ false,
               &view.frame);
    html_checklists(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one unit's ---- */

struct one {
    const struct town *town;
    const struct unit *unit;
    struct date today;
};

static enum err open_unit(struct ctx *ctx, const struct request *req, struct one *one)
{
    TRY(town_get(ctx, &one->town));
    one->today = utc_to_date(ctx_now(ctx));
    one->unit = town_unit_by_code(one->town, req->params[0]);
    if (one->unit == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no unit \"%.*s\"", STR_ARG(req->params[0]));
    return OK;
}

static enum err open_for_writing(struct ctx *ctx, const struct request *req, struct one *one)
{
    TRY(open_unit(ctx, req, one));
    if (!checklist_may_write(ctx, one->town, one->unit->id))
        return fail(ctx, ERR_FORBIDDEN, "the checklist is written by the unit's manager or the quality unit");
    return OK;
}

static struct str name_of(const struct town *town, struct user_id user)
{
    const struct staff *staff = town_staff(town, user);
    return staff ? staff->name : STR("");
}

static struct crumbs_view crumbs_of(struct ctx *ctx, const struct one *one)
{
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 2);
    crumbs[0] = (struct crumb_view){msg_text(ctx->lang, MSG_frame_checklists), URL("/checklista")};
    crumbs[1] = (struct crumb_view){one->unit->name, URL_PATH(ctx->arena, "/checklista/%", one->unit->code)};
    return (struct crumbs_view){crumbs, 2};
}

static struct tag_view state_tag(struct ctx *ctx, enum checklist_state state)
{
    switch (state) {
    case CHECKLIST_MISSING:
        return (struct tag_view){msg_text(ctx->lang, MSG_checklist_is_missing), TONE_WARNING, ICON_WARNING};
    case CHECKLIST_OLD:
        return (struct tag_view){msg_text(ctx->lang, MSG_checklist_is_old), TONE_WARNING, ICON_CLOCK};
    case CHECKLIST_THERE:
        return (struct tag_view){msg_text(ctx->lang, MSG_checklist_is_there), TONE_SUCCESS, ICON_TICK};
    }
    BUG("no state");
}

static void fill_text(struct ctx *ctx, const struct one *one, const struct checklist_text *text,
                      struct checklist_view *view)
{
    bool is_own = text->unit == one->unit;
    struct checklist_newest_row row = {.reviewed = text->reviewed};
    view->state = state_tag(ctx, checklist_state(is_own ? &row : NULL, one->today));
    if (text->unit == NULL)
        return;
    struct date reviewed = utc_to_date(text->reviewed);
    view->whose = is_own ? STR("") : text->unit->name;
    view->version = text->version;
    view->is_old_version = text->version != text->newest;
    view->owner = name_of(one->town, text->owner);
    view->saved_by = name_of(one->town, text->saved_by);
    view->reviewed_by = name_of(one->town, text->reviewed_by);
    view->saved = when_date(ctx->arena, ctx->lang, utc_to_date(text->saved), one->today);
    view->reviewed = when_date(ctx->arena, ctx->lang, reviewed, one->today);
    view->review_by =
        when_date(ctx->arena, ctx->lang, (struct date){reviewed.days + CHECKLIST_REVIEW_DAYS}, one->today);
    view->n_blocks = text_blocks(ctx->arena, text->body, &view->blocks);
    view->may_review = view->may_write && is_own && !view->is_old_version;
    int64_t n = is_own ? text->newest : 0;
    struct crumb_view *versions = ARENA_ARRAY(ctx->arena, struct crumb_view, (size_t)n);
    for (int64_t i = n; i >= 1; i--)
        if (i != text->version) {
            struct str number = str_fmt(ctx->arena, "%lld", (long long)i);
            versions[view->n_versions++] =
                (struct crumb_view){WORDS(ctx, checklist_version_n, .n = i),
                                    URL_PATH(ctx->arena, "/checklista/%?version=%", one->unit->code, number)};
        }
    view->versions = versions;
}

static enum err fill_manuals(struct ctx *ctx, const struct one *one, struct checklist_view *view)
{
    struct manual_list_row *rows;
    size_t n;
    TRY(manual_list(ctx, one->unit->id, &rows, &n));
    struct checklist_manual_view *manuals = ARENA_ARRAY(ctx->arena, struct checklist_manual_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct unit *unit = town_unit(one->town, rows[i].unit);
        manuals[i] = (struct checklist_manual_view){
            .name = rows[i].name,
            .more = size_words(ctx, rows[i].size),
            .unit = unit->name,
            .url = URL_PATH(ctx->arena, "/checklista/%/lathund", unit->code),
            .is_own = unit == one->unit,
        };
        view->has_manual |= unit == one->unit;
    }
    view->manuals = manuals;
    view->n_manuals = n;
    return OK;
}

static struct notice_view done_notice(struct ctx *ctx, const struct request *req)
{
    struct str done = request_query(req, STR("klart"));
    enum msg text;
    if (str_is_none(done) || !msg_find(MSG_PREFIX("checklist_done_"), done, &text))
        return (struct notice_view){.tone = TONE_NEUTRAL};
    return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, text)};
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct one *one, int64_t version,
                     const struct faults_list *faults)
{
    struct str code = one->unit->code;
    struct checklist_text text;
    TRY(checklist_read(ctx, one->town, one->unit->id, version, &text));
    struct checklist_view view = {
        .csrf = req->csrf,
        .crumbs = crumbs_of(ctx, one),
        .notice = done_notice(ctx, req),
        .faults = faults_view(ctx, faults),
        .unit = one->unit->name,
        .may_write = checklist_may_write(ctx, one->town, one->unit->id),
        .write = URL_PATH(ctx->arena, "/checklista/%/skriv", code),
        .review = URL_PATH(ctx->arena, "/checklista/%/granska", code),
        .manual = URL_PATH(ctx->arena, "/checklista/%/lathund", code),
        .current = URL_PATH(ctx->arena, "/checklista/%", code),
        .routine = URL_PATH(ctx->arena, "/rutin?enhet=%", code),
        .files = field_view(faults, STR("files"), STR("")),
        .accept = attach_accept(),
    };
    fill_text(ctx, one, &text, &view);
    TRY(fill_manuals(ctx, one, &view));
    frame_fill(ctx, req, one->town, NAV_NONE, WORDS(ctx, checklist_title, .unit = one->unit->name), faults->n > 0,
               &view.frame);
    html_checklist(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err checklist_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    int64_t version = 0;
    TRY(open_unit(ctx, req, &one));
    struct str wanted = request_query(req, STR("version"));
    if (!str_is_none(wanted) && (!str_to_i64(wanted, &version) || version < 1))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no version", STR_ARG(wanted));
    return show(ctx, req, res, &one, version, &(struct faults_list){.n = 0});
}

/* ---- writing ---- */

/* Those who may answer for it: active people with a role in the unit or above. */
static const struct option_view *owners(struct ctx *ctx, const struct one *one, struct str chosen, size_t *ret_n)
{
    const struct town *town = one->town;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_staff);
    size_t n = 0;
    for (size_t i = 0; i < town->n_staff; i++) {
        const struct staff *staff = &town->staff[i];
        if (!staff->active || !right_held(RIGHT_CHECKLIST_WRITE, town_roles_at(town, staff->id, one->unit->id)))
            continue;
        options[n++] = (struct option_view){staff->login, staff->name, str_eq(staff->login, chosen)};
    }
    *ret_n = n;
    return options;
}

static enum err show_form(struct ctx *ctx, struct request *req, struct response *res, const struct one *one,
                          const struct list_form *form, bool from_routine, const struct faults_list *faults,
                          enum err refused)
{
    struct checklist_form_view view = {
        .csrf = req->csrf,
        .crumbs = crumbs_of(ctx, one),
        .faults = faults_view(ctx, faults),
        .heading = WORDS(ctx, checklist_title, .unit = one->unit->name),
        .action = URL_PATH(ctx->arena, "/checklista/%/skriv", one->unit->code),
        .back = URL_PATH(ctx->arena, "/checklista/%", one->unit->code),
        .version = form->version.number,
        .from_routine = from_routine,
        .text = field_view(faults, STR("text"), form->text.text),
        .owner = field_view(faults, STR("owner"), form->owner.text),
    };
    if (refused == ERR_CONFLICT)
        view.notice = (struct notice_view){.tone = TONE_WARNING,
                                           .heading = msg_text(ctx->lang, MSG_checklist_conflict),
                                           .text = msg_text(ctx->lang, MSG_checklist_conflict_text),
                                           .link = view.back,
                                           .link_text = msg_text(ctx->lang, MSG_checklist_show_newest)};
    view.owners = owners(ctx, one, form->owner.text, &view.n_owners);
    frame_fill(ctx, req, one->town, NAV_NONE, view.heading, faults->n > 0, &view.frame);
    html_checklist_form(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

enum err checklist_write_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    struct list_form form;
    struct checklist_text text;
    TRY(open_for_writing(ctx, req, &one));
    TRY(checklist_read(ctx, one.town, one.unit->id, 0, &text));
    bool is_own = text.unit == one.unit;
    FORM_EMPTY(&form, list);
    form.version.number = is_own ? text.version : 0;
    form.text.text = text.body;
    if (!is_own)
        TRY(checklist_template(ctx, one.town, one.unit->id, &form.text.text));
    const struct staff *owner = town_staff(one.town, is_own ? text.owner : ctx->who);
    form.owner.text = owner ? owner->login : STR("");
    return show_form(ctx, req, res, &one, &form, !is_own, &(struct faults_list){.n = 0}, OK);
}

static const struct staff *chosen_owner(struct ctx *ctx, const struct one *one, struct str login)
{
    for (size_t i = 0; i < one->town->n_staff; i++) {
        const struct staff *staff = &one->town->staff[i];
        if (staff->active && str_eq(staff->login, login) &&
            right_held(RIGHT_CHECKLIST_WRITE, town_roles_at(one->town, staff->id, one->unit->id)))
            return staff;
    }
    (void)ctx;
    return NULL;
}

static enum err done(struct ctx *ctx, struct request *req, struct response *res, const struct one *one, struct str what)
{
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/checklista/%?klart=%", one->unit->code, what));
    return OK;
}

enum err checklist_write_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    struct list_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    TRY(open_for_writing(ctx, req, &one));
    TRY(FORM_READ(ctx, req, list, &form, &n_faults));
    fault_add_common(ctx, &faults, STR("text"), &form.text, MSG_checklist_empty, MSG_checklist_empty);
    const struct staff *owner = chosen_owner(ctx, &one, form.owner.text);
    if (owner == NULL)
        fault_add(&faults, STR("owner"), msg_text(ctx->lang, MSG_checklist_owner_missing),
                  msg_text(ctx->lang, MSG_checklist_owner_missing));
    if (faults.n)
        return show_form(ctx, req, res, &one, &form, /* from_routine= */ false, &faults, OK);
    enum err err = checklist_save(ctx, one.unit->id, form.version.number, form.text.text, owner->id);
    if (err == ERR_CONFLICT)
        return show_form(ctx, req, res, &one, &form, /* from_routine= */ false, &faults, err);
    TRY(err);
    return done(ctx, req, res, &one, STR("sparad"));
}

enum err checklist_review_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    struct sign_form form;
    size_t n_faults;
    TRY(open_for_writing(ctx, req, &one));
    TRY(FORM_READ(ctx, req, sign, &form, &n_faults));
    enum err err = checklist_review(ctx, one.unit->id, form.version.number);
    if (err == ERR_NOT_FOUND) /* somebody has written it anew meanwhile: that is what to look at */
        return done(ctx, req, res, &one, STR("nyare"));
    TRY(err);
    return done(ctx, req, res, &one, STR("granskad"));
}

/* ---- the file ---- */

enum err checklist_manual_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    struct manual manual;
    TRY(open_unit(ctx, req, &one));
    TRY(manual_get(ctx, one.unit->id, &manual));
    response_download(ctx, res, manual.name, manual.media_type, manual.body);
    return OK;
}

static void file_fault(struct ctx *ctx, struct faults_list *faults, enum err why, struct str name)
{
    struct str words = why == ERR_TOO_LARGE ? WORDS(ctx, form_files_size, .name = name)
                       : why == ERR_INVALID ? WORDS(ctx, form_files_empty, .name = name)
                                            : WORDS(ctx, form_files_type, .name = name);
    fault_add(faults, STR("files"), msg_text(ctx->lang, MSG_form_files_short), words);
}

enum err checklist_manual_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct one one;
    struct manual_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    TRY(open_for_writing(ctx, req, &one));
    TRY(FORM_READ(ctx, req, manual, &form, &n_faults));
    if (form.remove.on) {
        TRY(manual_remove(ctx, one.unit->id));
        return done(ctx, req, res, &one, STR("fil_borta"));
    }
    struct attached file = {.name = STR("")};
    if (form.files.n_files == 0) {
        fault_add(&faults, STR("files"), msg_text(ctx->lang, MSG_checklist_choose_file),
                  msg_text(ctx->lang, MSG_checklist_choose_file));
    } else {
        enum err err = attach_check(ctx, form.files.files[0].file_name, form.files.files[0].value, &file);
        if (err == ERR_TYPE || err == ERR_TOO_LARGE || err == ERR_INVALID)
            file_fault(ctx, &faults, err, form.files.files[0].file_name);
        else
            TRY(err);
    }
    if (faults.n)
        return show(ctx, req, res, &one, 0, &faults);
    TRY(manual_put(ctx, one.unit->id, &(struct manual){file.name, file.media_type, file.body}));
    return done(ctx, req, res, &one, STR("fil"));
}
