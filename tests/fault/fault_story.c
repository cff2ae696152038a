#include "fault_story.h"

#include "absence.h"
#include "answer_send.h"
#include "assess.h"
#include "close.h"
#include "consult.h"
#include "delay.h"
#include "deliver.h"
#include "diary.h"
#include "exit.h"
#include "follow.h"
#include "handover.h"
#include "hear.h"
#include "jot.h"
#include "letter_template.h"
#include "measure.h"
#include "more.h"
#include "note.h"
#include "outbox_job_sql.h"
#include "phrase.h"
#include "register.h"
#include "take_in.h"
#include "take_in_draft.h"
#include "talk.h"
#include "team.h"

static struct user_id person(struct ctx *ctx, const char *login, enum role role)
{
    struct user_spec spec = {.login = str_from(login),
                             .name = str_from(login),
                             .title = STR(""),
                             .email = str_fmt(ctx->arena, "%s@ekhamn.example", login),
                             .phone = STR(""),
                             .language = STR("sv")};
    struct user_id user;
    assert_ok(ctx, town_add_user(ctx, &spec, &user));
    assert_ok(ctx, town_add_role(ctx, user, role, test_unit(ctx, "ekhamn")));
    return user;
}

void story_begin(struct world *w)
{
    struct ctx *ctx = &w->t->ctx;
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    w->amir = town->staff[0].id;
    w->berit = person(ctx, "berit", ROLE_responsible_manager);
    w->rut = person(ctx, "rut", ROLE_registrar);
    assert_ok(ctx, town_add_role(ctx, w->amir, ROLE_quality_unit, test_unit(ctx, "ekhamn")));
    w->gator = test_unit(ctx, "gator");
    w->municipality = (struct municipality){.slug = STR("ekhamn")};
    w->server = (struct server){.stop_fd = -1, .clock = w->t->clock, .n_municipalities = 1};
    settings_default(&w->server.settings);
    w->server.settings.smtp_url = STR("smtp://127.0.0.1:9");
    w->server.settings.smtp_tls = STR("none");
    w->server.settings.mail_from = STR("synpunkter@ekhamn.example");
    w->server.settings.base_url = STR("https://ekhamn.example/");
    w->form_token = STR("0123456789abcdef0123456789abcdef");
}

void story_look(struct world *w, struct ctx *ctx)
{
    if (w->id.v == 0)
        return;
    struct case_lock_row row;
    struct draft draft;
    struct task_of_case_row *tasks;
    size_t n;
    assert_ok(ctx, case_lock(ctx, w->id, &row));
    assert_ok(ctx, answer_draft(ctx, w->id, &draft));
    struct handover_past past;
    assert_ok(ctx, handover_read(ctx, w->id, &past));
    assert_ok(ctx, task_of_case(ctx, w->id, &tasks, &n));
    w->version = row.version;
    w->draft = draft.version;
    w->draft_text = draft.text;
    w->n_handovers = (int64_t)past.n;
    for (size_t i = 0; i < n; i++)
        if (utc_is_none(tasks[i].done))
            w->task = tasks[i].id;
}

/* From here on the story is about this case; also told by a process that is gone then. */
static void is_about(struct world *w, const struct receipt *receipt)
{
    assert(receipt->number.n < sizeof w->number_text);
    memcpy(w->number_text, receipt->number.p, receipt->number.n);
    w->number = (struct str){w->number_text, receipt->number.n};
    w->id = receipt->id;
}

/* ---- a case by the web, answered by mail ---- */

static enum err submit(struct ctx *ctx, struct world *w)
{
    const struct attached file = {STR_INIT("hål.txt"), STR_INIT("text/plain"), STR_INIT("ett hål")};
    struct submission s = {.type = STR("complaint"),
                           .story = STR("Gropen på Storgatan är djup."),
                           .unit = w->gator,
                           .reply_preference = STR("email"),
                           .contact = {.name = STR("Åsa Öberg"), .email = STR("asa@hem.example")},
                           .channel = STR("web"),
                           .language = STR("sv"),
                           .form_token = w->form_token,
                           .n_files = 1,
                           .files = &file};
    struct receipt receipt;
    TRY(intake_submit(ctx, &s, &receipt));
    is_about(w, &receipt);
    return OK;
}

