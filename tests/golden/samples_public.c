#include "follow_page_html.h"
#include "frame_page_html.h"
#include "intake_page_html.h"
#include "samples.h"

#include "asset.h"

struct str sample_text(bool hostile, struct str text)
{
    return hostile ? STR("<script>alert(1)</script>\"'&<b>") : text;
}

struct when_text sample_when(bool hostile, const char *iso, const char *words)
{
    return (struct when_text){sample_text(hostile, str_from(iso)), sample_text(hostile, str_from(words))};
}

struct frame_view sample_frame(bool hostile, bool is_staff, const char *title)
{
    return (struct frame_view){
        .title = sample_text(hostile, str_from(title)),
        .municipality = TXT("Ekhamns kommun"),
        .theme = asset_url_theme_ekhamn_css(),
        .other_language = URL("/synpunkter?sprak=en"),
        .is_staff = is_staff,
        .user_name = TXT("Amir Haddad"),
        .user_title = TXT("Enhetschef, Hemtjänst norr"),
        .user_initials = TXT("AH"),
        .csrf = TXT("c5rf"),
        .stands = is_staff ? WHEN("2026-12-18T10:24", "fredag 18 december kl. 10.24") : (struct when_text){{0}},
    };
}

static struct promises_view promises_ahead(struct arena *arena, bool hostile)
{
    struct promise_view *p = ARENA_ARRAY(arena, struct promise_view, 4);
    p[0] = (struct promise_view){.mark = MARK_AT_ONCE, .label = TXT("Du får ett ärendenummer")};
    p[1] = (struct promise_view){.label = TXT("Rätt chef har fått det du skrev"),
                                 .due = WHEN("2026-12-22", "tisdag 22 december")};
    p[2] = (struct promise_view){.label = TXT("Vi hör av oss en första gång"),
                                 .due = WHEN("2026-12-29", "tisdag 29 december")};
    p[3] = (struct promise_view){.label = TXT("Du får svar"), .due = WHEN("2027-01-08", "fredag 8 januari 2027")};
    return (struct promises_view){p, 4};
}

static struct intake_form_view intake_form(struct arena *arena, bool hostile)
{
    static const struct option_view types[] = {{STR_INIT("complaint"), STR_INIT("Klaga på något"), false},
                                               {STR_INIT("suggestion"), STR_INIT("Föreslå något"), false},
                                               {STR_INIT("praise"), STR_INIT("Ge beröm"), false}};
    struct option_view *units = ARENA_ARRAY(arena, struct option_view, 3);
    units[0] = (struct option_view){TXT(""), TXT("Vet inte – hjälp mig"), true};
    units[1] = (struct option_view){TXT("hemtjanst"), TXT("Äldreomsorg och hemtjänst"), false};
    units[2] = (struct option_view){TXT("skola"), TXT("Förskola och skola"), false};
    return (struct intake_form_view){
        .frame = sample_frame(hostile, false, "Berätta vad du tycker"),
        .csrf = TXT("c5rf"),
        .form_token = TXT("t0k3n"),
        .promises = promises_ahead(arena, hostile),
        .today = WHEN("2026-12-18", "fredag 18 december"),
        .types = types,
        .n_types = 3,
        .story = {.name = STR("story"), .value = TXT("")},
        .units = units,
        .n_units = 3,
        .unit = {.name = STR("unit")},
        .files = {.name = STR("files")},
        .accept = STR("image/*,.pdf,.doc,.docx,.odt"),
        .reply_email = true,
        .name = {.name = STR("name"), .value = TXT("")},
        .email = {.name = STR("email"), .value = TXT("")},
        .phone = {.name = STR("phone"), .value = TXT("")},
        .address = {.name = STR("address"), .value = TXT("")},
        .call = TXT("0980\u2011319\u00a0200"),
        .call_url = url_phone(arena, STR("0980-319 200")),
        .paper = URL("/blankett/kontaktcenter.pdf?sprak=sv"),
    };
}

