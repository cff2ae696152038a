#include "info_page_html.h"
#include "login_page_html.h"
#include "rutin_page_html.h"
#include "samples.h"

static struct info_view info(struct arena *arena, bool hostile, bool is_staff, const char *title)
{
    return (struct info_view){.frame = sample_frame(hostile, is_staff, title),
                              .call = TXT("0980\u2011319\u00a0200"),
                              .call_url = url_phone(arena, STR("0980-319 200"))};
}

static void accessibility(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct info_view v = info(arena, hostile, false, "Tillgänglighetsredogörelse");
    html_accessibility(out, lang, &v);
}

static void privacy(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct info_view v = info(arena, hostile, false, "Så behandlar vi personuppgifter");
    html_privacy(out, lang, &v);
}

static void help(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct info_view v = info(arena, hostile, true, "Hjälp");
    html_help(out, lang, &v);
}

static void login(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    struct fault_view faults[] = {{STR("user"), TXT("Användarnamnet och lösenordet stämmer inte ihop.")}};
    struct login_view v = {.frame = sample_frame(hostile, false, "Logga in"),
                           .csrf = TXT("c5rf"),
                           .faults = {faults, 1},
                           .user = TXT("amir"),
                           .next = TXT("/arende/2026-0413")};
    v.frame.has_fault = true;
    html_login(out, lang, &v);
}

static void rutin(struct arena *arena, struct out *out, const struct lang *lang, bool hostile, bool is_staff)
{
    struct yaml_line_view lines[] = {
        {TXT("  - "), TXT("id:"), TXT(" svara"), TXT("")},
        {TXT("    "), TXT("within:"), TXT(" 10 working days"), TXT("   # kan hoppas över med skäl")},
    };
    struct yaml_view yaml = {lines, is_staff ? 2 : 0};
    struct rule_view rules[] = {
        {.id = STR("p1"),
         .number = 1,
         .text = TXT("Rätt chef får det du skrev."),
         .amount = {TXT("2 arbetsdagar"), TONE_INFO, ICON_CLOCK},
         .who = {TXT("Klagomålshanteraren"), TONE_OUTLINE, ICON_PERSON},
         .quote = TXT(
             "… de synpunkter och klagomål som inkommit till kommunen inom två arbetsdagar sänds till ansvarig chef."),
         .clause = TXT("Process, punkt 4"),
         .yaml = yaml},
        {.id = STR("p2"),
         .number = 2,
         .text = TXT("Du får svar."),
         .amount = {TXT("10 arbetsdagar"), TONE_INFO, ICON_CLOCK},
         .who = {TXT("Ansvarig chef"), TONE_OUTLINE, ICON_PERSON},
         .when = TXT("Gäller om du vill ha svar."),
         .is_target = true,
         .clause = TXT("Arbetsrutin"),
         .interpretation = TXT("Källan säger ”dagar”. Vi räknar arbetsdagar."),
         .yaml = yaml},
    };
    struct rule_section_view sections[] = {{STR("loften"), TXT("Löften"), STR_NONE, rules, 2}};
    struct rutin_link_view links[] = {{URL("/rutin/4"), TXT("Hemtjänst"), true},
                                      {URL("/rutin/5"), TXT("Skola"), false}};
    struct tried_date_view dates[] = {
        {TXT("Lämna till rätt chef"), TXT("2 arbetsdagar"), WHEN("2026-12-16", "onsdag 16 december")},
        {TXT("Svara"), TXT("10 arbetsdagar"), WHEN("2026-12-30", "onsdag 30 december")},
    };
    struct rutin_view v = {.frame = sample_frame(hostile, is_staff, "Det här lovar Ekhamns kommun"),
                           .title = TXT("Rutin för synpunkter och klagomål"),
                           .version = 4,
                           .valid_from = WHEN("2026-09-01", "1 september"),
                           .decided_by = TXT("kommundirektören"),
                           .number = TXT("KS 2026/0118"),
                           .units = TXT("Hemtjänst norr och Hemtjänst syd"),
                           .n_promises_of = 2,
                           .routines = links,
                           .n_routines = 2,
                           .self = URL("/rutin/4"),
                           .tried = TXT("2026-12-14"),
                           .dates = dates,
                           .n_dates = 2,
                           .not_counted = TXT("24 och 25 december är inte arbetsdagar."),
                           .sections = sections,
                           .n_sections = 1,
                           .head = yaml};
    v.frame.nav = NAV_ROUTINE;
    if (is_staff)
        v.yaml_url = URL("/rutin/4.yaml");
    html_rutin(out, lang, &v);
}

static void rutin_staff(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    rutin(arena, out, lang, hostile, true);
}

static void rutin_public(struct arena *arena, struct out *out, const struct lang *lang, bool hostile)
{
    rutin(arena, out, lang, hostile, false);
}

const struct sample samples_info[] = {
    {"accessibility", accessibility}, {"privacy", privacy},           {"help", help}, {"login", login},
    {"rutin-staff", rutin_staff},     {"rutin-public", rutin_public},
};
const size_t n_samples_info = ARRAY_LEN(samples_info);
