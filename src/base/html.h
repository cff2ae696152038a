/* What: text on its way into an HTML page, escaped by place and type. Templates (tools/htmlc) call these; C code seldom
 * does. struct html passes unescaped and is made only by templates' own output (html_from_view); struct url is made
 * only by the functions below, so an address such as javascript: cannot reach an href. Source: style.md rules 37, 40;
 * WHATWG HTML 13.1. */
#ifndef GAVA_HTML_H
#define GAVA_HTML_H

#include "out.h"

struct html {
    struct str s;
};
struct url {
    struct str s;
};

/* Between tags: & < > escaped. In a quoted attribute: also " and '. */
void html_put_text_str(struct out *out, struct str s);
void html_put_text_html(struct out *out, struct html h);
void html_put_attr_str(struct out *out, struct str s);
void html_put_attr_url(struct out *out, struct url u);

/* What a template may print between tags, in an attribute, in an address attribute. No default: others do not compile.
 */
#define html_put_text(out, x)                                                                                          \
    _Generic((x), struct str : html_put_text_str, struct html : html_put_text_html)((out), (x))
#define html_put_attr(out, x) _Generic((x), struct str : html_put_attr_str, struct url : html_put_attr_url)((out), (x))
#define html_put_url(out, x) _Generic((x), struct url : html_put_attr_url)((out), (x))
/* An integer; a bool or an enum must be made a word first. */
#define html_put_num(out, x)                                                                                           \
    _Generic((x), int                                                                                                  \
             : out_i64, long                                                                                           \
             : out_i64, long long                                                                                      \
             : out_i64, unsigned                                                                                       \
             : out_i64, unsigned long                                                                                  \
             : html_put_size)((out), (x))
void html_put_size(struct out *out, size_t n);

/* A path on this site, from parts: url_path(arena, "/arende/%", nr): each % is one part, percent-encoded as a path
 * segment or query value. n parts must equal the number of %. */
struct url url_path(struct arena *arena, const char *pattern, size_t n, const struct str *parts);
#define URL_PATH(arena, pattern, ...)                                                                                  \
    url_path((arena), (pattern), sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str), (struct str[]){__VA_ARGS__})
/* A literal path or "#id" of our own. */
#define URL(literal) ((struct url){STR(literal)})
/* A foreign address: https:, http:, mailto: and tel: only; anything else gives "#". */
struct url url_foreign(struct str address);

#endif
