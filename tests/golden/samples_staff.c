#include "answer_check_page_html.h"
#include "answer_page_html.h"
#include "case_page_html.h"
#include "close_page_html.h"
#include "consult_page_html.h"
#include "document_page_html.h"
#include "handover_page_html.h"
#include "register_page_html.h"
#include "samples.h"
#include "worklist_page_html.h"

#define CASE URL("/arende/2026-0413")

static struct crumbs_view crumbs(struct arena *arena, bool hostile)
{
    struct crumb_view *c = ARENA_ARRAY(arena, struct crumb_view, 3);
    c[0] = (struct crumb_view){TXT("Att göra"), URL("/att-gora")};
    c[1] = (struct crumb_view){TXT("2026-0413"), CASE};
    c[2] = (struct crumb_view){TXT("Svar"), URL("/arende/2026-0413/svar")};
    return (struct crumbs_view){c, 3};
}

static struct str story(bool hostile)
{
    return TXT("Min mamma är 84 år och har diabetes.\n\nJag vill att hon får rätt mat varje dag.");
}

static const struct option_view *options(struct arena *arena, bool hostile)
{
    struct option_view *o = ARENA_ARRAY(arena, struct option_view, 2);
    o[0] = (struct option_view){TXT("food"), TXT("Mat och måltider"), true};
    o[1] = (struct option_view){TXT("safety"), TXT("Trygghet och säkerhet"), false};
    return o;
}

static struct faults_view one_fault(struct arena *arena, bool hostile, struct str field)
{
    struct fault_view *f = ARENA_ARRAY(arena, struct fault_view, 1);
    f[0] = (struct fault_view){field, TXT("Skriv något innan du sparar")};
    return (struct faults_view){f, 1};
}

static struct field_view faulty(bool hostile, struct str name)
{
    return (struct field_view){name, TXT("det som skrevs"), TXT("Skriv något innan du sparar")};
}

static struct documents_view documents(struct arena *arena, bool hostile)
{
    struct document_view *d = ARENA_ARRAY(arena, struct document_view, 2);
    d[0] = (struct document_view){1, TXT("Synpunkt"), STR_NONE, URL("/arende/2026-0413/handling/1")};
    d[1] = (struct document_view){2, TXT("matlada.jpg"), TXT("1,2 MB"), URL("/arende/2026-0413/handling/2")};
    return (struct documents_view){d, 2};
}

/* ---- the case ---- */

static const struct case_promise_view *promises(struct arena *arena, bool hostile, bool came_back)
{
    struct explain_view *explain = ARENA_NEW(arena, struct explain_view);
    *explain = (struct explain_view){.id = STR("sleep"),
                                     .in_hours = true,
                                     .from_event = TXT("sista dagen för ”Svara”"),
                                     .from = WHEN("2026-12-30T23:59", "onsdag 30 december kl. 23.59"),
                                     .amount = TXT("24 timmar före"),
                                     .due = WHEN("2026-12-29T23:59", "tisdag 29 december kl. 23.59"),
                                     .clause = TXT("punkt 2"),
                                     .quote = TXT("sova på saken"),
                                     .interpretation = TXT("Ett dygn är 24 timmar.")};
    struct case_promise_view *p = ARENA_ARRAY(arena, struct case_promise_view, 4);
    p[0] = (struct case_promise_view){.code = STR("registration"),
                                      .promise = {.mark = MARK_KEPT,
                                                  .label = TXT("Registrera"),
                                                  .kept = WHEN("2026-12-14", "14 december"),
                                                  .who = TXT("Klagomålshanterare")}};
    p[1] = (struct case_promise_view){.code = STR("sleep"),
                                      .event = STR("draft_shared"),
                                      .happened = TXT("svarsutkastet lämnades till dem som berörs"),
                                      .may_waive = true,
                                      .keep_open = came_back,
                                      .waive_open = came_back,
                                      .promise = {.mark = MARK_NEXT,
                                                  .label = TXT("Låta den berörda läsa"),
                                                  .due = WHEN("2026-12-29T23:59", "tisdag 29 december kl. 23.59"),
                                                  .has_days_left = true,
                                                  .days_left = 5,
                                                  .explain = explain},
                                      .keep = {STR("keep-sleep"), TXT(""), STR_NONE},
                                      .waive = {STR("waive-sleep"), TXT(""), STR_NONE}};
    if (came_back)
        p[1].waive = faulty(hostile, STR("waive-sleep"));
    p[2] = (struct case_promise_view){.code = STR("reply"),
                                      .promise = {.mark = MARK_LATE,
                                                  .label = TXT("Svara"),
                                                  .due = WHEN("2026-12-16", "onsdag 16 december"),
                                                  .has_days_left = true,
                                                  .days_left = 2}};
    p[3] = (struct case_promise_view){.code = STR("meeting"),
                                      .promise = {.mark = MARK_LET_GO,
                                                  .label = TXT("Ta upp på arbetsplatsträff"),
                                                  .kept = WHEN("2026-12-18", "18 december"),
                                                  .note = TXT("Amir Haddad: ”Behövs inte.”")}};
    return p;
}

static struct handover_panel_view sample_panel(bool hostile)
{
    return (struct handover_panel_view){
        .csrf = TXT("c5rf"),
        .version = 7,
        .name = TXT("Amir Haddad"),
        .title = TXT("enhetschef"),
        .why = TXT("Ansvarig sedan 15 december."),
        .stand_in = TXT("Borta till 7 januari. Ulrika Dahl står in."),
        .count = TXT("Lämnat över 2 gånger."),
        .count_warns = true,
        .has_owner = true,
        .may_hand_over = true,
        .accept_url = CASE,
        .decline_url = CASE,
        .take_back_url = CASE,
        .ground_url = CASE,
        .tell_url = CASE,
        .hand_over_url = CASE,
    };
}

