#include "demo_data.h"

#include "embedded.h"
#include "yaml_read.h"

extern const struct embedded_file demo_files[];
extern const size_t n_demo_files;

struct reading {
    struct ctx *ctx;
    struct yaml_doc doc;
    const char *file;
};

static enum err start(struct reading *r, const char *name)
{
    r->file = name;
    for (size_t i = 0; i < n_demo_files; i++) {
        if (strcmp(demo_files[i].name, name) != 0)
            continue;
        if (yaml_parse(r->ctx, embedded_text(&demo_files[i]), &r->doc))
            return OK;
        return fail(r->ctx, ERR_CORRUPT, "%s:%d: %.*s", name, r->doc.faults[0].line, STR_ARG(r->doc.faults[0].message));
    }
    BUG("no demo file %s", name);
}

/* A text of a map; STR_NONE when the key is not there. */
static struct str text(const struct reading *r, int node, const char *key)
{
    int child = yaml_child(&r->doc, node, key);
    return child ? str_trim(r->doc.nodes[child].text) : STR_NONE;
}

static bool is_true(const struct reading *r, int node, const char *key)
{
    return str_eq(text(r, node, key), STR("true"));
}

static size_t count(const struct reading *r, int node)
{
    size_t n = 0;
    for (int child = node ? r->doc.nodes[node].first : 0; child; child = r->doc.nodes[child].next)
        n++;
    return n;
}

static int first(const struct reading *r, int node)
{
    return node ? r->doc.nodes[node].first : 0;
}

/* A list of texts. */
static struct demo_list texts(const struct reading *r, int node)
{
    struct demo_list list = {.n = count(r, node)};
    struct str *v = ARENA_ARRAY(r->ctx->arena, struct str, list.n);
    size_t i = 0;
    for (int child = first(r, node); child; child = r->doc.nodes[child].next)
        v[i++] = str_trim(r->doc.nodes[child].text);
    list.v = v;
    return list;
}

static void load_contacts(const struct reading *r, struct demo_data *data)
{
    int list = yaml_child(&r->doc, 1, "directory");
    struct demo_contact *contacts = ARENA_ARRAY(r->ctx->arena, struct demo_contact, count(r, list));
    for (int node = first(r, list); node; node = r->doc.nodes[node].next)
        contacts[data->n_contacts++] = (struct demo_contact){.unit = text(r, node, "unit"),
                                                             .function = text(r, node, "function"),
                                                             .phone = text(r, node, "phone"),
                                                             .email = text(r, node, "email"),
                                                             .address = text(r, node, "address"),
                                                             .hours = text(r, node, "hours"),
                                                             .help = text(r, node, "help"),
                                                             .is_open = is_true(r, node, "open")};
    data->contacts = contacts;
}

static enum err load_phrases(const struct reading *r, struct demo_data *data)
{
    int list = yaml_child(&r->doc, 1, "phrases");
    struct demo_phrase *phrases = ARENA_ARRAY(r->ctx->arena, struct demo_phrase, count(r, list));
    for (int node = first(r, list); node; node = r->doc.nodes[node].next)
        phrases[data->n_phrases++] = (struct demo_phrase){.name = text(r, node, "name"),
                                                          .body = text(r, node, "body"),
                                                          .type = text(r, node, "type"),
                                                          .by = text(r, node, "by")};
    data->phrases = phrases;
    return OK;
}

static enum err load_checklists(const struct reading *r, struct demo_data *data)
{
    int list = yaml_child(&r->doc, 1, "checklists");
    struct demo_checklist *checklists = ARENA_ARRAY(r->ctx->arena, struct demo_checklist, count(r, list));
    for (int node = first(r, list); node; node = r->doc.nodes[node].next) {
        struct demo_checklist *one = &checklists[data->n_checklists++];
        *one = (struct demo_checklist){
            .unit = text(r, node, "unit"), .owner = text(r, node, "owner"), .text = text(r, node, "text")};
        if (!str_to_i64(text(r, node, "age"), &one->age_days))
            return fail(r->ctx, ERR_CORRUPT, "%s:%d: age is a number of days", r->file, r->doc.nodes[node].line);
    }
    data->checklists = checklists;
    return OK;
}

