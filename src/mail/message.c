#include "message.h"

#include <gmime/gmime.h>

#include "email_address.h"

enum { NAME_MAX_CHARS = 100, SUBJECT_MAX_CHARS = 200, MESSAGE_ID_MAX = 250, PARTS_MAX = 1 << 20 };

static void unref_message(GMimeMessage **message)
{
    if (*message)
        g_object_unref(*message);
}

static void free_options(GMimeFormatOptions **options)
{
    g_mime_format_options_free(*options);
}

static void free_text(char **text)
{
    g_free(*text);
}

/* One line: ill-formed bytes repaired, controls to spaces, runs of space to one, at most max_chars code points. "=?" is
 * split, or text that looks encoded already would pass GMime as it is, and the reader's program would decode line
 * breaks out of it. */
static const char *one_line(struct ctx *ctx, struct str s, size_t max_chars)
{
    struct str clean = str_utf8_head(str_to_clean_utf8(ctx->arena, s), max_chars);
    struct out out = out_init(ctx->arena, 2 * clean.n);
    bool space = true; /* drops leading space too */
    for (size_t i = 0; i < clean.n; i++) {
        unsigned char c = (unsigned char)clean.p[i];
        bool is_space = c <= ' ' || c == 0x7f;
        if (c == '?' && out.n > 0 && out.p[out.n - 1] == '=')
            out_char(&out, ' ');
        if (!is_space)
            out_char(&out, (char)c);
        else if (!space)
            out_char(&out, ' ');
        space = is_space;
    }
    return str_cz(ctx->arena, str_trim(out_take(&out)));
}

/* LF alone ends a line: GMime writes CRLF for it and would encode a CR as text. */
static struct str with_lf(struct ctx *ctx, struct str s)
{
    struct str clean = str_to_clean_utf8(ctx->arena, s);
    struct out out = out_init(ctx->arena, clean.n + 1);
    for (size_t i = 0; i < clean.n; i++) {
        if (clean.p[i] != '\r')
            out_char(&out, clean.p[i]);
        else if (i + 1 == clean.n || clean.p[i + 1] != '\n')
            out_char(&out, '\n');
    }
    if (out.n == 0 || out.p[out.n - 1] != '\n')
        out_char(&out, '\n');
    return out_take(&out);
}

static bool message_id_ok(struct str id)
{
    ptrdiff_t at = str_find_char(id, '@');
    if (at <= 0 || (size_t)at + 1 >= id.n || id.n > MESSAGE_ID_MAX)
        return false;
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || (c == '@' && i != (size_t)at))
            return false;
    }
    return true;
}

static enum err add_person(struct ctx *ctx, GMimeMessage *message, GMimeAddressType type, struct mail_person person)
{
    struct str address;
    if (!email_address_parse(ctx->arena, person.address, &address))
        return fail(ctx, ERR_INVALID, "cannot use the e-mail address of the %s",
                    type == GMIME_ADDRESS_TYPE_TO ? "receiver" : "sender");
    const char *name = one_line(ctx, person.name, NAME_MAX_CHARS);
    InternetAddress *one = internet_address_mailbox_new(name[0] ? name : NULL, str_cz(ctx->arena, address));
    internet_address_set_charset(one, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), one);
    g_object_unref(one);
    return OK;
}

static void set_header(GMimeMessage *message, const char *name, const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
}

