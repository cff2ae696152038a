/* What: a mail as the program thinks of it (struct mail) made into the bytes that go over the wire.
 * Flow: letter.h fills a struct mail; message_compose() makes the bytes; smtp.h sends them.
 * Invariants of the result: (1) every line ends in CRLF, is at most 998 bytes and 7-bit ASCII; (2) the header holds
 * exactly the fields below, so no text from outside can add a header or a receiver: controls in names and subjects
 * become spaces, addresses are checked again, the rest is encoded (RFC 2047); (3) same struct, same bytes: the boundary
 * comes from the message id, nothing from the clock or from chance. Memory: the result lies in ctx->arena. Not here:
 * what a mail says (letter.h), sending (smtp.h), reading mail that comes in. Source: RFC 5322, RFC 2045-2047, RFC 3834
 * (Auto-Submitted), RFC 3282 (Content-Language). */
#ifndef GAVA_MESSAGE_H
#define GAVA_MESSAGE_H

#include "ctx.h"
#include "html.h"

struct mail_person {
    struct str name;    /* may be STR_NONE; at most 100 code points are kept */
    struct str address; /* must pass email_address_parse() */
};

/* Whether a person stands behind the mail: tells other programs (out-of-office replies, mailing lists) not to answer.
 */
enum mail_origin {
    MAIL_FROM_PERSON,    /* somebody wrote it: no Auto-Submitted */
    MAIL_AUTO_GENERATED, /* the program tells of something */
    MAIL_AUTO_REPLIED,   /* the program answers what came in: an acknowledgement */
};

struct mail {
    struct mail_person from, to;
    struct str reply_to;    /* an address; STR_NONE: answers go to from */
    struct str subject;     /* one line; at most 200 code points are kept */
    struct str text;        /* plain text; lines may be of any length */
    struct html html;       /* the same as a whole HTML document; .s STR_NONE: text only */
    struct str message_id;  /* without < >; the same for every attempt to send the same mail */
    struct str in_reply_to; /* a message id without < >; STR_NONE */
    struct utc_us date;
    enum mail_origin origin;
    struct str language; /* "sv", "en" */
};

/* ret_bytes: a whole message, at most MESSAGE_MAX bytes. ERR_INVALID: an address or a message id that cannot be one;
 * ERR_TOO_LARGE. Text that is not well-formed UTF-8 is repaired (U+FFFD), since a mail must not hang on it. */
enum { MESSAGE_MAX = 4 << 20 };
MUST_USE enum err message_compose(struct ctx *ctx, const struct mail *mail, struct str *ret_bytes);

#endif
