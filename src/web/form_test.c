#include "testing.h"

#include "form.h"

static const struct clock wall;
static struct random chance;

#define SAMPLE_FORM(F)                                                                                                 \
    F(title, LINE, 10, REQUIRED, 0)                                                                                    \
    F(story, LINES, 20, OPTIONAL, 0)                                                                                   \
    F(email, EMAIL, 100, OPTIONAL, 0)                                                                                  \
    F(phone, PHONE, 30, OPTIONAL, 0)                                                                                   \
    F(type, CODE, 20, OPTIONAL, 0)                                                                                     \
    F(code, DIGITS, 16, OPTIONAL, 0)                                                                                   \
    F(count, NUMBER, 50, OPTIONAL, 0)                                                                                  \
    F(owner, ID, 0, OPTIONAL, 0)                                                                                       \
    F(day, DATE, 0, OPTIONAL, 0)                                                                                       \
    F(copy, CHECK, 0, OPTIONAL, 0)                                                                                     \
    F(password, SECRET, 20, OPTIONAL, 0)                                                                               \
    F(box, MANY, 2, OPTIONAL, 0)                                                                                       \
    F(files, FILES, 2, OPTIONAL, 0)
FORM(sample, SAMPLE_FORM)

struct given {
    struct ctx ctx;
    struct sample_form form;
    size_t n_faults;
};

static struct given read_parts(size_t n, struct part *parts)
{
    struct given g = {.ctx = ctx_begin(&wall, &chance, 8 << 20)};
    struct request req = {.parts = parts, .n_parts = n};
    assert_int_equal(FORM_READ(&g.ctx, &req, sample, &g.form, &g.n_faults), OK);
    return g;
}

/* One field beside a title that is there. */
static struct given read_one(const char *name, struct str value)
{
    struct part parts[] = {{.name = STR("title"), .value = STR("x")}, {.name = str_from(name), .value = value}};
    return read_parts(2, parts);
}

#define assert_text(wanted, given) assert_text_at((wanted), (given), __LINE__)
static void assert_text_at(const char *wanted, struct str given, int line)
{
    if (!str_eq(str_from(wanted), given))
        fail_msg("line %d: wanted \"%s\", got \"%.*s\"", line, wanted, STR_ARG(given));
}

static void what_is_missing_is_a_fault_only_where_it_is_required(void **state)
{
    struct part none[] = {{.name = STR("title"), .value = STR(" \r\n\t ")}};
    struct given g = read_parts(1, none);
    assert_int_equal(g.n_faults, 1);
    assert_int_equal(g.form.title.fault, FAULT_MISSING);
    assert_text("", g.form.story.text);
    assert_false(str_is_none(g.form.story.text));
    assert_true(date_is_none(g.form.day.date));
    ctx_end(&g.ctx);
}

static void text_is_trimmed_and_its_line_ends_made_alike(void **state)
{
    struct given g = read_one("story", STR(" a\r\nb\rc\nd\x07\te\xC2\x85 \r\n"));
    assert_text("a\nb\nc\nd\te", g.form.story.text);
    assert_int_equal(g.n_faults, 0);
    ctx_end(&g.ctx);
    struct part line[] = {{.name = STR("title"), .value = STR("a\tb\r\nc")}};
    g = read_parts(1, line);
    assert_text("a b c", g.form.title.text);
    ctx_end(&g.ctx);
}

static void length_is_counted_in_characters_and_the_text_is_kept(void **state)
{
    struct given g = read_one("story", STR("åäöåäöåäöåäöåäöåäöåä"));
    assert_int_equal(g.form.story.fault, FAULT_NONE);
    ctx_end(&g.ctx);
    g = read_one("story", STR("åäöåäöåäöåäöåäöåäöåäöåä"));
    assert_int_equal(g.form.story.fault, FAULT_TOO_LONG);
    assert_int_equal(g.form.story.excess, 3);
    assert_text("åäöåäöåäöåäöåäöåäöåäöåä", g.form.story.text);
    ctx_end(&g.ctx);
}

static void what_could_not_be_read_as_text_is_shown_again(void **state)
{
    struct part parts[] = {{.name = STR("title"), .value = STR("f\xEF\xBF\xBDr"), .bad_text = true}};
    struct given g = read_parts(1, parts);
    assert_int_equal(g.form.title.fault, FAULT_ENCODING);
    assert_text("f\xEF\xBF\xBDr", g.form.title.text);
    ctx_end(&g.ctx);
}

