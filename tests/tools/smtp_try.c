/* What: composes one mail and sends it, so that tests can point message.h and smtp.h at a real mail server.
 * Usage: smtp_try URL required|optional|none USER PASSWORD_FILE CA_FILE TO NAME SUBJECT < TEXT      "" leaves a value
 * out Prints "ok", or the error's name, its message and its detail on three lines. Exit 0 when sent, else 1. */
#include "message.h"
#include "smtp.h"

static struct str argument(char *text)
{
    return *text ? str_from(text) : STR_NONE;
}

static enum err try_it(struct ctx *ctx, char **argv, struct str text)
{
    struct smtp_settings settings = {.url = str_from(argv[1]),
                                     .user = argument(argv[3]),
                                     .password_file = argument(argv[4]),
                                     .ca_file = argument(argv[5]),
                                     .timeout_s = 10};
    if (!smtp_tls_parse(str_from(argv[2]), &settings.tls))
        return fail(ctx, ERR_SETTING, "cannot use \"%s\" as smtp_tls", argv[2]);
    struct str to = str_from(argv[6]);
    struct mail mail = {
        .from = {STR("Ekhamns kommun – åäö"), STR("synpunkter@ekhamn.example")},
        .to = {argument(argv[7]), to},
        .subject = str_from(argv[8]),
        .text = text,
        .html = {STR("<!doctype html><html lang=\"sv\"><body><p>Räksmörgås</p></body></html>")},
        .message_id = STR("test-1@ekhamn.example"),
        .date = ctx_now(ctx),
        .origin = MAIL_AUTO_GENERATED,
        .language = STR("sv"),
    };
    struct str bytes;
    TRY(message_compose(ctx, &mail, &bytes));
    struct smtp *link;
    TRY(smtp_open(ctx, &settings, &link));
    return smtp_send(ctx, link, mail.from.address, to, bytes);
}

int main(int argc, char **argv)
{
    if (argc != 9) {
        fputs("usage: smtp_try URL TLS USER PASSWORD_FILE CA_FILE TO NAME SUBJECT < TEXT\n", stderr);
        return 2;
    }
    static char text[1 << 20];
    struct str input = {text, fread(text, 1, sizeof text, stdin)};
    const struct clock clock = {NULL};
    struct random random = {0};
    struct ctx ctx = ctx_begin(&clock, &random, 16 << 20);
    enum err err = try_it(&ctx, argv, input);
    if (err == OK)
        puts("ok");
    else
        printf("%.*s\n%.*s\n%.*s\n", STR_ARG(err_name(err)), STR_ARG(ctx.error.message), STR_ARG(ctx.error.detail));
    ctx_end(&ctx);
    return err == OK ? 0 : 1;
}