static enum err load_renewals(const struct reading *r, struct demo_data *data)
{
    int list = yaml_child(&r->doc, 1, "renewals");
    struct demo_renewal *renewals = ARENA_ARRAY(r->ctx->arena, struct demo_renewal, count(r, list));
    for (int node = first(r, list); node; node = r->doc.nodes[node].next) {
        struct demo_renewal *one = &renewals[data->n_renewals++];
        *one = (struct demo_renewal){.routine = text(r, node, "routine"),
                                     .by = text(r, node, "by"),
                                     .find = text(r, node, "find"),
                                     .put = text(r, node, "put"),
                                     .decided_by = text(r, node, "decided_by"),
                                     .number = text(r, node, "number")};
        if (!str_to_i64(text(r, node, "days"), &one->days))
            return fail(r->ctx, ERR_CORRUPT, "%s:%d: days is a number", r->file, r->doc.nodes[node].line);
    }
    data->renewals = renewals;
    return OK;
}

static enum err load_places(const struct reading *r, struct demo_data *data)
{
    int list = yaml_child(&r->doc, 1, "places");
    struct demo_place *places = ARENA_ARRAY(r->ctx->arena, struct demo_place, count(r, list));
    for (int node = first(r, list); node; node = r->doc.nodes[node].next) {
        struct demo_place *one = &places[data->n_places++];
        *one = (struct demo_place){.unit = text(r, node, "unit"),
                                   .name = text(r, node, "name"),
                                   .by = text(r, node, "by"),
                                   .keeper = text(r, node, "keeper"),
                                   .outcome = text(r, node, "outcome"),
                                   .poster = is_true(r, node, "poster"),
                                   .form = is_true(r, node, "form")};
        if (!str_to_i64(text(r, node, "weeks"), &one->weeks) || !str_to_i64(text(r, node, "age"), &one->age_days) ||
            (!str_is_none(one->outcome) && !str_to_i64(text(r, node, "checked"), &one->checked_days)))
            return fail(r->ctx, ERR_CORRUPT, "%s:%d: weeks, age and checked are numbers", r->file,
                        r->doc.nodes[node].line);
    }
    data->places = places;
    return OK;
}

static enum err load_town(struct ctx *ctx, struct demo_data *data)
{
    struct reading r = {.ctx = ctx};
    TRY(start(&r, "town.yaml"));
    int town = yaml_child(&r.doc, 1, "municipality");
    data->slug = text(&r, town, "slug");
    data->name = text(&r, town, "name");
    data->phone = text(&r, town, "phone");
    data->address = text(&r, town, "address");
    data->domain = text(&r, town, "domain");
    int list = yaml_child(&r.doc, 1, "units");
    struct demo_unit *units = ARENA_ARRAY(ctx->arena, struct demo_unit, count(&r, list));
    for (int node = first(&r, list); node; node = r.doc.nodes[node].next)
        units[data->n_units++] = (struct demo_unit){.code = text(&r, node, "code"),
                                                    .name = text(&r, node, "name"),
                                                    .level = text(&r, node, "level"),
                                                    .parent = text(&r, node, "parent"),
                                                    .secrecy = text(&r, node, "secrecy"),
                                                    .routine = text(&r, node, "routine"),
                                                    .is_public = is_true(&r, node, "public"),
                                                    .is_intake = is_true(&r, node, "intake")};
    data->units = units;
    list = yaml_child(&r.doc, 1, "staff");
    struct demo_person *people = ARENA_ARRAY(ctx->arena, struct demo_person, count(&r, list));
    for (int node = first(&r, list); node; node = r.doc.nodes[node].next) {
        int held = yaml_child(&r.doc, node, "roles");
        struct demo_role *roles = ARENA_ARRAY(ctx->arena, struct demo_role, count(&r, held));
        size_t n_roles = 0;
        for (int role = first(&r, held); role; role = r.doc.nodes[role].next)
            roles[n_roles++] = (struct demo_role){text(&r, role, "role"), text(&r, role, "unit")};
        people[data->n_people++] = (struct demo_person){.login = text(&r, node, "login"),
                                                        .name = text(&r, node, "name"),
                                                        .title = text(&r, node, "title"),
                                                        .phone = text(&r, node, "phone"),
                                                        .is_shown = is_true(&r, node, "demo"),
                                                        .roles = roles,
                                                        .n_roles = n_roles};
    }
    data->people = people;
    load_contacts(&r, data);
    TRY(load_places(&r, data));
    TRY(load_renewals(&r, data));
    TRY(load_phrases(&r, data));
    return load_checklists(&r, data);
}

