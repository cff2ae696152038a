/* What: `gava routine check`, `timetable` and `compare`: a quality officer's three questions about a routine file: is
 * it right, what does it promise, and what is new in it. Flow: reads files, finds what they inherit from, asks
 * routine_check and routine_promises. Source: design.md section 5. */
#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "routine.h"
#include "routine_folders.h"
#include "rule_words.h"

int routine_check_cmd(struct ctx *ctx, int argc, char **argv);
int routine_timetable_cmd(struct ctx *ctx, int argc, char **argv);
int routine_compare_cmd(struct ctx *ctx, int argc, char **argv);

/* == Files ========================================================================================================= */

struct routine_source {
    struct str file, text, wants; /* wants: id it inherits from */
    struct routine *routine;      /* NULL: not read yet, or wrong */
    struct routine_fault *faults;
    size_t n_faults;
    bool is_read;
};

static enum err read_file(struct ctx *ctx, struct str file, struct str *ret)
{
    int fd = open(str_cz(ctx->arena, file), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(ctx, ERR_NOT_FOUND, "cannot open \"%.*s\"", STR_ARG(file));
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(fd);
        return fail(ctx, ERR_INVALID, "\"%.*s\" is not a file", STR_ARG(file));
    }
    /* One byte more than may be, so that the check can say that it is too large. */
    char *bytes = arena_alloc(ctx->arena, ROUTINE_FILE_MAX + 1);
    size_t n = 0;
    ssize_t got = 1;
    while (got > 0 && n <= ROUTINE_FILE_MAX) {
        got = read(fd, bytes + n, ROUTINE_FILE_MAX + 1 - n);
        n += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    if (got < 0)
        return fail(ctx, ERR_INVALID, "cannot read \"%.*s\"", STR_ARG(file));
    *ret = (struct str){bytes, n};
    return OK;
}

static struct str folder_of(struct str file)
{
    const char *slash = file.n ? memrchr(file.p, '/', file.n) : NULL;
    return slash != NULL ? str_head(file, (size_t)(slash - file.p)) : STR(".");
}

/* A routine's name goes into a path: only what a name may be. */
static bool is_plain_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '-'))
            return false;
    return name.n > 0 && name.n <= 100;
}

static void check_source(struct ctx *ctx, struct routine_source *sources, size_t n, struct routine_source *source,
                         int depth);

/* The routine a file inherits from: among the files given, else beside it, else among the shipped ones. NULL: not
 * there. */
static const struct routine *find_parent(struct ctx *ctx, struct routine_source *sources, size_t n,
                                         const struct routine_source *source, int depth)
{
    if (!is_plain_name(source->wants) || depth > 4)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        struct str head = STR_NONE, key = str_fmt(ctx->arena, "%.*s.yaml", STR_ARG(source->wants));
        if (&sources[i] == source || !str_ends(sources[i].file, key))
            continue;
        head = str_head(sources[i].file, sources[i].file.n - key.n);
        if (head.n > 0 && head.p[head.n - 1] != '/')
            continue;
        check_source(ctx, sources, n, &sources[i], depth + 1);
        return sources[i].routine;
    }
    const struct str folders[] = {folder_of(source->file), STR(GAVA_ROUTINES_SOURCE), STR(GAVA_ROUTINES)};
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        struct routine_source parent = {
            .file = str_fmt(ctx->arena, "%.*s/%.*s.yaml", STR_ARG(folders[i]), STR_ARG(source->wants))};
        if (str_eq(parent.file, source->file) || access(parent.file.p, R_OK) != 0 ||
            read_file(ctx, parent.file, &parent.text) != OK)
            continue;
        parent.wants = routine_wants(ctx, parent.text);
        check_source(ctx, NULL, 0, &parent, depth + 1);
        return parent.routine;
    }
    return NULL;
}

