#include "email_address.h"

#include <unicode/uidna.h>

#include "arena.h"

enum { ADDRESS_MAX = 254, LOCAL_MAX = 64, DOMAIN_MAX = 253, LABEL_MAX = 63 };

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322 atext. */
static bool is_atom_char(char c)
{
    return is_letter_or_digit(c) || (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool local_part_ok(struct str local)
{
    if (local.n == 0 || local.n > LOCAL_MAX)
        return false;
    struct str rest = local, atom;
    while (str_split(&rest, '.', &atom)) {
        if (atom.n == 0)
            return false;
        for (size_t i = 0; i < atom.n; i++)
            if (!is_atom_char(atom.p[i]))
                return false;
    }
    return true;
}

/* At least two labels of letters, digits and inner hyphens; the last one is not a number. */
static bool domain_ok(struct str domain)
{
    if (domain.n == 0 || domain.n > DOMAIN_MAX)
        return false;
    struct str rest = domain, label;
    int n_labels = 0;
    bool all_digits = false;
    while (str_split(&rest, '.', &label)) {
        n_labels++;
        if (label.n == 0 || label.n > LABEL_MAX || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        all_digits = true;
        for (size_t i = 0; i < label.n; i++) {
            if (!is_letter_or_digit(label.p[i]) && label.p[i] != '-')
                return false;
            all_digits = all_digits && label.p[i] >= '0' && label.p[i] <= '9';
        }
    }
    return n_labels >= 2 && !all_digits;
}

/* The domain in its ASCII form; false when UTS 46 finds a fault. */
static bool domain_to_ascii(struct arena *arena, struct str typed, struct str *ret)
{
    UErrorCode status = U_ZERO_ERROR;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES, &status);
    if (U_FAILURE(status))
        BUG("ICU cannot open UTS 46: %s", u_errorName(status));
    char *ascii = arena_alloc(arena, DOMAIN_MAX + 1);
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t n = uidna_nameToASCII_UTF8(idna, typed.p, (int32_t)typed.n, ascii, DOMAIN_MAX + 1, &info, &status);
    uidna_close(idna);
    if (U_FAILURE(status) || info.errors != 0 || n <= 0 || n > DOMAIN_MAX)
        return false;
    *ret = (struct str){ascii, (size_t)n};
    return true;
}

bool email_address_parse(struct arena *arena, struct str typed, struct str *ret_ascii)
{
    struct str s = str_trim(typed);
    ptrdiff_t at = str_find_char(s, '@');
    if (at <= 0 || s.n > 4 * ADDRESS_MAX || !str_is_utf8(s))
        return false;
    struct str local = str_head(s, (size_t)at), domain;
    if (!local_part_ok(local) || (size_t)at + 1 >= s.n)
        return false;
    if (!domain_to_ascii(arena, str_skip(s, (size_t)at + 1), &domain) || !domain_ok(domain))
        return false;
    if (local.n + 1 + domain.n > ADDRESS_MAX)
        return false;
    *ret_ascii = str_fmt(arena, "%.*s@%.*s", STR_ARG(local), STR_ARG(domain));
    return true;
}
