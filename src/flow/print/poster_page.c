/* GET /affisch (choose and look), /affisch/UNIT.pdf (poster and form), /affisch/muntlig/UNIT.pdf (the form for what is
 * said aloud), /blankett/UNIT.pdf (the form alone, for anybody).
 * Not here: what stands on them (poster.h), keeping the PDF (printed_page.h). */
#include "asset.h"
#include "frame.h"
#include "page_parts.h"
#include "poster.h"
#include "poster_page_html.h"
#include "poster_place_sql.h"
#include "printed_page.h"
#include "server.h"

/* ── where we are, for those who stand before the paper ── */

/* The setting, or as this browser knows us: then a warning stands beside it. */
static struct str public_site(struct ctx *ctx, const struct request *req, bool *ret_is_guess)
{
    struct str base = req->server->settings.base_url, rest = req->server->settings.hosts, pair, host;
    while (str_split(&rest, ' ', &pair))
        if (str_split(&pair, '=', &host) && str_eq(pair, req->municipality->slug)) {
            *ret_is_guess = false;
            return str_fmt(ctx->arena, "%s://%.*s", str_starts(base, STR("http://")) ? "http" : "https", STR_ARG(host));
        }
    *ret_is_guess = str_is_empty(base);
    if (*ret_is_guess)
        base = request_origin(ctx, req);
    while (str_ends(base, STR("/")))
        base = str_head(base, base.n - 1);
    if (req->server->n_municipalities < 2)
        return base;
    return str_fmt(ctx->arena, "%.*s/%.*s", STR_ARG(base), STR_ARG(req->municipality->slug));
}

/* The paper's language is chosen for it, not for the reader: a copy of ctx->lang's root with other words. */
static void speak(struct ctx *ctx, struct str code)
{
    const struct lang *lang = lang_find(code);
    if (lang == NULL)
        return;
    struct lang *own = ARENA_NEW(ctx->arena, struct lang);
    *own = *lang;
    own->root = ctx->lang->root;
    ctx->lang = own;
}

static struct str asked_language(const struct request *req, struct str usual)
{
    struct str asked = request_query(req, STR("sprak"));
    return !str_is_none(asked) && lang_find(asked) ? asked : usual;
}

/* ── the PDFs ── */

static struct str sheet_css(void)
{
    struct asset asset;
    if (!asset_find(asset_url_paper_css().s, &asset))
        BUG("paper.css is not among the assets");
    return (struct str){(const char *)asset.p, asset.n};
}

/* "norr.pdf" is the unit norr. ERR_NOT_FOUND: no such unit, or not one the public may choose (and !any). */
static enum err unit_of_file(struct ctx *ctx, const struct town *town, struct str file, bool any,
                             const struct unit **ret)
{
    const struct unit *unit = str_ends(file, STR(".pdf")) ? town_unit_by_code(town, str_head(file, file.n - 4)) : NULL;
    if (unit == NULL || !(unit->is_public || unit->is_intake || any))
        return fail(ctx, ERR_NOT_FOUND, "there is no poster by this name");
    *ret = unit;
    return OK;
}

static enum err send_pdf(struct ctx *ctx, struct request *req, struct response *res, enum poster_kind kind,
                         struct str language)
{
    static const struct {
        struct str kind, file;
    } kinds[] = {[POSTER_WALL] = {STR_INIT("poster"), STR_INIT("affisch")},
                 [POSTER_FORM] = {STR_INIT("form"), STR_INIT("blankett")},
                 [POSTER_ORAL] = {STR_INIT("oral"), STR_INIT("muntlig")}};
    const struct town *town;
    const struct unit *unit = NULL;
    bool is_guess;
    TRY(town_get(ctx, &town));
    TRY(unit_of_file(ctx, town, req->params[0], /* any= */ kind != POSTER_FORM, &unit));
    speak(ctx, language);
    struct poster_paper_view view;
    TRY(poster_fill(ctx, town, unit, public_site(ctx, req, &is_guess), kind, &view));
    struct out html = out_init(ctx->arena, RESPONSE_MAX);
    html_poster_document(&html, ctx->lang, &view);
    struct printed what = {
        .kind = kinds[kind].kind,
        .unit = unit->id,
        .language = ctx->lang->code,
        .html = out_take(&html),
        .css = sheet_css(),
        .file_name = str_fmt(ctx->arena, "%.*s-%.*s.pdf", STR_ARG(kinds[kind].file), STR_ARG(unit->code)),
    };
    return printed_send(ctx, req, res, &what);
}

