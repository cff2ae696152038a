#include "line_diff.h"

struct lines {
    struct str *v;
    size_t n;
};

static struct lines split(struct arena *arena, struct str text)
{
    size_t room = 1;
    for (size_t i = 0; i < text.n; i++)
        room += text.p[i] == '\n';
    struct lines lines = {ARENA_ARRAY(arena, struct str, room), 0};
    struct str rest = text, line;
    while (str_split(&rest, '\n', &line))
        lines.v[lines.n++] = line;
    if (lines.n > 0 && lines.v[lines.n - 1].n == 0) /* what follows the last line end */
        lines.n--;
    return lines;
}

struct writer {
    struct diff_line *v;
    size_t n;
    struct lines before, after;
    size_t at_before, at_after; /* how many of each are written */
};

static void keep(struct writer *w)
{
    w->v[w->n++] =
        (struct diff_line){LINE_KEPT, (int64_t)++w->at_before, (int64_t)++w->at_after, w->before.v[w->at_before - 1]};
}

static void take_away(struct writer *w)
{
    w->v[w->n++] = (struct diff_line){LINE_REMOVED, (int64_t)++w->at_before, 0, w->before.v[w->at_before - 1]};
}

static void add(struct writer *w)
{
    w->v[w->n++] = (struct diff_line){LINE_ADDED, 0, (int64_t)++w->at_after, w->after.v[w->at_after - 1]};
}

/* The middle, where the texts differ: a[0..n) becomes b[0..m). furthest[d] holds, for each diagonal k = x - y of the
 * paths with d changes, how far x such a path comes; diagonals lie at k + d, so that row d has 2 d + 1 of them. */
struct search {
    struct arena *arena;
    const struct str *a, *b;
    int64_t n, m;
    int64_t **furthest;
};

/* The last change before (x, y) at d changes was an added line: one came down from diagonal k + 1. */
static bool came_down(const struct search *s, int64_t d, int64_t k)
{
    const int64_t *row = s->furthest[d - 1];
    return k == -d || (k != d && row[k - 1 + d - 1] < row[k + 1 + d - 1]);
}

/* The number of changes of the shortest path; -1: more than LINE_DIFF_MAX. */
static int64_t shortest(struct search *s)
{
    for (int64_t d = 0; d <= LINE_DIFF_MAX; d++) {
        s->furthest[d] = ARENA_ARRAY(s->arena, int64_t, (size_t)(2 * d + 1));
        for (int64_t k = -d; k <= d; k += 2) {
            int64_t x = 0;
            if (d > 0)
                x = came_down(s, d, k) ? s->furthest[d - 1][k + 1 + d - 1] : s->furthest[d - 1][k - 1 + d - 1] + 1;
            while (x < s->n && x - k < s->m && x - k >= 0 && str_eq(s->a[x], s->b[x - k]))
                x++;
            s->furthest[d][k + d] = x;
            if (x >= s->n && x - k >= s->m)
                return d;
        }
    }
    return -1;
}

/* Which lines of a stay, going back along the path that was found. */
static void mark_kept(const struct search *s, int64_t d, bool *a_kept)
{
    int64_t x = s->n, y = s->m;
    for (; d > 0; d--) {
        int64_t k = x - y;
        int64_t k_before = came_down(s, d, k) ? k + 1 : k - 1;
        int64_t x_before = s->furthest[d - 1][k_before + d - 1], y_before = x_before - k_before;
        while (x > x_before && y > y_before && x > 0 && y > 0 && str_eq(s->a[x - 1], s->b[y - 1])) {
            a_kept[x - 1] = true;
            x--, y--;
        }
        x = x_before, y = y_before;
    }
    for (; x > 0; x--)
        a_kept[x - 1] = true;
}

/* The middle: removed lines, then added ones, up to each line that stays. */
static void write_middle(struct arena *arena, struct writer *w, size_t n, size_t m)
{
    struct search s = {arena,
                       w->before.v + w->at_before,
                       w->after.v + w->at_after,
                       (int64_t)n,
                       (int64_t)m,
                       ARENA_ARRAY(arena, int64_t *, LINE_DIFF_MAX + 1)};
    bool *is_kept = ARENA_ARRAY(arena, bool, n);
    int64_t d = shortest(&s);
    if (d >= 0)
        mark_kept(&s, d, is_kept);
    size_t end_before = w->at_before + n, end_after = w->at_after + m, first = w->at_before;
    while (w->at_before < end_before || w->at_after < end_after) {
        while (w->at_before < end_before && !is_kept[w->at_before - first])
            take_away(w);
        while (w->at_after < end_after &&
               !(w->at_before < end_before && str_eq(w->before.v[w->at_before], w->after.v[w->at_after])))
            add(w);
        while (w->at_before < end_before && w->at_after < end_after && is_kept[w->at_before - first] &&
               str_eq(w->before.v[w->at_before], w->after.v[w->at_after]))
            keep(w);
    }
}

void line_diff(struct arena *arena, struct str before, struct str after, struct diff_line **ret, size_t *ret_n)
{
    struct writer w = {.before = split(arena, before), .after = split(arena, after)};
    size_t n = w.before.n, m = w.after.n, head = 0, foot = 0;
    w.v = ARENA_ARRAY(arena, struct diff_line, n + m);
    while (head < n && head < m && str_eq(w.before.v[head], w.after.v[head]))
        head++;
    while (foot < n - head && foot < m - head && str_eq(w.before.v[n - 1 - foot], w.after.v[m - 1 - foot]))
        foot++;
    while (w.at_before < head)
        keep(&w);
    write_middle(arena, &w, n - head - foot, m - head - foot);
    while (w.at_before < n)
        keep(&w);
    *ret = w.v;
    *ret_n = w.n;
}

bool *line_diff_near(struct arena *arena, const struct diff_line *lines, size_t n, size_t around)
{
    bool *is_near = ARENA_ARRAY(arena, bool, n);
    for (size_t i = 0; i < n; i++) {
        if (lines[i].kind == LINE_KEPT)
            continue;
        size_t from = i > around ? i - around : 0, to = i + around < n ? i + around : n - 1;
        for (size_t k = from; k <= to; k++)
            is_near[k] = true;
    }
    return is_near;
}
