#include "smtp.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "email_address.h"

enum { CONNECT_TIMEOUT_S = 10, DEFAULT_TIMEOUT_S = 30, PASSWORD_MAX = 1024, ANSWER_MAX = 300, URL_MAX = 1000 };

/* Where in the talk with the server we are: the command it answers to. */
enum stage { STAGE_GREETING, STAGE_MAIL, STAGE_RCPT, STAGE_DATA };

struct smtp {
    CURL *curl;
    char password[PASSWORD_MAX + 1];
    struct str unsent; /* what is left of the message */
    enum stage stage;
    enum stage refused_at;   /* the stage the refusal belongs to */
    int refusal;             /* the latest 4xx or 5xx; 0: none */
    char answer[ANSWER_MAX]; /* its text */
    size_t answer_n;
    char curl_error[CURL_ERROR_SIZE];
};

bool smtp_tls_parse(struct str word, enum smtp_tls *ret)
{
    static const struct {
        struct str word;
        enum smtp_tls tls;
    } words[] = {{STR_INIT("required"), SMTP_TLS_REQUIRED},
                 {STR_INIT("optional"), SMTP_TLS_OPTIONAL},
                 {STR_INIT("none"), SMTP_TLS_NONE}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(word, words[i].word)) {
            *ret = words[i].tls;
            return true;
        }
    return false;
}

/* -------------------------------------------------------------- opening */

/* Some byte below 0x20, line ends among them. */
static bool has_break(struct str s)
{
    return str_has_control(s) || str_find_char(s, '\n') >= 0 || str_find_char(s, '\r') >= 0;
}

static void smtp_close(void *p)
{
    struct smtp *link = p;
    curl_easy_cleanup(link->curl);
    sodium_memzero(link->password, sizeof link->password);
}