static enum err set_head(struct ctx *ctx, GMimeMessage *message, const struct mail *mail)
{
    GDateTime *date = g_date_time_new_from_unix_utc(mail->date.v / SECOND_US);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    TRY(add_person(ctx, message, GMIME_ADDRESS_TYPE_FROM, mail->from));
    TRY(add_person(ctx, message, GMIME_ADDRESS_TYPE_TO, mail->to));
    if (!str_is_none(mail->reply_to))
        TRY(add_person(ctx, message, GMIME_ADDRESS_TYPE_REPLY_TO, (struct mail_person){.address = mail->reply_to}));
    g_mime_message_set_subject(message, one_line(ctx, mail->subject, SUBJECT_MAX_CHARS), "utf-8");
    if (!message_id_ok(mail->message_id))
        return fail(ctx, ERR_INVALID, "cannot use \"%.*s\" as a message id", STR_ARG(mail->message_id));
    g_mime_message_set_message_id(message, str_cz(ctx->arena, mail->message_id));
    if (!str_is_none(mail->in_reply_to)) {
        if (!message_id_ok(mail->in_reply_to))
            return fail(ctx, ERR_INVALID, "cannot use \"%.*s\" as a message id", STR_ARG(mail->in_reply_to));
        const char *reference = str_cz(ctx->arena, str_fmt(ctx->arena, "<%.*s>", STR_ARG(mail->in_reply_to)));
        set_header(message, "In-Reply-To", reference);
        set_header(message, "References", reference);
    }
    switch (mail->origin) {
    case MAIL_FROM_PERSON:
        break;
    case MAIL_AUTO_GENERATED:
        set_header(message, "Auto-Submitted", "auto-generated");
        break;
    case MAIL_AUTO_REPLIED:
        set_header(message, "Auto-Submitted", "auto-replied");
        break;
    }
    /* Exchange does not look at Auto-Submitted: without this an out-of-office note would become a message in the case.
     */
    set_header(message, "X-Auto-Response-Suppress", "OOF, AutoReply");
    if (!str_is_none(mail->language))
        set_header(message, "Content-Language", one_line(ctx, mail->language, 35));
    return OK;
}

static GMimeObject *text_part(struct ctx *ctx, const char *subtype, struct str text)
{
    struct str body = with_lf(ctx, text);
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(body.p, body.n);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

/* "=_" cannot occur in quoted-printable text (RFC 2045 6.7), so the boundary is safe whatever the letter says. */
static const char *boundary_of(struct ctx *ctx, struct str message_id)
{
    struct out out = out_init(ctx->arena, 70);
    out_lit(&out, "=_gava-");
    for (size_t i = 0; i < message_id.n && out.n < 60; i++) {
        char c = message_id.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out_char(&out, plain ? c : '-');
    }
    return str_cz(ctx->arena, out_take(&out));
}

static void set_body(struct ctx *ctx, GMimeMessage *message, const struct mail *mail)
{
    GMimeObject *body = text_part(ctx, "plain", mail->text);
    if (!str_is_none(mail->html.s)) {
        GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
        g_mime_multipart_set_boundary(both, boundary_of(ctx, mail->message_id));
        GMimeObject *html = text_part(ctx, "html", mail->html.s);
        g_mime_multipart_add(both, body);
        g_mime_multipart_add(both, html);
        g_object_unref(body);
        g_object_unref(html);
        body = GMIME_OBJECT(both);
    }
    g_mime_message_set_mime_part(message, body);
    g_object_unref(body);
}

enum err message_compose(struct ctx *ctx, const struct mail *mail, struct str *ret_bytes)
{
    if (mail->text.n > PARTS_MAX || mail->html.s.n > PARTS_MAX)
        return fail(ctx, ERR_TOO_LARGE, "cannot send a mail of more than %d bytes of text", PARTS_MAX);
    g_mime_init(); /* does nothing but the first time */
    __attribute__((cleanup(unref_message))) GMimeMessage *message = g_mime_message_new(/* pretty_headers= */ TRUE);
    TRY(set_head(ctx, message, mail));
    set_body(ctx, message, mail);
    __attribute__((cleanup(free_options))) GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    __attribute__((cleanup(free_text))) char *bytes = g_mime_object_to_string(GMIME_OBJECT(message), options);
    struct str all = str_from(bytes);
    if (all.n > MESSAGE_MAX)
        return fail(ctx, ERR_TOO_LARGE, "cannot send a mail of more than %d bytes", MESSAGE_MAX);
    *ret_bytes = str_copy(ctx->arena, all);
    return OK;
}