static void check_source(struct ctx *ctx, struct routine_source *sources, size_t n, struct routine_source *source,
                         int depth)
{
    if (source->is_read)
        return;
    source->is_read = true; /* before the parent is asked: two files that inherit from each other end here */
    const struct routine *parent = str_is_none(source->wants) ? NULL : find_parent(ctx, sources, n, source, depth);
    routine_check(ctx, source->text, parent, &source->routine, &source->faults, &source->n_faults);
}

/* A file without faults, or a message for each. */
static enum err load_file(struct ctx *ctx, struct str file, const struct routine **ret)
{
    struct routine_source source = {.file = file};
    TRY(read_file(ctx, file, &source.text));
    source.wants = routine_wants(ctx, source.text);
    check_source(ctx, NULL, 0, &source, 0);
    for (size_t i = 0; i < source.n_faults; i++)
        fprintf(stderr, "%.*s:%d: %.*s\n", STR_ARG(file), source.faults[i].line, STR_ARG(source.faults[i].message));
    if (source.n_faults > 0)
        return fail(ctx, ERR_INVALID, "the routine \"%.*s\" has faults", STR_ARG(file));
    *ret = source.routine;
    return OK;
}

/* == routine check ================================================================================================= */

static void print_fault(const struct routine_source *source, int line, struct str message)
{
    printf("%.*s:%d: %.*s\n", STR_ARG(source->file), line, STR_ARG(message));
}

static bool periods_overlap(const struct document_control *a, const struct document_control *b)
{
    return a->valid_from.days <= b->valid_until.days && b->valid_from.days <= a->valid_until.days;
}

/* Two versions of one routine may not be in force on the same day. Told at the later file. */
static size_t print_overlaps(struct ctx *ctx, const struct routine_source *sources, size_t i)
{
    size_t n_faults = 0;
    const struct routine *b = sources[i].routine;
    for (size_t k = 0; k < i && b != NULL; k++) {
        const struct routine *a = sources[k].routine;
        if (a == NULL || !str_eq(a->id, b->id))
            continue;
        struct str message = STR_NONE;
        if (a->version == b->version)
            message = str_fmt(ctx->arena, "version %lld of \"%.*s\" is also in %.*s", (long long)b->version,
                              STR_ARG(b->id), STR_ARG(sources[k].file));
        else if (periods_overlap(&a->document, &b->document))
            message = str_fmt(ctx->arena,
                              "\"%.*s\" is in force at the same time as version %lld in %.*s: end the older one "
                              "(valid_until) the day before the newer begins",
                              STR_ARG(b->id), (long long)a->version, STR_ARG(sources[k].file));
        else
            continue;
        print_fault(&sources[i], b->document.valid_from_line, message);
        n_faults++;
    }
    return n_faults;
}

int routine_check_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct arg_list files = {0};
    const struct arg args[] = {ARG_LIST("FILE", NULL, true, &files, "a routine, YAML")};
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    struct routine_source *sources = ARENA_ARRAY(ctx->arena, struct routine_source, files.n);
    for (size_t i = 0; i < files.n; i++) {
        sources[i].file = files.items[i];
        enum err err = read_file(ctx, files.items[i], &sources[i].text);
        if (err != OK)
            return command_status(ctx, err);
        sources[i].wants = routine_wants(ctx, sources[i].text);
    }
    size_t n_faults = 0;
    for (size_t i = 0; i < files.n; i++) {
        check_source(ctx, sources, files.n, &sources[i], 0);
        for (size_t k = 0; k < sources[i].n_faults; k++)
            print_fault(&sources[i], sources[i].faults[k].line, sources[i].faults[k].message);
        n_faults += sources[i].n_faults + print_overlaps(ctx, sources, i);
    }
    return n_faults == 0 ? EXIT_DONE : EXIT_WRONG;
}

/* == routine timetable ============================================================================================= */

static json_t *text_json(struct str s)
{
    return json_stringn(s.n ? s.p : "", s.n);
}