/* Somebody was asked across boards, may answer, and the person does not know. */
static struct handover_panel_view sample_panel_asked(struct arena *arena, bool hostile)
{
    struct option_view *grounds = ARENA_ARRAY(arena, struct option_view, 1);
    grounds[0] = (struct option_view){STR("consent"), TXT("Personen säger ja"), true};
    struct handover_panel_view v = sample_panel(hostile);
    v.is_waiting = v.needs_ground = v.may_answer = v.may_take_back = v.owes_notice = v.decline_open = true;
    v.asked = TXT("Lämnat till Eva Norén 15 december.");
    v.answer_by = WHEN("2026-12-18", "18 december");
    v.grounds = grounds;
    v.n_grounds = 1;
    v.silence = TXT("Personen har bett oss vänta.");
    v.reason = faulty(hostile, STR("text-decline"));
    return v;
}

static struct choices_view sample_choices(struct arena *arena, bool hostile, struct str name)
{
    return (struct choices_view){.field = {.name = name, .value = STR(""), .fault = STR("")},
                                 .legend = TXT("Vad får personen veta?"),
                                 .help = STR(""),
                                 .options = options(arena, hostile),
                                 .n_options = 2};
}

/* The work on a case: a paper, a working note, a measure still to be done, a question that waits. */
static struct inquiry_view sample_inquiry(struct arena *arena, bool hostile)
{
    struct written_view *papers = ARENA_ARRAY(arena, struct written_view, 1);
    struct written_view *jots = ARENA_ARRAY(arena, struct written_view, 1);
    struct measure_view *measures = ARENA_ARRAY(arena, struct measure_view, 1);
    papers[0] = (struct written_view){.title = TXT("Varför det hände"),
                                      .who = TXT("Amir Haddad"),
                                      .text = TXT("Lådorna förväxlades."),
                                      .at = WHEN("2026-12-15T10:00", "tisdag 15 december kl. 10.00"),
                                      .paper = CASE};
    jots[0] = (struct written_view){.who = TXT("Amir Haddad"),
                                    .text = TXT("Kolla med köket."),
                                    .at = WHEN("2026-12-15T10:00", "tisdag 15 december kl. 10.00"),
                                    .post = CASE,
                                    .may_keep = true,
                                    .may_drop = true,
                                    .kinds = options(arena, hostile),
                                    .n_kinds = 2};
    measures[0] = (struct measure_view){.id = STR("atgard-1"),
                                        .text = TXT("Märka lådorna"),
                                        .who = TXT("Karin Öberg"),
                                        .state = TXT("Ska vara gjort senast fredag 18 december"),
                                        .tag = {TXT("3 dagar kvar"), TONE_NEUTRAL, ICON_NONE},
                                        .post = CASE,
                                        .done = {STR("day-1"), STR("2026-12-16"), STR("")},
                                        .reason = {STR("why-1"), TXT(""), STR("")},
                                        .may_drop = true};
    return (struct inquiry_view){.note_url = CASE,
                                 .talk_url = CASE,
                                 .measure_url = CASE,
                                 .ask_url = CASE,
                                 .go_on_url = CASE,
                                 .may_talk = true,
                                 .talk_how = sample_choices(arena, hostile, STR("how")),
                                 .talk_told = sample_choices(arena, hostile, STR("talk_told")),
                                 .told = sample_choices(arena, hostile, STR("told")),
                                 .asks_told = true,
                                 .talk_day = {STR("talk_day"), STR("2026-12-16"), STR("")},
                                 .talk_time = {STR("talk_time"), STR("10:00"), STR("")},
                                 .talk_text = {STR("text-call"), TXT(""), STR("")},
                                 .may_ask = true,
                                 .ask = {STR("text-more"), TXT(""), STR("")},
                                 .ask_way = TXT("Personen läser meddelandet på webbplatsen."),
                                 .may_note = true,
                                 .kinds = sample_choices(arena, hostile, STR("kind")),
                                 .note = {STR("text-note"), TXT(""), STR("")},
                                 .missing = TXT("Rutinen vill att det är nedskrivet varför det hände."),
                                 .papers = papers,
                                 .n_papers = 1,
                                 .jots = jots,
                                 .n_jots = 1,
                                 .may_measure = true,
                                 .measure = {STR("text-measure"), TXT(""), STR("")},
                                 .measure_day = {STR("measure_day"), STR("2026-12-16"), STR("")},
                                 .measure_kind = sample_choices(arena, hostile, STR("measure_kind")),
                                 .people = options(arena, hostile),
                                 .n_people = 2,
                                 .measures = measures,
                                 .n_measures = 1,
                                 .corrected = STR("")};
}

static struct team_panel_view sample_team(struct arena *arena, bool hostile)
{
    struct team_task_view *tasks = ARENA_ARRAY(arena, struct team_task_view, 1);
    struct team_member_view *members = ARENA_ARRAY(arena, struct team_member_view, 1);
    tasks[0] = (struct team_task_view){.what = TXT("Fråga köket."),
                                       .by = TXT("Amir Haddad"),
                                       .due = WHEN("2026-12-18", "fredag 18 december"),
                                       .tag = {TXT("3 dagar kvar"), TONE_NEUTRAL, ICON_NONE},
                                       .post = CASE,
                                       .note = {STR("task-1"), TXT(""), STR("")}};
    members[0] = (struct team_member_view){
        .name = TXT("Karin Öberg"), .title = TXT("samordnare"), .remove = CASE, .tasks = tasks, .n_tasks = 1};
    return (struct team_panel_view){.members = members, .n_members = 1, .add = CASE};
}

