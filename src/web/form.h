/* What: a form is a table: name, kind, limits, label. The table makes the struct a handler reads, the parser and what
 * the template needs to show the form again with everything in it.
 * Flow: the dispatcher has split the body into parts (urlencoded.c, multipart.c); form_read() checks them.
 *
 *     #define ANSWER_FORM(F)                                                  \
 *         F(subject, LINE, 200, REQUIRED, MSG_label_subject)                  \
 *         F(text, LINES, 20000, REQUIRED, MSG_label_text)                     \
 *         F(copy, CHECK, 0, OPTIONAL, MSG_label_copy)
 *     FORM(answer, ANSWER_FORM)           gives struct answer_form and answer_form_fields[]
 *
 *     struct answer_form form;
 *     size_t n_faults;
 *     TRY(FORM_READ(ctx, req, answer, &form, &n_faults));
 *     if (n_faults) ... show the page again with status 422: form.text.text is what was written
 *
 * Invariants of every value: (1) text is well-formed UTF-8, trimmed, line ends "\n", no control characters but "\n" and
 * tab (LINES) or none at all (LINE); (2) without a fault it is within its limit; (3) with a fault it still holds what
 * was written (at most FORM_KEEP times the limit), cleaned, to be shown again.
 * Not here: whether a choice exists or a file's type is taken in (the slice checks, and calls form_fault()).
 * Source: style.md rule 39; WHATWG HTML 4.10.21. */
#ifndef GAVA_FORM_H
#define GAVA_FORM_H

#include "web.h"

enum form_kind {
    FORM_LINE,   /* one line; max: code points */
    FORM_LINES,  /* several lines; max: code points */
    FORM_EMAIL,  /* one e-mail address; max: code points */
    FORM_PHONE,  /* digits with the usual signs between them; max: code points */
    FORM_CODE,   /* a word of ours: a-z A-Z 0-9 - _ . : max code points. A choice, a token, an idempotency key */
    FORM_DIGITS, /* digits; spaces and dashes between them are dropped; max: digits */
    FORM_NUMBER, /* a whole number 0 ... max */
    FORM_ID,     /* a row number above 0; max unused */
    FORM_DATE,   /* 2026-12-18; max unused */
    FORM_CHECK,  /* a box ticked or not; max unused */
    FORM_SECRET, /* a password: neither trimmed nor cleaned; max: bytes */
    FORM_MANY,   /* several boxes of one name: words as FORM_CODE; max: how many */
    FORM_FILES,  /* max: how many files; empty ones that were not chosen are left out */
};

enum form_fault {
    FAULT_NONE = 0,
    FAULT_MISSING,   /* required, and nothing was written or chosen */
    FAULT_TOO_LONG,  /* value->excess code points too many */
    FAULT_ENCODING,  /* not text in the charset it claims */
    FAULT_EMAIL,     /* not an e-mail address */
    FAULT_PHONE,     /* not a telephone number */
    FAULT_CHOICE,    /* not among the choices */
    FAULT_NUMBER,    /* not a number, or out of range */
    FAULT_DATE,      /* not a day that exists */
    FAULT_TOO_MANY,  /* more files or boxes than max */
    FAULT_FILE_SIZE, /* a file is too large */
    FAULT_FILE_TYPE, /* a kind of file that is not taken in */
    FAULT_FILE_EMPTY,
    FAULT_OTHER, /* the slice's own rule; its message is the slice's */
    FAULT_COUNT
};

enum form_need { FORM_OPTIONAL, FORM_REQUIRED };

struct form_field {
    struct str name;
    enum form_kind kind;
    size_t max;
    enum form_need need;
    int label; /* enum msg */
};

/* What was sent in one field. Which member counts follows from the kind; text is set for every kind but FILES. */
struct form_value {
    struct str text; /* "" when nothing was sent, never none */
    int64_t number;  /* NUMBER, ID; 0 when nothing or a fault */
    struct date date;
    bool on; /* CHECK: ticked; others: something was sent */
    enum form_fault fault;
    size_t excess;            /* FAULT_TOO_LONG: code points too many */
    const struct part *files; /* FILES; or the words of MANY in .value */
    size_t n_files;
};

enum { FORM_KEEP = 4, FORM_FIELDS_MAX = 64 };

#define FORM_STRUCT_(name, kind, max, need, label) struct form_value name;
#define FORM_ROW_(name, kind, max, need, label) {STR_INIT(#name), FORM_##kind, (max), FORM_##need, (int)(label)},
/* In a _page.c or its header: struct NAME_form and NAME_form_fields[]. */
#define FORM(form, FIELDS)                                                                                             \
    struct form##_form {                                                                                               \
        FIELDS(FORM_STRUCT_)                                                                                           \
    };                                                                                                                 \
    static const struct form_field form##_form_fields[] = {FIELDS(FORM_ROW_)};

/* Read the request's body by a form's table. ret_n_faults: how many fields have a fault. ERR_TYPE: the body is not a
 * form. */
#define FORM_READ(ctx, req, form, ret, ret_n_faults)                                                                   \
    form_read((ctx), (req), ARRAY_LEN(form##_form_fields), form##_form_fields,                                         \
              (struct form_value *)(1 ? (ret) : (struct form##_form *)NULL), (ret_n_faults))
MUST_USE enum err form_read(struct ctx *ctx, const struct request *req, size_t n, const struct form_field *fields,
                            struct form_value *ret, size_t *ret_n_faults);
/* The same for a form sent by GET: its fields are the query. A file field is a BUG. */
#define FORM_READ_QUERY(ctx, req, form, ret, ret_n_faults)                                                             \
    form_read_query((ctx), (req), ARRAY_LEN(form##_form_fields), form##_form_fields,                                   \
                    (struct form_value *)(1 ? (ret) : (struct form##_form *)NULL), (ret_n_faults))
MUST_USE enum err form_read_query(struct ctx *ctx, const struct request *req, size_t n, const struct form_field *fields,
                                  struct form_value *ret, size_t *ret_n_faults);

/* A form nobody has filled in yet: every text "", nothing ticked. */
#define FORM_EMPTY(ret, form) form_empty(ARRAY_LEN(form##_form_fields), (struct form_value *)(ret))
void form_empty(size_t n, struct form_value *ret);

/* The slice found a fault of its own (once: the first fault of a field stays). */
void form_fault(struct form_value *value, enum form_fault fault, size_t *n_faults);

/* "missing", "too_long" ...: the last part of the catalogue's key, error_field_missing. Static. */
struct str form_fault_name(enum form_fault fault);

#endif
