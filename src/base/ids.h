/* What: one type per kind of row number, so that swapping two is a compile error. .v 0 means none (SQL NULL).
 * The list is also read by tools/sqlc: a name here is a type word in .sql files. Source: style.md rule 18. */
#ifndef GAVA_IDS_H
#define GAVA_IDS_H

#include "base.h"

#define ID_TYPES(X)                                                                                                    \
    X(case_id)                                                                                                         \
    X(user_id)                                                                                                         \
    X(unit_id)                                                                                                         \
    X(routine_id)                                                                                                      \
    X(event_id)                                                                                                        \
    X(document_id)                                                                                                     \
    X(sealed_id)                                                                                                       \
    X(session_id)                                                                                                      \
    X(outbox_id)                                                                                                       \
    X(task_id)                                                                                                         \
    X(notice_id)                                                                                                       \
    X(poster_place_id)                                                                                                 \
    X(job_id)                                                                                                          \
    X(exit_id)                                                                                                         \
    X(body_id)                                                                                                         \
    X(intake_draft_id)                                                                                                 \
    X(handover_id)                                                                                                     \
    X(what_if_id)                                                                                                      \
    X(copy_id)                                                                                                         \
    X(case_task_id)                                                                                                    \
    X(measure_id)                                                                                                      \
    X(working_note_id)                                                                                                 \
    X(consult_id)                                                                                                      \
    X(draft_share_id)                                                                                                  \
    X(reply_plan_id)                                                                                                   \
    X(prevention_id)                                                                                                   \
    X(survey_id)

#define X(name)                                                                                                        \
    struct name {                                                                                                      \
        int64_t v;                                                                                                     \
    };
ID_TYPES(X)
#undef X

#endif