static struct missing_list_view missing_list(struct arena *arena, bool hostile, bool with_forms)
{
    enum { N = 3 };
    struct missing_view *missing = ARENA_ARRAY(arena, struct missing_view, N);
    missing[0] = (struct missing_view){.text = TXT("Personen har inte fått något svar."),
                                       .who = TXT("Amir Haddad"),
                                       .link = CASE,
                                       .link_text = TXT("Skriv svaret")};
    missing[1] = (struct missing_view){
        .text = TXT("Ärendet är inte registrerat."), .post = CASE, .link_text = TXT("Registrera ärendet")};
    missing[2] = (struct missing_view){.text = TXT("En kopia av svaret kom till registratorn"),
                                       .event = STR("copy_registered"),
                                       .waive = STR("close_copy"),
                                       .reason = {STR("utan-close_copy"), TXT("Telefonsamtal"), STR_NONE},
                                       .clause = TXT("punkt 7"),
                                       .quote = TXT("en kopia lämnas")};
    return (struct missing_list_view){.csrf = TXT("c5rf"),
                                      .version = 7,
                                      .promise_url = CASE,
                                      .missing = missing,
                                      .n_missing = N,
                                      .with_forms = with_forms};
}

static struct close_panel_view close_panel(struct arena *arena, bool hostile)
{
    return (struct close_panel_view){.csrf = TXT("c5rf"),
                                     .is_shown = true,
                                     .missing = missing_list(arena, hostile, false),
                                     .state = TXT("Registratorn avslutar ärendet när allt finns."),
                                     .close = CASE,
                                     .has_meeting = true,
                                     .may_meet = true,
                                     .meeting_is_open = true,
                                     .meeting_url = CASE,
                                     .planned = WHEN("2026-12-18", "fredag 18 december"),
                                     .planned_field = faulty(hostile, STR("planned")),
                                     .held_field = faulty(hostile, STR("held"))};
}

static struct close_panel_view close_panel_after(struct arena *arena, bool hostile)
{
    struct prevention_view *preventions = ARENA_ARRAY(arena, struct prevention_view, 2);
    preventions[0] = (struct prevention_view){.text = TXT("Lådorna märks."),
                                              .who = TXT("Karin Öberg"),
                                              .is_needed = true,
                                              .is_late = true,
                                              .due = WHEN("2026-12-18", "fredag 18 december"),
                                              .done_url = CASE};
    preventions[1] = (struct prevention_view){.text = TXT("Det var en engångshändelse.")};
    return (struct close_panel_view){.csrf = TXT("c5rf"),
                                     .is_shown = true,
                                     .is_closed = true,
                                     .may_reopen = true,
                                     .reopen_is_open = true,
                                     .reopen_url = CASE,
                                     .reopen = faulty(hostile, STR("text-reopen")),
                                     .follow_up = CASE,
                                     .heard = CASE,
                                     .survey = TXT("Nej"),
                                     .survey_at = WHEN("2026-12-28", "28 december"),
                                     .preventions = preventions,
                                     .n_preventions = 2};
}

