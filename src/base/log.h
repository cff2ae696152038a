/* What: one line per thing worth telling the people who run the program, on stderr, as logfmt: at=... level=...
 * event=... Who may call: proc/ and the dispatchers (web, job), once per failure. Libraries return errors instead.
 * Never in a log: names, addresses, case texts, codes, passwords, request bodies. Source: style.md rule 24. */
#ifndef GAVA_LOG_H
#define GAVA_LOG_H

#include "times.h"

enum log_level { LOG_INFO, LOG_WARNING, LOG_ERROR };

struct log_field {
    const char *key; /* snake_case */
    struct str value;
};
/* event: a constant such as "request_failed". Values are quoted when needed; a line is at most 4 KiB and written in one
 * go. */
void log_line(struct utc_us now, enum log_level level, const char *event, size_t n_fields,
              const struct log_field *fields);

#define LOG(now, level, event, ...)                                                                                    \
    log_line((now), (level), (event), sizeof((struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field),            \
             (struct log_field[]){__VA_ARGS__})

#endif
