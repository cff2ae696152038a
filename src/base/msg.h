/* What: every text a person reads, by key and language. The texts lie in locale/sv.po and en.po; tools/msgc makes
 * tables of them and, for each message with arguments, a struct and functions: html_msg_x, text_msg_x, attr_msg_x.
 * Flow: a template's {{t key}} ends here; C code uses msg_text and text_msg_x for mail, PDF and page titles.
 * Memory: texts are static.
 * Not here: words of dates (date_words.h), the words of a municipality's own routine (routine.h).
 * Source: style.md rule 37; gettext PO files. */
#ifndef GAVA_MSG_H
#define GAVA_MSG_H

#include "html.h"

#include "msg_gen.h"

struct msg_entry; /* msg_table.h */

/* A language as one reader meets it: copy lang_sv or lang_en and set root to read another municipality's pages. */
struct lang {
    struct str code; /* "sv": for <html lang> */
    struct str root; /* put in front of the site's own addresses: "" or "/ekhamn" */
    const struct msg_entry *entries;
};

/* The catalogue with this code ("sv", also the first part of "sv-SE"); NULL if there is none. */
const struct lang *lang_find(struct str code);
/* The best of an Accept-Language header's wishes, in its order of quality; lang_sv if none fits or there is no header.
 */
const struct lang *lang_from_header(struct str accept_language);

/* Plain text of a message without arguments; one that has some is a BUG. */
struct str msg_text(const struct lang *lang, enum msg id);
void html_msg(struct out *out, const struct lang *lang, enum msg id);
void attr_msg(struct out *out, const struct lang *lang, enum msg id);

/* The message whose key is prefix and code put together: msg_find(MSG_PREFIX("status_"), code, &id). Codes from files
 * and databases become words this way. The macro tells msgc --unused that all keys with that prefix are used. */
bool msg_find(struct str prefix, struct str code, enum msg *ret);
#define MSG_PREFIX(literal) STR(literal)
/* The plain text of such a message; the code itself if there is no such key, or if that message has arguments. */
struct str msg_of_code(const struct lang *lang, struct str prefix, struct str code);
/* The key of a message, for tests and logs. */
struct str msg_name(enum msg id);

#endif
