/* GET and POST /arende/{nr}/undantag: is it for us? The routine's exits; ?val=ID: one of them with everything it does,
 * and then it is done. GET and POST .../angra: taking it back. POST .../mottaget, /kopia, /last: what follows on the
 * case page. Not here: the rules (exit.h), the record (exit_panel_page.c). */
#include "exit.h"

#include "case_page.h"
#include "case_promise.h"
#include "date_words.h"
#include "deliver.h"
#include "exit_page_html.h"
#include "exit_panel_page.h"
#include "exit_view.h"
#include "external_body.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "upload.h"

#define EXIT_FORM(F)                                                                                                   \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(val, CODE, 60, REQUIRED, MSG_exit_title)                                                                         \
    F(step, CODE, 10, OPTIONAL, MSG_exit_title)                                                                        \
    F(text, LINES, EXIT_TEXT_MAX, OPTIONAL, MSG_exit_text)                                                             \
    F(body, CODE, 60, OPTIONAL, MSG_exit_body)                                                                         \
    F(seen, CODE, 60, OPTIONAL, MSG_exit_body)                                                                         \
    F(reference, LINE, EXIT_REFERENCE_MAX, OPTIONAL, MSG_exit_reference)                                               \
    F(reason, LINES, EXIT_REASON_MAX, OPTIONAL, MSG_exit_reason)                                                       \
    F(grounds, MANY, 20, OPTIONAL, MSG_exit_grounds)                                                                   \
    F(unit, CODE, 60, OPTIONAL, MSG_exit_unit_move)                                                                    \
    F(receiver, LINE, 100, OPTIONAL, MSG_exit_receiver)                                                                \
    F(with_story, CODE, 10, OPTIONAL, MSG_exit_story)                                                                  \
    F(silent, CHECK, 0, OPTIONAL, MSG_exit_silent)                                                                     \
    F(counted, CHECK, 0, OPTIONAL, MSG_exit_counted)
FORM(exit, EXIT_FORM)

#define EXIT_UNDO_FORM(F)                                                                                              \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(reason, LINES, EXIT_REASON_MAX, OPTIONAL, MSG_exit_undo_reason)                                                  \
    F(text, LINES, EXIT_TEXT_MAX, OPTIONAL, MSG_exit_undo_text)
FORM(exit_undo, EXIT_UNDO_FORM)

#define EXIT_TAKEN_FORM(F) F(reference, LINE, EXIT_REFERENCE_MAX, OPTIONAL, MSG_exit_reference)
FORM(exit_taken, EXIT_TAKEN_FORM)

#define EXIT_COPY_FORM(F)                                                                                              \
    F(copy, LINES, EXIT_TEXT_MAX, OPTIONAL, MSG_exit_copy_words)                                                       \
    F(files, FILES, ATTACH_MAX_FILES, OPTIONAL, MSG_exit_copy_files)                                                   \
    F(kept, MANY, ATTACH_MAX_FILES, OPTIONAL, MSG_form_kept)
FORM(exit_copy, EXIT_COPY_FORM)

/* ---- the list ---- */

static struct tags_view tags_of(struct ctx *ctx, const struct routine_exit *exit)
{
    enum { TAGS_MAX = 3 };
    struct tag_view *tags = ARENA_ARRAY(ctx->arena, struct tag_view, TAGS_MAX);
    size_t n = 0;
    if (exit->urgent)
        tags[n++] = (struct tag_view){msg_text(ctx->lang, MSG_exit_tag_urgent), TONE_WARNING, ICON_WARNING};
    if (exit->restricted)
        tags[n++] = (struct tag_view){msg_text(ctx->lang, MSG_exit_tag_restricted), TONE_WARNING, ICON_LOCK};
    if (exit->copy_back)
        tags[n++] = (struct tag_view){msg_text(ctx->lang, MSG_exit_tag_copy), TONE_NEUTRAL, ICON_CLOCK};
    return (struct tags_view){tags, n};
}

