/* What: which lines of a text were taken away and which were added to make another text of it: as few as there can be.
 * Flow: line_diff() gives every line of both texts in reading order, each kept, removed or added; a page shows those
 * near a change. Invariants: (1) the kept and removed lines are the old text, the kept and added ones the new text;
 * (2) removed lines stand before added ones; (3) bounded: texts that differ in more than LINE_DIFF_MAX lines are given
 * as wholly replaced between their common head and foot. Memory: the list lies in arena, texts point into what was
 * given. Not here: what a difference means (routine/routine_diff.h). Source: E. W. Myers, An O(ND) Difference Algorithm
 * and Its Variations, Algorithmica 1 (1986), the greedy algorithm of section 4. */
#ifndef GAVA_LINE_DIFF_H
#define GAVA_LINE_DIFF_H

#include "arena.h"
#include "str.h"

enum { LINE_DIFF_MAX = 600 };

enum line_kind { LINE_KEPT, LINE_REMOVED, LINE_ADDED };
struct diff_line {
    enum line_kind kind;
    int64_t before, after; /* its number in the old and new text, from 1; 0: it is not there */
    struct str text;       /* without its line end */
};

/* *ret_n: how many lines there are in all. A text's last line end is not a line of its own. O((n + m) d), d: how many
 * lines differ. */
void line_diff(struct arena *arena, struct str before, struct str after, struct diff_line **ret, size_t *ret_n);
/* How many lines around each change are worth showing: is_near[i] says whether line i is at most `around` lines from
 * one that was removed or added. */
bool *line_diff_near(struct arena *arena, const struct diff_line *lines, size_t n, size_t around);

#endif