static void each_kind_takes_what_it_should_and_nothing_else(void **state)
{
    static const struct {
        const char *name;
        struct str value;
        enum form_fault fault;
        size_t at; /* which value of the form */
    } cases[] = {
        {"email", STR_INIT("maria.ek@ekhamn.se"), FAULT_NONE, 2},
        {"email", STR_INIT("maria.ek"), FAULT_EMAIL, 2},
        {"email", STR_INIT("a@b.se, c@d.se"), FAULT_EMAIL, 2},
        {"phone", STR_INIT("+46 (0)70-123 45 67"), FAULT_NONE, 3},
        {"phone", STR_INIT("0704"), FAULT_PHONE, 3},
        {"phone", STR_INIT("ring mig"), FAULT_PHONE, 3},
        {"type", STR_INIT("complaint"), FAULT_NONE, 4},
        {"type", STR_INIT("<script>"), FAULT_CHOICE, 4},
        {"code",
         STR_INIT("1234 5678-9012\xC2\xA0"
                  "3456"),
         FAULT_NONE, 5},
        {"code", STR_INIT("1234x"), FAULT_NUMBER, 5},
        {"count", STR_INIT("50"), FAULT_NONE, 6},
        {"count", STR_INIT("51"), FAULT_NUMBER, 6},
        {"count", STR_INIT("-1"), FAULT_NUMBER, 6},
        {"owner", STR_INIT("7"), FAULT_NONE, 7},
        {"owner", STR_INIT("0"), FAULT_NUMBER, 7},
        {"owner", STR_INIT("99999999999999999999"), FAULT_NUMBER, 7},
        {"day", STR_INIT("2026-12-18"), FAULT_NONE, 8},
        {"day", STR_INIT("2026-02-29"), FAULT_DATE, 8},
        {"password", STR_INIT("123456789012345678901"), FAULT_TOO_LONG, 10},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct given g = read_one(cases[i].name, cases[i].value);
        const struct form_value *values = (const struct form_value *)&g.form;
        if (values[cases[i].at].fault != cases[i].fault)
            fail_msg("%s \"%.*s\": fault %d", cases[i].name, STR_ARG(cases[i].value), (int)values[cases[i].at].fault);
        ctx_end(&g.ctx);
    }
}

static void values_are_typed(void **state)
{
    struct part parts[] = {
        {.name = STR("title"), .value = STR("x")},        {.name = STR("code"), .value = STR("12 34")},
        {.name = STR("count"), .value = STR("5")},        {.name = STR("owner"), .value = STR("7")},
        {.name = STR("day"), .value = STR("1970-01-02")}, {.name = STR("copy"), .value = STR("on")},
        {.name = STR("password"), .value = STR(" a b ")},
    };
    struct given g = read_parts(ARRAY_LEN(parts), parts);
    assert_text("1234", g.form.code.text);
    assert_int_equal(g.form.count.number, 5);
    assert_int_equal(g.form.owner.number, 7);
    assert_int_equal(g.form.day.date.days, 1);
    assert_true(g.form.copy.on);
    assert_text(" a b ", g.form.password.text);
    assert_int_equal(g.n_faults, 0);
    ctx_end(&g.ctx);
}

static void files_that_were_not_chosen_are_left_out(void **state)
{
    struct part parts[] = {
        {.name = STR("title"), .value = STR("x")},
        {.name = STR("files"), .value = STR(""), .file_name = STR(""), .is_file = true},
        {.name = STR("files"), .value = STR("abc"), .file_name = STR("a\n.txt"), .is_file = true},
        {.name = STR("files"), .value = STR("words"), .is_file = false},
    };
    struct given g = read_parts(ARRAY_LEN(parts), parts);
    assert_int_equal(g.form.files.n_files, 1);
    assert_text("a .txt", g.form.files.files[0].file_name);
    assert_int_equal(g.n_faults, 0);
    ctx_end(&g.ctx);
}

static void too_many_and_empty_files_are_faults(void **state)
{
    struct part file = {.name = STR("files"), .value = STR("abc"), .file_name = STR("a"), .is_file = true};
    struct part parts[] = {{.name = STR("title"), .value = STR("x")}, file, file, file};
    struct given g = read_parts(4, parts);
    assert_int_equal(g.form.files.fault, FAULT_TOO_MANY);
    assert_int_equal(g.form.files.n_files, 3);
    ctx_end(&g.ctx);
    parts[1].value = STR("");
    g = read_parts(2, parts);
    assert_int_equal(g.form.files.fault, FAULT_FILE_EMPTY);
    ctx_end(&g.ctx);
}

static void a_fault_of_the_slice_is_counted_once(void **state)
{
    struct given g = read_one("type", STR("complaint"));
    form_fault(&g.form.type, FAULT_CHOICE, &g.n_faults);
    form_fault(&g.form.type, FAULT_OTHER, &g.n_faults);
    assert_int_equal(g.n_faults, 1);
    assert_int_equal(g.form.type.fault, FAULT_CHOICE);
    ctx_end(&g.ctx);
}

static void a_body_that_is_no_form_is_told_so(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct request req = {.body = STR("{}")};
    struct sample_form form;
    size_t n;
    assert_int_equal(FORM_READ(&ctx, &req, sample, &form, &n), ERR_TYPE);
    ctx_end(&ctx);
}

static void a_form_may_be_sent_in_the_address(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct pair query[] = {{STR("title"), STR(" sök ")}, {STR("box"), STR("a")}, {STR("box"), STR("b")}};
    struct request req = {.query = query, .n_query = 3};
    struct sample_form form;
    size_t n;
    assert_int_equal(FORM_READ_QUERY(&ctx, &req, sample, &form, &n), OK);
    assert_int_equal(n, 0);
    assert_text("sök", form.title.text);
    assert_int_equal(form.box.n_files, 2);
    assert_text("b", form.box.files[1].value);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_a_fault_only_where_it_is_required),
        cmocka_unit_test(text_is_trimmed_and_its_line_ends_made_alike),
        cmocka_unit_test(length_is_counted_in_characters_and_the_text_is_kept),
        cmocka_unit_test(what_could_not_be_read_as_text_is_shown_again),
        cmocka_unit_test(each_kind_takes_what_it_should_and_nothing_else),
        cmocka_unit_test(values_are_typed),
        cmocka_unit_test(files_that_were_not_chosen_are_left_out),
        cmocka_unit_test(too_many_and_empty_files_are_faults),
        cmocka_unit_test(a_fault_of_the_slice_is_counted_once),
        cmocka_unit_test(a_body_that_is_no_form_is_told_so),
        cmocka_unit_test(a_form_may_be_sent_in_the_address),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
