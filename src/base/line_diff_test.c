#include "line_diff.h"

#include <setjmp.h>

#include <cmocka.h>

#include "out.h"

/* The difference as text: " kept", "-removed", "+added", one a line; checks invariant 1 on the way. */
static struct str diffed(struct arena *arena, const char *before, const char *after)
{
    struct diff_line *lines;
    size_t n;
    int64_t at_before = 0, at_after = 0;
    line_diff(arena, str_from(before), str_from(after), &lines, &n);
    struct out out = out_init(arena, 1 << 20);
    for (size_t i = 0; i < n; i++) {
        out_char(&out, " -+"[lines[i].kind]);
        out_str(&out, lines[i].text);
        out_char(&out, '|');
        if (lines[i].kind != LINE_ADDED)
            assert_int_equal(lines[i].before, ++at_before);
        else
            assert_int_equal(lines[i].before, 0);
        if (lines[i].kind != LINE_REMOVED)
            assert_int_equal(lines[i].after, ++at_after);
        else
            assert_int_equal(lines[i].after, 0);
    }
    return out_take(&out);
}

static void assert_diff(const char *before, const char *after, const char *expected)
{
    struct arena *arena = arena_new(64 << 20);
    struct str got = diffed(arena, before, after);
    assert_string_equal(got.p, expected);
    arena_free(arena);
}

static void differences_are_as_few_as_there_can_be(void **state)
{
    assert_diff("", "", "");
    assert_diff("a\nb\n", "a\nb\n", " a| b|");
    assert_diff("a\nb\n", "a\nb", " a| b|"); /* a last line end is no line */
    assert_diff("", "a\n", "+a|");
    assert_diff("a\n", "", "-a|");
    assert_diff("a\nb\nc\n", "a\nx\nc\n", " a|-b|+x| c|");
    assert_diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", "-a|-b| c|+b| a| b|-b| a|+c|");
    assert_diff("x\nx\n", "x\ny\nx\nx\n", " x|+y|+x| x|");
    assert_diff("a\n\nb", "a\n\n\nb", " a| |+| b|");
}

/* The length of the longest common part, by the textbook table: as many lines must be kept. */
static size_t longest_common(const char *a, size_t n, const char *b, size_t m)
{
    size_t table[14][14] = {{0}};
    for (size_t i = 1; i <= n; i++)
        for (size_t k = 1; k <= m; k++) {
            size_t skip = table[i - 1][k] > table[i][k - 1] ? table[i - 1][k] : table[i][k - 1];
            table[i][k] = a[i - 1] == b[k - 1] ? table[i - 1][k - 1] + 1 : skip;
        }
    return table[n][m];
}

static size_t random_letters(uint32_t *seed, char *text)
{
    *seed = *seed * 1664525u + 1013904223u;
    size_t n = (*seed >> 20) % 13;
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        text[i] = (char)('a' + (*seed >> 24) % 3);
    }
    return n;
}

static const char *one_a_line(struct arena *arena, const char *letters, size_t n)
{
    char *text = arena_alloc(arena, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = letters[i];
        text[2 * i + 1] = '\n';
    }
    text[2 * n] = '\0';
    return text;
}

static void it_agrees_with_the_textbook(void **state)
{
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        struct arena *arena = arena_new(1 << 20);
        char a[13], b[13];
        size_t n = random_letters(&seed, a), m = random_letters(&seed, b), n_kept = 0, n_lines;
        struct diff_line *lines;
        diffed(arena, one_a_line(arena, a, n), one_a_line(arena, b, m));
        line_diff(arena, str_from(one_a_line(arena, a, n)), str_from(one_a_line(arena, b, m)), &lines, &n_lines);
        for (size_t i = 0; i < n_lines; i++)
            n_kept += lines[i].kind == LINE_KEPT;
        assert_int_equal(n_kept, longest_common(a, n, b, m));
        assert_int_equal(n_lines, n + m - n_kept);
        arena_free(arena);
    }
}

static void texts_of_thousands_of_other_lines_are_replaced_whole(void **state)
{
    struct arena *arena = arena_new(64 << 20);
    struct out before = out_init(arena, 1 << 20), after = out_init(arena, 1 << 20);
    out_lit(&before, "head\n");
    out_lit(&after, "head\n");
    for (int i = 0; i < 5000; i++) {
        out_fmt(&before, "b%d\n", i);
        out_fmt(&after, "a%d\n", i);
    }
    struct diff_line *lines;
    size_t n;
    line_diff(arena, out_take(&before), out_take(&after), &lines, &n);
    assert_int_equal(n, 10001);
    assert_int_equal(lines[0].kind, LINE_KEPT);
    assert_int_equal(lines[1].kind, LINE_REMOVED);
    assert_int_equal(lines[10000].kind, LINE_ADDED);
    arena_free(arena);
}

static void lines_near_a_change_are_marked(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct diff_line *lines;
    size_t n;
    line_diff(arena, STR("1\n2\n3\n4\n5\n6\n"), STR("1\n2\n3\n4\nx\n6\n"), &lines, &n);
    bool *is_near = line_diff_near(arena, lines, n, 1);
    bool expected[] = {false, false, false, true, true, true, true};
    assert_int_equal(n, ARRAY_LEN(expected));
    assert_memory_equal(is_near, expected, sizeof expected);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_as_few_as_there_can_be),
        cmocka_unit_test(it_agrees_with_the_textbook),
        cmocka_unit_test(texts_of_thousands_of_other_lines_are_replaced_whole),
        cmocka_unit_test(lines_near_a_change_are_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