static struct case_view case_base(struct arena *arena, bool hostile, bool came_back)
{
    struct tag_view *tags = ARENA_ARRAY(arena, struct tag_view, 2);
    tags[0] = (struct tag_view){TXT("Klagomål"), TONE_NEUTRAL, ICON_NONE};
    tags[1] = (struct tag_view){TXT("Sekretessmarkerat"), TONE_WARNING, ICON_LOCK};
    struct message_view *messages = ARENA_ARRAY(arena, struct message_view, 2);
    messages[0] = (struct message_view){.is_mine = true,
                                        .who = TXT("Amir Haddad"),
                                        .title = TXT("enhetschef"),
                                        .at = WHEN("2026-12-16T10:02", "onsdag 16 december kl. 10.02"),
                                        .text = TXT("Hej!\nVi ser över lådorna.")};
    messages[1] = (struct message_view){.who = TXT("Personen"),
                                        .at = WHEN("2026-12-17T18:47", "torsdag 17 december kl. 18.47"),
                                        .text = TXT("Tack."),
                                        .documents = documents(arena, hostile)};
    struct happening_view *events = ARENA_ARRAY(arena, struct happening_view, 2);
    events[0] = (struct happening_view){DOT_SECRET,
                                        ICON_EYE,
                                        WHEN("2026-12-16T10:01", "onsdag 16 december kl. 10.01"),
                                        TXT("Amir Haddad"),
                                        TXT("Visade kontaktuppgifter: Ringa upp."),
                                        STR_NONE,
                                        {NULL, 0}};
    events[1] = (struct happening_view){DOT_OUT,
                                        ICON_PHONE,
                                        WHEN("2026-12-16T10:02", "onsdag 16 december kl. 10.02"),
                                        TXT("Amir Haddad"),
                                        TXT("Pratade med personen."),
                                        TXT("Beklagade.\nKöket märker lådan."),
                                        documents(arena, hostile)};
    struct fact_view *facts = ARENA_ARRAY(arena, struct fact_view, 2);
    facts[0] = (struct fact_view){TXT("Enhet"), TXT("Hemtjänst norr")};
    facts[1] = (struct fact_view){TXT("Diarienummer"), TXT("SN-2026-0042")};
    return (struct case_view){
        .frame = sample_frame(hostile, true, "2026-0413 Fel matlåda tre dagar i rad"),
        .csrf = TXT("c5rf"),
        .version = 7,
        .number = TXT("2026-0413"),
        .promise_url = CASE,
        .note_url = CASE,
        .way_url = CASE,
        .contact_url = CASE,
        .answer_url = CASE,
        .sort_url = CASE,
        .register_url = CASE,
        .accept_url = CASE,
        .assign_url = CASE,
        .close_url = CASE,
        .crumbs = crumbs(arena, hostile),
        .title = TXT("Fel matlåda tre dagar i rad"),
        .tags = {tags, 2},
        .next = {.title = TXT("Gör klart svaret"),
                 .text = TXT("Det finns ett utkast."),
                 .promise = TXT("Svara"),
                 .due = WHEN("2026-12-30", "onsdag 30 december"),
                 .link = CASE,
                 .button = TXT("Gör klart svaret"),
                 .second = URL("#samtal"),
                 .second_text = TXT("Anteckna ett samtal")},
        .promises = promises(arena, hostile, came_back),
        .n_promises = 4,
        .story = story(hostile),
        .story_at = WHEN("2026-12-14T09:12", "måndag 14 december kl. 09.12"),
        .story_how = TXT("webbformulär"),
        .story_number = 1,
        .story_files = documents(arena, hostile),
        .messages = {messages, 2},
        .may_write = true,
        .message_way = TXT("Personen läser meddelandet på webbplatsen."),
        .message = {.text = {STR("text-message"), TXT(""), STR_NONE}},
        .has_draft = true,
        .draft = TXT("Hej!\n\nJag beklagar."),
        .draft_by = TXT("Amir Haddad"),
        .draft_at = WHEN("2026-12-17T13:00", "torsdag 17 december kl. 13.00"),
        .may_answer = true,
        .inquiry = sample_inquiry(arena, hostile),
        .team = sample_team(arena, hostile),
        .events = {events, 2},
        .has_contact = true,
        .may_show_contact = true,
        .reply_way = TXT("Svar önskas med e-post."),
        .reasons = options(arena, hostile),
        .n_reasons = 2,
        .n_shown = 1,
        .shown_by = TXT("Amir Haddad"),
        .shown_at = WHEN("2026-12-16", "16 december"),
        .is_secret = true,
        .provision = TXT("26 kap. 1 § OSL"),
        .secret_by = TXT("Maria Sjögren"),
        .secret_at = WHEN("2026-12-14", "14 december"),
        .may_sort = true,
        .documents = documents(arena, hostile),
        .facts = {facts, 2},
        .handover = sample_panel(hostile),
        .close = close_panel(arena, hostile),
    };
}

static void case_usual(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct case_view v = case_base(arena, hostile, /* came_back= */ false);
    html_case(out, lang, &v);
}

/* Everything that may go wrong, at once; contact details are shown. */
static void case_faults(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct case_view v = case_base(arena, hostile, /* came_back= */ true);
    struct task_view tasks[] = {
        {CASE, TXT("Posta brevet till personen."), TXT("Brevet är postat"), WHEN("2026-12-17", "17 december")},
        {CASE, TXT("Ring personen."), TXT("Samtalet är gjort"), WHEN("2026-12-17", "17 december")}};
    v.frame.has_fault = true;
    v.faults = one_fault(arena, hostile, STR("text-note"));
    v.notice =
        (struct notice_view){.tone = TONE_DANGER, .heading = TXT("Någon annan hann före"), .text = TXT("Läs om.")};
    v.failed = (struct notice_view){
        .tone = TONE_WARNING, .heading = TXT("Mejlet gick inte fram"), .text = TXT("Löftet räknas inte som hållet.")};
    v.next.is_late = true;
    v.next.link = (struct url){STR_NONE};
    v.next.post = CASE;
    v.tasks = tasks;
    v.n_tasks = 2;
    v.may_redirect = true;
    v.ways = options(arena, hostile);
    v.n_ways = 2;
    v.way = faulty(hostile, STR("way"));
    v.has_draft = false;
    v.is_answered = true;
    v.inquiry.note = faulty(hostile, STR("text-note"));
    v.inquiry.talk_text = faulty(hostile, STR("text-call"));
    v.inquiry.talk_day = faulty(hostile, STR("talk_day"));
    v.inquiry.is_talk_open = v.inquiry.is_ask_open = v.inquiry.is_measure_open = true;
    v.inquiry.ask = faulty(hostile, STR("text-more"));
    v.inquiry.measure = faulty(hostile, STR("text-measure"));
    v.message = (struct text_form_view){faulty(hostile, STR("text-message")), true};
    v.is_contact_shown = true;
    v.contact = v.facts;
    v.reason = faulty(hostile, STR("reason"));
    v.may_register = true;
    v.handover = sample_panel_asked(arena, hostile);
    html_case(out, lang, &v);
}

/* Closed, read by somebody who may do little. */
static void case_closed(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct case_view v = case_base(arena, hostile, /* came_back= */ false);
    v.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = TXT("Ärendet är avslutat")};
    v.next = (struct next_view){.title = TXT("Ärendet är avslutat"), .text = TXT("Skriver personen igen öppnas det.")};
    v.messages.n_messages = 0;
    v.may_write = v.inquiry.may_talk = v.inquiry.may_ask = v.has_draft = v.may_answer = v.has_contact = v.is_secret =
        v.may_sort = false;
    v.handover.may_hand_over = false;
    v.n_shown = 0;
    v.close = close_panel_after(arena, hostile);
    html_case(out, lang, &v);
}

