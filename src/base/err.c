#include "err.h"

enum { FINAL = 0, RETRY = 1 };

static const struct {
    int http, smtp, retry;
    const char *name, *text;
} errors[] = {
    [OK] = {200, 250, 0, "ok", "done"},
#define ERR(code, http, smtp, retry, text) [ERR_##code] = {http, smtp, retry, #code, text},
#include "errors.def"
#undef ERR
};

int err_http_status(enum err code)
{
    return errors[code].http;
}

int err_smtp_status(enum err code)
{
    return errors[code].smtp;
}

bool err_may_retry(enum err code)
{
    return errors[code].retry == RETRY;
}

struct str err_name(enum err code)
{
    return str_from(errors[code].name);
}

struct str err_text(enum err code)
{
    return str_from(errors[code].text);
}

void bug_at(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "gava: bug at %s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}
