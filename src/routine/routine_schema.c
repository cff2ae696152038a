#include "routine_schema.h"

#include "words.h"

/* One table per part of a file. Columns: key, where it goes, what it must be. TEXT: at most 200 bytes; LONG: 4,000;
 * BODY: 20,000. In reading order for a file: from its head to its foot. */
#define AT(type, member) offsetof(struct type, member)
#define TEXT(type, key, member)                                                                                        \
    {                                                                                                                  \
        key, FIELD_TEXT, 0, AT(type, member), .min = 1, .max = 200                                                     \
    }
#define NEED_TEXT(type, key, member)                                                                                   \
    {                                                                                                                  \
        key, FIELD_TEXT, FIELD_NEEDED, AT(type, member), .min = 1, .max = 200                                          \
    }
#define LONG(type, key, member)                                                                                        \
    {                                                                                                                  \
        key, FIELD_TEXT, 0, AT(type, member), .min = 1, .max = 4000                                                    \
    }
#define NEED_LONG(type, key, member)                                                                                   \
    {                                                                                                                  \
        key, FIELD_TEXT, FIELD_NEEDED, AT(type, member), .min = 1, .max = 4000                                         \
    }
#define NEED_BODY(type, key, member)                                                                                   \
    {                                                                                                                  \
        key, FIELD_TEXT, FIELD_NEEDED, AT(type, member), .min = 1, .max = 20000                                        \
    }
#define INT(type, key, member, low, high)                                                                              \
    {                                                                                                                  \
        key, FIELD_INT, 0, AT(type, member), .min = (low), .max = (high)                                               \
    }
#define NEED_INT(type, key, member, low, high)                                                                         \
    {                                                                                                                  \
        key, FIELD_INT, FIELD_NEEDED, AT(type, member), .min = (low), .max = (high)                                    \
    }
#define BOOL(type, key, member)                                                                                        \
    {                                                                                                                  \
        key, FIELD_BOOL, 0, AT(type, member)                                                                           \
    }
#define DATE(type, key, member)                                                                                        \
    {                                                                                                                  \
        key, FIELD_DATE, 0, AT(type, member)                                                                           \
    }
#define NEED_DATE(type, key, member)                                                                                   \
    {                                                                                                                  \
        key, FIELD_DATE, FIELD_NEEDED, AT(type, member)                                                                \
    }
#define ONE_OF(list) .words = (list), .n_words = ARRAY_LEN(list)
#define WORD(type, key, member, list)                                                                                  \
    {                                                                                                                  \
        key, FIELD_WORD, 0, AT(type, member), ONE_OF(list)                                                             \
    }
#define NEED_WORD(type, key, member, list)                                                                             \
    {                                                                                                                  \
        key, FIELD_WORD, FIELD_NEEDED, AT(type, member), ONE_OF(list)                                                  \
    }
#define WORDS(type, key, member, list)                                                                                 \
    {                                                                                                                  \
        key, FIELD_WORDS, 0, AT(type, member), ONE_OF(list)                                                            \
    }
#define NEED_WORDS(type, key, member, list)                                                                            \
    {                                                                                                                  \
        key, FIELD_WORDS, FIELD_NEEDED, AT(type, member), ONE_OF(list)                                                 \
    }
