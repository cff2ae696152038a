/* What: the words of words.def, events.def, labels.def and placeholders.def as tables, in the order of their enums.
 * Flow: the schema reads files by them; code and find functions of routine.h answer from them. All static. */
#ifndef GAVA_WORDS_H
#define GAVA_WORDS_H

#include "routine.h"

extern const struct str words_event[EVENT_COUNT];
extern const struct str words_type[TYPE_COUNT];
extern const struct str words_channel[CHANNEL_COUNT];
extern const struct str words_limit_unit[LIMIT_UNIT_COUNT];
extern const struct str words_obligation_kind[OBLIGATION_KIND_COUNT];
extern const struct str words_response[RESPONSE_KIND_COUNT];
extern const struct str words_when_contact[WHEN_CONTACT_COUNT];
extern const struct str words_when_reply[WHEN_REPLY_COUNT];
extern const struct str words_when_on_spot[WHEN_ON_SPOT_COUNT];
extern const struct str words_gate_step[GATE_STEP_COUNT];
extern const struct str words_register[REGISTER_KIND_COUNT];
extern const struct str words_ask[INTAKE_ASK_COUNT];
extern const struct str words_on_spot[ON_SPOT_RULE_COUNT];
extern const struct str words_exit_action[EXIT_ACTION_COUNT];
extern const struct str words_exit_need[EXIT_NEED_COUNT];
extern const struct str words_exit_place[EXIT_PLACE_COUNT];
extern const struct str words_reach[REACH_COUNT];
extern const struct str words_mask[MASK_GROUP_COUNT];
extern const struct str words_place[TEXT_PLACE_COUNT];
extern const struct str words_closed_message[CLOSED_MESSAGE_COUNT];
extern const struct str words_period[REPORT_PERIOD_COUNT];
extern const struct str words_scope[REPORT_SCOPE_COUNT];
extern const struct str words_asked_rule[ASKED_RULE_COUNT];
extern const struct str words_secrecy_check[SECRECY_CHECK_COUNT];
extern const struct str words_part[ROUTINE_PART_COUNT];
extern const struct str words_label[ROUTINE_LABEL_COUNT];
extern const struct str words_placeholder[PLACEHOLDER_COUNT];
extern const struct str words_promise_state[PROMISE_STATE_COUNT];

/* Position of word in the table; -1: none. */
int words_find(const struct str *words, int n, struct str word);
/* The flow makes it happen, whether the routine asks for it or not. */
bool event_is_always(enum event event);

#endif