static void paper(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct paper_view v = {
        .frame = sample_frame(hostile, true, "2026-0413 Tjänsteanteckning"),
        .crumbs = crumbs(arena, hostile),
        .title = TXT("Tjänsteanteckning"),
        .number = 3,
        .at = WHEN("2026-12-16T10:02", "onsdag 16 december kl. 10.02"),
        .who = TXT("Amir Haddad"),
        .case_number = TXT("2026-0413"),
        .text = story(hostile),
        .files = documents(arena, hostile),
    };
    html_paper(out, lang, &v);
}

/* ---- the work-list ---- */

static struct worklist_view worklist_base(struct arena *arena, bool hostile)
{
    struct worklist_chip_view *chips = ARENA_ARRAY(arena, struct worklist_chip_view, 2);
    chips[0] = (struct worklist_chip_view){URL("/att-gora?vems=mina"), TXT("Mina (2)"), true};
    chips[1] = (struct worklist_chip_view){URL("/att-gora?vems=enhet"), TXT("Min enhet (19)"), false};
    return (struct worklist_view){
        .frame = sample_frame(hostile, true, "Att göra"),
        .heading = TXT("Att göra"),
        .action = URL("/att-gora"),
        .scope = TXT("mina"),
        .is_todo = true,
        .today = WHEN("2026-12-18", "fredag 18 december"),
        .chips = chips,
        .n_chips = 2,
        .words = TXT(""),
        .promises = options(arena, hostile),
        .n_promises = 2,
        .units = options(arena, hostile),
        .n_units = 2,
        .subjects = options(arena, hostile),
        .n_subjects = 2,
        .clear = URL("/att-gora"),
        .unit_list = URL("/att-gora?vems=enhet"),
    };
}

static void worklist(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct worklist_row_view rows[] = {{.url = CASE,
                                        .title = TXT("Trygghetslarmet gav inget svar på natten"),
                                        .number = TXT("2026-0381"),
                                        .unit = TXT("Trygghetslarm"),
                                        .received = WHEN("2026-12-02", "2 december"),
                                        .tag = {TXT("2 dagar sent"), TONE_DANGER, ICON_WARNING},
                                        .secret = true,
                                        .state = TXT("ta över"),
                                        .promise = TXT("Svar"),
                                        .due = WHEN("2026-12-16", "16 december"),
                                        .is_late = true},
                                       {.url = CASE,
                                        .title = TXT("Klagomål, ännu utan rubrik"),
                                        .number = TXT("2026-0446"),
                                        .unit = TXT("Hemtjänst norr"),
                                        .received = WHEN("2026-12-18", "18 december"),
                                        .tag = {TXT("5 dagar kvar"), TONE_OUTLINE, ICON_NONE},
                                        .state = TXT("ny"),
                                        .promise = TXT("Första återkoppling"),
                                        .due = WHEN("2026-12-29", "29 december")}};
    struct worklist_group_view groups[] = {{STR("g-1"), TXT("Försenat"), 1, rows, 1},
                                           {STR("g-2"), TXT("Vecka 53, 28 december–3 januari"), 1, rows + 1, 1}};
    struct worklist_view v = worklist_base(arena, hostile);
    v.n_late = 1;
    v.n_today = 2;
    v.groups = groups;
    v.n_groups = 2;
    v.next = URL("/att-gora?efter=1-2");
    v.has_days = true;
    html_worklist(out, lang, &v);
}

static void worklist_done(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct worklist_view v = worklist_base(arena, hostile);
    v.is_empty = true;
    v.n_unit = 3;
    html_worklist(out, lang, &v);
}

static void worklist_no_hits(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct worklist_view v = worklist_base(arena, hostile);
    v.is_todo = false;
    v.is_empty = v.is_search = true;
    v.words = TXT("matlda");
    html_worklist(out, lang, &v);
}

/* ---- forms ---- */

static void sort(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct sort_view v = {
        .frame = sample_frame(hostile, true, "Sortera ärendet 2026-0413"),
        .csrf = TXT("c5rf"),
        .action = CASE,
        .back = CASE,
        .crumbs = crumbs(arena, hostile),
        .faults = one_fault(arena, hostile, STR("provision")),
        .story = story(hostile),
        .types = options(arena, hostile),
        .n_types = 2,
        .subjects = options(arena, hostile),
        .n_subjects = 2,
        .units = options(arena, hostile),
        .n_units = 2,
        .type = faulty(hostile, STR("type")),
        .subject = faulty(hostile, STR("subject")),
        .title = faulty(hostile, STR("title")),
        .unit = faulty(hostile, STR("unit")),
        .provision = faulty(hostile, STR("provision")),
        .is_secret = true,
        .classify = TXT("Gäller det bemötande kan det ofta skrivas utan uppgifter om någon enskild."),
    };
    v.frame.has_fault = true;
    html_sort(out, lang, &v);
}

static struct handover_view handover_base(struct arena *arena, bool hostile)
{
    return (struct handover_view){
        .frame = sample_frame(hostile, true, "Lämna över ärendet 2026-0413"),
        .form = {.csrf = TXT("c5rf"), .action = CASE, .back = CASE, .unit = STR("norr")},
        .crumbs = crumbs(arena, hostile),
        .title = TXT("Fel matlåda"),
        .at = TXT("Hemtjänst norr"),
        .responsible = TXT("Ansvarig nu: Maria Sjögren."),
        .units_action = CASE,
        .story = story(hostile),
        .guidance = TXT("Ring den som tar över."),
    };
}

