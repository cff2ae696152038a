/* What: a failure as a page: in the municipality's frame, or plain where no municipality is known or its store does not
 * answer. Flow: the web dispatcher calls it with what the handler returned. Source: ux/README 5; errors.def. */
#include "error_page_html.h"
#include "frame.h"
#include "frame_page_html.h"

/* The heading and what to do, by code. Failures of ours are told alike: which one it was stands in the log. */
static void words_of(enum err err, enum msg *ret_heading, enum msg *ret_text)
{
#define WORDS(code)                                                                                                    \
    *ret_heading = MSG_error_##code;                                                                                   \
    *ret_text = MSG_error_##code##_do;                                                                                 \
    return
    switch (err) {
    case ERR_BAD_REQUEST:
        WORDS(bad_request);
    case ERR_INVALID:
        WORDS(invalid);
    case ERR_UNAUTHENTICATED:
        WORDS(unauthenticated);
    case ERR_FORBIDDEN:
        WORDS(forbidden);
    case ERR_CSRF:
        WORDS(csrf);
    case ERR_NOT_FOUND:
        WORDS(not_found);
    case ERR_METHOD:
        WORDS(method);
    case ERR_TIMEOUT:
        WORDS(timeout);
    case ERR_CONFLICT:
        WORDS(conflict);
    case ERR_CLOSED:
        WORDS(closed);
    case ERR_TOO_LARGE:
        WORDS(too_large);
    case ERR_HEADERS:
        WORDS(headers);
    case ERR_ADDRESS:
        WORDS(address);
    case ERR_TYPE:
        WORDS(type);
    case ERR_TOO_MANY:
        WORDS(too_many);
    case ERR_FULL:
        WORDS(full);
    case ERR_BUSY:
        WORDS(busy);
    case ERR_STORE:
    case ERR_CORRUPT:
    case ERR_KEY:
    case ERR_PEER:
    case ERR_REFUSED:
    case ERR_IO:
    case ERR_SETTING:
        WORDS(failed);
    case OK:
    case ERR_COUNT:
        break;
    }
#undef WORDS
    BUG("no page for the code %d", (int)err);
}

/* The store works as far as this failure tells. */
static bool frame_is_possible(const struct ctx *ctx, const struct request *req, enum err err)
{
    return req->municipality != NULL && ctx->db != NULL && err_http_status(err) < 500;
}

void error_page(struct ctx *ctx, struct request *req, struct response *res, enum err err)
{
    enum msg heading, text;
    words_of(err, &heading, &text);
    const struct town *town;
    if (frame_is_possible(ctx, req, err) && town_get(ctx, &town) == OK) {
        struct error_view view = {
            .heading = msg_text(ctx->lang, heading),
            .text = msg_text(ctx->lang, text),
            .reference = ctx->request_id,
            .back = ctx->who.v ? URL("/att-gora") : URL("/"),
            .back_text = msg_text(ctx->lang, ctx->who.v ? MSG_error_back_staff : MSG_error_back),
        };
        frame_fill(ctx, req, town, NAV_NONE, view.heading, /* has_fault= */ false, &view.frame);
        html_error(&res->body, ctx->lang, &view);
        return;
    }
    struct error_plain_view view = {
        .heading = msg_text(ctx->lang, heading),
        .text = msg_text(ctx->lang, text),
        .reference = ctx->request_id,
        .back = URL("/"),
    };
    html_error_plain(&res->body, ctx->lang, &view);
}
