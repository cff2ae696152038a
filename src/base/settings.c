#include "settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file.h"

enum kind { KIND_TEXT, KIND_NUMBER, KIND_SWITCH };

static const struct setting {
    struct str name, value, text;
    enum kind kind;
    size_t offset;
} table[] = {
#define SETTING(name, kind, value, text)                                                                               \
    {STR_INIT(#name), STR_INIT(value), STR_INIT(text), KIND_##kind, offsetof(struct settings, name)},
#include "settings.def"
#undef SETTING
};

/* False when value is not of the setting's kind. */
static bool set_value(const struct setting *setting, struct str value, struct settings *settings)
{
    char *at = (char *)settings + setting->offset;
    switch (setting->kind) {
    case KIND_TEXT:
        memcpy(at, &value, sizeof value);
        return true;
    case KIND_NUMBER: {
        int64_t number;
        if (!str_to_i64(value, &number) || number < 0)
            return false;
        memcpy(at, &number, sizeof number);
        return true;
    }
    case KIND_SWITCH: {
        bool on = str_eq(value, STR("yes"));
        if (!on && !str_eq(value, STR("no")))
            return false;
        memcpy(at, &on, sizeof on);
        return true;
    }
    }
    return false;
}

void settings_default(struct settings *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (!set_value(&table[i], table[i].value, ret))
            BUG("settings.def: the default of %.*s", STR_ARG(table[i].name));
}

static const struct setting *find_setting(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (str_eq(table[i].name, name))
            return &table[i];
    return NULL;
}

static enum err read_line(struct ctx *ctx, struct str line, struct str file_name, int64_t number, bool *seen,
                          struct settings *settings)
{
    static const char *const wanted[] = {
        [KIND_TEXT] = "a text", [KIND_NUMBER] = "a whole number, 0 or more", [KIND_SWITCH] = "yes or no"};
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return OK;
    ptrdiff_t equals = str_find_char(line, '=');
    if (equals < 0)
        return fail(ctx, ERR_SETTING, "%.*s:%lld: \"%.*s\" is not a line of the form key = value", STR_ARG(file_name),
                    (long long)number, STR_ARG(str_utf8_head(line, 60)));
    struct str name = str_trim(str_head(line, (size_t)equals)), value = str_trim(str_skip(line, (size_t)equals + 1));
    const struct setting *setting = find_setting(name);
    if (setting == NULL)
        return fail(ctx, ERR_SETTING, "%.*s:%lld: there is no setting \"%.*s\"", STR_ARG(file_name), (long long)number,
                    STR_ARG(str_utf8_head(name, 60)));
    if (seen[setting - table])
        return fail(ctx, ERR_SETTING, "%.*s:%lld: \"%.*s\" is set a second time", STR_ARG(file_name), (long long)number,
                    STR_ARG(name));
    seen[setting - table] = true;
    if (value.n > 1 && value.p[0] == '"' && value.p[value.n - 1] == '"')
        value = (struct str){value.p + 1, value.n - 2};
    if (!set_value(setting, value, settings))
        return fail(ctx, ERR_SETTING, "%.*s:%lld: %.*s must be %s, not \"%.*s\"", STR_ARG(file_name), (long long)number,
                    STR_ARG(name), wanted[setting->kind], STR_ARG(str_utf8_head(value, 60)));
    return OK;
}

enum err settings_read(struct ctx *ctx, struct str text, struct str file_name, struct settings *ret)
{
    struct settings settings;
    bool seen[ARRAY_LEN(table)] = {false};
    settings_default(&settings);
    if (!str_is_utf8(text) || str_find_char(text, 0) >= 0)
        return fail(ctx, ERR_SETTING, "%.*s: it is not UTF-8 text", STR_ARG(file_name));
    text = str_copy(ctx->arena, text);
    struct str line;
    for (int64_t number = 1; str_split(&text, '\n', &line); number++)
        TRY(read_line(ctx, line, file_name, number, seen, &settings));
    *ret = settings;
    return OK;
}

enum err settings_load(struct ctx *ctx, struct str path, bool needed, struct settings *ret)
{
    if (!needed && access(str_cz(ctx->arena, path), F_OK) != 0 && errno == ENOENT) {
        settings_default(ret);
        return OK;
    }
    struct str text;
    TRY(file_read(ctx, path, SETTINGS_FILE_MAX, &text));
    return settings_read(ctx, text, path, ret);
}

/* text as comment lines of at most 100 columns. */
static void out_comment(struct out *out, struct str text)
{
    size_t column = 0;
    struct str word;
    while (str_split(&text, ' ', &word)) {
        if (column == 0 || column + 1 + word.n > 100) {
            if (column)
                out_char(out, '\n');
            out_char(out, '#');
            column = 1;
        }
        out_char(out, ' ');
        out_str(out, word);
        column += 1 + word.n;
    }
    out_char(out, '\n');
}

struct str settings_example(struct ctx *ctx)
{
    struct out out = out_init(ctx->arena, SETTINGS_FILE_MAX);
    out_comment(
        &out,
        STR("Settings of Gåva. Take the # away in front of a line to change it; gava serve reads the file when it "
            "starts."));
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        out_char(&out, '\n');
        out_comment(&out, table[i].text);
        out_fmt(&out, "#%.*s =%s%.*s\n", STR_ARG(table[i].name), table[i].value.n ? " " : "", STR_ARG(table[i].value));
    }
    return out_take(&out);
}

enum err settings_make(struct ctx *ctx, struct str dir)
{
    const char *path = str_fmt(ctx->arena, "%.*s/gava.conf", STR_ARG(dir)).p;
    struct str text = settings_example(ctx);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0 && errno == EEXIST)
        return OK;
    bool written = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
    int fault = errno;
    if (fd >= 0 && close(fd) != 0)
        written = false;
    return written ? OK : fail(ctx, ERR_IO, "could not write \"%s\": %s", path, strerror(fault));
}
