/* The head of a mail file somebody lays in: whose is it? Whatever the bytes are, what comes out is an address or
 * nothing, it stands in the head, and other fields do not change it. */
#include "arrival.h"
#include "email_address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

static struct str joined(struct ctx *ctx, struct str a, struct str b)
{
    char *p = arena_alloc(ctx->arena, a.n + b.n);
    memcpy(p, a.p, a.n);
    if (b.n)
        memcpy(p + a.n, b.p, b.n);
    return (struct str){p, a.n + b.n};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 16384)
        return 0;
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 4 << 20);
    struct str mail = {(const char *)data, size}, again;
    struct str sender = arrival_sender(&ctx, mail);
    if (!str_is_empty(sender)) {
        MUST(email_address_parse(ctx.arena, sender, &again) && str_eq(sender, again));
        MUST(str_eq(arrival_sender(&ctx, joined(&ctx, STR("From: <"), joined(&ctx, sender, STR(">\n")))), sender));
        MUST(str_is_empty(arrival_sender(&ctx, joined(&ctx, STR("\r\n"), mail))));
        MUST(str_eq(arrival_sender(&ctx, joined(&ctx, mail, STR("\r\nFrom: <second@elsewhere.example>\r\n"))), sender));
    }
    /* A field before it changes nothing, unless the bytes go on from that field, or the head is too long then. */
    if (size > 0 && data[0] != ' ' && data[0] != '\t') {
        again = arrival_sender(&ctx, joined(&ctx, STR("Subject: from: <no@subject.example>\n"), mail));
        MUST(str_eq(again, sender) || str_is_empty(again));
    }
    ctx_end(&ctx);
    return 0;
}
