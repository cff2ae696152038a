/* Bodies into parts: urlencoded, multipart, charsets. */
#include "testing.h"

#include <jansson.h>
#include <sodium.h>

#include "charset.h"
#include "multipart.h"
#include "urlencoded.h"

static const struct clock wall;
static struct random chance;

static struct ctx begin(void)
{
    return ctx_begin(&wall, &chance, 32 << 20);
}

#define assert_text(wanted, given) assert_text_at((wanted), (given), __LINE__)
static void assert_text_at(const char *wanted, struct str given, int line)
{
    if (!str_eq(str_from(wanted), given))
        fail_msg("line %d: wanted \"%s\", got \"%.*s\"", line, wanted, STR_ARG(given));
}

static struct part *urlencoded(struct ctx *ctx, const char *body, const char *charset, size_t wanted_n)
{
    struct part *parts = NULL;
    size_t n = 0;
    assert_int_equal(urlencoded_parse(ctx, str_from(body), str_from(charset), &parts, &n), OK);
    assert_int_equal(n, wanted_n);
    return parts;
}

static void plus_and_percent_are_decoded(void **state)
{
    struct ctx ctx = begin();
    struct part *parts = urlencoded(&ctx, "story=R%C3%A4ka+%26+s%c3%a5nt&empty=&alone&=noname&&x=a=b", "", 5);
    assert_text("story", parts[0].name);
    assert_text("Räka & sånt", parts[0].value);
    assert_text("", parts[1].value);
    assert_text("alone", parts[2].name);
    assert_text("", parts[3].name);
    assert_text("a=b", parts[4].value);
    ctx_end(&ctx);
}

static void a_broken_percent_stays_as_it_is(void **state)
{
    struct ctx ctx = begin();
    struct part *parts = urlencoded(&ctx, "a=100%&b=%zz&c=%4", "", 3);
    assert_text("100%", parts[0].value);
    assert_text("%zz", parts[1].value);
    assert_text("%4", parts[2].value);
    ctx_end(&ctx);
}

static void bytes_that_are_no_text_are_kept_and_marked(void **state)
{
    struct ctx ctx = begin();
    struct part *parts = urlencoded(&ctx, "a=f%F6r&b=x%00y&c=bra", "", 3);
    assert_true(parts[0].bad_text && parts[1].bad_text && !parts[2].bad_text);
    assert_text("f\xEF\xBF\xBDr", parts[0].value);
    assert_text("x\xEF\xBF\xBDy", parts[1].value);
    ctx_end(&ctx);
}

static void old_charsets_are_read_when_they_are_named(void **state)
{
    struct ctx ctx = begin();
    struct part *parts = urlencoded(&ctx, "a=f%F6r+%8020", "ISO-8859-1", 1);
    assert_text("för €20", parts[0].value);
    assert_false(parts[0].bad_text);
    assert_text("5 €", urlencoded(&ctx, "a=5+%A4", "iso-8859-15", 1)[0].value);
    assert_text("år", urlencoded(&ctx, "_charset_=windows-1252&a=%E5r", "", 2)[1].value);
    assert_true(urlencoded(&ctx, "a=%8C", "shift_jis", 1)[0].bad_text);
    ctx_end(&ctx);
}

static void a_form_with_too_many_fields_is_refused(void **state)
{
    struct ctx ctx = begin();
    struct out out = out_init(ctx.arena, 1 << 20);
    for (int i = 0; i <= URLENCODED_PARTS_MAX; i++)
        out_lit(&out, "a=b&");
    struct part *parts;
    size_t n;
    assert_int_equal(urlencoded_parse(&ctx, out_take(&out), STR(""), &parts, &n), ERR_TOO_LARGE);
    ctx_end(&ctx);
}

