/* What: pages that only tell: GET /tillganglighet, /personuppgifter and, for staff, /hjalp. Their words are the
 * catalogue's. Source: info_view.h. */
#include "frame.h"
#include "info_page_html.h"

static enum err info_fill(struct ctx *ctx, struct request *req, enum msg title, struct info_view *ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    *ret = (struct info_view){.call = town->phone, .call_url = phone_url(ctx, town->phone)};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, title), /* has_fault= */ false, &ret->frame);
    return OK;
}

enum err accessibility_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct info_view view;
    TRY(info_fill(ctx, req, MSG_frame_accessibility, &view));
    html_accessibility(&res->body, ctx->lang, &view);
    return OK;
}

enum err privacy_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct info_view view;
    TRY(info_fill(ctx, req, MSG_frame_privacy, &view));
    html_privacy(&res->body, ctx->lang, &view);
    return OK;
}

enum err help_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct info_view view;
    TRY(info_fill(ctx, req, MSG_frame_help, &view));
    html_help(&res->body, ctx->lang, &view);
    return OK;
}