static struct exit_row_view row_of(struct ctx *ctx, const struct open_case *c, const struct routine_exit *exit)
{
    return (struct exit_row_view){
        .name = exit->name,
        .means = msg_of_code(ctx->lang, MSG_PREFIX("exit_means_"), exit_action_code(exit->action)),
        .to = exit->to,
        .clause = exit->clause,
        .quote = exit->quote,
        .interpretation = exit->interpretation,
        .tags = tags_of(ctx, exit),
        .may = exit_may(c, exit),
        .url = URL_PATH(ctx->arena, "/arende/%/undantag?val=%", c->row.number, exit->id),
    };
}

static struct str page_title(struct ctx *ctx, enum msg id, const struct open_case *c)
{
    return str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, id)), STR_ARG(c->row.number));
}

static enum err show_list(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c)
{
    struct exit_list_view view = {
        .title = case_title(ctx, c),
        .routine = c->routine->document.title,
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .move = URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number),
        .may_move = case_may(c, STEP_move),
        .may_count = right_held(RIGHT_EXIT_NUMBERS, req->roles),
        .n_exits = c->routine->n_exits,
    };
    struct exit_row_view *rows = ARENA_ARRAY(ctx->arena, struct exit_row_view, view.n_exits);
    for (size_t i = 0; i < view.n_exits; i++)
        rows[i] = row_of(ctx, c, &c->routine->exits[i]);
    view.exits = rows;
    TRY(case_story(ctx, c, &view.story));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_exit_title),
                              URL_PATH(ctx->arena, "/arende/%/undantag", c->row.number));
    frame_fill(ctx, req, c->town, NAV_TODO, page_title(ctx, MSG_exit_title, c), /* has_fault= */ false, &view.frame);
    html_exit_list(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one of them ---- */

static struct str join_words(struct ctx *ctx, const struct form_value *many)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 4096);
    for (size_t i = 0; i < many->n_files; i++) {
        if (i)
            out_char(&out, ' ');
        out_str(&out, many->files[i].value);
    }
    return out_take(&out);
}

static struct exit_choice choice_of(struct ctx *ctx, const struct exit_form *form)
{
    return (struct exit_choice){
        .code = form->val.text,
        .text = form->text.text,
        .body = form->body.text,
        .reference = form->reference.text,
        .reason = form->reason.text,
        .grounds = join_words(ctx, &form->grounds),
        .unit = form->unit.text,
        .receiver = form->receiver.text,
        .is_silent = form->silent.on,
        .is_counted = form->counted.on,
        .with_story = str_eq(form->with_story.text, STR("yes")),
        .story_said = str_eq(form->with_story.text, STR("yes")) || str_eq(form->with_story.text, STR("no")),
    };
}

static struct str names(struct ctx *ctx, const struct staff **people, size_t n)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    for (size_t i = 0; i < n; i++) {
        if (i)
            out_lit(&out, ", ");
        out_str(&out, people[i]->name);
        if (!str_is_empty(people[i]->title))
            out_fmt(&out, " (%.*s)", STR_ARG(people[i]->title));
    }
    return out_take(&out);
}

static enum err fill_bodies(struct ctx *ctx, const struct exit_plan *plan, struct str chosen,
                            struct exit_form_view *view)
{
    bool wants = plan->exit->needs & 1u << EXIT_NEED_body || !str_is_none(plan->exit->body);
    if (!wants)
        return OK;
    struct body_list_row *bodies;
    size_t n;
    TRY(external_bodies(ctx, /* retired= */ false, &bodies, &n));
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){bodies[i].code, bodies[i].name, str_eq(bodies[i].code, chosen)};
    view->bodies = options;
    view->n_bodies = n;
    return OK;
}