static void form(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct intake_form_view v = intake_form(arena, hostile);
    html_intake_form(out, lang, &v);
}

static void form_faults(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct intake_form_view v = intake_form(arena, hostile);
    struct fault_view faults[] = {
        {STR("story"), TXT("Berätta vad det gäller")},
        {STR("email"), TXT("Skriv en e-postadress, till exempel namn@exempel.se")},
    };
    struct kept_file_view kept[] = {{TXT("matlada-10-december.jpg"), TXT("1,2 MB")}};
    v.frame.has_fault = true;
    v.faults = (struct faults_view){faults, 2};
    v.story.fault = TXT("Skriv några ord om vad det gäller. Det är det enda vi måste få veta.");
    v.email.value = TXT("anna.lindqvist@");
    v.email.fault = TXT("Skriv en hel e-postadress, till exempel namn@exempel.se.");
    v.kept = kept;
    v.n_kept = 1;
    v.unit_name = TXT("Hemtjänst norr");
    html_intake_form(out, lang, &v);
}

static void receipt(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct promise_view p[] = {
        {.mark = MARK_KEPT,
         .label = TXT("Vi har tagit emot det du skrev"),
         .kept = WHEN("2026-12-18T10:24", "fredag 18 december kl. 10.24"),
         .kept_same_day = true},
        {.mark = MARK_NEXT,
         .label = TXT("Rätt chef får det du skrev"),
         .due = WHEN("2026-12-22", "tisdag 22 december")},
        {.label = TXT("Vi hör av oss en första gång"),
         .due = WHEN("2026-12-29", "tisdag 29 december"),
         .note = TXT("Den ansvariga chefen berättar vad vi gör.")},
        {.label = TXT("Du får svar"), .due = WHEN("2027-01-08", "fredag 8 januari 2027")},
    };
    struct receipt_view v = {.frame = sample_frame(hostile, false, "Tack för att du berättar"),
                             .number = TXT("2026-0447"),
                             .code = TXT("4821 0937 5516 2208"),
                             .mail_sent = true,
                             .promises = {p, 4},
                             .free_days = TXT("Julafton, juldagen, nyårsafton, nyårsdagen, trettondagen"),
                             .call = TXT("0980\u2011319\u00a0200"),
                             .call_url = url_phone(arena, STR("0980-319 200"))};
    html_receipt(out, lang, &v);
}

static void follow_login(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct fault_view faults[] = {
        {STR("number"), TXT("Numret och koden stämmer inte ihop. Kontrollera båda och försök igen.")}};
    struct follow_login_view v = {.frame = sample_frame(hostile, false, "Följ ditt ärende"),
                                  .csrf = TXT("c5rf"),
                                  .faults = {faults, 1},
                                  .number = TXT("2026-0447"),
                                  .call = TXT("0980\u2011319\u00a0200"),
                                  .call_url = url_phone(arena, STR("0980-319 200"))};
    v.frame.has_fault = true;
    html_follow_login(out, lang, &v);
}