static enum err enter(struct ctx *ctx, struct world *w)
{
    struct str diary_number;
    return register_case(ctx, w->number, w->version, &diary_number);
}

static enum err sort(struct ctx *ctx, struct world *w)
{
    return sort_case(ctx, w->number, w->version,
                     &(struct sorting){.type = STR("complaint"), .subject = STR("safety"), .title = STR("Grop")});
}

static enum err doubt(struct ctx *ctx, struct world *w)
{
    return assess_ask(ctx, w->number, w->version, STR("Är det ett ärende?"));
}

static enum err judge(struct ctx *ctx, struct world *w)
{
    return assess_decide(ctx, w->number, w->version, /* is_case= */ true, STR("Ja, en synpunkt."));
}

static enum err ask_berit(struct ctx *ctx, struct world *w)
{
    return handover_ask(ctx, w->number, w->n_handovers, &(struct handover_ask){.to = w->berit});
}

static enum err ask_amir(struct ctx *ctx, struct world *w)
{
    return handover_ask(ctx, w->number, w->n_handovers, &(struct handover_ask){.to = w->amir});
}

static enum err take_back(struct ctx *ctx, struct world *w)
{
    return handover_take_back(ctx, w->number, w->n_handovers);
}

static enum err decline(struct ctx *ctx, struct world *w)
{
    return handover_decline(ctx, w->number, w->n_handovers, STR("Det är Amirs gata."));
}

static enum err accept(struct ctx *ctx, struct world *w)
{
    return handover_accept(ctx, w->number, w->n_handovers);
}

static enum err note(struct ctx *ctx, struct world *w)
{
    return note_add(ctx, w->number, STR("Var på plats."));
}

static enum err call(struct ctx *ctx, struct world *w)
{
    struct talk talk = {.how = TALK_WE_CALLED, .at = ctx_now(ctx), .text = STR("Ringde upp.")};
    return talk_log(ctx, w->number, &talk);
}

static enum err message(struct ctx *ctx, struct world *w)
{
    return note_message(ctx, w->number, STR("Vi lagar den i dag."), RESPONSE_contact);
}

static enum err look_into(struct ctx *ctx, struct world *w)
{
    return note_investigation(ctx, w->number, STR("Gropen är från i våras."));
}

static enum err analyse(struct ctx *ctx, struct world *w)
{
    return note_analysis(ctx, w->number, STR("Tjälen."));
}

static enum err jot_down(struct ctx *ctx, struct world *w)
{
    return jot_add(ctx, w->number, STR("Fråga Kalle."));
}

static enum err jot_into_file(struct ctx *ctx, struct world *w)
{
    struct working_notes_row *jots;
    size_t n;
    TRY(jots_of_case(ctx, w->id, &jots, &n));
    return jot_keep(ctx, w->number, n ? jots[0].id : (struct working_note_id){0}, STR("investigation"));
}

static enum err plan_measure(struct ctx *ctx, struct world *w)
{
    struct new_measure m = {.text = STR("Asfaltera."), .done = DATE_NONE, .due = DATE_NONE, .who = w->amir};
    return measure_log(ctx, w->number, &m);
}

static enum err measure_done(struct ctx *ctx, struct world *w)
{
    struct measures_of_case_row *measures;
    size_t n;
    TRY(measures_of_case(ctx, w->id, &measures, &n));
    struct measure_id id = n ? measures[0].id : (struct measure_id){0};
    return measure_finish(ctx, w->number, id, utc_to_date(ctx_now(ctx)));
}

static enum err take_part(struct ctx *ctx, struct world *w)
{
    struct new_participant p = {.user = w->berit, .task = STR("Mät gropen."), .due = UTC_NONE};
    return team_add(ctx, w->number, &p);
}