static void fill_units(struct ctx *ctx, const struct open_case *c, const struct exit_plan *plan,
                       const struct exit_choice *choice, struct exit_form_view *view)
{
    view->is_move = plan->exit->action == EXIT_ACTION_move;
    view->is_sole = plan->exit->sole;
    if (!view->is_move && plan->exit->notify_at != EXIT_PLACE_above)
        return;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, c->town->n_units);
    struct str chosen = str_is_empty(choice->unit) ? c->unit->code : choice->unit;
    for (size_t i = 0; i < c->town->n_units; i++)
        options[i] = (struct option_view){c->town->units[i].code, c->town->units[i].name,
                                          str_eq(c->town->units[i].code, chosen)};
    view->units = options;
    view->n_units = c->town->n_units;
    if (!plan->exit->sole)
        return;
    struct option_view *people = ARENA_ARRAY(ctx->arena, struct option_view, plan->n_people);
    for (size_t i = 0; i < plan->n_people; i++)
        people[i] = (struct option_view){plan->people[i]->login, names(ctx, &plan->people[i], 1), i == 0};
    view->receivers = people;
    view->n_receivers = plan->n_people;
}

static void fill_grounds(struct ctx *ctx, const struct exit_plan *plan, const struct exit_form *form,
                         struct exit_form_view *view)
{
    const struct routine_exit *exit = plan->exit;
    struct exit_ground_view *grounds = ARENA_ARRAY(ctx->arena, struct exit_ground_view, exit->n_grounds);
    for (size_t i = 0; i < exit->n_grounds; i++) {
        bool chosen = false;
        for (size_t k = 0; k < form->grounds.n_files; k++)
            chosen |= str_eq(form->grounds.files[k].value, exit->grounds[i].id);
        grounds[i] =
            (struct exit_ground_view){exit->grounds[i].id, exit->grounds[i].text, chosen, exit->grounds[i].not_alone};
    }
    view->grounds = grounds;
    view->n_grounds = exit->n_grounds;
}

static const struct exit_promise_view *promise_lines(struct ctx *ctx, const struct promise *promises, size_t n)
{
    struct exit_promise_view *lines = ARENA_ARRAY(ctx->arena, struct exit_promise_view, n);
    for (size_t i = 0; i < n; i++) {
        lines[i].text = promise_name(ctx, promises[i].obligation);
        if (!utc_is_none(promises[i].due))
            lines[i].due = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), utc_to_date(ctx_now(ctx)));
    }
    return lines;
}

static void fill_plan(struct ctx *ctx, const struct open_case *c, const struct exit_plan *plan,
                      struct exit_form_view *view)
{
    const struct routine_exit *exit = plan->exit;
    if (plan->n_people)
        view->told = WORDS(ctx, exit_told_now, .who = names(ctx, plan->people, exit->sole ? 1 : plan->n_people));
    else if (!str_is_none(exit->notify))
        view->told = WORDS(ctx, exit_told_nobody, .role = role_word(ctx, c->routine, exit->notify));
    view->is_stand_in = plan->is_stand_in;
    if (exit->sole && plan->n_team)
        view->seen = WORDS(ctx, exit_seen_sole, .who = names(ctx, plan->team, plan->n_team));
    else if (exit->restricted)
        view->seen = WORDS(ctx, exit_seen_team, .who = names(ctx, plan->team, plan->n_team));
    else
        view->seen = msg_text(ctx->lang, MSG_exit_seen_as_before);
    view->ends = promise_lines(ctx, plan->ends, plan->n_ends);
    view->n_ends = plan->n_ends;
    view->begins = promise_lines(ctx, plan->begins, plan->n_begins);
    view->n_begins = plan->n_begins;
    view->body_letter = plan->letter;
    view->by_mail = plan->letter_by_mail;
    view->way = msg_of_code(ctx->lang, MSG_PREFIX("exit_way_"), plan->way);
}

