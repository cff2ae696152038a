#include "frame.h"

#include "assets_gen.h"
#include "date_words.h"

/* "Amir Haddad" gives "AH". */
static struct str initials(struct ctx *ctx, struct str name)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 64);
    struct str rest = name, word;
    for (int n = 0; n < 2 && str_split(&rest, ' ', &word);) {
        if (str_is_empty(word))
            continue;
        out_str(&out, str_utf8_head(word, 1));
        n++;
    }
    return out_take(&out);
}

/* Whom to ask: for staff the person named for their unit or one above, for the public and else the municipality's own
 * number. From memory: costs no query (S2.45). */
static void fill_help(struct ctx *ctx, const struct town *town, const struct staff *staff, struct frame_view *ret)
{
    const struct staff *help = staff ? town_help(town, town_unit_of(town, staff->id)) : NULL;
    struct str phone = help == NULL ? town->phone : str_is_empty(help->phone) ? help->mobile : help->phone;
    if (help && str_is_empty(phone) && str_is_empty(help->email)) {
        help = NULL;
        phone = town->phone;
    }
    bool by_mail = help && str_is_empty(phone);
    ret->help_name = help ? help->name : STR("");
    ret->help_way = by_mail ? help->email : phone;
    ret->help_url = by_mail ? url_mail(ctx->arena, help->email) : phone_url(ctx, phone);
}

void frame_fill(struct ctx *ctx, const struct request *req, const struct town *town, enum nav nav, struct str title,
                bool has_fault, struct frame_view *ret)
{
    const struct staff *staff = ctx->who.v ? town_staff(town, ctx->who) : NULL;
    *ret = (struct frame_view){.title = title,
                               .has_fault = has_fault,
                               .municipality = town->name,
                               .theme = asset_url_theme_ekhamn_css(),
                               .nav = nav,
                               .csrf = req->csrf};
    if (staff) {
        ret->is_staff = true;
        ret->may_watch = right_held(RIGHT_WATCH, req->roles);
        ret->is_admin = right_held(RIGHT_ADMIN, req->roles);
        ret->writes_letters = right_held(RIGHT_LETTERS, req->roles);
        ret->has_statistics = right_held(RIGHT_CASE_READ, req->roles);
        ret->has_diary = right_held(RIGHT_DIARY, req->roles);
        ret->user_name = staff->name;
        ret->user_title = staff->title;
        ret->user_initials = initials(ctx, staff->name);
    }
    fill_help(ctx, town, staff, ret);
    /* The other language is this very page: only where nothing is lost by asking for it again. */
    if (req->method == METHOD_GET || req->method == METHOD_HEAD)
        ret->other_language = str_eq(ctx->lang->code, STR("sv")) ? URL("?lang=en") : URL("?lang=sv");
    if (ctx->clock->file != NULL || ctx->clock->standing.v != 0) {
        struct utc_us now = ctx_now(ctx);
        ret->stands = when_moment(ctx->arena, ctx->lang, now, utc_to_date(now));
    }
}

struct url phone_url(struct ctx *ctx, struct str phone)
{
    if (str_is_empty(phone))
        return (struct url){STR_NONE};
    struct out out = out_init(ctx->arena, phone.n + 8);
    out_lit(&out, "tel:");
    bool first = true;
    for (size_t i = 0; i < phone.n; i++) {
        char c = phone.p[i];
        if (c == '+' && first)
            out_char(&out, c);
        else if (c == '0' && first)
            out_lit(&out, "+46");
        else if (c >= '0' && c <= '9')
            out_char(&out, c);
        else
            continue;
        first = false;
    }
    return url_foreign(out_take(&out));
}
