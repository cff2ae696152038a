#include "testing.h"

#include "text_blocks.h"

static size_t blocks_of(struct arena *arena, const char *text, const struct text_block **ret)
{
    return text_blocks(arena, str_from(text), ret);
}

static void assert_text(struct str s, const char *expected)
{
    assert_int_equal(s.n, strlen(expected));
    assert_memory_equal(s.p, expected, s.n);
}

static void paragraphs_headings_and_lists_are_told_apart(void **state)
{
    (void)state;
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    const struct text_block *b;
    size_t n = blocks_of(
        arena, "# När någon klagar\n\nLyssna först.\nTacka sedan.\n\n- ring\n* skriv\n1. ett\n2) två\nslut", &b);
    assert_int_equal(n, 5);
    assert_int_equal(b[0].kind, BLOCK_HEADING);
    assert_text(b[0].text, "När någon klagar");
    assert_int_equal(b[1].kind, BLOCK_PARAGRAPH);
    assert_text(b[1].text, "Lyssna först.\nTacka sedan.");
    assert_int_equal(b[2].kind, BLOCK_BULLETS);
    assert_int_equal(b[2].n_items, 2);
    assert_text(b[2].items[1], "skriv");
    assert_int_equal(b[3].kind, BLOCK_NUMBERS);
    assert_int_equal(b[3].n_items, 2);
    assert_text(b[3].items[0], "ett");
    assert_text(b[4].text, "slut");
}

static void an_empty_line_ends_a_list_and_a_paragraph(void **state)
{
    (void)state;
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    const struct text_block *b;
    assert_int_equal(blocks_of(arena, "a\n\nb\n\n\n- c\n\n- d", &b), 4);
    assert_int_equal(b[2].n_items, 1);
    assert_int_equal(b[3].n_items, 1);
}

static void what_only_looks_like_a_mark_stays_text(void **state)
{
    (void)state;
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    const struct text_block *b;
    assert_int_equal(blocks_of(arena, "#hash\n-5 grader\n2026. var ett år\n- \n1.5 liter\n<b>fet</b>", &b), 1);
    assert_int_equal(b[0].kind, BLOCK_PARAGRAPH);
    assert_text(b[0].text, "#hash\n-5 grader\n2026. var ett år\n- \n1.5 liter\n<b>fet</b>");
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    const struct text_block *b;
    assert_int_equal(blocks_of(arena, "", &b), 0);
    assert_int_equal(blocks_of(arena, "\n \n\t\n", &b), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_headings_and_lists_are_told_apart),
        cmocka_unit_test(an_empty_line_ends_a_list_and_a_paragraph),
        cmocka_unit_test(what_only_looks_like_a_mark_stays_text),
        cmocka_unit_test(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