static json_t *promise_json(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                            const struct promise *p, struct date today)
{
    const struct obligation *o = p->obligation;
    json_t *row = json_object();
    json_object_set_new(row, "obligation", text_json(o->id));
    json_object_set_new(row, "who", text_json(o->who));
    json_object_set_new(row, "from", text_json(o->from.code));
    if (o->within.at.line != 0) {
        json_object_set_new(row, "n", json_integer(o->within.n));
        json_object_set_new(row, "unit", text_json(limit_unit_code(o->within.unit)));
    }
    json_object_set_new(row, "kind", text_json(obligation_kind_code(o->kind)));
    struct out due = out_init(ctx->arena, 64), why = out_init(ctx->arena, 100000);
    if (!utc_is_none(p->due))
        out_utc_local(&due, p->due);
    json_object_set_new(row, "due", utc_is_none(p->due) ? json_null() : text_json(out_take(&due)));
    if (!str_is_none(o->clause))
        json_object_set_new(row, "clause", text_json(o->clause));
    promise_explain(ctx, lang, routine, p, today, &why);
    json_object_set_new(row, "explain", text_json(out_take(&why)));
    return row;
}

/* It may come to hold in this case, and if it has a limit, that limit has begun to run. */
static bool is_in_timetable(const struct promise *p)
{
    if (p->state == PROMISE_not_applicable)
        return false;
    return p->obligation->within.at.line == 0 || !utc_is_none(p->due);
}

static void print_timetable(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                            const struct promise *promises, size_t n, struct date today, bool json)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        if (is_in_timetable(&promises[i]))
            json_array_append_new(list, promise_json(ctx, lang, routine, &promises[i], today));
    if (json) {
        json_dumpf(list, stdout, JSON_INDENT(1));
        putchar('\n');
    }
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        const char *due = json_string_value(json_object_get(row, "due"));
        if (!json)
            printf("%-20s %-22s %-25s %s\n", json_string_value(json_object_get(row, "obligation")),
                   json_string_value(json_object_get(row, "who")), due != NULL ? due : "-",
                   json_string_value(json_object_get(row, "explain")));
    }
    json_decref(list);
}

/* "replied=2026-12-20T10:00". */
static enum err set_event(struct ctx *ctx, struct facts *facts, struct str word)
{
    ptrdiff_t equals = str_find_char(word, '=');
    struct str code = equals < 0 ? word : str_head(word, (size_t)equals);
    enum event event;
    if (!event_find(code, &event))
        return fail(ctx, ERR_INVALID, "--at: there is no event \"%.*s\"", STR_ARG(code));
    if (equals < 0 || !utc_parse(str_skip(word, (size_t)equals + 1), &facts->at[event]))
        return fail(ctx, ERR_INVALID, "--at: \"%.*s\" is not EVENT=TIME", STR_ARG(word));
    return OK;
}

struct timetable_args {
    struct str file, type, channel, language;
    struct utc_us received, registered;
    struct arg_list at;
    bool anonymous, json;
};

static enum err facts_from_args(struct ctx *ctx, const struct timetable_args *a, struct facts *ret)
{
    struct facts facts = facts_begin();
    facts.at[EVENT_received] = a->received;
    /* Nobody said when it was registered: the best case, at once. */
    facts.at[EVENT_registered] = utc_is_none(a->registered) ? a->received : a->registered;
    facts.contact_known = facts.reply_wanted = !a->anonymous;
    if (!str_is_none(a->type) && !feedback_type_find(a->type, &facts.type))
        return fail(ctx, ERR_INVALID, "--type: there is no type \"%.*s\"", STR_ARG(a->type));
    if (!str_is_none(a->channel) && !channel_find(a->channel, &facts.channel))
        return fail(ctx, ERR_INVALID, "--channel: there is no channel \"%.*s\"", STR_ARG(a->channel));
    if (utc_cmp(facts.at[EVENT_registered], facts.at[EVENT_received]) < 0)
        return fail(ctx, ERR_INVALID, "--registered is before --received");
    for (size_t i = 0; i < a->at.n; i++)
        TRY(set_event(ctx, &facts, a->at.items[i]));
    *ret = facts;
    return OK;
}