static void fill_fields(const struct exit_form *form, const struct faults_list *faults, const struct exit_plan *plan,
                        struct exit_form_view *view)
{
    const struct routine_exit *exit = plan->exit;
    view->text = field_view(faults, STR("text"), form->text.text);
    view->body = field_view(faults, STR("body"), form->body.text);
    view->reference = field_view(faults, STR("reference"), form->reference.text);
    view->reason = field_view(faults, STR("reason"), form->reason.text);
    view->grounds_field = field_view(faults, STR("grounds"), STR(""));
    view->unit = field_view(faults, STR("unit"), form->unit.text);
    view->receiver = field_view(faults, STR("receiver"), form->receiver.text);
    view->with_story = field_view(faults, STR("with_story"), form->with_story.text);
    view->story_goes = str_eq(form->with_story.text, STR("yes"));
    view->story_stays = str_eq(form->with_story.text, STR("no"));
    view->asks_reason = exit->needs & 1u << EXIT_NEED_reason;
    view->needs_reference = exit->needs & 1u << EXIT_NEED_reference;
    view->asks_reference = view->needs_reference || exit->action == EXIT_ACTION_own_matter;
    view->may_be_silent = str_is_none(exit->tell) && exit->action != EXIT_ACTION_answer;
    view->is_silent = form->silent.on;
    view->may_count = exit->may_count;
    view->is_counted = form->counted.on;
    view->emergency = exit->emergency;
    view->disposal = exit->disposal;
}

static enum err show_form(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                          const struct exit_form *form, const struct faults_list *faults, enum err refused)
{
    struct exit_choice choice = choice_of(ctx, form);
    struct exit_plan plan;
    TRY(exit_plan(ctx, c, &choice, &plan));
    struct exit_row_view row = row_of(ctx, c, plan.exit);
    struct exit_form_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/undantag", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .list = URL_PATH(ctx->arena, "/arende/%/undantag", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .code = plan.exit->id,
        .shown_body = form->body.text,
        .exit = &row,
        .button = msg_of_code(ctx->lang, MSG_PREFIX("exit_button_"), exit_action_code(plan.exit->action)),
    };
    fill_fields(form, faults, &plan, &view);
    fill_plan(ctx, c, &plan, &view);
    fill_units(ctx, c, &plan, &choice, &view);
    fill_grounds(ctx, &plan, form, &view);
    TRY(fill_bodies(ctx, &plan, form->body.text, &view));
    TRY(case_story(ctx, c, &view.story));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_exit_title), view.list);
    frame_fill(ctx, req, c->town, NAV_TODO, page_title(ctx, MSG_exit_title, c), faults->n > 0, &view.frame);
    html_exit_form(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

/* Somebody without the right, and a case that has moved on, get no form. */
static enum err open_for_exit(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    bool may = right_held(RIGHT_CASE_EXIT, ret->roles) || right_held(RIGHT_CASE_ALARM, ret->roles);
    if (!case_may(ret, STEP_exit) && !case_may(ret, STEP_exit_alarm))
        return fail(ctx, may ? ERR_CLOSED : ERR_FORBIDDEN, "no exit can be taken by this person now");
    return OK;
}

enum err exit_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_exit(ctx, req, &c));
    struct str code = request_query(req, STR("val"));
    if (str_is_empty(code))
        return show_list(ctx, req, res, &c);
    const struct routine_exit *exit = routine_exit(c.routine, code);
    if (exit == NULL)
        return fail(ctx, ERR_NOT_FOUND, "the routine has no exit \"%.*s\"", STR_ARG(code));
    struct exit_form form;
    FORM_EMPTY(&form, exit);
    form.val.text = exit->id;
    form.body.text = str_is_none(exit->body) ? STR("") : exit->body;
    TRY(exit_default_text(ctx, &c, exit, form.body.text, &form.text.text));
    form.silent.on = str_is_empty(form.text.text) && exit->action != EXIT_ACTION_answer;
    return show_form(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

/* What the rules miss, each at its field. */
static void add_problems(struct ctx *ctx, const struct exit_plan *plan, struct faults_list *faults)
{
    for (enum exit_problem p = 0; p < EXIT_PROBLEM_COUNT; p++)
        if (plan->problems[p]) {
            struct str words = msg_of_code(ctx->lang, MSG_PREFIX("exit_problem_"), exit_problem_name(p));
            fault_add(faults, exit_problem_field(p), words, words);
        }
}

static enum err check_form(struct ctx *ctx, const struct open_case *c, const struct exit_form *form,
                           struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("text"), &form->text, MSG_exit_text, MSG_exit_problem_text);
    fault_add_common(ctx, faults, STR("reason"), &form->reason, MSG_exit_reason, MSG_exit_problem_reason);
    fault_add_common(ctx, faults, STR("reference"), &form->reference, MSG_exit_reference, MSG_exit_problem_reference);
    struct exit_choice choice = choice_of(ctx, form);
    struct exit_plan plan;
    TRY(exit_plan(ctx, c, &choice, &plan));
    add_problems(ctx, &plan, faults);
    return OK;
}

