/* What: promises, people and codes made ready for a template: from the engine's structs to parts_view.h. Flow:
 * case_promises() -> promise_views() -> {{use promises(...)}} on the case page, the follow-up page, the receipt; the
 * form does the same with promises of a case that does not exist yet. Memory: as long as ctx. Not here: the dates and
 * their reasons (routine.h), the frame (frame_page.c). Source: ux/README 1, 3, 5; design.md 1 (explanation). */
#ifndef GAVA_PAGE_PARTS_H
#define GAVA_PAGE_PARTS_H

#include "date_words.h"
#include "parts_view.h"
#include "routine.h"
#include "town.h"

/* A message with arguments as a text in the arena: WORDS(ctx, days_left, .n = 3). */
#define WORDS(ctx, id, ...)                                                                                            \
    __extension__({                                                                                                    \
        struct out words_ = out_init((ctx)->arena, WORDS_MAX_BYTES);                                                   \
        text_msg_##id(&words_, (ctx)->lang, (struct msg_##id){__VA_ARGS__});                                           \
        out_take(&words_);                                                                                             \
    })
enum { WORDS_MAX_BYTES = 8 * 1024 };

/* Who reads, and what the words depend on. */
struct promise_reader {
    const struct routine *routine;
    const struct local_days *local; /* the unit's closed and half days, or NULL */
    struct date today;
    bool is_staff;          /* the staff's names and roles; else what the person was promised, public promises only */
    bool with_explanations; /* "Så räknas datumet" under each */
    struct str owner;       /* name of the case's responsible manager, or STR_NONE: the role is shown */
};

/* In the routine's order, without those that hold only when another is late and it is not. For the person: only public
 * ones. */
struct promises_view promise_views(struct ctx *ctx, const struct promise_reader *reader, const struct promise *promises,
                                   size_t n);
/* One of them. is_next: it is the one that is due first. */
struct promise_view promise_view(struct ctx *ctx, const struct promise_reader *reader, const struct promise *promise,
                                 bool is_next);

/* "Svara": the routine's own name, else the catalogue's, else the code (promise_words.h). */
struct str promise_name(struct ctx *ctx, const struct obligation *obligation);
/* The same for lists, where only the code is known: a case's next promise. routine may be NULL. */
struct str promise_name_of_code(struct ctx *ctx, const struct routine *routine, struct str code);
/* What the person was promised, as a sentence without its full stop: the routine's own, else the catalogue's, else the
 * code. */
struct str promise_to_person(struct ctx *ctx, const struct obligation *obligation);
/* "Ansvarig chef": the routine's word, else the catalogue's. */
struct str role_word(struct ctx *ctx, const struct routine *routine, struct str role);
/* "engelska": a language by its ISO 639 code, as the reader calls it; the code itself when nobody knows it. */
struct str language_name(struct ctx *ctx, struct str code);
/* "Klagomål": the routine's word, else the catalogue's type_<code>; first letter as it stands. */
struct str type_word(struct ctx *ctx, const struct routine *routine, struct str type);
/* Working days from today to a moment under a routine's and unit's rules; negative when it has passed. */
int64_t days_left(const struct routine *routine, const struct local_days *local, struct date today, struct utc_us due);

/* "3 dagar kvar", "I dag", "2 dagar sent": working days as of days_left(). */
struct tag_view days_tag(struct ctx *ctx, int64_t left, bool is_late);

/* "10 arbetsdagar", "24 timmar", "2 dagar före". */
struct str amount_words(struct ctx *ctx, const struct limit *within);
/* "1,2 MB", "340 kB", "12 byte". */
struct str size_words(struct ctx *ctx, int64_t size_bytes);
/* A name or the like with its first letter as a capital (UTF-8, by ICU). */
struct str with_capital(struct ctx *ctx, struct str s);

#endif