static void handover(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct candidate_view people[] = {
        {TXT("amir"), TXT("Amir Haddad"), TXT("enhetschef"), TXT("Borta till 7 januari. Ulrika Dahl står in."),
         STR_NONE, true, true},
        {TXT("ulrika"), TXT("Ulrika Dahl"), TXT(""), STR_NONE, TXT("Amir Haddad"), false, false}};
    struct option_view units[] = {{STR("norr"), TXT("Hemtjänst norr"), true}},
                       grounds[] = {{STR("consent"), TXT("Personen säger ja"), true}};
    struct handover_view v = handover_base(arena, hostile);
    v.frame.has_fault = true;
    v.faults = one_fault(arena, hostile, STR("manager"));
    v.forward_by = TXT("Enligt rutinen ska ärendet lämnas vidare senast onsdag.");
    v.warning = TXT("Det här är överlämning nummer 2.");
    v.units = units;
    v.n_units = ARRAY_LEN(units);
    v.candidates = people;
    v.n_candidates = ARRAY_LEN(people);
    v.asks_ground = v.owes_notice = v.form.tell_later = true;
    v.grounds = grounds;
    v.n_grounds = ARRAY_LEN(grounds);
    v.form.manager = faulty(hostile, STR("manager"));
    v.form.text = faulty(hostile, STR("text"));
    v.form.silence = faulty(hostile, STR("silence"));
    v.form.ground = faulty(hostile, STR("ground"));
    html_handover(out, lang, &v);
}

static void handover_nobody(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct handover_view v = handover_base(arena, hostile);
    html_handover(out, lang, &v);
}

static void handover_check(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct date_change_view changes[] = {
        {TXT("Svara"), TXT("senast 21 december"), TXT("senast 4 januari"), TXT("Här gäller 5 arbetsdagar."), NULL,
         true},
        {TXT("Registrera"), TXT("hållet 14 december"), TXT("hållet 14 december"), STR_NONE, NULL, false}};
    struct handover_check_view v = {
        .frame = sample_frame(hostile, true, "Lämna över ärendet 2026-0413"),
        .form = handover_base(arena, hostile).form,
        .crumbs = crumbs(arena, hostile),
        .name = TXT("Eva Norén"),
        .title = TXT("rektor"),
        .unit = TXT("Ekskolan"),
        .away = TXT("Borta tills vidare."),
        .warning = TXT("Det här är överlämning nummer 3."),
        .returns = TXT("Ekskolan har haft ärendet förut."),
        .is_other_unit = true,
        .sees = TXT("När ärendet är lämnat ser Ekskolan texten."),
        .routine = TXT("På Ekskolan gäller en annan rutin."),
        .is_other_routine = true,
        .changes = changes,
        .n_changes = ARRAY_LEN(changes),
        .asks_ground = true,
        .ground = TXT("Personen säger ja"),
        .letter = TXT("Hej!\nEva Norén tar hand om det du skrev."),
        .way = TXT("Personen får det med mejl."),
        .silence = TXT("Personen har bett oss vänta."),
    };
    html_handover_check(out, lang, &v);
}

static void blind(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct blind_view v = {
        .frame = sample_frame(hostile, true, "Fel matlåda"),
        .csrf = TXT("c5rf"),
        .action = CASE,
        .faults = one_fault(arena, hostile, STR("text")),
        .number = TXT("2026-0413"),
        .title = TXT("Fel matlåda"),
        .type = TXT("Klagomål"),
        .from = TXT("Hemtjänst norr"),
        .by = TXT("Maria Sjögren"),
        .asked = WHEN("2026-12-15", "15 december"),
        .reason = faulty(hostile, STR("text")),
    };
    v.frame.has_fault = true;
    html_blind(out, lang, &v);
}

static struct consult_people_view asked_people(struct arena *arena, bool hostile)
{
    struct consult_said_view *said = ARENA_NEW(arena, struct consult_said_view);
    struct consult_person_view *people = ARENA_ARRAY(arena, struct consult_person_view, 2);
    *said = (struct consult_said_view){TXT("Karin Öberg skrev fredag 18 december kl. 08.30"),
                                       WHEN("2026-12-18T08:30", "fredag 18 december kl. 08.30"),
                                       TXT("Det var inte lastningen.\n\nKöket hade satt fel etikett.")};
    people[0] = (struct consult_person_view){
        .id = 1,
        .name = TXT("Karin Öberg"),
        .title = TXT("samordnare"),
        .asked = WHEN("2026-12-17T13:00", "torsdag 17 december kl. 13.00"),
        .state = {TXT("Har skrivit, väntar på dig"), TONE_WARNING, ICON_SPEECH},
        .opened = TXT("Öppnade utkastet fredag 18 december kl. 08.10."),
        .question = TXT("Stämmer det som står?"),
        .story_reason = TXT("Hon var där."),
        .said = said,
        .n_said = 1,
        .is_unconsidered = true,
        .said_us = STR("1797578600000000"),
    };
    people[1] = (struct consult_person_view){
        .id = 2,
        .name = TXT("Eva Norén"),
        .title = TXT(""),
        .asked = WHEN("2026-12-17T13:00", "torsdag 17 december kl. 13.00"),
        .state = {TXT("Läser till kl. 13.00"), TONE_INFO, ICON_CLOCK},
        .opened = TXT("Har inte öppnat utkastet."),
        .away = TXT("Borta till och med 7 januari."),
        .considered = TXT("Amir Haddad har tagit hänsyn till det."),
    };
    return (struct consult_people_view){
        .people = people, .n_people = 2, .action = CASE, .csrf = TXT("c5rf"), .may_act = true};
}