/* Another body or unit was chosen: its text and people, nothing done yet. What was written in the text by hand stays.
 */
static enum err look_again(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                           struct exit_form *form, struct faults_list *faults)
{
    const struct routine_exit *exit = routine_exit(c->routine, form->val.text);
    if (exit == NULL)
        return fail(ctx, ERR_INVALID, "the routine has no exit \"%.*s\"", STR_ARG(form->val.text));
    struct body_get_row body;
    struct str code = form->body.text, words;
    if (!str_is_empty(code) && external_body_find(ctx, code, &body) != OK)
        return fail(ctx, ERR_INVALID, "there is no body \"%.*s\"", STR_ARG(code));
    struct str plain = str_is_none(exit->tell) ? STR("") : str_trim(exit->tell);
    TRY(exit_default_text(ctx, c, exit, code, &words));
    if (str_is_empty(form->text.text) || str_starts(form->text.text, plain))
        form->text.text = words;
    return show_form(ctx, req, res, c, form, faults, OK);
}

/* Whoever handed it on so that only another sees it is led to the list. */
static void done(struct ctx *ctx, struct request *req, struct response *res, struct str number)
{
    struct open_case c;
    if (case_read(ctx, number, &c) == OK)
        case_done(ctx, req, res, number, STR("undantag"));
    else
        response_redirect(ctx, req, res, URL("/undantag?klart=lamnad_vidare"));
}

enum err exit_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    struct exit_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, exit, &form, &n_faults));
    if (routine_exit(c.routine, form.val.text) == NULL)
        return fail(ctx, ERR_BAD_REQUEST, "the routine has no exit \"%.*s\"", STR_ARG(form.val.text));
    if (str_eq(form.step.text, STR("look"))) {
        TRY(open_for_exit(ctx, req, &c));
        return look_again(ctx, req, res, &c, &form, &(struct faults_list){.n = 0});
    }
    struct faults_list faults = {.n = 0};
    /* What is told and sent depends on the body: nobody sends what he or she has not seen. */
    if (exit_may(&c, routine_exit(c.routine, form.val.text)) && !str_eq(form.body.text, form.seen.text)) {
        struct str words = msg_text(ctx->lang, MSG_exit_problem_look);
        fault_add(&faults, STR("text"), words, words);
        return look_again(ctx, req, res, &c, &form, &faults);
    }
    if (exit_may(&c, routine_exit(c.routine, form.val.text)))
        TRY(check_form(ctx, &c, &form, &faults));
    if (faults.n)
        return show_form(ctx, req, res, &c, &form, &faults, OK);
    struct exit_choice choice = choice_of(ctx, &form);
    enum err err = exit_take(ctx, c.row.number, form.version.fault ? -1 : form.version.number, &choice);
    if (err == ERR_CONFLICT || err == ERR_CLOSED) {
        TRY(case_read(ctx, c.row.number, &c));
        return show_form(ctx, req, res, &c, &form, &faults, err);
    }
    TRY(err);
    done(ctx, req, res, c.row.number);
    return OK;
}

/* ---- afterwards ---- */

enum err exit_taken_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct exit_taken_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, exit_taken, &form, &n_faults));
    struct case_again again = {.form = STR("reference"), .text = form.reference.text};
    fault_add_common(ctx, &again.faults, STR("reference"), &form.reference, MSG_exit_reference,
                     MSG_exit_problem_reference);
    enum err err = again.faults.n ? ERR_INVALID : exit_taken(ctx, number, form.reference.text);
    if (err == ERR_INVALID) {
        struct str words = msg_text(ctx->lang, MSG_exit_problem_reference);
        fault_add(&again.faults, STR("reference"), words, words);
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("mottaget"));
    return OK;
}