static void follow(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct explain_day skipped[] = {
        {WHEN("2026-12-19", "lördag 19 december"), TXT("lördag")},
        {WHEN("2026-12-20", "söndag 20 december"), TXT("söndag")},
        {WHEN("2026-12-24", "torsdag 24 december"), TXT("julafton")},
        {WHEN("2026-12-25", "fredag 25 december"), TXT("juldagen")},
    };
    struct explain_view explain = {
        .id = STR("reply"),
        .from_event = TXT("det du skrev kom in"),
        .from = WHEN("2026-12-14", "måndag 14 december"),
        .amount = TXT("10 arbetsdagar"),
        .skipped = skipped,
        .n_skipped = 4,
        .due = WHEN("2026-12-30", "onsdag 30 december"),
        .clause = TXT("Arbetsrutin"),
        .quote = TXT("… att svar lämnas till den klagande inom 10 dagar från registreringsdatum."),
        .interpretation = TXT("Källan säger dagar. Vi räknar arbetsdagar.")};
    struct promise_view p[] = {
        {.mark = MARK_KEPT, .label = TXT("Ta emot"), .kept = WHEN("2026-12-14", "14 december"), .kept_same_day = true},
        {.mark = MARK_KEPT,
         .label = TXT("Lämna till rätt chef"),
         .kept = WHEN("2026-12-15", "15 december"),
         .due = WHEN("2026-12-16", "16 december")},
        {.mark = MARK_KEPT,
         .kept_late = true,
         .label = TXT("Höra av oss en första gång"),
         .kept = WHEN("2026-12-22", "22 december"),
         .due = WHEN("2026-12-21", "21 december")},
        {.mark = MARK_NEXT,
         .label = TXT("Svara dig"),
         .due = WHEN("2026-12-30", "onsdag 30 december"),
         .has_days_left = true,
         .days_left = 6,
         .explain = &explain},
    };
    struct document_view picture[] = {{0, TXT("matlada-10-december.jpg"), TXT("1,2 MB"), URL("/folj/fil/7")}};
    struct message_view m[] = {
        {.is_mine = true,
         .who = TXT("Du"),
         .at = WHEN("2026-12-14T09:12", "måndag 14 december kl. 09.12"),
         .text =
             TXT("Min mamma är 84 år och har diabetes. Hon ska få specialkost från hemtjänsten. Förra veckan fick hon "
                 "fel matlåda tre dagar i rad.\n\nJag vill att hon får rätt mat varje dag och att någon ringer mig."),
         .documents = {picture, 1}},
        {.who = TXT("Ekhamns kommun"),
         .at = WHEN("2026-12-14T09:12", "måndag 14 december kl. 09.12"),
         .text = TXT(
             "Tack för att du berättar. Vi har tagit emot ditt klagomål och hör av oss senast måndag 21 december.")},
        {.who = TXT("Amir Haddad"),
         .title = TXT("enhetschef"),
         .at = WHEN("2026-12-16T10:20", "onsdag 16 december kl. 10.20"),
         .text =
             TXT("Hej! Tack för samtalet i dag. Jag beklagar att din mamma fick fel mat och att ingen ringde upp.")},
    };
    struct follow_view v = {.frame = sample_frame(hostile, false, "Vi arbetar med ditt svar"),
                            .csrf = TXT("c5rf"),
                            .form_token = TXT("t0k3n"),
                            .number = TXT("2026-0413"),
                            .received = WHEN("2026-12-14", "måndag 14 december"),
                            .heading = TXT("Vi arbetar med ditt svar"),
                            .reply_by = WHEN("2026-12-30", "onsdag 30 december"),
                            .responsible = TXT("Amir Haddad, chef för Hemtjänst norr"),
                            .promises = {p, 4},
                            .messages = {m, 3},
                            .message = {.name = STR("message"), .value = TXT("")},
                            .files = {.name = STR("files")},
                            .accept = STR("image/*,.pdf"),
                            .reply_way = TXT("Här på sidan. Du får ett mejl när det finns något nytt."),
                            .call = TXT("0980\u2011319\u00a0200"),
                            .call_url = url_phone(arena, STR("0980-319 200"))};
    html_follow(out, lang, &v);
}

static void error_page(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct error_view v = {.frame = sample_frame(hostile, false, "Sidan finns inte"),
                           .heading = TXT("Sidan finns inte"),
                           .text = TXT("Adressen är fel, eller så får du inte se det som finns där."),
                           .reference = TXT("7f3a-91c2"),
                           .back = URL("/"),
                           .back_text = TXT("Till startsidan")};
    html_error(out, lang, &v);
}

const struct sample samples_public[] = {
    {"form", form},     {"form-faults", form_faults}, {"receipt", receipt}, {"follow-login", follow_login},
    {"follow", follow}, {"error", error_page},
};
const size_t n_samples_public = ARRAY_LEN(samples_public);
