#include "error_page_html.h"
#include "msg.h"
#include "web.h"

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

void error_page(struct ctx *ctx, struct request *req, struct response *res, enum err err)
{
    enum msg heading, text;
    words_of(err, &heading, &text);
    struct error_plain_view view = {
        .heading = msg_text(ctx->lang, heading),
        .text = msg_text(ctx->lang, text),
        .reference = ctx->request_id,
        .back = URL("/"),
    };
    html_error_plain(&res->body, ctx->lang, &view);
}