static void header_parameters_are_found_with_and_without_quotes(void **state)
{
    struct str value = STR("form-data; name=\"a;b\"; filename=x.txt ;Size = 5; flag");
    assert_text("a;b", header_param(value, STR("NAME")));
    assert_text("x.txt", header_param(value, STR("filename")));
    assert_text("5", header_param(value, STR("size")));
    assert_true(str_is_none(header_param(value, STR("flag"))));
    assert_true(str_is_none(header_param(STR("text/plain"), STR("charset"))));
    assert_true(str_is_none(header_param(STR(""), STR("x"))));
    assert_text("", header_param(STR("a; x=\""), STR("x")));
}

#define HEAD(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static enum err multipart(struct ctx *ctx, struct str body, struct part **ret, size_t *ret_n)
{
    return multipart_parse(ctx, body, STR("b"), ret, ret_n);
}

static void fields_and_files_are_told_apart(void **state)
{
    struct ctx ctx = begin();
    struct part *parts;
    size_t n;
    struct str body = STR(
        HEAD("story") "rad 1\r\nrad 2\r\n"
                      "--b  \r\ncontent-disposition:form-data;name=files; filename=\"C:\\bilder\\k%22att\\\".png\"\r\n"
                      "Content-Type: image/png\r\n\r\n\x00\x01\r\n--bx\r\n\xff\r\n--b--\r\nefter");
    assert_int_equal(multipart(&ctx, body, &parts, &n), OK);
    assert_int_equal(n, 2);
    assert_text("rad 1\r\nrad 2", parts[0].value);
    assert_false(parts[0].is_file);
    assert_true(parts[1].is_file);
    assert_text("k\"att\".png", parts[1].file_name);
    assert_text("image/png", parts[1].type);
    assert_int_equal(parts[1].value.n, 11);
    assert_memory_equal(parts[1].value.p, "\x00\x01\r\n--bx\r\n\xff", 11);
    ctx_end(&ctx);
}

static void a_file_name_may_be_given_as_utf8(void **state)
{
    struct ctx ctx = begin();
    struct part *parts;
    size_t n;
    assert_int_equal(multipart(&ctx,
                               STR("--b\r\nContent-Disposition: form-data; name=f; filename=\"x\"; "
                                   "filename*=UTF-8''r%C3%A4ka%2Fb.txt\r\n\r\n\r\n--b--"),
                               &parts, &n),
                     OK);
    assert_text("b.txt", parts[0].file_name);
    assert_int_equal(parts[0].value.n, 0);
    ctx_end(&ctx);
}

static void a_broken_body_is_never_a_shorter_form(void **state)
{
    static const struct str broken[] = {
        STR_INIT(""),
        STR_INIT("x"),
        STR_INIT("--b"),
        STR_INIT("--b\r\n"),
        STR_INIT(HEAD("a") "cut short"),
        STR_INIT(HEAD("a") "cut short\r\n--b"),
        STR_INIT(HEAD("a") "one\r\n--b\r\n"),
        STR_INIT("--b\r\n\r\nno header\r\n--b--"),
        STR_INIT("--b\r\nContent-Type: text/plain\r\n\r\nno name\r\n--b--"),
        STR_INIT("--b\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--b--"),
        STR_INIT("--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--"),
        STR_INIT("--b\r\nContent-Disposition: form-data; name=a\n\nx\r\n--b--"),
        STR_INIT("--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: x-own\r\n\r\nx\r\n--b--"),
        STR_INIT(
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--b--"),
        STR_INIT("before" HEAD("a") "x\r\n--b--"),
    };
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        struct ctx ctx = begin();
        struct part *parts;
        size_t n;
        if (multipart(&ctx, broken[i], &parts, &n) != ERR_BAD_REQUEST)
            fail_msg("body %zu was taken in", i);
        ctx_end(&ctx);
    }
}