static enum err load_set(const struct reading *r, int node, struct demo_set *ret)
{
    struct demo_list columns = texts(r, yaml_child(&r->doc, node, "columns"));
    int rows = yaml_child(&r->doc, node, "rows");
    struct demo_set set = {.columns = columns.v, .n_columns = columns.n, .n_rows = count(r, rows)};
    struct str *cells = ARENA_ARRAY(r->ctx->arena, struct str, set.n_rows * set.n_columns);
    size_t at = 0;
    for (int row = first(r, rows); row; row = r->doc.nodes[row].next) {
        struct demo_list words = texts(r, row);
        if (words.n != set.n_columns)
            return fail(r->ctx, ERR_CORRUPT, "%s:%d: a row of %zu words for %zu columns", r->file,
                        r->doc.nodes[row].line, words.n, set.n_columns);
        for (size_t i = 0; i < words.n; i++)
            cells[at++] = words.v[i];
    }
    set.cells = cells;
    *ret = set;
    return OK;
}

static enum err load_words(struct ctx *ctx, struct demo_data *data)
{
    struct reading r = {.ctx = ctx};
    TRY(start(&r, "words.yaml"));
    int list = yaml_child(&r.doc, 1, "sets");
    struct demo_set *sets = ARENA_ARRAY(ctx->arena, struct demo_set, count(&r, list));
    for (int node = first(&r, list); node; node = r.doc.nodes[node].next)
        TRY(load_set(&r, node, &sets[data->n_sets++]));
    data->sets = sets;
    data->first_names = texts(&r, yaml_child(&r.doc, 1, "first_names"));
    data->last_names = texts(&r, yaml_child(&r.doc, 1, "last_names"));
    data->streets = texts(&r, yaml_child(&r.doc, 1, "streets"));
    data->first_responses = texts(&r, yaml_child(&r.doc, 1, "first_responses"));
    data->call_notes = texts(&r, yaml_child(&r.doc, 1, "call_notes"));
    data->notes = texts(&r, yaml_child(&r.doc, 1, "notes"));
    data->thanks = texts(&r, yaml_child(&r.doc, 1, "thanks"));
    data->unhappy = texts(&r, yaml_child(&r.doc, 1, "unhappy"));
    data->delay_reasons = texts(&r, yaml_child(&r.doc, 1, "delay_reasons"));
    data->questions = texts(&r, yaml_child(&r.doc, 1, "questions"));
    data->waiver_reasons = texts(&r, yaml_child(&r.doc, 1, "waiver_reasons"));
    return OK;
}

/* "11-3": November to March. */
static enum err load_months(const struct reading *r, int node, struct demo_story *story)
{
    struct str months = text(r, node, "months"), from;
    int64_t first_month, last_month;
    if (str_is_none(months))
        return OK;
    if (!str_split(&months, '-', &from) || !str_to_i64(from, &first_month) || !str_to_i64(months, &last_month) ||
        first_month < 1 || first_month > 12 || last_month < 1 || last_month > 12)
        return fail(r->ctx, ERR_CORRUPT, "%s:%d: months must be two numbers, \"11-3\"", r->file,
                    r->doc.nodes[node].line);
    story->from_month = (int)first_month;
    story->to_month = (int)last_month;
    return OK;
}