#define TEXTS(type, key, member, high)                                                                                 \
    {                                                                                                                  \
        key, FIELD_TEXTS, 0, AT(type, member), AT(type, n_##member), .max = (high)                                     \
    }
#define MAP(type, key, member, of)                                                                                     \
    {                                                                                                                  \
        key, FIELD_MAP, 0, AT(type, member), .schema = &of##_schema                                                    \
    }
#define NEED_MAP(type, key, member, of)                                                                                \
    {                                                                                                                  \
        key, FIELD_MAP, FIELD_NEEDED, AT(type, member), .schema = &of##_schema                                         \
    }
#define NULL_MAP(type, key, member, of)                                                                                \
    {                                                                                                                  \
        key, FIELD_MAP, FIELD_NEEDED | FIELD_NULLABLE, AT(type, member), .schema = &of##_schema                        \
    }
#define LIST(type, key, member, of, high)                                                                              \
    {                                                                                                                  \
        key, FIELD_LIST, 0, AT(type, member), AT(type, n_##member), .max = (high), .schema = &of##_schema              \
    }
#define NEED_LIST(type, key, member, of, high)                                                                         \
    {                                                                                                                  \
        key, FIELD_LIST, FIELD_NEEDED, AT(type, member), AT(type, n_##member), .max = (high), .schema = &of##_schema   \
    }
#define SOURCE(type)                                                                                                   \
    TEXT(type, "clause", clause), LONG(type, "quote", quote), LONG(type, "interpretation", interpretation)
#define SCHEMA(text, type, list)                                                                                       \
    {                                                                                                                  \
        text, sizeof(type), offsetof(type, at), true, list, ARRAY_LEN(list)                                            \
    }
#define SCHEMA_NO_AT(text, type, list)                                                                                 \
    {                                                                                                                  \
        text, sizeof(type), 0, false, list, ARRAY_LEN(list)                                                            \
    }

static const struct str words_eves[] = {STR_INIT("free"), STR_INIT("worked")};

static const struct yaml_field document_fields[] = {
    NEED_TEXT(document_control, "title", title),
    TEXT(document_control, "number", number),
    TEXT(document_control, "decided_by", decided_by),
    DATE(document_control, "decided_on", decided_on),
    DATE(document_control, "revised_on", revised_on),
    NEED_DATE(document_control, "valid_from", valid_from),
    DATE(document_control, "valid_until", valid_until),
    TEXT(document_control, "replaces", replaces),
    TEXT(document_control, "owner", owner),
    TEXT(document_control, "information_class", information_class),
    LONG(document_control, "scope", scope),
    LONG(document_control, "definition", definition),
    TEXT(document_control, "source", source),
    TEXT(document_control, "policy", policy),
    TEXT(document_control, "policy_url", policy_url),
    TEXT(document_control, "interpreted_by", interpreted_by),
};
static const struct yaml_schema document_schema =
    SCHEMA("the document control", struct document_control, document_fields);

static const struct yaml_field inherits_fields[] = {
    NEED_TEXT(routine_inherits, "from", from),
    NEED_WORDS(routine_inherits, "parts", parts, words_part),
    TEXTS(routine_inherits, "without", without, 50),
    LONG(routine_inherits, "interpretation", interpretation),
};
static const struct yaml_schema inherits_schema = SCHEMA("what is inherited", struct routine_inherits, inherits_fields);

static const struct yaml_field when_fields[] = {
    WORD(condition, "contact", contact, words_when_contact),
    WORD(condition, "reply", reply, words_when_reply),
    WORD(condition, "on_spot", on_spot, words_when_on_spot),
    WORDS(condition, "types", types, words_type),
    WORDS(condition, "channels", channels, words_channel),
    TEXT(condition, "overdue", overdue),
    TEXT(condition, "exit", exit),
};
static const struct yaml_schema when_schema = SCHEMA("a condition", struct condition, when_fields);

static const struct yaml_field limit_fields[] = {
    NEED_INT(limit, "n", n, -8760, 8760),
    NEED_WORD(limit, "unit", unit, words_limit_unit),
};
static const struct yaml_schema limit_schema = SCHEMA("a limit", struct limit, limit_fields);

static const struct yaml_field obligation_fields[] = {
    NEED_TEXT(obligation, "id", id),
    NEED_TEXT(obligation, "who", who),
    TEXT(obligation, "name", name),
    TEXT(obligation, "promise", promise),
    BOOL(obligation, "public", is_public),
    NEED_TEXT(obligation, "from", from.code),
    NEED_WORDS(obligation, "met_by", met_by, words_event),
    NULL_MAP(obligation, "within", within, limit),
    WORD(obligation, "kind", kind, words_obligation_kind),
    BOOL(obligation, "roll", roll),
    WORDS(obligation, "accepts", accepts, words_response),
    MAP(obligation, "when", when, when),
    SOURCE(obligation),
};
static const struct yaml_schema obligation_schema = SCHEMA("an obligation", struct obligation, obligation_fields);

static const struct yaml_field gate_fields[] = {
    NEED_TEXT(gate, "id", id),
    NEED_WORD(gate, "step", step, words_gate_step),
    NEED_WORDS(gate, "needs", needs, words_event),
    INT(gate, "hours", hours, 0, 8760),
    INT(gate, "people", people, 0, 100),
    TEXT(gate, "who", who),
    BOOL(gate, "may_skip", may_skip),
    INT(gate, "warn_days", warn_days, 0, 365),
    MAP(gate, "when", when, when),
    TEXT(gate, "name", name),
    SOURCE(gate),
};
static const struct yaml_schema gate_schema = SCHEMA("a gate", struct gate, gate_fields);

static const struct yaml_field need_fields[] = {
    NEED_TEXT(gate, "id", id),        NEED_WORDS(gate, "needs", needs, words_event),
    BOOL(gate, "may_skip", may_skip), MAP(gate, "when", when, when),
    TEXT(gate, "name", name),         SOURCE(gate),
};
static const struct yaml_schema need_schema = SCHEMA("a closing requirement", struct gate, need_fields);

static const struct yaml_field closing_fields[] = {
    TEXT(closing_file, "by", by),
    WORD(closing_file, "message", message, words_closed_message),
    LIST(closing_file, "needs", needs, need, 50),
};
static const struct yaml_schema closing_schema = SCHEMA("the closing rule", struct closing_file, closing_fields);

static const struct yaml_field survey_fields[] = {
    NEED_MAP(survey_rule, "after", after, limit),
    NEED_INT(survey_rule, "open", open, 1, 365),
    NEED_INT(survey_rule, "change", change, 0, 365),
    TEXT(survey_rule, "question", question),
    SOURCE(survey_rule),
};
static const struct yaml_schema survey_schema = SCHEMA("the question after closing", struct survey_rule, survey_fields);

static const struct yaml_field registration_fields[] = {
    NEED_TEXT(registration, "who", who),
    TEXT(registration, "by", by),
    TEXT(registration, "then", then),
    NEED_WORD(registration, "where", where, words_register),
    BOOL(registration, "deidentified", deidentified),
    WORDS(registration, "types", types, words_type),
    NEED_WORD(registration, "on_spot", on_spot, words_on_spot),
    BOOL(registration, "on_spot_categorised", on_spot_categorised),
    SOURCE(registration),
};
static const struct yaml_schema registration_schema =
    SCHEMA("the registration rule", struct registration, registration_fields);

static const struct yaml_field intake_fields[] = {
    NEED_WORDS(intake_rule, "asks", asks, words_ask),
    WORDS(intake_rule, "must", must, words_ask),
    SOURCE(intake_rule),
};
static const struct yaml_schema intake_schema = SCHEMA("what is asked at intake", struct intake_rule, intake_fields);
static const struct yaml_field ground_fields[] = {
    NEED_TEXT(exit_ground, "id", id),
    NEED_TEXT(exit_ground, "text", text),
    BOOL(exit_ground, "not_alone", not_alone),
};
static const struct yaml_schema ground_schema = SCHEMA("a ground", struct exit_ground, ground_fields);

static const struct yaml_field exit_fields[] = {
    NEED_TEXT(routine_exit, "id", id),
    NEED_TEXT(routine_exit, "name", name),
    NEED_WORD(routine_exit, "action", action, words_exit_action),
    TEXT(routine_exit, "to", to),
    LONG(routine_exit, "tell", tell),
    BOOL(routine_exit, "restricted", restricted),
    BOOL(routine_exit, "urgent", urgent),
    BOOL(routine_exit, "registered", registered),
    BOOL(routine_exit, "copy_back", copy_back),
    BOOL(routine_exit, "sole", sole),
    BOOL(routine_exit, "may_count", may_count),
    TEXT(routine_exit, "notify", notify),
    WORD(routine_exit, "notify_at", notify_at, words_exit_place),
    WORDS(routine_exit, "needs", needs, words_exit_need),
    TEXT(routine_exit, "body", body),
    LONG(routine_exit, "emergency", emergency),
    LONG(routine_exit, "disposal", disposal),
    LIST(routine_exit, "grounds", grounds, ground, 20),
    SOURCE(routine_exit),
};
static const struct yaml_schema exit_schema = SCHEMA("an exit", struct routine_exit, exit_fields);

static const struct yaml_field visibility_fields[] = {
    NEED_WORD(visibility, "reach", reach, words_reach),
    BOOL(visibility, "secret", secret),
    TEXT(visibility, "provision", provision),
    WORDS(visibility, "masks", masks, words_mask),
    SOURCE(visibility),
};
static const struct yaml_schema visibility_schema =
    SCHEMA("the rule of who sees what", struct visibility, visibility_fields);

static const struct yaml_field item_fields[] = {
    NEED_LONG(checklist_item, "text", text),
    LONG(checklist_item, "more", more),
};
static const struct yaml_schema item_schema = SCHEMA("an entry of a checklist", struct checklist_item, item_fields);

static const struct yaml_field checklist_fields[] = {
    NEED_TEXT(checklist, "id", id),
    NEED_TEXT(checklist, "title", title),
    NEED_WORD(checklist, "place", place, words_place),
    BOOL(checklist, "numbered", numbered),
    NEED_LIST(checklist, "items", items, item, 50),
    TEXT(checklist, "clause", clause),
};
static const struct yaml_schema checklist_schema = SCHEMA("a checklist", struct checklist, checklist_fields);

static const struct yaml_field guidance_fields[] = {
    NEED_TEXT(guidance, "id", id),     NEED_WORD(guidance, "place", place, words_place),
    NEED_LONG(guidance, "text", text), TEXT(guidance, "clause", clause),
    LONG(guidance, "quote", quote),
};
static const struct yaml_schema guidance_schema = SCHEMA("a guidance text", struct guidance, guidance_fields);

static const struct yaml_field hint_fields[] = {
    NEED_TEXT(hint, "id", id),           TEXTS(hint, "find", find, 60),
    TEXTS(hint, "missing", missing, 60), WORDS(hint, "types", types, words_type),
    NEED_LONG(hint, "text", text),       TEXT(hint, "clause", clause),
    LONG(hint, "quote", quote),
};
static const struct yaml_schema hint_schema = SCHEMA("a hint", struct hint, hint_fields);

static const struct yaml_field reply_fields[] = {
    WORD(reply_rule, "questions", questions, words_asked_rule),
    WORD(reply_rule, "secrecy_check", secrecy_check, words_secrecy_check),
    SOURCE(reply_rule),
};
static const struct yaml_schema reply_schema =
    SCHEMA("what is looked at before a reply", struct reply_rule, reply_fields);

static const struct yaml_field letter_fields[] = {
    NEED_TEXT(letter, "id", id),
    NEED_TEXT(letter, "subject", subject),
    NEED_BODY(letter, "body", body),
    TEXT(letter, "clause", clause),
};
static const struct yaml_schema letter_schema = SCHEMA("a letter", struct letter, letter_fields);

static const struct yaml_field report_fields[] = {
    NEED_TEXT(routine_report, "id", id),
    NEED_TEXT(routine_report, "name", name),
    NEED_TEXT(routine_report, "who", who),
    NEED_TEXT(routine_report, "receiver", receiver),
    TEXT(routine_report, "served_on", served_on),
    NEED_WORD(routine_report, "period", period, words_period),
    NEED_WORD(routine_report, "scope", scope, words_scope),
    NULL_MAP(routine_report, "due", due, limit),
    SOURCE(routine_report),
};
static const struct yaml_schema report_schema = SCHEMA("a report", struct routine_report, report_fields);

static const struct yaml_field labels_fields[] = {
#define LABEL(code) TEXT(routine, #code, labels[LABEL_##code]),
#include "labels.def"
#undef LABEL
};
/* Its fields are offsets in the routine itself. */
static const struct yaml_schema labels_schema = {"the labels", sizeof(struct routine), 0,
                                                 false,        labels_fields,          ARRAY_LEN(labels_fields)};

static const struct yaml_field days_fields[] = {
    WORD(routine_file, "eves", eves, words_eves),
};
static const struct yaml_schema days_schema = SCHEMA_NO_AT("the working days", struct routine_file, days_fields);

static const struct yaml_field handover_fields[] = {
    BOOL(routine, "notice", handover_notice),
    INT(routine, "warn_at", warn_handovers, 0, 20),
    INT(routine, "answer_within", handover_answer_days, 0, 30),
};
static const struct yaml_schema handover_schema = SCHEMA_NO_AT("the hand-over rule", struct routine, handover_fields);

static const struct yaml_field reminder_fields[] = {
    NEED_INT(reminder_rule, "before", before, 0, 20),         NEED_INT(reminder_rule, "late", late, 0, 20),
    NEED_INT(reminder_rule, "escalate", escalate, 0, 60),     NEED_INT(reminder_rule, "repeat", repeat, 0, 60),
    NEED_INT(reminder_rule, "registered", registered, 0, 20),
};
static const struct yaml_schema reminder_schema = SCHEMA("the reminder rule", struct reminder_rule, reminder_fields);

#define IN(key, member, of)                                                                                            \
    {                                                                                                                  \
        key, FIELD_MAP, 0, AT(routine_file, routine.member), .schema = &of##_schema                                    \
    }
#define NEED_IN(key, member, of)                                                                                       \
    {                                                                                                                  \
        key, FIELD_MAP, FIELD_NEEDED, AT(routine_file, routine.member), .schema = &of##_schema                         \
    }
#define LIST_IN(key, member, of, high)                                                                                 \
    {                                                                                                                  \
        key, FIELD_LIST, 0, AT(routine_file, routine.member), AT(routine_file, routine.n_##member),                    \
            .max = (high), .schema = &of##_schema                                                                      \
    }
static const struct yaml_field file_fields[] = {
    NEED_TEXT(routine_file, "routine", routine.id),
    NEED_INT(routine_file, "version", routine.version, 1, 9999),
    NEED_IN("document", document, document),
    IN("inherits", inherits, inherits),
    {"working_days", FIELD_MAP, 0, 0, .schema = &days_schema},
    IN("registration", registration, registration),
    IN("intake", intake, intake),
    IN("visibility", visibility, visibility),
    LIST_IN("obligations", obligations, obligation, 60),
    LIST_IN("gates", gates, gate, 30),
    MAP(routine_file, "closing", closing, closing),
    IN("survey", survey, survey),
    LIST_IN("exits", exits, exit, 40),
    {"handover", FIELD_MAP, 0, AT(routine_file, routine), .schema = &handover_schema},
    IN("reminders", reminders, reminder),
    LIST_IN("checklists", checklists, checklist, 20),
    LIST_IN("guidance", guidance, guidance, 60),
    LIST_IN("hints", hints, hint, 40),
    IN("reply", reply, reply),
    LIST_IN("letters", letters, letter, 40),
    LIST_IN("reports", reports, report, 20),
    {"labels", FIELD_MAP, 0, AT(routine_file, routine), .schema = &labels_schema},
};
const struct yaml_schema routine_schema = SCHEMA_NO_AT("a routine", struct routine_file, file_fields);
