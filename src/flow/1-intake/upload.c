#include "upload.h"

#include "page_parts.h"

static bool is_ticked(const struct form_value *kept, size_t position)
{
    for (size_t i = 0; i < kept->n_files; i++) {
        int64_t number;
        if (str_to_i64(kept->files[i].value, &number) && number == (int64_t)position)
            return true;
    }
    return false;
}

static void add_fault(struct ctx *ctx, enum err why, struct str name, struct faults_list *faults)
{
    struct str words = why == ERR_TOO_LARGE ? WORDS(ctx, form_files_size, .name = name)
                       : why == ERR_INVALID ? WORDS(ctx, form_files_empty, .name = name)
                                            : WORDS(ctx, form_files_type, .name = name);
    fault_add(faults, STR("files"), msg_text(ctx->lang, MSG_form_files_short), words);
}

enum err upload_collect(struct ctx *ctx, struct str form_token, const struct form_value *files,
                        const struct form_value *kept, struct faults_list *faults, struct attached **ret, size_t *ret_n)
{
    struct attached *before = NULL;
    size_t n_before = 0, n = 0;
    if (!str_is_empty(form_token))
        TRY(attach_kept(ctx, form_token, &before, &n_before));
    struct attached *all = ARENA_ARRAY(ctx->arena, struct attached, ATTACH_MAX_FILES);
    for (size_t i = 0; i < n_before; i++)
        if (is_ticked(kept, i))
            all[n++] = before[i];
    bool too_many = files->fault == FAULT_TOO_MANY;
    for (size_t i = 0; i < files->n_files; i++) {
        struct attached one;
        enum err err = attach_check(ctx, files->files[i].file_name, files->files[i].value, &one);
        if (err == ERR_TYPE || err == ERR_TOO_LARGE || err == ERR_INVALID) {
            add_fault(ctx, err, files->files[i].file_name, faults);
            continue;
        }
        TRY(err);
        if (n < ATTACH_MAX_FILES)
            all[n++] = one;
        else
            too_many = true;
    }
    if (too_many)
        fault_add(faults, STR("files"), msg_text(ctx->lang, MSG_form_files_short),
                  msg_text(ctx->lang, MSG_form_files_too_many));
    *ret = all;
    *ret_n = n;
    return OK;
}

enum err upload_kept_views(struct ctx *ctx, struct str form_token, const struct kept_file_view **ret, size_t *ret_n)
{
    struct attached *kept;
    size_t n;
    TRY(attach_kept(ctx, form_token, &kept, &n));
    struct kept_file_view *views = ARENA_ARRAY(ctx->arena, struct kept_file_view, n);
    for (size_t i = 0; i < n; i++)
        views[i] = (struct kept_file_view){kept[i].name, size_words(ctx, (int64_t)kept[i].body.n)};
    *ret = views;
    *ret_n = n;
    return OK;
}

struct str upload_form_token(struct ctx *ctx)
{
    enum { TOKEN_BYTES = 24 };
    unsigned char bytes[TOKEN_BYTES];
    random_bytes(ctx->random, bytes, sizeof bytes);
    struct out out = out_init(ctx->arena, 2 * TOKEN_BYTES);
    out_hex(&out, bytes, sizeof bytes);
    return out_take(&out);
}
