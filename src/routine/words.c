#include "words.h"

const struct str words_event[EVENT_COUNT] = {
#define EVENT(code, when, text) STR_INIT(#code),
#include "events.def"
#undef EVENT
};
const struct str words_type[TYPE_COUNT] = {
#define TYPES(code, text) STR_INIT(#code),
#include "words.def"
#undef TYPES
};
const struct str words_channel[CHANNEL_COUNT] = {
#define CHANNELS(code, text) STR_INIT(#code),
#include "words.def"
#undef CHANNELS
};
const struct str words_limit_unit[LIMIT_UNIT_COUNT] = {
#define UNITS(code, text) STR_INIT(#code),
#include "words.def"
#undef UNITS
};
const struct str words_obligation_kind[OBLIGATION_KIND_COUNT] = {
#define KINDS(code, text) STR_INIT(#code),
#include "words.def"
#undef KINDS
};
const struct str words_response[RESPONSE_KIND_COUNT] = {
#define ACCEPTS(code, text) STR_INIT(#code),
#include "words.def"
#undef ACCEPTS
};
const struct str words_when_contact[WHEN_CONTACT_COUNT] = {
#define CONTACTS(code, text) STR_INIT(#code),
#include "words.def"
#undef CONTACTS
};
const struct str words_when_reply[WHEN_REPLY_COUNT] = {
#define REPLIES(code, text) STR_INIT(#code),
#include "words.def"
#undef REPLIES
};
const struct str words_when_on_spot[WHEN_ON_SPOT_COUNT] = {
#define SPOTS(code, text) STR_INIT(#code),
#include "words.def"
#undef SPOTS
};
const struct str words_gate_step[GATE_STEP_COUNT] = {
#define STEPS(code, text) STR_INIT(#code),
#include "words.def"
#undef STEPS
};
const struct str words_register[REGISTER_KIND_COUNT] = {
#define REGISTERS(code, text) STR_INIT(#code),
#include "words.def"
#undef REGISTERS
};
const struct str words_ask[INTAKE_ASK_COUNT] = {
#define ASKS(code, text) STR_INIT(#code),
#include "words.def"
#undef ASKS
};
const struct str words_on_spot[ON_SPOT_RULE_COUNT] = {
#define ON_SPOTS(code, text) STR_INIT(#code),
#include "words.def"
#undef ON_SPOTS
};
const struct str words_exit_action[EXIT_ACTION_COUNT] = {
#define EXIT_ACTIONS(code, text) STR_INIT(#code),
#include "words.def"
#undef EXIT_ACTIONS
};
const struct str words_exit_need[EXIT_NEED_COUNT] = {
#define EXIT_NEEDS(code, text) STR_INIT(#code),
#include "words.def"
#undef EXIT_NEEDS
};
const struct str words_exit_place[EXIT_PLACE_COUNT] = {
#define EXIT_PLACES(code, text) STR_INIT(#code),
#include "words.def"
#undef EXIT_PLACES
};
const struct str words_reach[REACH_COUNT] = {
#define REACHES(code, text) STR_INIT(#code),
#include "words.def"
#undef REACHES
};
const struct str words_mask[MASK_GROUP_COUNT] = {
#define MASKS(code, text) STR_INIT(#code),
#include "words.def"
#undef MASKS
};
const struct str words_place[TEXT_PLACE_COUNT] = {
#define PLACES(code, text) STR_INIT(#code),
#include "words.def"
#undef PLACES
};
const struct str words_closed_message[CLOSED_MESSAGE_COUNT] = {
#define CLOSED_MESSAGES(code, text) STR_INIT(#code),
#include "words.def"
#undef CLOSED_MESSAGES
};
const struct str words_period[REPORT_PERIOD_COUNT] = {
#define PERIODS(code, text) STR_INIT(#code),
#include "words.def"
#undef PERIODS
};
const struct str words_scope[REPORT_SCOPE_COUNT] = {
#define SCOPES(code, text) STR_INIT(#code),
#include "words.def"
#undef SCOPES
};
const struct str words_asked_rule[ASKED_RULE_COUNT] = {
#define ASKED_RULES(code, text) STR_INIT(#code),
#include "words.def"
#undef ASKED_RULES
};
const struct str words_secrecy_check[SECRECY_CHECK_COUNT] = {
#define SECRECY_CHECKS(code, text) STR_INIT(#code),
#include "words.def"
#undef SECRECY_CHECKS
};
const struct str words_part[ROUTINE_PART_COUNT] = {
#define PARTS(code, text) STR_INIT(#code),
#include "words.def"
#undef PARTS
};
const struct str words_label[ROUTINE_LABEL_COUNT] = {
#define LABEL(code) STR_INIT(#code),
#include "labels.def"
#undef LABEL
};
const struct str words_placeholder[PLACEHOLDER_COUNT] = {
#define PLACEHOLDER(code, text) STR_INIT(#code),
#include "placeholders.def"
#undef PLACEHOLDER
};
const struct str words_promise_state[PROMISE_STATE_COUNT] = {
    [PROMISE_not_applicable] = STR_INIT("not_applicable"),
    [PROMISE_not_started] = STR_INIT("not_started"),
    [PROMISE_running] = STR_INIT("running"),
    [PROMISE_met] = STR_INIT("met"),
    [PROMISE_met_late] = STR_INIT("met_late"),
    [PROMISE_missed] = STR_INIT("missed"),
    [PROMISE_waived] = STR_INIT("waived"),
};

int words_find(const struct str *words, int n, struct str word)
{
    for (int i = 0; i < n; i++)
        if (str_eq(words[i], word))
            return i;
    return -1;
}

bool event_is_always(enum event event)
{
    enum { ALWAYS = true, ONLY_IF_ASKED = false, BY_STEP = false };
    static const bool always[EVENT_COUNT] = {
#define EVENT(code, when, text) when,
#include "events.def"
#undef EVENT
    };
    return always[event];
}

/* == What routine.h promises ======================================================================================= */

struct str event_code(enum event event)
{
    return words_event[event];
}

bool event_find(struct str code, enum event *ret)
{
    int at = words_find(words_event, EVENT_COUNT, code);
    if (at >= 0)
        *ret = (enum event)at;
    return at >= 0;
}

struct str exit_action_code(enum exit_action action)
{
    return words_exit_action[action];
}

struct str feedback_type_code(enum feedback_type type)
{
    return words_type[type];
}

bool feedback_type_find(struct str code, enum feedback_type *ret)
{
    int at = words_find(words_type, TYPE_COUNT, code);
    if (at >= 0)
        *ret = (enum feedback_type)at;
    return at >= 0;
}

struct str channel_code(enum channel channel)
{
    return words_channel[channel];
}

bool channel_is_oral(enum channel channel)
{
    return channel == CHANNEL_phone || channel == CHANNEL_visit;
}

bool channel_find(struct str code, enum channel *ret)
{
    int at = words_find(words_channel, CHANNEL_COUNT, code);
    if (at >= 0)
        *ret = (enum channel)at;
    return at >= 0;
}

struct str limit_unit_code(enum limit_unit unit)
{
    return words_limit_unit[unit];
}

struct str obligation_kind_code(enum obligation_kind kind)
{
    return words_obligation_kind[kind];
}

struct str promise_state_code(enum promise_state state)
{
    return words_promise_state[state];
}

struct str routine_label_code(enum routine_label label)
{
    return words_label[label];
}

struct str placeholder_code(enum placeholder placeholder)
{
    return words_placeholder[placeholder];
}