static void consult_manager(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct consult_candidate_view *candidates = ARENA_ARRAY(arena, struct consult_candidate_view, 1);
    candidates[0] = (struct consult_candidate_view){.value = TXT("7"),
                                                    .name = TXT("Lena Ek"),
                                                    .title = TXT("undersköterska"),
                                                    .unit = TXT("Hemtjänst syd"),
                                                    .away = TXT("Borta i dag."),
                                                    .is_chosen = true};
    struct consult_view v = {
        .frame = sample_frame(hostile, true, "Samråd om svaret 2026-0413"),
        .csrf = TXT("c5rf"),
        .action = CASE,
        .back = CASE,
        .edit = CASE,
        .check = CASE,
        .crumbs = crumbs(arena, hostile),
        .faults = one_fault(arena, hostile, STR("person")),
        .heading = TXT("Fel matlåda"),
        .wish = TXT("Rutinen vill att minst en person får läsa."),
        .quote = TXT("sova på saken"),
        .clause = TXT("punkt 2"),
        .fits = {.tone = TONE_WARNING, .heading = TXT("Dela utkastet"), .text = TXT("Då hinner den som läser.")},
        .people = asked_people(arena, hostile),
        .has_draft = true,
        .is_changed = true,
        .draft_version = 2,
        .draft = TXT("Hej!\n\nJag beklagar."),
        .story = story(hostile),
        .shared_at = WHEN("2026-12-17T13:00", "torsdag 17 december kl. 13.00"),
        .candidates = candidates,
        .n_candidates = 1,
        .unit = TXT("Hemtjänst norr"),
        .search = faulty(hostile, STR("search")),
        .question = faulty(hostile, STR("question")),
        .story_reason = faulty(hostile, STR("story_reason")),
        .person = faulty(hostile, STR("person")),
        .with_story = true,
        .everybody = options(arena, hostile),
        .n_everybody = 2,
        .who = faulty(hostile, STR("who")),
        .day = faulty(hostile, STR("day")),
        .text = faulty(hostile, STR("text")),
        .talk_open = true,
    };
    v.frame.has_fault = true;
    html_consult(out, lang, &v);
}

static void consult_asked(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct consult_people_view people = asked_people(arena, hostile);
    struct consult_read_view v = {
        .frame = sample_frame(hostile, true, "Läs ett svarsutkast"),
        .csrf = TXT("c5rf"),
        .action = CASE,
        .keep_action = CASE,
        .crumbs = crumbs(arena, hostile),
        .faults = one_fault(arena, hostile, STR("text")),
        .intro = TXT("Amir Haddad vill veta vad du tycker."),
        .until = TXT("Du har tid att tänka till kl. 13.00."),
        .question = TXT("Stämmer det som står?"),
        .draft = TXT("Hej!\n\nJag beklagar."),
        .story = story(hostile),
        .guidance = TXT("Läs svaret som om det var till dig."),
        .text = faulty(hostile, STR("text")),
        .is_kept = true,
        .said = people.people[0].said,
        .n_said = 1,
    };
    v.frame.has_fault = true;
    html_consult_read(out, lang, &v);
}

static struct answer_head_view answer_head(struct arena *arena, bool hostile, const char *faulty_field)
{
    return (struct answer_head_view){
        .crumbs = crumbs(arena, hostile),
        .faults = one_fault(arena, hostile, str_from(faulty_field)),
        .h1 = TXT("Svara: Fel matlåda tre dagar i rad"),
        .due = WHEN("2026-12-30", "onsdag 30 december"),
        .days_left = 6,
    };
}

static void answer_conflict(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    const struct diff_view texts[] = {{TXT("Hej!"), false}, {TXT("Den andra texten."), true}};
    struct answer_view v = {
        .frame = sample_frame(hostile, true, "Svara 2026-0413"),
        .head = answer_head(arena, hostile, "text"),
        .csrf = TXT("c5rf"),
        .draft_version = 2,
        .action = CASE,
        .back = CASE,
        .text = faulty(hostile, STR("text")),
        .measure_kind = faulty(hostile, STR("measure_kind")),
        .measure_done = faulty(hostile, STR("measure_done")),
        .measure_later = faulty(hostile, STR("measure_later")),
        .is_done = true,
        .has_other = true,
        .own = texts,
        .n_own = 2,
        .other = texts,
        .n_other = 2,
        .other_by = TXT("Karin Öberg"),
        .other_at = WHEN("2026-12-18T10:12", "fredag 18 december kl. 10.12"),
        .story = story(hostile),
        .way = TXT("Svaret skickas med e-post."),
        .guidance = TXT("Be om ursäkt om vi har gjort fel."),
        .people = asked_people(arena, hostile),
    };
    v.head.notice =
        (struct notice_view){.tone = TONE_DANGER, .heading = TXT("Någon annan hann före"), .text = TXT("Läs om.")};
    html_answer(out, lang, &v);
}

static struct answer_check_view answer_check_base(struct arena *arena, bool hostile)
{
    return (struct answer_check_view){
        .frame = sample_frame(hostile, true, "Svara 2026-0413"),
        .head = answer_head(arena, hostile, "gate_reason"),
        .csrf = TXT("c5rf"),
        .draft_version = 2,
        .action = CASE,
        .back = CASE,
        .edit = CASE,
        .gate_reason = faulty(hostile, STR("gate_reason")),
        .story = story(hostile),
        .way = TXT("Svaret skickas med e-post."),
    };
}

