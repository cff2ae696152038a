/* The fields of /ta-emot that belong to a way of coming in. */
#include "channel_page.h"

#include "attach.h"
#include "take_in_page.h"

static bool is_channel(const struct take_in_form *form, const char *channel)
{
    return str_eq(form->channel.text, str_from(channel));
}

/* A letter has no hour; the minute of the day of the others, -1: none was given. False: it cannot be read. */
static bool read_minute(const struct take_in_form *form, int *ret)
{
    *ret = -1;
    int hour, minute;
    if (is_channel(form, "letter") || str_is_empty(form->arrived_at.text))
        return true;
    if (form->arrived_at.fault || !take_in_read_time(form->arrived_at.text, &hour, &minute))
        return false;
    *ret = hour * 60 + minute;
    return true;
}

bool channel_said(const struct take_in_form *form, struct utc_us now, struct utc_us *ret)
{
    int minute;
    if (form->arrived_on.fault || !read_minute(form, &minute))
        return false;
    struct date day = str_is_empty(form->arrived_on.text) ? utc_to_date(now) : form->arrived_on.date;
    return arrival_moment(day, minute, now, ret);
}

void channel_complete(struct ctx *ctx, struct take_in_form *form, size_t n_files, const struct attached *files)
{
    if (is_channel(form, "email")) {
        for (size_t i = 0; i < n_files && str_is_empty(form->from_email.text); i++)
            if (str_eq(files[i].media_type, STR("message/rfc822")))
                form->from_email.text = arrival_sender(ctx, files[i].body);
        if (str_is_empty(form->email.text))
            form->email = form->from_email;
    }
    if (is_channel(form, "sms") && str_is_empty(form->sms.text))
        form->sms = form->from_phone;
    if (str_is_empty(form->story.text) && n_files > 0 && arrival_is_written(form->channel.text)) {
        form->story.text = msg_text(&lang_sv, MSG_take_story_in_file);
        form->story.fault = FAULT_NONE;
    }
}

static void fault(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg text)
{
    fault_add(faults, field, msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

void channel_check(struct ctx *ctx, const struct take_in_form *form, bool is_said_wrong, struct faults_list *faults)
{
    if (is_said_wrong)
        fault(ctx, faults, STR("arrived_on"), MSG_take_arrived_wrong);
    if (is_channel(form, "email") && form->from_email.fault)
        fault(ctx, faults, STR("from_email"), MSG_form_email_wrong);
    if (is_channel(form, "sms") && form->from_phone.fault)
        fault(ctx, faults, STR("from_phone"), MSG_form_phone_wrong);
    if (is_channel(form, "social_media")) {
        fault_add_common(ctx, faults, STR("link"), &form->link, MSG_take_link_post, MSG_take_link_post);
        if (form->link.fault == FAULT_NONE && !arrival_link_good(form->link.text))
            fault(ctx, faults, STR("link"), MSG_take_link_wrong);
        fault_add_common(ctx, faults, STR("aside"), &form->aside, MSG_take_aside, MSG_take_aside);
    }
}

bool channel_has_arrival(const struct take_in_form *form)
{
    return arrival_is_written(form->channel.text) || !str_is_empty(form->organisation.text) ||
           !str_is_empty(form->reference.text);
}

struct arrival channel_arrival(const struct take_in_form *form, struct utc_us said)
{
    bool is_post = is_channel(form, "social_media");
    return (struct arrival){
        .arrived = utc_to_date(said),
        .paper_form = is_channel(form, "letter") && form->paper_form.on,
        .link = is_post ? form->link.text : STR(""),
        .aside = is_post ? form->aside.text : STR(""),
        .organisation = form->organisation.text,
        .reference = form->reference.text,
    };
}

void channel_fill(struct ctx *ctx, const struct take_in_form *form, const struct faults_list *faults,
                  struct channel_view *ret)
{
    struct civil day = date_to_civil(utc_to_date(ctx_now(ctx)));
    struct str today = str_fmt(ctx->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
    *ret = (struct channel_view){
        .arrived_on =
            field_view(faults, STR("arrived_on"), str_is_empty(form->arrived_on.text) ? today : form->arrived_on.text),
        .arrived_at = field_view(faults, STR("arrived_at"), form->arrived_at.text),
        .today = today,
        .is_paper_form = form->paper_form.on,
        .from_email = field_view(faults, STR("from_email"), form->from_email.text),
        .from_phone = field_view(faults, STR("from_phone"), form->from_phone.text),
        .link = field_view(faults, STR("link"), form->link.text),
        .aside = field_view(faults, STR("aside"), form->aside.text),
        .is_doubtful = form->doubtful.on,
        .organisation = field_view(faults, STR("organisation"), form->organisation.text),
        .reference = field_view(faults, STR("reference"), form->reference.text),
        .accept = attach_accept(),
    };
}