/* The file's first line, without its line end. */
static enum err read_password(struct ctx *ctx, struct str file, char ret[PASSWORD_MAX + 1])
{
    if (str_is_empty(file))
        return fail(ctx, ERR_SETTING, "cannot log in to the mail server: smtp_user is set, smtp_password_file is not");
    int fd = open(str_cz(ctx->arena, file), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(ctx, ERR_SETTING, "cannot open smtp_password_file \"%.*s\": %s", STR_ARG(file), strerror(errno));
    char text[PASSWORD_MAX + 2];
    ssize_t n = read(fd, text, sizeof text);
    close(fd);
    if (n < 0)
        return fail(ctx, ERR_SETTING, "cannot read smtp_password_file \"%.*s\": %s", STR_ARG(file), strerror(errno));
    struct str rest = {text, (size_t)n}, line;
    if (!str_split(&rest, '\n', &line))
        line = STR("");
    line = str_ends(line, STR("\r")) ? str_head(line, line.n - 1) : line;
    bool usable = line.n > 0 && line.n <= PASSWORD_MAX && !has_break(line);
    if (usable) {
        memcpy(ret, line.p, line.n);
        ret[line.n] = 0;
    }
    sodium_memzero(text, sizeof text);
    if (!usable)
        return fail(ctx, ERR_SETTING, "cannot use smtp_password_file \"%.*s\": its first line is no password",
                    STR_ARG(file));
    return OK;
}

static size_t read_message(char *room, size_t size, size_t n, void *p)
{
    struct smtp *link = p;
    struct str part = str_head(link->unsent, size * n);
    if (part.n > 0)
        memcpy(room, part.p, part.n);
    link->unsent = str_skip(link->unsent, part.n);
    return part.n;
}

/* Remember which command the server's next answer belongs to. */
static void note_command(struct smtp *link, struct str command)
{
    if (str_starts(command, STR("MAIL ")))
        link->stage = STAGE_MAIL;
    else if (str_starts(command, STR("RCPT ")))
        link->stage = STAGE_RCPT;
    else if (str_starts(command, STR("DATA")))
        link->stage = STAGE_DATA;
}

/* Remember a refusal. Of a multi-line answer ("550-...") the first line is kept, which has the reason. */
static void note_answer(struct smtp *link, struct str line)
{
    int64_t code;
    if (line.n < 3 || !str_to_i64(str_head(line, 3), &code) || code < 400 || code > 599)
        return;
    if (line.n > 3 && line.p[3] == ' ' && code == link->refusal && link->refused_at == link->stage)
        return;
    link->refusal = (int)code;
    link->refused_at = link->stage;
    struct str kept = str_head(str_trim(line), sizeof link->answer);
    memcpy(link->answer, kept.p, kept.n);
    link->answer_n = kept.n;
}

/* libcurl keeps only the last code, and that may be the one of QUIT; here each answer is seen with the command before
 * it. */
static int listen_to_talk(CURL *curl UNUSED, curl_infotype type, char *data, size_t n, void *p)
{
    struct smtp *link = p;
    if (type == CURLINFO_HEADER_OUT)
        note_command(link, (struct str){data, n});
    else if (type == CURLINFO_HEADER_IN)
        note_answer(link, (struct str){data, n});
    return 0;
}

#define SET(curl, option, value)                                                                                       \
    do {                                                                                                               \
        if (curl_easy_setopt((curl), (option), (value)) != CURLE_OK)                                                   \
            BUG("libcurl does not know %s", #option);                                                                  \
    } while (0)

static void set_tls(struct ctx *ctx, CURL *curl, const struct smtp_settings *settings)
{
    bool from_start = str_starts(settings->url, STR("smtps://"));
    bool check = from_start;
    switch (settings->tls) {
    case SMTP_TLS_REQUIRED:
        SET(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        check = true;
        break;
    case SMTP_TLS_OPTIONAL:
        SET(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
        break;
    case SMTP_TLS_NONE:
        SET(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_NONE);
        break;
    }
    SET(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(curl, CURLOPT_SSL_VERIFYPEER, check ? 1L : 0L);
    SET(curl, CURLOPT_SSL_VERIFYHOST, check ? 2L : 0L);
    if (!str_is_empty(settings->ca_file))
        SET(curl, CURLOPT_CAINFO, str_cz(ctx->arena, settings->ca_file));
}

enum err smtp_open(struct ctx *ctx, const struct smtp_settings *settings, struct smtp **ret_link)
{
    struct str url = settings->url;
    bool known = str_starts(url, STR("smtp://")) || str_starts(url, STR("smtps://"));
    if (!known || url.n > URL_MAX || !str_is_utf8(url) || has_break(url) || str_find_char(url, ' ') >= 0)
        return fail(ctx, ERR_SETTING, "cannot use smtp_url \"%.*s\": it must be smtp://HOST:PORT", STR_ARG(url));
    struct smtp *link = ARENA_NEW(ctx->arena, struct smtp);
    bool log_in = !str_is_empty(settings->user);
    if (has_break(settings->user))
        return fail(ctx, ERR_SETTING, "cannot use smtp_user: it must be one line");
    if (log_in)
        TRY(read_password(ctx, settings->password_file, link->password));
    CURL *curl = link->curl = curl_easy_init();
    if (!curl)
        BUG("libcurl cannot start");
    ctx_defer(ctx, smtp_close, link);
    SET(curl, CURLOPT_URL, str_cz(ctx->arena, url));
    SET(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(curl, CURLOPT_NOSIGNAL, 1L);
    SET(curl, CURLOPT_PROXY, ""); /* an http_proxy meant for other programs is none for mail */
    SET(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    SET(curl, CURLOPT_TIMEOUT, (long)(settings->timeout_s > 0 ? settings->timeout_s : DEFAULT_TIMEOUT_S));
    set_tls(ctx, curl, settings);
    if (log_in) {
        SET(curl, CURLOPT_USERNAME, str_cz(ctx->arena, settings->user));
        SET(curl, CURLOPT_PASSWORD, link->password);
    }
    SET(curl, CURLOPT_UPLOAD, 1L);
    SET(curl, CURLOPT_READFUNCTION, read_message);
    SET(curl, CURLOPT_READDATA, link);
    SET(curl, CURLOPT_VERBOSE, 1L); /* to listen_to_talk alone */
    SET(curl, CURLOPT_DEBUGFUNCTION, listen_to_talk);
    SET(curl, CURLOPT_DEBUGDATA, link);
    SET(curl, CURLOPT_ERRORBUFFER, link->curl_error);
    *ret_link = link;
    return OK;
}

/* -------------------------------------------------------------- sending */

/* One printable line without addresses: each run of characters around an @ becomes "(address)". */
static struct str without_addresses(struct ctx *ctx, struct str s)
{
    struct str clean = str_to_clean_utf8(ctx->arena, s), rest = clean, word;
    struct out out = out_init(ctx->arena, 12 * (clean.n + 1));
    while (str_split(&rest, ' ', &word)) {
        if (out.n > 0)
            out_char(&out, ' ');
        if (str_find_char(word, '@') >= 0)
            out_lit(&out, "(address)");
        else
            for (size_t i = 0; i < word.n; i++)
                out_char(&out, (unsigned char)word.p[i] < ' ' ? '_' : word.p[i]);
    }
    return str_utf8_head(out_take(&out), ANSWER_MAX);
}

/* Is a 5xx the server's no to this receiver or message, and not to us? "Authentication required" (530, 535) and the
 * security answers x.7.0-x.7.1 before DATA come to whoever is not allowed to send at all: a fault of our settings. */
static bool refusal_is_final(const struct smtp *link)
{
    if (link->refusal < 500)
        return false;
    struct str answer = {link->answer, link->answer_n};
    struct str enhanced = str_skip(answer, 4);
    switch (link->refused_at) {
    case STAGE_GREETING:
        return false;
    case STAGE_MAIL:
        return link->refusal == 552; /* larger than the server takes */
    case STAGE_RCPT:
        return link->refusal != 530 && link->refusal != 535 && !str_starts(enhanced, STR("5.7.0")) &&
               !str_starts(enhanced, STR("5.7.1 "));
    case STAGE_DATA:
        return true;
    }
    BUG("no such stage %d", (int)link->refused_at);
}

static enum err refused(struct ctx *ctx, const struct smtp *link)
{
    bool final = refusal_is_final(link);
    enum err err = final ? fail(ctx, ERR_REFUSED, "the mail server refused the mail")
                         : fail(ctx, ERR_PEER, "the mail server could not take the mail");
    fail_detail(ctx, "%.*s", STR_ARG(without_addresses(ctx, (struct str){link->answer, link->answer_n})));
    if (!final && link->refusal >= 500)
        fail_hint(ctx, "the server says no to us, not to the receiver: check smtp_user, smtp_tls and mail_from");
    return err;
}

static enum err not_sent(struct ctx *ctx, const struct smtp *link, CURLcode code)
{
    const char *why = link->curl_error[0] ? link->curl_error : curl_easy_strerror(code);
    enum err err = fail(ctx, ERR_PEER, "could not reach the mail server");
    fail_detail(ctx, "%.*s", STR_ARG(without_addresses(ctx, str_from(why))));
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CACERT_BADFILE)
        fail_hint(ctx, "check smtp_tls and the certificate of the mail server");
    return err;
}

/* The list belongs to libcurl's user; its text is copied. */
static void free_list(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

enum err smtp_send(struct ctx *ctx, struct smtp *link, struct str from, struct str to, struct str message)
{
    struct str sender, receiver;
    if (!email_address_parse(ctx->arena, from, &sender))
        return fail(ctx, ERR_INVALID, "cannot use the setting mail_from as an e-mail address");
    if (!email_address_parse(ctx->arena, to, &receiver))
        return fail(ctx, ERR_INVALID, "cannot use the e-mail address of the receiver");
    CURL *curl = link->curl;
    const char *mail_from = str_cz(ctx->arena, str_fmt(ctx->arena, "<%.*s>", STR_ARG(sender)));
    const char *rcpt_to = str_cz(ctx->arena, str_fmt(ctx->arena, "<%.*s>", STR_ARG(receiver)));
    __attribute__((cleanup(free_list))) struct curl_slist *receivers = curl_slist_append(NULL, rcpt_to);
    if (!receivers)
        BUG("no memory for libcurl");
    SET(curl, CURLOPT_MAIL_FROM, mail_from);
    SET(curl, CURLOPT_MAIL_RCPT, receivers);
    SET(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n);
    link->unsent = message;
    link->stage = link->refused_at = STAGE_GREETING;
    link->refusal = 0;
    link->answer_n = 0;
    link->curl_error[0] = 0;
    CURLcode code = curl_easy_perform(curl);
    SET(curl, CURLOPT_MAIL_RCPT, NULL);
    if (code == CURLE_OK)
        return OK;
    /* A refusal explains a failure only if it is what ended the talk; TLS and network faults come after any answer. */
    bool refusal_ended_it = link->refusal != 0 && (code == CURLE_SEND_ERROR || code == CURLE_LOGIN_DENIED ||
                                                   code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_RECV_ERROR);
    return refusal_ended_it ? refused(ctx, link) : not_sent(ctx, link, code);
}

/* -------------------------------------------------------------- telling */

static size_t digits_at(struct str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

struct str smtp_status_code(struct str detail)
{
    if (digits_at(detail, 0) != 3)
        return STR("no answer");
    size_t end = 3;
    if (detail.n > 4 && (detail.p[3] == ' ' || detail.p[3] == '-')) {
        size_t at = 4;
        int n_parts = 0;
        for (; n_parts < 3; n_parts++) {
            size_t n = digits_at(detail, at);
            if (n == 0 || n > 3)
                break;
            at += n;
            if (n_parts == 2)
                break;
            if (at >= detail.n || detail.p[at] != '.')
                break;
            at++;
        }
        if (n_parts == 2)
            end = at;
    }
    return str_head(detail, end);
}