static void answer_check(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct gate_view gates[] = {{.text = TXT("De som berörs fick säga sitt"),
                                 .missing = TXT("En person till behöver tillfrågas."),
                                 .quote = TXT("inhämtade"),
                                 .clause = TXT("punkt 1")},
                                {.text = TXT("Svarsutkastet lämnades till dem som berörs"),
                                 .opens = WHEN("2026-12-18T13:00", "fredag 18 december kl. 13.00"),
                                 .quote = TXT("sova på saken"),
                                 .clause = TXT("punkt 2")}};
    struct answer_check_view v = answer_check_base(arena, hostile);
    v.head.heading = TXT("Fel matlåda");
    v.head.is_late = true;
    v.letter = TXT("Hej!\n\nJag beklagar.");
    v.measure_words = TXT("Det är redan åtgärdat: Köket märker lådorna");
    v.gates = gates;
    v.n_gates = v.n_shut = 2;
    v.people.is_at_check = true;
    v.may_send = v.may_wait = v.waits = true;
    v.opens = gates[1].opens;
    v.waits_for = TXT("när Karin Öberg har haft sin tid att tänka");
    v.consult = CASE;
    v.people = asked_people(arena, hostile);
    v.draft_change = TXT("Utkastet har ändrats sedan de läste det.");
    v.asks_sign_off = true;
    v.sign_off = faulty(hostile, STR("sign_off"));
    v.sign_off_text = TXT("Jag står för svaret");
    html_answer_check(out, lang, &v);
}

static void answer_shut(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct gate_view gates[] = {{.text = TXT("De som berörs fick säga sitt")}};
    struct answer_check_view v = answer_check_base(arena, hostile);
    v.head.faults = (struct faults_view){0};
    v.letter = TXT("Hej!");
    v.head.days_left = 0;
    v.gates = gates;
    v.n_gates = v.n_shut = 1;
    v.asks_first = v.may_send = true;
    v.wish = TXT("Rutinen vill att minst en person som berörs får läsa utkastet.");
    v.consult = CASE;
    html_answer_check(out, lang, &v);
}

static const struct outcome_view *outcomes(struct arena *arena, bool hostile)
{
    struct outcome_view *views = ARENA_ARRAY(arena, struct outcome_view, 3);
    views[0] = (struct outcome_view){.code = STR("justified"), .label = TXT("Befogat"), .id = STR("outcome")};
    views[1] = (struct outcome_view){.code = STR("misunderstanding"),
                                     .label = TXT("Missförstånd, rett ut"),
                                     .id = STR("outcome-2"),
                                     .is_chosen = true,
                                     .is_misunderstanding = true};
    views[2] = (struct outcome_view){.code = STR("not_solvable"),
                                     .label = TXT("Går inte att lösa av oss"),
                                     .id = STR("outcome-3"),
                                     .is_not_solvable = true};
    return views;
}

static void closing(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct close_view v = {
        .frame = sample_frame(hostile, true, "Avsluta ärendet 2026-0413"),
        .csrf = TXT("c5rf"),
        .action = CASE,
        .back = CASE,
        .crumbs = crumbs(arena, hostile),
        .faults = one_fault(arena, hostile, STR("saknas")),
        .title = TXT("Lämna till registratorn för avslut"),
        .hand_in = TXT("Registratorn avslutar sedan ärendet."),
        .button = TXT("Lämna till registratorn"),
        .heading = TXT("Fel matlåda"),
        .missing = missing_list(arena, hostile, /* with_forms= */ true),
        .outcomes = outcomes(arena, hostile),
        .n_outcomes = 3,
        .outcome = faulty(hostile, STR("outcome")),
        .explanation = faulty(hostile, STR("explanation")),
        .referral = faulty(hostile, STR("referral")),
        .referral_way = TXT("Det skickas med e-post."),
        .measure_kind = faulty(hostile, STR("measure_kind")),
        .measure_done = faulty(hostile, STR("measure_done")),
        .measure_later = faulty(hostile, STR("measure_later")),
        .asks_prevention = true,
        .prevents = true,
        .prevention = faulty(hostile, STR("prevention")),
        .prevention_what = faulty(hostile, STR("prevention_what")),
        .prevention_who = faulty(hostile, STR("prevention_who")),
        .prevention_due = faulty(hostile, STR("prevention_due")),
        .prevention_why = faulty(hostile, STR("prevention_why")),
        .people = options(arena, hostile),
        .n_people = 2,
        .note = faulty(hostile, STR("note")),
        .is_later = true,
        .has_measure = true,
        .story = story(hostile),
        .guidance = TXT("Tänk på vad ni har lärt er."),
    };
    v.frame.has_fault = true;
    html_close(out, lang, &v);
}

const struct sample samples_staff[] = {
    {"case", case_usual},
    {"case-faults", case_faults},
    {"case-closed", case_closed},
    {"paper", paper},
    {"worklist", worklist},
    {"worklist-done", worklist_done},
    {"sort", sort},
    {"worklist-no-hits", worklist_no_hits},
    {"handover", handover},
    {"handover-nobody", handover_nobody},
    {"handover-check", handover_check},
    {"handover-title-only", blind},
    {"close", closing},
    {"answer-conflict", answer_conflict},
    {"answer-shut", answer_shut},
    {"answer-check", answer_check},
    {"consult", consult_manager},
    {"consult-read", consult_asked},
};
const size_t n_samples_staff = ARRAY_LEN(samples_staff);