enum err poster_pdf(struct ctx *ctx, struct request *req, struct response *res)
{
    return send_pdf(ctx, req, res, POSTER_WALL, asked_language(req, STR("sv")));
}

enum err poster_oral_pdf(struct ctx *ctx, struct request *req, struct response *res)
{
    return send_pdf(ctx, req, res, POSTER_ORAL, asked_language(req, STR("sv")));
}

enum err poster_form_pdf(struct ctx *ctx, struct request *req, struct response *res)
{
    return send_pdf(ctx, req, res, POSTER_FORM, asked_language(req, ctx->lang->code));
}

/* ── choosing ── */

static const struct unit *chosen_unit(struct ctx *ctx, const struct town *town, struct str code)
{
    const struct unit *unit = str_is_none(code) ? NULL : town_unit_by_code(town, code);
    if (unit)
        return unit;
    const struct staff *staff = town_staff(town, ctx->who);
    for (size_t i = 0; staff && i < staff->n_roles; i++) { /* where one works, if the public may choose it */
        unit = town_unit(town, staff->roles[i].unit);
        if (unit && unit->is_public)
            return unit;
    }
    return town_intake_unit(town);
}

static void fill_units(struct ctx *ctx, const struct town *town, const struct unit *chosen, struct poster_view *view)
{
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        if (town->units[i].is_public || town->units[i].is_intake || &town->units[i] == chosen)
            units[view->n_units++] = (struct option_view){
                .value = town->units[i].code, .label = town->units[i].name, .is_selected = &town->units[i] == chosen};
    view->units = units;
}

static enum err count_overdue(struct ctx *ctx, const struct town *town, const struct unit *unit, int64_t *ret)
{
    struct place_checks_due_row *due;
    size_t n;
    TRY(place_checks_due(ctx, utc_to_date(ctx_now(ctx)), &due, &n));
    *ret = 0;
    for (size_t i = 0; i < n; i++)
        *ret += town_is_below(town, due[i].unit, unit->id);
    return OK;
}

static struct url pdf_url(struct ctx *ctx, const char *pattern, const struct unit *unit, struct str language)
{
    return URL_PATH(ctx->arena, pattern, str_fmt(ctx->arena, "%.*s.pdf", STR_ARG(unit->code)), language);
}

/* The sheets in the paper's language, on a page in the reader's. */
static enum err draw_sheets(struct ctx *ctx, const struct town *town, const struct unit *unit, struct str site,
                            struct str language, struct html *ret)
{
    const struct lang *page = ctx->lang;
    struct poster_paper_view paper;
    struct out out = out_init(ctx->arena, RESPONSE_MAX / 2);
    speak(ctx, language);
    enum err err = poster_fill(ctx, town, unit, site, POSTER_WALL, &paper);
    if (err == OK)
        html_poster_sheets(&out, ctx->lang, &paper);
    ctx->lang = page;
    *ret = (struct html){out_take(&out)};
    return err;
}

enum err poster_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = chosen_unit(ctx, town, request_query(req, STR("enhet")));
    if (unit == NULL)
        return fail(ctx, ERR_SETTING, "no unit takes in what has no unit");
    struct str language = asked_language(req, STR("sv"));
    struct poster_view view = {
        .in_english = str_eq(language, STR("en")),
        .lang = language,
        .pdf = pdf_url(ctx, "/affisch/%?sprak=%", unit, language),
        .form_pdf = pdf_url(ctx, "/blankett/%?sprak=%", unit, language),
        .oral_pdf = pdf_url(ctx, "/affisch/muntlig/%?sprak=%", unit, language),
        .places = URL_PATH(ctx->arena, "/affisch/platser?enhet=%", unit->code),
    };
    struct str site = public_site(ctx, req, &view.address_is_guess);
    view.address = poster_address(ctx, unit, site);
    fill_units(ctx, town, unit, &view);
    TRY(count_overdue(ctx, town, unit, &view.n_overdue));
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_poster_title), /* has_fault= */ false, &view.frame);
    TRY(draw_sheets(ctx, town, unit, site, language, &view.sheets));
    html_poster(&res->body, ctx->lang, &view);
    return OK;
}