static enum err task_done_by_berit(struct ctx *ctx, struct world *w)
{
    struct case_tasks_row *tasks;
    size_t n;
    TRY(case_tasks(ctx, w->id, &tasks, &n));
    return team_task_done(ctx, w->number, n ? tasks[0].id : (struct case_task_id){0}, STR("En halv meter."));
}

static enum err leave_team(struct ctx *ctx, struct world *w)
{
    return team_remove(ctx, w->number, w->berit);
}

static enum err ask_for_more(struct ctx *ctx, struct world *w)
{
    return more_ask(ctx, w->number, STR("Vid vilket hus?"));
}

static enum err go_on_without(struct ctx *ctx, struct world *w)
{
    return more_go_on(ctx, w->number, /* answered= */ false);
}

static enum err tell_of_delay(struct ctx *ctx, struct world *w)
{
    bool reached;
    struct delay delay = {.code = STR("reply"),
                          .new_day = date_from_civil((struct civil){2027, 1, 20}),
                          .how = DELAY_SEND,
                          .text = STR("Det dröjer till den 20 januari, för asfalten är slut."),
                          .version = w->version};
    return delay_tell(ctx, w->number, &delay, &reached);
}

static enum err write_template(struct ctx *ctx, struct world *w)
{
    struct letter_place place = {STR("default"), LETTER_acknowledgement, lang_find(STR("sv"))};
    return letter_template_save(ctx, &place, 0, STR("Tack"), STR("Tack för att du skrev."));
}

static enum err write_phrase(struct ctx *ctx, struct world *w)
{
    struct phrase phrase = {.name = STR("Tack"),
                            .body = STR("Tack för att du hörde av dig."),
                            .routine = STR(""),
                            .type = STR(""),
                            .active = true};
    int64_t id;
    return phrase_save(ctx, &phrase, &id);
}

static enum err another_way(struct ctx *ctx, struct world *w)
{
    return deliver_another_way(ctx, w->number, STR("letter"));
}

static enum err mail_again(struct ctx *ctx, struct world *w)
{
    return deliver_another_way(ctx, w->number, STR("email"));
}

static enum err waive(struct ctx *ctx, struct world *w)
{
    return note_waived(ctx, w->number, STR("reply"), STR("Personen har fått svar på plats."));
}

static enum err save(struct ctx *ctx, struct world *w)
{
    struct draft other;
    return answer_save(ctx, w->number, &(struct answer){.text = STR("Hej! Jag"), .draft_version = w->draft}, &other);
}

static enum err save_more(struct ctx *ctx, struct world *w)
{
    struct draft other;
    return answer_save(ctx, w->number, &(struct answer){.text = STR("Hej! Jag har"), .draft_version = w->draft},
                       &other);
}

static enum err show_draft(struct ctx *ctx, struct world *w)
{
    return consult_share(ctx, w->number,
                         &(struct consult_ask){.people = &w->berit,
                                               .n_people = 1,
                                               .draft_version = w->draft,
                                               .question = STR("Stämmer det?"),
                                               .story_reason = STR("Hon var där.")});
}

static enum err begin_view(struct ctx *ctx, struct world *w)
{
    struct consult_find_row row;
    TRY(consult_find(ctx, w->id, w->berit, &row));
    return consult_keep(ctx, row.id, STR("Det var"));
}

static enum err say_view(struct ctx *ctx, struct world *w)
{
    struct consult_find_row row;
    TRY(consult_find(ctx, w->id, w->berit, &row));
    return consult_say(ctx, row.id, STR("Det var gatan bredvid."), /* nothing= */ false);
}

static enum err consider_view(struct ctx *ctx, struct world *w)
{
    struct consult_find_row row;
    TRY(consult_find(ctx, w->id, w->berit, &row));
    return consult_consider(ctx, w->number, row.id, row.said);
}

