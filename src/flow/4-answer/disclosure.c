#include "disclosure.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* Ten or twelve digits whose month and day exist; a co-ordination number has 60 added to its day. */
static bool is_identity(const char *digits, size_t n)
{
    if (n != 10 && n != 12)
        return false;
    const char *date = digits + n - 10;
    int month = two(date + 2), day = two(date + 4);
    bool century = n == 10 || two(digits) == 19 || two(digits) == 20;
    return century && month >= 1 && month <= 12 && ((day >= 1 && day <= 31) || (day >= 61 && day <= 91));
}

/* A run of digits with the signs between that people write; *ret_digits: up to 16 of them. */
static struct str digit_run(struct str at, char *ret_digits, size_t *ret_n)
{
    size_t i = at.p[0] == '+', end = 0;
    *ret_n = 0;
    for (; i < at.n && *ret_n < 16; i++) {
        if (is_digit(at.p[i])) {
            ret_digits[(*ret_n)++] = at.p[i];
            end = i + 1;
        } else if (!strchr(" -+/()", at.p[i]) || i > end + 1) {
            break;
        }
    }
    return str_head(at, end);
}

static bool is_phone(struct str run, const char *digits, size_t n)
{
    bool abroad = run.n > 0 && run.p[0] == '+';
    return n >= 7 && n <= 15 && (abroad || digits[0] == '0');
}

static bool is_address_sign(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("._%+-", c) ||
           (unsigned char)c >= 0x80;
}

/* The address around the @ at position at; empty: none. */
static struct str address_around(struct str text, size_t at)
{
    size_t begin = at, end = at + 1;
    while (begin > 0 && text.p[begin - 1] && is_address_sign(text.p[begin - 1]))
        begin--;
    while (end < text.n && text.p[end] && is_address_sign(text.p[end]))
        end++;
    while (end > at + 1 && strchr(".-", text.p[end - 1]))
        end--;
    struct str domain = {text.p + at + 1, end - at - 1};
    bool good = begin < at && str_find_char(domain, '.') > 0;
    return good ? (struct str){text.p + begin, end - begin} : STR("");
}

static void add(struct disclosure *all, size_t *n, enum disclosure_kind kind, struct str text)
{
    if (*n < DISCLOSURES_MAX)
        all[(*n)++] = (struct disclosure){kind, text};
}

void disclosures_find(struct arena *arena, struct str text, struct disclosure **ret, size_t *ret_n)
{
    struct disclosure *all = ARENA_ARRAY(arena, struct disclosure, DISCLOSURES_MAX);
    *ret_n = 0;
    for (size_t i = 0; i < text.n;) {
        struct str at = str_skip(text, i), found = STR("");
        char digits[16];
        size_t n;
        if (at.p[0] == '@') {
            found = address_around(text, i);
            if (found.n > 0)
                add(all, ret_n, DISCLOSURE_email, found);
            i += 1;
            continue;
        }
        if (!is_digit(at.p[0]) && at.p[0] != '+') {
            i += 1;
            continue;
        }
        found = digit_run(at, digits, &n);
        if (is_identity(digits, n))
            add(all, ret_n, DISCLOSURE_identity, found);
        else if (is_phone(found, digits, n))
            add(all, ret_n, DISCLOSURE_phone, found);
        i += found.n > 0 ? found.n : 1;
    }
    *ret = all;
}
