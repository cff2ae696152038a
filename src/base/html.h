/* What: text on its way into an HTML page, escaped by place and type. Templates (tools/htmlc) call these; C code seldom
 * does. struct html passes unescaped and is made only by templates' own output (html_from_view); struct url is made
 * only by the functions below, so an address such as javascript: cannot reach an href. Addresses of our own are written
 * from the site's root ("/arende/2026-0413"); the root of the municipality ("" or "/ekhamn") is put in front when a
 * template prints them, never earlier. Source: style.md rules 37, 40; WHATWG HTML 13.1. */
#ifndef GAVA_HTML_H
#define GAVA_HTML_H

#include "out.h"

struct html {
    struct str s;
};
struct url {
    struct str s;
};
/* A day or moment prepared for reading (date_words.h): iso for <time datetime>, words for people. iso may be STR_NONE.
 */
struct when_text {
    struct str iso, words;
};

/* Between tags: & < > escaped. In a quoted attribute: also " and '. */
void html_put_text_str(struct out *out, struct str s);
void html_put_text_html(struct out *out, struct html h);
void html_put_text_when(struct out *out, struct when_text when);
void html_put_attr_str(struct out *out, struct str s);
void html_put_attr_url(struct out *out, struct url u);
void html_put_attr_when(struct out *out, struct when_text when);
/* The address with root in front if it begins with "/". */
void html_put_href(struct out *out, struct str root, struct url u);

/* What a template may print between tags, in an attribute, in an address attribute. No default: others do not compile.
 */
#define html_put_text(out, x)                                                                                          \
    _Generic((x), struct str                                                                                           \
             : html_put_text_str, struct html                                                                          \
             : html_put_text_html, struct when_text                                                                    \
             : html_put_text_when)((out), (x))
#define html_put_attr(out, x)                                                                                          \
    _Generic((x), struct str                                                                                           \
             : html_put_attr_str, struct url                                                                           \
             : html_put_attr_url, struct when_text                                                                     \
             : html_put_attr_when)((out), (x))
#define html_put_url(out, root, x) _Generic((x), struct url : html_put_href)((out), (root), (x))
/* An integer. A bool or an enum must be made a word first: gcc and clang give an enum the type unsigned, so that is no
 * number here either. */
#define html_put_num(out, x)                                                                                           \
    _Generic((x), int : out_i64, long : out_i64, long long : out_i64, unsigned long : html_put_size)((out), (x))
void html_put_size(struct out *out, size_t n);
/* The same rule for the number a message takes, and for a condition. */
#define html_num(x) ((int64_t) _Generic((x), int : (x), long : (x), long long : (x), unsigned long : (x)))
#define html_if(x) _Generic((x), bool : (x), int : (x))

/* A path on this site, from parts: url_path(arena, "/arende/%", nr): each % is one part, percent-encoded as a path
 * segment or query value. n parts must equal the number of %. */
struct url url_path(struct arena *arena, const char *pattern, size_t n, const struct str *parts);
#define URL_PATH(arena, pattern, ...)                                                                                  \
    url_path((arena), (pattern), sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str), (struct str[]){__VA_ARGS__})
/* A literal path or "#id" of our own. */
#define URL(literal) ((struct url){STR(literal)})
/* A foreign address: https:, http:, mailto: and tel: only; anything else gives "#". */
struct url url_foreign(struct str address);
/* "tel:" and the digits of a number as people write it ("0980-319 200"); a leading + stays. */
struct url url_phone(struct arena *arena, struct str number);
/* "mailto:" and the address, percent-encoded. */
struct url url_mail(struct arena *arena, struct str address);

#endif