static enum err write_talk_down(struct ctx *ctx, struct world *w)
{
    return consult_talk(ctx, w->number, w->rut, utc_to_date(ctx_now(ctx)), STR("Rut håller med."));
}

static enum err send_answer(struct ctx *ctx, struct world *w)
{
    struct draft other;
    struct send_stop stop;
    return answer_send(ctx, w->number,
                       &(struct answer){.text = STR("Hej! Jag har lagat gropen."),
                                        .draft_version = w->draft,
                                        .measure_kind = STR("done"),
                                        .measure = STR("Lagad.")},
                       &(struct sending){.gate_reason = STR("Alla har sagt sitt."), .stands_for_it = true}, &other,
                       &stop);
}

static enum err enter_reply(struct ctx *ctx, struct world *w)
{
    return diary_enter_reply(ctx, w->number, w->version, /* paper= */ 0, STR("H-17"));
}

static enum err close_it(struct ctx *ctx, struct world *w)
{
    struct closing closing = {.outcome = STR("justified"), .measure_kind = STR("done"), .measure = STR("Lagad.")};
    return close_case(ctx, w->number, w->version, &closing);
}

static enum err close_in_diary(struct ctx *ctx, struct world *w)
{
    return diary_close(ctx, w->number, w->version);
}

static enum err reopen(struct ctx *ctx, struct world *w)
{
    return reopen_case(ctx, w->number, w->version, STR("Den sprack igen."));
}

static enum err hear_again(struct ctx *ctx, struct world *w)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open_by_id(ctx, w->id, &c));
    TRY(hear(ctx, &c, &(struct message){.text = STR("Den är där igen."), .form_token = STR("abcdef0123456789")}));
    return tx_commit(&tx);
}

/* ---- a call that was taken in, answered by letter ---- */

static enum err begin_taking(struct ctx *ctx, struct world *w)
{
    struct draft_field fields[] = {{STR_INIT("story"), STR_INIT("Hon ringde om")}};
    return intake_draft_save(ctx, STR("fedcba9876543210fedcba9876543210"), fields, ARRAY_LEN(fields));
}

static enum err keep_file(struct ctx *ctx, struct world *w)
{
    const struct attached file = {STR_INIT("karta.txt"), STR_INIT("text/plain"), STR_INIT("en karta")};
    return attach_keep(ctx, STR("fedcba9876543210fedcba9876543210"), 1, &file);
}

static enum err take_call(struct ctx *ctx, struct world *w)
{
    struct taking taking = {
        .submission = {.type = STR("complaint"),
                       .story = STR("Hon ringde om maten."),
                       .unit = w->gator,
                       .reply_preference = STR("letter"),
                       .contact = {.name = STR("Åsa Öberg"), .address = STR("Storgatan 1\n123 45 Ekhamn")},
                       .channel = STR("phone"),
                       .language = STR("sv"),
                       .form_token = STR("fedcba9876543210fedcba9876543210")},
        .formalised = STR("yes"),
        .asked_complaint = STR("yes"),
        .write_self = STR("staff"),
        .is_tried = true,
        .done = STR("Bad om ursäkt."),
        .promise = STR("Ringa på fredag."),
        .promise_by = DATE_NONE};
    struct taken taken;
    TRY(take_in(ctx, &taking, &taken));
    is_about(w, &taken.receipt);
    return OK;
}

static enum err tick(struct ctx *ctx, struct world *w)
{
    w->ticked = w->task;
    return deliver_task_done(ctx, w->number, w->task, DATE_NONE);
}

static enum err untick(struct ctx *ctx, struct world *w)
{
    return deliver_task_undone(ctx, w->number, w->ticked);
}

/* ---- a case that leaves by an exit ---- */

static enum err submit_elsewhere(struct ctx *ctx, struct world *w)
{
    struct submission s = {.type = STR("complaint"),
                           .story = STR("Det gäller ett beslut."),
                           .unit = w->gator,
                           .reply_preference = STR("code"),
                           .channel = STR("web"),
                           .language = STR("sv"),
                           .form_token = STR("00112233445566778899aabbccddeeff")};
    struct receipt receipt;
    TRY(intake_submit(ctx, &s, &receipt));
    is_about(w, &receipt);
    return OK;
}

