/* What: the form of /ta-emot as it is sent, and its page made ready. Flow: take_in_page.c reads and checks the form,
 * take_in_fill_page.c fills struct take_in_view from it. Memory: as long as ctx. Not here: what becomes of it
 * (take_in.h). Source: ux 03. */
#ifndef GAVA_TAKE_IN_PAGE_H
#define GAVA_TAKE_IN_PAGE_H

#include "channel_page.h"
#include "faults.h"
#include "take_in.h"
#include "take_in_view.h"

#define TAKE_IN_FORM(F)                                                                                                \
    F(channel, CODE, 20, OPTIONAL, MSG_take_channel)                                                                   \
    F(said_on, DATE, 0, OPTIONAL, MSG_take_said_on)                                                                    \
    F(said_at, LINE, 5, OPTIONAL, MSG_take_said_at)                                                                    \
    F(story, LINES, STORY_MAX_CHARS, OPTIONAL, MSG_take_story)                                                         \
    F(type, CODE, 40, OPTIONAL, MSG_take_type)                                                                         \
    F(subject, CODE, 40, OPTIONAL, MSG_take_subject)                                                                   \
    F(unit, CODE, 60, OPTIONAL, MSG_take_unit)                                                                         \
    F(formalised, CODE, 20, OPTIONAL, MSG_take_formalised)                                                             \
    F(asked_complaint, CODE, 20, OPTIONAL, MSG_take_asked)                                                             \
    F(informed, CHECK, 0, OPTIONAL, MSG_take_informed)                                                                 \
    F(write_self, CODE, 20, OPTIONAL, MSG_take_write_self)                                                             \
    F(read_back, CHECK, 0, OPTIONAL, MSG_take_read_back)                                                               \
    F(spot, CODE, 20, OPTIONAL, MSG_take_spot)                                                                         \
    F(done, LINES, DONE_MAX_CHARS, OPTIONAL, MSG_take_done)                                                            \
    F(satisfied, CODE, 20, OPTIONAL, MSG_take_satisfied)                                                               \
    F(reply, CODE, 20, OPTIONAL, MSG_take_reply)                                                                       \
    F(name, LINE, 200, OPTIONAL, MSG_form_name)                                                                        \
    F(email, EMAIL, 254, OPTIONAL, MSG_form_email)                                                                     \
    F(phone, PHONE, 40, OPTIONAL, MSG_form_phone)                                                                      \
    F(sms, PHONE, 40, OPTIONAL, MSG_take_mobile)                                                                       \
    F(meeting, PHONE, 40, OPTIONAL, MSG_take_meeting_phone)                                                            \
    F(call_time, LINE, 200, OPTIONAL, MSG_take_call_time)                                                              \
    F(address, LINES, 500, OPTIONAL, MSG_form_address)                                                                 \
    F(role, CODE, 40, OPTIONAL, MSG_take_role)                                                                         \
    F(on_behalf, CODE, 20, OPTIONAL, MSG_take_behalf)                                                                  \
    F(spoken, CODE, 10, OPTIONAL, MSG_take_language)                                                                   \
    F(promise, LINE, PROMISE_MAX_CHARS, OPTIONAL, MSG_take_promise)                                                    \
    F(promise_by, DATE, 0, OPTIONAL, MSG_take_promise_by)                                                              \
    F(promise_who, CODE, 20, OPTIONAL, MSG_take_promise_who)                                                           \
    CHANNEL_FIELDS(F)                                                                                                  \
    F(files, FILES, ATTACH_MAX_FILES, OPTIONAL, MSG_take_files)                                                        \
    F(kept, MANY, ATTACH_MAX_FILES, OPTIONAL, MSG_form_kept)                                                           \
    F(form_token, CODE, 100, OPTIONAL, MSG_take_title)                                                                 \
    F(recount, CODE, 10, OPTIONAL, MSG_take_recount)                                                                   \
    F(then, CODE, 10, OPTIONAL, MSG_take_register_next)                                                                \
    F(save, CODE, 10, OPTIONAL, MSG_take_draft_save)
FORM(take_in, TAKE_IN_FORM)

/* The words the form may choose from, in the order shown; labels by prefix and code. */
enum take_in_list { LIST_channels, LIST_ways, LIST_roles, LIST_behalfs, LIST_languages, TAKE_IN_LIST_COUNT };
size_t take_in_codes(enum take_in_list list, const struct str **ret);
bool take_in_code_known(enum take_in_list list, struct str code);

/* What a form stands under: the unit chosen (or the intake unit), its routine, when it was said. */
struct take_in_place {
    const struct town *town;
    const struct unit *unit;
    struct routine_id routine_id;
    const struct routine *routine;
    struct utc_us said; /* now, unless a day and an hour were given */
    bool is_said_wrong;
    bool is_too_old; /* nobody had a routine then: that of today is shown */
};
/* "10.24" or "10:24". */
MUST_USE bool take_in_read_time(struct str s, int *ret_hour, int *ret_minute);
MUST_USE enum err take_in_place(struct ctx *ctx, const struct take_in_form *form, struct take_in_place *ret);
/* The routine asks for it. */
bool take_in_asks(const struct routine *routine, enum intake_ask ask);

/* A draft as the form it was; the form as it is kept: every field but files and what buttons say. */
struct intake_draft;
void take_in_form_of_draft(const struct intake_draft *draft, struct take_in_form *ret);
/* What the reader has begun, for the page. */
MUST_USE enum err take_in_fill_begun(struct ctx *ctx, const struct request *req, struct take_in_view *ret);
/* The page, with faults, a notice and what was typed. form gets a token unless it has one. */
MUST_USE enum err take_in_show(struct ctx *ctx, struct request *req, struct response *res, struct take_in_form *form,
                               const struct faults_list *faults, const struct notice_view *notice,
                               const struct intake_draft *draft_or_null);

/* Everything but frame, csrf and notice. */
MUST_USE enum err take_in_fill(struct ctx *ctx, const struct take_in_place *place, const struct take_in_form *form,
                               const struct faults_list *faults, struct take_in_view *ret);

#endif
