#include "attach.h"

#include <magic.h>

#include "attach_sql.h"
#include "db.h"
#include "vault.h"

/* What municipalities get from the public and can open and archive; nothing that runs. */
static const struct {
    const char *type, *word;
} accepted[] = {
    {"application/pdf", ".pdf"},
    {"image/jpeg", "image/jpeg"},
    {"image/png", "image/png"},
    {"image/gif", "image/gif"},
    {"image/webp", "image/webp"},
    {"image/heic", ".heic"},
    {"image/heif", ".heif"},
    {"image/tiff", "image/tiff"},
    {"image/bmp", "image/bmp"},
    {"text/plain", ".txt"},
    {"message/rfc822", ".eml"},
    {"text/rtf", ".rtf"},
    {"application/msword", ".doc"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"audio/mpeg", ".mp3"},
    {"audio/x-m4a", ".m4a"},
    {"audio/ogg", ".ogg"},
    {"video/mp4", "video/mp4"},
    {"video/quicktime", ".mov"},
    {"video/3gpp", ".3gp"},
};

struct str attach_accept(void)
{
    return STR("image/*,.pdf,.txt,.eml,.rtf,.doc,.docx,.odt,.xlsx,.ods,.mp3,.m4a,.ogg,.mp4,.mov,.3gp");
}

static void close_magic(void *magic)
{
    magic_close(magic);
}

/* The type by content. libmagic's tables are loaded per call that has files, which is rare beside pages. */
static enum err type_of(struct ctx *ctx, struct str body, struct str *ret)
{
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
    if (magic == NULL)
        return fail(ctx, ERR_IO, "could not start libmagic");
    ctx_defer(ctx, close_magic, magic);
    if (magic_load(magic, NULL) != 0)
        return fail(ctx, ERR_IO, "could not load libmagic's table: %s", magic_error(magic));
    const char *type = magic_buffer(magic, body.p, body.n);
    if (type == NULL)
        return fail(ctx, ERR_TYPE, "could not tell the type of the file");
    *ret = str_copy(ctx->arena, str_from(type));
    return OK;
}

/* The last part of a path, without controls and what file systems dislike, at most 120 characters; never empty. */
static struct str clean_name(struct ctx *ctx, struct str name)
{
    name = str_to_clean_utf8(ctx->arena, name);
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '/' || name.p[i] == '\\') {
            name = str_skip(name, i + 1);
            break;
        }
    struct out out = out_init(ctx->arena, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        out_char(&out, (unsigned char)name.p[i] < 0x20 || strchr("\"<>|:*?", name.p[i]) ? '_' : name.p[i]);
    struct str clean = str_trim(str_utf8_head(out_take(&out), 120));
    return str_is_empty(clean) || str_eq(clean, STR(".")) || str_eq(clean, STR("..")) ? STR("fil") : clean;
}

enum err attach_check(struct ctx *ctx, struct str client_name, struct str body, struct attached *ret)
{
    struct str name = clean_name(ctx, client_name);
    if (body.n == 0)
        return fail(ctx, ERR_INVALID, "the file is empty");
    if (body.n > ATTACH_MAX_BYTES)
        return fail(ctx, ERR_TOO_LARGE, "the file has %zu bytes, more than %d", body.n, ATTACH_MAX_BYTES);
    struct str type;
    TRY(type_of(ctx, body, &type));
    if (str_starts(type, STR("text/")) && !str_eq(type, STR("text/rtf")) && !str_eq(type, STR("text/html")) &&
        !str_eq(type, STR("text/xml")))
        type = STR("text/plain");
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++)
        if (str_eq(type, str_from(accepted[i].type))) {
            *ret = (struct attached){.name = name, .media_type = str_from(accepted[i].type), .body = body};
            return OK;
        }
    return fail(ctx, ERR_TYPE, "files of the type \"%.*s\" are not taken in", STR_ARG(type));
}

/* name NUL type NUL bytes, sealed as one. */
static struct str pack(struct ctx *ctx, const struct attached *file)
{
    struct out out = out_init(ctx->arena, file->name.n + file->media_type.n + file->body.n + 2);
    out_str(&out, file->name);
    out_char(&out, 0);
    out_str(&out, file->media_type);
    out_char(&out, 0);
    out_str(&out, file->body);
    return out_take(&out);
}

static enum err unpack(struct ctx *ctx, struct str packed, struct attached *ret)
{
    struct str rest = packed, name, type;
    if (!str_split(&rest, 0, &name) || !str_split(&rest, 0, &type) || str_is_none(rest))
        return fail(ctx, ERR_CORRUPT, "a kept file is damaged");
    *ret = (struct attached){.name = name, .media_type = type, .body = rest};
    return OK;
}

enum err attach_keep(struct ctx *ctx, struct str form_token, size_t n, const struct attached *files)
{
    assert(n <= ATTACH_MAX_FILES);
    struct str hash;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, form_token, &hash));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(form_file_forget(ctx, hash));
    for (size_t i = 0; i < n; i++) {
        struct str sealed;
        TRY(vault_seal_loose(ctx, pack(ctx, &files[i]), &sealed));
        TRY(form_file_put(ctx, hash, (int64_t)i, ctx_now(ctx), sealed));
    }
    return tx_commit(&tx);
}

enum err attach_kept(struct ctx *ctx, struct str form_token, struct attached **ret, size_t *ret_n)
{
    struct str hash;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, form_token, &hash));
    struct form_file_list_row *rows;
    size_t n;
    TRY(form_file_list(ctx, hash, &rows, &n));
    struct attached *files = ARENA_ARRAY(ctx->arena, struct attached, n);
    for (size_t i = 0; i < n; i++) {
        struct str packed;
        TRY(vault_unseal_loose(ctx, rows[i].body, &packed));
        TRY(unpack(ctx, packed, &files[i]));
    }
    *ret = files;
    *ret_n = n;
    return OK;
}

enum err attach_forget(struct ctx *ctx, struct str form_token)
{
    struct str hash;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, form_token, &hash));
    return form_file_forget(ctx, hash);
}
