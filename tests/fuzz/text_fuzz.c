/* Text from outside through base/: cleaning, escaping, moments, addresses. Whatever comes in, the promises of str.h,
 * html.h, times.h and email_address.h hold; a promise that does not is an abort. */
#include "ctx.h"
#include "email_address.h"
#include "fold.h"
#include "html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

static void clean_text(struct arena *arena, struct str s)
{
    struct str clean = str_to_clean_utf8(arena, s);
    MUST(str_is_utf8(clean) && !str_has_control(clean));
    MUST(str_eq(clean, str_to_clean_utf8(arena, clean)));
    MUST(!str_is_utf8(s) || str_has_control(s) || str_eq(s, clean));
    size_t n = str_utf8_len(clean);
    struct str half = str_utf8_head(clean, n / 2);
    MUST(str_is_utf8(half) && str_utf8_len(half) == n / 2 && str_starts(clean, half));
}

static void escaped(struct arena *arena, struct str s)
{
    struct out text = out_init(arena, 10 * s.n + 1), attribute = out_init(arena, 10 * s.n + 1);
    html_put_text(&text, s);
    html_put_attr(&attribute, s);
    struct str in_text = out_take(&text), in_attribute = out_take(&attribute);
    MUST(str_find_char(in_text, '<') < 0 && str_find_char(in_text, '>') < 0);
    MUST(str_find_char(in_attribute, '<') < 0 && str_find_char(in_attribute, '"') < 0 &&
         str_find_char(in_attribute, '\'') < 0);
}

static void address(struct arena *arena, struct str s)
{
    static const struct str schemes[] = {STR_INIT("https:"), STR_INIT("http:"), STR_INIT("mailto:"), STR_INIT("tel:")};
    struct str url = url_foreign(s).s;
    bool known = str_eq(url, STR("#"));
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        known |= str_eq_ascii_case(str_head(url, schemes[i].n), schemes[i]);
    MUST(known);
    struct str mail, again;
    if (!email_address_parse(arena, s, &mail))
        return;
    MUST(mail.n <= 254 && email_address_parse(arena, mail, &again) && str_eq(mail, again));
    for (size_t i = 0; i < mail.n; i++)
        MUST(mail.p[i] > ' ' && mail.p[i] < 0x7f && strchr("\"<>,;", mail.p[i]) == NULL);
}

static void moment(struct arena *arena, struct str s)
{
    struct utc_us t, again;
    if (!utc_parse(s, &t))
        return;
    struct out out = out_init(arena, 100);
    out_utc(&out, (struct utc_us){t.v - t.v % 1000000}); /* out_utc writes whole seconds */
    MUST(utc_parse(out_take(&out), &again) && again.v / 1000000 == t.v / 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 4 << 20);
    struct str s = {(const char *)data, size};
    clean_text(ctx.arena, s);
    escaped(ctx.arena, s);
    address(ctx.arena, s);
    moment(ctx.arena, s);
    if (str_is_utf8(s))
        MUST(str_is_utf8(fold_case(&ctx, s)));
    ctx_end(&ctx);
    return 0;
}