enum err exit_copy_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct exit_copy_form form;
    size_t n_faults, n_files;
    TRY(FORM_READ(ctx, req, exit_copy, &form, &n_faults));
    struct case_again again = {.form = STR("copy"), .text = form.copy.text};
    struct attached *files;
    TRY(upload_collect(ctx, STR(""), &form.files, &form.kept, &again.faults, &files, &n_files));
    fault_add_common(ctx, &again.faults, STR("copy"), &form.copy, MSG_exit_copy_words, MSG_exit_problem_copy);
    enum err err = again.faults.n ? ERR_INVALID : exit_copy(ctx, number, form.copy.text, n_files, files);
    if (err == ERR_INVALID) {
        struct str words = msg_text(ctx->lang, MSG_exit_problem_copy);
        if (again.faults.n == 0)
            fault_add(&again.faults, STR("files"), words, words);
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("kopia"));
    return OK;
}

enum err exit_look_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    enum err err = exit_look(ctx, number);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    case_done(ctx, req, res, number, STR("last"));
    return OK;
}

/* ---- taking it back ---- */

static enum err show_undo(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                          const struct exit_undo_form *form, const struct faults_list *faults, enum err refused)
{
    struct exit_latest_row exit;
    TRY(exit_latest(ctx, c->row.id, &exit));
    struct exit_undo_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/undantag/angra", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .name = exit_name(ctx, c->routine, exit.code),
        .way = msg_of_code(ctx->lang, MSG_PREFIX("exit_way_"), deliver_way(c)),
        .reason = field_view(faults, STR("reason"), form->reason.text),
        .text = field_view(faults, STR("text"), form->text.text),
    };
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_exit_undo_title), view.action);
    frame_fill(ctx, req, c->town, NAV_TODO, page_title(ctx, MSG_exit_undo_title, c), faults->n > 0, &view.frame);
    html_exit_undo(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_undo(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!right_held(RIGHT_CASE_EXIT, ret->roles))
        return fail(ctx, ERR_FORBIDDEN, "taking an exit back needs another role");
    struct exit_latest_row exit;
    TRY(exit_latest(ctx, ret->row.id, &exit));
    if (!utc_is_none(exit.undone))
        return fail(ctx, ERR_CLOSED, "no exit of the case stands");
    return OK;
}

enum err exit_undo_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_undo(ctx, req, &c));
    struct exit_undo_form form;
    FORM_EMPTY(&form, exit_undo);
    const struct lang *lang = lang_find(c.row.language);
    form.text.text = msg_text(lang ? lang : ctx->lang, MSG_exit_undo_tell);
    return show_undo(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

enum err exit_undo_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_undo(ctx, req, &c));
    struct exit_undo_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, exit_undo, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    fault_add_common(ctx, &faults, STR("reason"), &form.reason, MSG_exit_undo_reason, MSG_exit_problem_reason);
    fault_add_common(ctx, &faults, STR("text"), &form.text, MSG_exit_undo_text, MSG_exit_undo_text);
    if (str_is_empty(form.reason.text))
        fault_add(&faults, STR("reason"), msg_text(ctx->lang, MSG_exit_problem_reason),
                  msg_text(ctx->lang, MSG_exit_problem_reason));
    if (faults.n)
        return show_undo(ctx, req, res, &c, &form, &faults, OK);
    enum err err =
        exit_undo(ctx, c.row.number, form.version.fault ? -1 : form.version.number, form.reason.text, form.text.text);
    if (err == ERR_CONFLICT || err == ERR_CLOSED)
        return show_undo(ctx, req, res, &c, &form, &faults, err);
    TRY(err);
    done(ctx, req, res, c.row.number);
    return OK;
}
