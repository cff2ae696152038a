#include "mail_letter.h"

#include "mail_letter_page_html.h"
#include "mail_letter_view.h"

enum { LETTER_TEXT_MAX = 512 * 1024, LETTER_HTML_MAX = 1024 * 1024, PARAGRAPHS_MAX = 4000 };

static bool carries_words(enum mail_kind kind)
{
    switch (kind) {
    case MAIL_ACKNOWLEDGEMENT:
    case MAIL_REPLY:
    case MAIL_MESSAGE:
        return true;
    case MAIL_NEWS:
        return false;
    }
    BUG("no such kind of mail %d", (int)kind);
}

static enum mail_origin origin_of(enum mail_kind kind)
{
    switch (kind) {
    case MAIL_ACKNOWLEDGEMENT:
        return MAIL_AUTO_REPLIED;
    case MAIL_REPLY:
    case MAIL_MESSAGE:
        return MAIL_FROM_PERSON;
    case MAIL_NEWS:
        return MAIL_AUTO_GENERATED;
    }
    BUG("no such kind of mail %d", (int)kind);
}

static struct str subject_of(struct ctx *ctx, const struct lang *lang, const struct mail_letter *l)
{
    struct out out = out_init(ctx->arena, LETTER_TEXT_MAX);
    if (carries_words(l->kind) && !str_is_empty(l->subject))
        return l->subject;
    switch (l->kind) {
    case MAIL_ACKNOWLEDGEMENT:
        text_msg_mail_acknowledgement_subject(&out, lang,
                                              (struct msg_mail_acknowledgement_subject){.number = l->number});
        break;
    case MAIL_REPLY:
        text_msg_mail_reply_subject(&out, lang, (struct msg_mail_reply_subject){.number = l->number});
        break;
    case MAIL_MESSAGE:
        text_msg_mail_message_subject(&out, lang, (struct msg_mail_message_subject){.number = l->number});
        break;
    case MAIL_NEWS:
        text_msg_mail_news_subject(&out, lang, (struct msg_mail_news_subject){.municipality = l->municipality});
        break;
    }
    return out_take(&out);
}

static struct str words_of(struct ctx *ctx, const struct lang *lang, const struct mail_letter *l)
{
    if (!carries_words(l->kind)) {
        struct out out = out_init(ctx->arena, LETTER_TEXT_MAX);
        text_msg_mail_news(&out, lang, (struct msg_mail_news){.municipality = l->municipality});
        return out_take(&out);
    }
    if (!str_is_empty(l->words))
        return l->words;
    return msg_text(lang, MSG_mail_acknowledgement);
}

/* Words to paragraphs: an empty line, or one of blanks only, ends one. */
static void put_paragraphs(struct ctx *ctx, struct str words, struct mail_letter_view *view)
{
    struct mail_paragraph_view *paragraphs = ARENA_ARRAY(ctx->arena, struct mail_paragraph_view, PARAGRAPHS_MAX);
    struct str *lines = NULL;
    size_t n_lines_all = 1, n = 0, at = 0;
    for (size_t i = 0; i < words.n; i++)
        n_lines_all += words.p[i] == '\n';
    lines = ARENA_ARRAY(ctx->arena, struct str, n_lines_all);
    struct str rest = words, line;
    size_t begin = 0;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (!str_is_empty(line))
            lines[at++] = line;
        bool ends = str_is_empty(line) || str_is_none(rest);
        bool room = n + 1 < PARAGRAPHS_MAX || str_is_none(rest); /* the last one takes what is left */
        if (ends && room && at > begin) {
            paragraphs[n++] = (struct mail_paragraph_view){lines + begin, at - begin};
            begin = at;
        }
    }
    view->paragraphs = paragraphs;
    view->n_paragraphs = n;
}

static void put_line(struct out *out, struct str text)
{
    out_str(out, text);
    out_char(out, '\n');
}

static struct str plain_text(struct ctx *ctx, const struct lang *lang, const struct mail_letter_view *v)
{
    struct out out = out_init(ctx->arena, LETTER_TEXT_MAX), line = out_init(ctx->arena, LETTER_TEXT_MAX);
    for (size_t i = 0; i < v->n_paragraphs; i++) {
        for (size_t k = 0; k < v->paragraphs[i].n_lines; k++)
            put_line(&out, v->paragraphs[i].lines[k]);
        out_char(&out, '\n');
    }
    if (!str_is_empty(v->action.s)) {
        put_line(&out, v->action_text);
        put_line(&out, v->action.s);
        out_char(&out, '\n');
    }
    if (v->n_promises > 0)
        put_line(&out, msg_text(lang, MSG_mail_promises));
    for (size_t i = 0; i < v->n_promises; i++) {
        out_lit(&out, "* ");
        out_str(&out, v->promises[i].text);
        if (!str_is_empty(v->promises[i].by.words)) {
            out_char(&out, ' ');
            text_msg_mail_promise_by(&out, lang, (struct msg_mail_promise_by){.when = v->promises[i].by});
        }
        out_char(&out, '\n');
    }
    if (v->n_promises > 0)
        out_char(&out, '\n');
    if (str_is_empty(v->municipality))
        return out_take(&out);
    bool has_follow = !str_is_empty(v->follow.s), has_phone = !str_is_empty(v->phone);
    out_lit(&out, "-- \n"); /* RFC 3676 4.3: what follows is the signature */
    if (has_follow) {
        text_msg_mail_follow(&line, lang, (struct msg_mail_follow){.number = v->number});
        put_line(&out, out_take(&line));
        put_line(&out, v->follow.s);
    }
    if (has_phone) {
        out_str(&out, msg_text(lang, MSG_mail_call));
        out_char(&out, ' ');
        put_line(&out, v->phone);
    }
    put_line(&out, v->municipality);
    return out_take(&out);
}

void mail_letter_write(struct ctx *ctx, const struct lang *lang, const struct mail_letter *letter,
                       struct mail *ret_mail)
{
    bool open = carries_words(letter->kind);
    struct mail_letter_view view = {
        .subject = subject_of(ctx, lang, letter),
        .promises = open ? letter->promises : NULL,
        .n_promises = open ? letter->n_promises : 0,
        .action = open ? letter->action : (struct url){STR_NONE},
        .action_text = letter->action_text,
        .number = letter->number,
        .follow = letter->follow,
        .phone = letter->phone,
        .phone_url = url_phone(ctx->arena, letter->phone),
        .municipality = letter->municipality,
    };
    if (str_is_empty(view.follow.s) && str_is_empty(view.phone))
        view.municipality = STR_NONE; /* a whole letter of the routine's own, signed already */
    put_paragraphs(ctx, str_to_clean_utf8(ctx->arena, words_of(ctx, lang, letter)), &view);
    struct out html = out_init(ctx->arena, LETTER_HTML_MAX);
    html_mail_letter(&html, lang, &view);
    ret_mail->subject = view.subject;
    ret_mail->text = plain_text(ctx, lang, &view);
    ret_mail->html = (struct html){out_take(&html)};
    ret_mail->origin = origin_of(letter->kind);
    ret_mail->language = lang->code;
}
