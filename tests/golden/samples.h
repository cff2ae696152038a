/* What: made-up contents for every page, so that a template can be seen, compared and checked without a server.
 * Flow: pages.c writes each sample as a file; golden.test.mjs compares some with tests/golden/html and axe reads them
 * all. Memory: static, or in the arena given. */
#ifndef GAVA_SAMPLES_H
#define GAVA_SAMPLES_H

#include "arena.h"
#include "msg.h"
#include "parts_view.h"

struct frame_view;

struct sample {
    const char *name;
    /* hostile: every text is HOSTILE instead of something believable */
    void (*render)(struct arena *arena, struct out *out, const struct lang *lang, bool hostile);
};
extern const struct sample samples_public[], samples_info[], samples_staff[];
extern const size_t n_samples_public, n_samples_info, n_samples_staff;

/* What a page makes of a text: itself, or what an attacker would write in its place. */
struct str sample_text(bool hostile, struct str text);
#define TXT(literal) sample_text(hostile, STR(literal))
struct when_text sample_when(bool hostile, const char *iso, const char *words);
#define WHEN(iso, words) sample_when(hostile, iso, words)
struct frame_view sample_frame(bool hostile, bool is_staff, const char *title);

#endif