static enum err timetable(struct ctx *ctx, const struct timetable_args *a)
{
    struct facts facts;
    TRY(facts_from_args(ctx, a, &facts));
    const struct lang *lang = lang_find(a->language);
    if (lang == NULL)
        return fail(ctx, ERR_INVALID, "--lang: there is no catalogue \"%.*s\"", STR_ARG(a->language));
    const struct routine *routine;
    TRY(load_file(ctx, a->file, &routine));
    struct promise *promises;
    size_t n;
    TRY(routine_promises(ctx, routine, NULL, &facts, a->received, &promises, &n));
    print_timetable(ctx, lang, routine, promises, n, utc_to_date(a->received), a->json);
    return OK;
}

int routine_timetable_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct timetable_args a = {.language = STR("sv"), .received = UTC_NONE, .registered = UTC_NONE};
    const struct arg args[] = {
        ARG_TEXT("FILE", NULL, true, &a.file, "a routine, YAML"),
        ARG_TIME("--received", true, &a.received, "when it arrived; without zone: Europe/Stockholm"),
        ARG_TIME("--registered", false, &a.registered, "when it was registered; not given: when it arrived"),
        ARG_LIST("--at", "EVENT=TIME", false, &a.at, "when something else happened (events: src/routine/events.def)"),
        ARG_TEXT("--type", "TYPE", false, &a.type, "complaint (when not given), suggestion, praise, question, ..."),
        ARG_TEXT("--channel", "CHANNEL", false, &a.channel, "web (when not given), phone, visit, letter, email, ..."),
        ARG_SWITCH("--anonymous", &a.anonymous, "there is no way to reach the person"),
        ARG_TEXT("--lang", "LANG", false, &a.language, "language of the explanations: sv (when not given) or en"),
        ARG_SWITCH("--json", &a.json, "as JSON; otherwise one promise a line"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, timetable(ctx, &a));
}

/* == routine compare =============================================================================================== */

static void print_change(struct ctx *ctx, const struct lang *lang, const struct rule_change *rule,
                         const struct routine *before, const struct routine *after)
{
    static const char *const marks[] = {"+", "-", "*"};
    struct str part = change_part_words(lang, rule);
    if (str_is_none(rule->id))
        printf("%s %.*s\n", marks[rule->kind], STR_ARG(part));
    else
        printf("%s %.*s: %.*s\n", marks[rule->kind], STR_ARG(part), STR_ARG(change_name(ctx, lang, rule)));
    for (size_t i = 0; i < rule->n_keys && rule->kind == CHANGE_CHANGED; i++) {
        const struct key_change *key = &rule->keys[i];
        struct str old = change_value_words(ctx, lang, before, rule, key, /* is_after= */ false);
        struct str new = change_value_words(ctx, lang, after, rule, key, /* is_after= */ true);
        printf("    %.*s: %.*s -> %.*s\n", STR_ARG(change_key_words(lang, key)), STR_ARG(old), STR_ARG(new));
    }
}

struct compare_args {
    struct str before, after, language;
};

static enum err compare(struct ctx *ctx, const struct compare_args *a)
{
    const struct lang *lang = lang_find(a->language);
    if (lang == NULL)
        return fail(ctx, ERR_INVALID, "--lang: there is no catalogue \"%.*s\"", STR_ARG(a->language));
    const struct routine *before, *after;
    TRY(load_file(ctx, a->before, &before));
    TRY(load_file(ctx, a->after, &after));
    struct routine_diff diff = routine_diff(ctx, before, after);
    for (size_t i = 0; i < diff.n_rules; i++)
        print_change(ctx, lang, &diff.rules[i], before, after);
    return OK;
}

int routine_compare_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct compare_args a = {.language = STR("sv")};
    const struct arg args[] = {
        ARG_TEXT("OLD", NULL, true, &a.before, "a routine, YAML"),
        ARG_TEXT("NEW", NULL, true, &a.after, "the routine it becomes"),
        ARG_TEXT("--lang", "LANG", false, &a.language, "language of the words: sv (when not given) or en"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, compare(ctx, &a));
}