static void a_boundary_must_have_1_to_70_characters(void **state)
{
    struct ctx ctx = begin();
    struct part *parts;
    size_t n;
    assert_int_equal(multipart_parse(&ctx, STR("--\r\n"), STR(""), &parts, &n), ERR_BAD_REQUEST);
    assert_int_equal(multipart_parse(&ctx, STR("--\r\n"), STR_NONE, &parts, &n), ERR_BAD_REQUEST);
    struct str sixty = STR("123456789012345678901234567890123456789012345678901234567890");
    struct str long_one = str_fmt(ctx.arena, "%.*s12345678901", STR_ARG(sixty));
    assert_int_equal(multipart_parse(&ctx, STR("--\r\n"), long_one, &parts, &n), ERR_BAD_REQUEST);
    ctx_end(&ctx);
}

/* ── cases collected by others ── */

static struct str decode64(struct ctx *ctx, const json_t *text)
{
    size_t room = json_string_length(text) + 1, n = 0;
    unsigned char *bytes = arena_alloc(ctx->arena, room);
    assert_int_equal(sodium_base642bin(bytes, room, json_string_value(text), json_string_length(text), NULL, &n, NULL,
                                       sodium_base64_VARIANT_ORIGINAL),
                     0);
    return (struct str){(const char *)bytes, n};
}

static void check_case(const json_t *line)
{
    struct ctx ctx = begin();
    const char *id = json_string_value(json_object_get(line, "id"));
    const json_t *wanted = json_object_get(line, "expect");
    struct part *parts = NULL;
    size_t n = 0, i;
    struct str boundary = str_from(json_string_value(json_object_get(line, "boundary")));
    enum err err = multipart_parse(&ctx, decode64(&ctx, json_object_get(line, "body_b64")), boundary, &parts, &n);
    if (!wanted) {
        if (err != ERR_BAD_REQUEST)
            fail_msg("%s was taken in", id);
    } else {
        if (err != OK || n != json_array_size(wanted))
            fail_msg("%s: %zu parts, %.*s", id, n, STR_ARG(ctx.error.message));
        const json_t *part;
        json_array_foreach(wanted, i, part)
        {
            const json_t *file_name = json_object_get(part, "file_name");
            assert_text(json_string_value(json_object_get(part, "name")), parts[i].name);
            assert_int_equal(parts[i].is_file, json_is_string(file_name));
            if (parts[i].is_file)
                assert_text(json_string_value(file_name), parts[i].file_name);
            struct str data = decode64(&ctx, json_object_get(part, "data_b64"));
            if (!str_eq(data, parts[i].value))
                fail_msg("%s: part %zu has another content", id, i);
        }
    }
    ctx_end(&ctx);
}

static void cases_of_other_parsers_are_read_alike(void **state)
{
    /* beside the project, seen from its root and from a build directory */
    FILE *file = fopen("../shared/testdata/http/multipart_cases.jsonl", "r");
    if (file == NULL)
        file = fopen("../../shared/testdata/http/multipart_cases.jsonl", "r");
    if (file == NULL)
        return; /* this collection is not part of the project */
    int n = 0;
    for (json_t *line; (line = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)); n++) {
        check_case(line);
        json_decref(line);
    }
    fclose(file);
    assert_true(n >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plus_and_percent_are_decoded),
        cmocka_unit_test(a_broken_percent_stays_as_it_is),
        cmocka_unit_test(bytes_that_are_no_text_are_kept_and_marked),
        cmocka_unit_test(old_charsets_are_read_when_they_are_named),
        cmocka_unit_test(a_form_with_too_many_fields_is_refused),
        cmocka_unit_test(header_parameters_are_found_with_and_without_quotes),
        cmocka_unit_test(fields_and_files_are_told_apart),
        cmocka_unit_test(a_file_name_may_be_given_as_utf8),
        cmocka_unit_test(a_broken_body_is_never_a_shorter_form),
        cmocka_unit_test(a_boundary_must_have_1_to_70_characters),
        cmocka_unit_test(cases_of_other_parsers_are_read_alike),
    };
    return cmocka_run_group_tests_name("body", tests, NULL, NULL);
}
