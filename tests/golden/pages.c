/* pages: every sample page as a file, for golden.test.mjs, axe and the eye.
 * Synopsis: pages DIR     writes NAME.sv.html, NAME.en.html and NAME.hostile.html */
#include "samples.h"

enum { PAGE_MAX = 4 * 1024 * 1024 };

static void write_sample(const char *dir, const struct sample *sample, const struct lang *lang, bool hostile)
{
    ARENA_SCOPE struct arena *arena = arena_new(4 * (size_t)PAGE_MAX);
    struct out out = out_init(arena, PAGE_MAX);
    sample->render(arena, &out, lang, hostile);
    struct str text = out_take(&out);
    struct str path =
        str_fmt(arena, "%s/%s.%s.html", dir, sample->name, hostile ? "hostile" : str_cz(arena, lang->code));
    FILE *file = fopen(str_cz(arena, path), "wb");
    if (file == NULL || fwrite(text.p, 1, text.n, file) != text.n || fclose(file) != 0)
        BUG("cannot write %.*s", STR_ARG(path));
}

static void write_all(const char *dir, const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_sample(dir, &samples[i], &lang_sv, false);
        write_sample(dir, &samples[i], &lang_en, false);
        write_sample(dir, &samples[i], &lang_sv, true);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: pages DIR\n");
        return 2;
    }
    write_all(argv[1], samples_public, n_samples_public);
    write_all(argv[1], samples_info, n_samples_info);
    write_all(argv[1], samples_staff, n_samples_staff);
    return 0;
}
