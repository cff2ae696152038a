/* What: the border between msg.c and what tools/msgc generates. Nobody else includes it.
 * Invariant: in a text, a byte 1-8 stands for the argument with that number; other bytes are the text itself. */
#ifndef GAVA_MSG_TABLE_H
#define GAVA_MSG_TABLE_H

#include "msg.h"

struct msg_forms {
    struct str html, text, attr;
};
struct msg_entry {
    struct msg_forms many, one; /* one only where the message has a plural */
    size_t n_args;
};

enum msg_form { MSG_HTML, MSG_TEXT, MSG_ATTR };
enum msg_arg_kind { MSG_ARG_STR, MSG_ARG_NUM, MSG_ARG_WHEN, MSG_ARG_URL };
struct msg_arg {
    enum msg_arg_kind kind;
    int64_t n;
    struct str s, iso;
};

extern const struct str msg_names[]; /* MSG_COUNT keys, sorted */
extern const struct lang *const lang_all[];
extern const size_t n_lang_all;

/* args must be as many as the message has. */
void msg_put(struct out *out, const struct lang *lang, enum msg id, enum msg_form form, bool one,
             const struct msg_arg *args);

#endif