static enum err load_stories(struct ctx *ctx, struct demo_data *data)
{
    static const char *const files[] = {"stories_care.yaml", "stories_school.yaml", "stories_social.yaml",
                                        "stories_town.yaml"};
    enum { STORIES_MAX = 1000 };
    struct demo_story *stories = ARENA_ARRAY(ctx->arena, struct demo_story, STORIES_MAX);
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct reading r = {.ctx = ctx};
        TRY(start(&r, files[f]));
        int list = yaml_child(&r.doc, 1, "stories");
        for (int node = first(&r, list); node; node = r.doc.nodes[node].next) {
            if (data->n_stories == STORIES_MAX)
                return fail(ctx, ERR_CORRUPT, "more than %d stories", STORIES_MAX);
            struct demo_list units = texts(&r, yaml_child(&r.doc, node, "units"));
            struct demo_story *story = &stories[data->n_stories++];
            *story = (struct demo_story){.id = text(&r, node, "id"),
                                         .type = text(&r, node, "type"),
                                         .subject = text(&r, node, "subject"),
                                         .title = text(&r, node, "title"),
                                         .story = text(&r, node, "story"),
                                         .answer = text(&r, node, "answer"),
                                         .measure = text(&r, node, "measure"),
                                         .done = text(&r, node, "done"),
                                         .outcome = text(&r, node, "outcome"),
                                         .channel = text(&r, node, "channel"),
                                         .language = text(&r, node, "language"),
                                         .exit = text(&r, node, "exit"),
                                         .units = units.v,
                                         .n_units = units.n,
                                         .anonymous = is_true(&r, node, "anonymous")};
            TRY(load_months(&r, node, story));
        }
    }
    data->stories = stories;
    return OK;
}

enum err demo_load(struct ctx *ctx, struct demo_data *ret)
{
    struct demo_data data = {0};
    TRY(load_town(ctx, &data));
    TRY(load_words(ctx, &data));
    TRY(load_stories(ctx, &data));
    *ret = data;
    return OK;
}

static bool find_word(const struct demo_data *data, const uint32_t *rows, struct str column, struct str *ret)
{
    for (size_t s = 0; s < data->n_sets; s++)
        for (size_t c = 0; c < data->sets[s].n_columns; c++)
            if (str_eq(data->sets[s].columns[c], column)) {
                *ret = data->sets[s].cells[rows[s] * data->sets[s].n_columns + c];
                return true;
            }
    return false;
}

bool demo_story_fits(const struct demo_story *story, int month)
{
    int from = story->from_month, to = story->to_month;
    if (from == 0)
        return true;
    return from <= to ? month >= from && month <= to : month >= from || month <= to;
}

enum err demo_words(struct ctx *ctx, const struct demo_data *data, const uint32_t *rows, struct str text_,
                    struct str *ret)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 64 * 1024);
    struct str rest = text_;
    for (;;) {
        ptrdiff_t open = str_find_char(rest, '{');
        if (open < 0)
            break;
        out_str(&out, str_head(rest, (size_t)open));
        rest = str_skip(rest, (size_t)open + 1);
        ptrdiff_t close = str_find_char(rest, '}');
        struct str word;
        if (close < 0 || !find_word(data, rows, str_head(rest, (size_t)close), &word))
            return fail(ctx, ERR_CORRUPT, "no word for \"{%.*s\"", STR_ARG(str_head(rest, 30)));
        out_str(&out, word);
        rest = str_skip(rest, (size_t)close + 1);
    }
    out_str(&out, rest);
    *ret = out_take(&out);
    return OK;
}