static enum err leave(struct ctx *ctx, struct world *w)
{
    struct exit_choice choice = {.code = STR("appeal"),
                                 .text = STR("Vi lämnar det till dem som beslutade."),
                                 .reference = STR(""),
                                 .body = STR(""),
                                 .reason = STR(""),
                                 .grounds = STR(""),
                                 .unit = STR(""),
                                 .receiver = STR("")};
    return exit_take(ctx, w->number, w->version, &choice);
}

static enum err arrived(struct ctx *ctx, struct world *w)
{
    return exit_taken(ctx, w->number, STR("BES-4"));
}

static enum err take_exit_back(struct ctx *ctx, struct world *w)
{
    return exit_undo(ctx, w->number, w->version, STR("Det var en synpunkt."), STR("Vi tar hand om det här."));
}

/* ---- jobs ---- */

static enum err run_job(struct ctx *ctx, struct world *w, job_fn *job)
{
    struct job_place place = {&w->server, &w->municipality};
    bool more = false;
    return job(ctx, &place, &more);
}

static enum err send_mails(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, outbox_job);
}
const struct op mail_job = {"send the mails", send_mails, '-', PIECES};

struct outbox_id mail_queue(struct world *w)
{
    struct ctx *ctx = &w->t->ctx;
    struct outbox_of_case_row *rows;
    size_t n;
    ctx->who = w->amir;
    assert_ok(ctx, note_message(ctx, w->number, STR("Vi lagar den i dag."), RESPONSE_contact));
    ctx->who = (struct user_id){0};
    assert_ok(ctx, outbox_of_case(ctx, w->id, &rows, &n));
    struct outbox_id newest = {0};
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id.v > newest.v)
            newest = rows[i].id;
        if (str_eq(rows[i].status, STR("queued")) && !str_eq(rows[i].kind, STR("message")))
            assert_ok(ctx, outbox_settle(ctx, rows[i].id, STR("given_up"), UTC_NONE, STR_NONE));
    }
    return newest;
}

bool mail_is_sent(struct world *w, struct outbox_id id)
{
    struct outbox_get_row row;
    struct outbox_of_case_row *rows;
    size_t n;
    struct ctx *ctx = &w->t->ctx;
    assert_ok(ctx, outbox_get(ctx, id, &row));
    assert_ok(ctx, outbox_of_case(ctx, row.case_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == id.v)
            return str_eq(rows[i].status, STR("sent"));
    fail_msg("the mail is gone");
    return false;
}

void mail_lease_ends(struct world *w, struct outbox_id id)
{
    if (!mail_is_sent(w, id))
        assert_ok(&w->t->ctx, outbox_put_off(&w->t->ctx, id, ctx_now(&w->t->ctx), STR("")));
}

static enum err staff_mails(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, staff_notice_job);
}

static enum err chase(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, handover_job);
}

static enum err remind(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, remind_job);
}

static enum err index_words(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, search_job);
}

static enum err sweep_up(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, sweep_job);
}

static enum err stand_in(struct ctx *ctx, struct world *w)
{
    return run_job(ctx, w, absence_job);
}

static enum err go_away(struct ctx *ctx, struct world *w)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct absence_spec spec = {.user = w->berit, .deputy = w->amir, .first = today, .last = date_add(today, 3)};
    return absence_add(ctx, &spec);
}

static enum err two_weeks_pass(struct ctx *ctx, struct world *w)
{
    test_clock(w->t, "2026-12-28T09:12:00+01:00");
    return OK;
}

