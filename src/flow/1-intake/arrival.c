#include "arrival.h"

#include "email_address.h"
#include "vault.h"

bool arrival_is_written(struct str channel)
{
    enum channel found;
    if (!channel_find(channel, &found))
        return false;
    switch (found) {
    case CHANNEL_letter:
    case CHANNEL_email:
    case CHANNEL_sms:
    case CHANNEL_social_media:
        return true;
    case CHANNEL_web:
    case CHANNEL_phone:
    case CHANNEL_visit:
    case CHANNEL_api:
    case CHANNEL_COUNT:
        break;
    }
    return false;
}

bool arrival_moment(struct date arrived, int minute_of_day, struct utc_us now, struct utc_us *ret)
{
    enum { NOON = 12 * 60 };
    struct date today = utc_to_date(now);
    if (arrived.days > today.days)
        return false;
    if (minute_of_day < 0 && arrived.days == today.days) {
        *ret = now;
        return true;
    }
    int minute = minute_of_day < 0 ? NOON : minute_of_day;
    struct utc_us moment = utc_from_local(arrived, minute / 60, minute % 60, 0, 0);
    if (utc_cmp(moment, now) > 0)
        return false;
    *ret = moment;
    return true;
}

int64_t arrival_lag_days(struct utc_us from, struct utc_us to)
{
    int64_t days = (int64_t)utc_to_date(to).days - utc_to_date(from).days;
    return days > 0 ? days : 0;
}

bool arrival_link_good(struct str link)
{
    struct str host = str_skip(link, STR("https://").n);
    if (!str_starts(link, STR("https://")) || host.n == 0 || host.p[0] == '/' || str_find_char(host, '.') <= 0)
        return false;
    for (size_t i = 0; i < link.n; i++)
        if ((unsigned char)link.p[i] <= ' ' || link.p[i] == 0x7F || link.p[i] == '"' || link.p[i] == '<')
            return false;
    return true;
}

/* One line of a head, with the lines that go on from it (they begin with a blank); rest loses them. Nothing goes on
 * from an empty line: it ends the head, whatever the body begins with. */
static struct str take_field(struct str *rest)
{
    size_t n = 0;
    bool is_empty = str_starts(*rest, STR("\n")) || str_starts(*rest, STR("\r\n"));
    for (;;) {
        while (n < rest->n && rest->p[n] != '\n')
            n++;
        if (n < rest->n)
            n++;
        if (n >= rest->n || is_empty || (rest->p[n] != ' ' && rest->p[n] != '\t'))
            break;
    }
    struct str field = str_head(*rest, n);
    *rest = str_skip(*rest, n);
    return field;
}

struct str arrival_sender(struct ctx *ctx, struct str mail)
{
    enum { FIELDS_MAX = 500 };
    for (int i = 0; i < FIELDS_MAX && mail.n; i++) {
        struct str field = take_field(&mail);
        if (str_is_empty(str_trim(field)))
            break; /* the head ends */
        ptrdiff_t colon = str_find_char(field, ':');
        if (colon < 0 || !str_eq_ascii_case(str_trim(str_head(field, (size_t)colon)), STR("from")))
            continue;
        struct str value = str_trim(str_skip(field, (size_t)colon + 1));
        ptrdiff_t open = str_find_char(value, '<');
        if (open >= 0) {
            value = str_skip(value, (size_t)open + 1);
            ptrdiff_t close = str_find_char(value, '>');
            value = close < 0 ? STR("") : str_head(value, (size_t)close);
        }
        struct str address;
        bool good = email_address_parse(ctx->arena, str_to_clean_utf8(ctx->arena, value), &address);
        return good ? address : STR("");
    }
    return STR("");
}

static enum err seal(struct ctx *ctx, struct case_id case_id, struct str words, struct sealed_id *ret)
{
    *ret = (struct sealed_id){0};
    return str_is_empty(words) ? OK : vault_seal(ctx, case_id, STR("arrival"), words, ret);
}

enum err arrival_add(struct ctx *ctx, struct case_id case_id, const struct arrival *arrival)
{
    struct sealed_id link, aside, organisation, reference;
    TRY(seal(ctx, case_id, arrival->link, &link));
    TRY(seal(ctx, case_id, arrival->aside, &aside));
    TRY(seal(ctx, case_id, arrival->organisation, &organisation));
    TRY(seal(ctx, case_id, arrival->reference, &reference));
    return arrival_insert(ctx, case_id, arrival->arrived, arrival->paper_form, link, aside, organisation, reference);
}

static enum err unseal(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str *ret)
{
    *ret = STR("");
    return id.v ? vault_unseal(ctx, case_id, id, PURPOSE_handle_case, ret) : OK;
}

enum err arrival_of(struct ctx *ctx, struct case_id case_id, struct arrival *ret)
{
    struct arrival_get_row row;
    TRY(arrival_get(ctx, case_id, &row));
    struct arrival arrival = {.arrived = row.arrived, .paper_form = row.paper_form};
    TRY(unseal(ctx, case_id, row.link, &arrival.link));
    TRY(unseal(ctx, case_id, row.aside, &arrival.aside));
    TRY(unseal(ctx, case_id, row.organisation, &arrival.organisation));
    TRY(unseal(ctx, case_id, row.reference, &arrival.reference));
    *ret = arrival;
    return OK;
}
