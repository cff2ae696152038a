/* What: what waits for the person logged in besides the cases he or she answers for: a task in somebody else's case, a
 * letter to post, a call to make, a draft to read. Flow: worklist_page.c -> todo_fill() -> the section "Uppgifter åt
 * dig" above the list. A slice adds a kind by one statement in its own .sql and one line in todo.def. Owns: nothing.
 * Invariants: (1) number, title and unit of a case are shown only to those who may see it; (2) at most TODO_MAX items a
 * kind, by an index. Memory: as long as ctx. Not here: the doing (each slice). Source: S1.12; mock-up 04. */
#ifndef GAVA_TODO_H
#define GAVA_TODO_H

#include "html.h"
#include "town.h"

enum { TODO_MAX = 50 };

struct todo_item {
    struct str what;   /* code: the message todo_what_<what> */
    struct str number; /* number, title, type, routine: of the case; number STR_NONE: it may not be seen */
    struct str title;  /* may be none */
    struct str type;
    struct routine_id routine;
    struct utc_us due; /* UTC_NONE: no time was set */
    bool is_late;
    struct url link;
};

/* By date, those without one last. O(n log n). */
MUST_USE enum err todo_read(struct ctx *ctx, struct todo_item **ret, size_t *ret_n);

#endif
