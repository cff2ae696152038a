/* What: hands composed mails (message.h) to the municipality's own mail server by SMTP.
 * Flow: the outbox job opens one link for a batch, sends each mail, closes it. The server, not this program, finds the
 * receiver's server, queues and retries there; a link is to the next hop only.
 * Owns: one libcurl handle; the connection is kept between the mails of a batch.
 * Invariants: (1) OK only after the server has answered 2xx to the whole message; (2) a failure says whether trying
 * again can help: ERR_REFUSED is the server's final no to this receiver or this message, everything else - no
 * connection, no TLS, wrong password, 4xx - is ERR_PEER, since a fault of ours must not make a resident's answer
 * "undeliverable". Not here: retries and their times (flow/4-answer/outbox_job.c), message ids (the caller's). Source:
 * RFC 5321 4.2.1, 4.5.3.2; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 3463 (enhanced status codes); libcurl. */
#ifndef GAVA_SMTP_H
#define GAVA_SMTP_H

#include "ctx.h"

/* The values of the setting smtp_tls. */
enum smtp_tls {
    SMTP_TLS_REQUIRED, /* STARTTLS with a certificate that fits, or no mail at all */
    SMTP_TLS_OPTIONAL, /* STARTTLS when the server offers it, whatever its certificate: better than plain text, no more
                        */
    SMTP_TLS_NONE,     /* plain: a mail server on the same machine */
};

struct smtp_settings {
    struct str url; /* "smtp://mail.ekhamn.example:25", or smtps:// (TLS from the first byte, smtp_tls is not read) */
    enum smtp_tls tls;
    struct str user;          /* STR_NONE: no AUTH */
    struct str password_file; /* first line is the password; read at each smtp_open, so that it can be changed */
    struct str ca_file;       /* PEM; STR_NONE: the system's authorities */
    int timeout_s; /* for one mail, all in all; 0: 30, less than a process is given to end. Connecting: at most 10 s */
};

/* "required", "optional", "none". False: another word. */
MUST_USE bool smtp_tls_parse(struct str word, enum smtp_tls *ret);

struct smtp;
/* Closed when ctx ends. Does not connect yet. ERR_SETTING: a url that is no smtp:// or smtps:// address, a user without
 * password file, a password file that cannot be read, is empty or is longer than 1 KiB. */
MUST_USE enum err smtp_open(struct ctx *ctx, const struct smtp_settings *settings, struct smtp **ret_link);

/* One message to one receiver. from: the envelope's sender, where bounces go; from and to must pass
 * email_address_parse() (ERR_INVALID). message: as message_compose() gives it. ERR_REFUSED, ERR_PEER, see invariant 2.
 * ctx->error.detail is the server's answer or what libcurl says, at most 300 bytes, with everything that looks like an
 * address taken out, so it may be logged and stored. May be called again after a failure. */
MUST_USE enum err smtp_send(struct ctx *ctx, struct smtp *link, struct str from, struct str to, struct str message);

/* "550 5.1.1" out of "550 5.1.1 user unknown": the code and, when there is one, the enhanced code; "no answer" for a
 * text that does not begin with three digits. Points into detail, or is static. */
struct str smtp_status_code(struct str detail);

#endif