const struct op story[] = {
    {"submit", submit, '-', ONCE},
    {"enter in the diary", enter, 'r', ONCE},
    {"sort", sort, 'r', ONCE},
    {"ask whether it is a case", doubt, 'r', ONCE},
    {"judge that it is", judge, 'a', ONCE},
    {"ask berit to take it", ask_berit, 'r', ONCE},
    {"take the question back", take_back, 'r', ONCE},
    {"ask berit again", ask_berit, 'r', ONCE},
    {"decline", decline, 'b', ONCE},
    {"ask amir to take it", ask_amir, 'r', ONCE},
    {"accept", accept, 'a', ONCE},
    {"note", note, 'a', REPEATS},
    {"call", call, 'a', REPEATS},
    {"message", message, 'a', REPEATS},
    {"what was found out", look_into, 'a', REPEATS},
    {"why it happened", analyse, 'a', REPEATS},
    {"working note", jot_down, 'a', REPEATS},
    {"working note into the file", jot_into_file, 'a', ONCE},
    {"plan a measure", plan_measure, 'a', REPEATS},
    {"the measure is done", measure_done, 'a', ONCE},
    {"berit takes part", take_part, 'a', REPEATS},
    {"berit's task is done", task_done_by_berit, 'b', ONCE},
    {"berit leaves", leave_team, 'a', ONCE},
    {"ask the person for more", ask_for_more, 'a', ONCE},
    {"go on without", go_on_without, 'a', ONCE},
    {"tell of a delay", tell_of_delay, 'a', ONCE},
    {"write a letter template", write_template, 'a', ONCE},
    {"write a phrase", write_phrase, 'a', REPEATS},
    {"another way", another_way, 'a', REPEATS},
    {"mail after all", mail_again, 'a', REPEATS},
    {"let a promise go", waive, 'a', REPEATS},
    {"draft", save, 'a', ONCE},
    {"draft again", save_more, 'a', ONCE},
    {"show the draft", show_draft, 'a', REPEATS},
    {"begin a view of it", begin_view, 'b', REPEATS},
    {"say what one thinks of it", say_view, 'b', REPEATS},
    {"consider that", consider_view, 'a', REPEATS},
    {"write a talk down", write_talk_down, 'a', REPEATS},
    {"send the answer", send_answer, 'a', ONCE},
    {"enter the reply", enter_reply, 'r', ONCE},
    {"close", close_it, 'a', ONCE},
    {"close in the diary", close_in_diary, 'r', ONCE},
    {"reopen", reopen, 'a', ONCE},
    {"draft of another answer", save, 'a', ONCE},
    {"answer again", send_answer, 'a', ONCE},
    {"close again", close_it, 'a', ONCE},
    {"the person writes again", hear_again, '-', ONCE},
    {"draft of a call", begin_taking, 'r', REPEATS},
    {"keep a file", keep_file, 'r', REPEATS},
    {"take in a call", take_call, 'r', ONCE},
    {"take it oneself", ask_amir, 'a', ONCE},
    {"draft of a letter", save, 'a', ONCE},
    {"answer by letter", send_answer, 'a', ONCE},
    {"the letter was posted", tick, 'a', ONCE},
    {"it was not", untick, 'a', ONCE},
    {"now it was", tick, 'a', ONCE},
    {"send mails", send_mails, '-', PIECES},
    {"send mails to staff", staff_mails, '-', PIECES},
    {"index words", index_words, '-', PIECES},
    {"sweep up", sweep_up, '-', PIECES},
    {"submit what is none", submit_elsewhere, '-', ONCE},
    {"leave by an exit", leave, 'a', ONCE},
    {"it has arrived", arrived, 'a', REPEATS},
    {"take the exit back", take_exit_back, 'a', ONCE},
    {"ask berit", ask_berit, 'r', ONCE},
    {"berit goes away", go_away, 'b', REPEATS},
    {"two weeks pass", two_weeks_pass, '-', ONCE},
    {"deputies leave", stand_in, '-', PIECES},
    {"remind of the question", chase, '-', PIECES},
    {"remind of dates", remind, '-', PIECES},
};
const size_t n_story = ARRAY_LEN(story);
