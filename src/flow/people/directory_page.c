/* GET /kontakt: whom to turn to. The public reads what units have marked for it; staff read every unit and who holds
 * which part there. Everything comes from memory (town.h); it is only looked through, so a page costs no query but the
 * usual one. Not here: changing it (admin_unit_page.c, admin_person_page.c), bodies outside the municipality (exits).
 * Source: S2.44, S0.43. */
#include <stdlib.h>

#include "directory_page_html.h"
#include "directory_view.h"
#include "fold.h"
#include "frame.h"
#include "page_parts.h"
#include "web.h"

enum { ROWS_PER_PAGE = 60, WORDS_MAX = 100 };

/* Somebody's roles in one unit: a row of the staff's directory. */
struct held {
    size_t unit; /* index in town->units */
    const struct staff *staff;
    struct str roles;
};

struct asked {
    const struct town *town;
    struct str words, folded;
    const struct unit *area; /* NULL: all */
    bool is_staff;
    size_t from; /* units to leave out at the beginning */
};

/* The unit that an area is named after: just below the top, or the top itself. */
static const struct unit *area_of(const struct town *town, const struct unit *unit)
{
    while (unit->depth > 1 && town_unit(town, unit->parent))
        unit = town_unit(town, unit->parent);
    return unit;
}

static bool has_contact(const struct unit *u)
{
    return !str_is_empty(u->phone) || !str_is_empty(u->email) || !str_is_empty(u->visiting_address) ||
           !str_is_empty(u->hours);
}

static bool holds(struct ctx *ctx, const struct asked *asked, struct str text)
{
    return str_find(fold_case(ctx, text), asked->folded) >= 0;
}

static bool unit_fits(struct ctx *ctx, const struct asked *asked, const struct unit *unit)
{
    return str_is_empty(asked->folded) || holds(ctx, asked, unit->name) || holds(ctx, asked, unit->contact_function) ||
           holds(ctx, asked, unit->visiting_address) || holds(ctx, asked, unit->email) ||
           holds(ctx, asked, area_of(asked->town, unit)->name);
}

static bool person_fits(struct ctx *ctx, const struct asked *asked, const struct held *held)
{
    return holds(ctx, asked, held->staff->name) || holds(ctx, asked, held->staff->title) ||
           holds(ctx, asked, held->staff->email) || holds(ctx, asked, held->roles);
}

/* ---- who holds which part ---- */

static int by_unit(const void *a, const void *b)
{
    const struct held *left = a, *right = b;
    if (left->unit != right->unit)
        return left->unit < right->unit ? -1 : 1;
    int names = str_cmp(left->staff->name, right->staff->name);
    return names ? names : (left->staff->id.v > right->staff->id.v) - (left->staff->id.v < right->staff->id.v);
}

/* "Ansvarig chef, registrator". Somebody who only works there holds no part that one looks up by unit. */
static struct str role_words_at(struct ctx *ctx, const struct staff *staff, struct unit_id unit)
{
    enum { WORDS_BYTES = 2000 };
    struct out out = out_init(ctx->arena, WORDS_BYTES);
    bool first = true;
    for (size_t i = 0; i < staff->n_roles; i++) {
        if (staff->roles[i].unit.v != unit.v || staff->roles[i].role == ROLE_employee)
            continue;
        struct str word = role_word(ctx, NULL, role_name(staff->roles[i].role));
        if (!first)
            out_lit(&out, ", ");
        out_str(&out, first ? with_capital(ctx, word) : word);
        first = false;
    }
    return out_take(&out);
}

static size_t unit_index(const struct town *town, struct unit_id id)
{
    const struct unit *unit = town_unit(town, id);
    return unit ? (size_t)(unit - town->units) : town->n_units;
}

/* Every active person once in each unit where he or she holds a role, in the units' order. */
static const struct held *holders(struct ctx *ctx, const struct town *town, size_t *ret_n)
{
    size_t n_max = 0, n = 0;
    for (size_t i = 0; i < town->n_staff; i++)
        n_max += town->staff[i].n_roles;
    struct held *held = ARENA_ARRAY(ctx->arena, struct held, n_max);
    for (size_t i = 0; i < town->n_staff; i++) {
        const struct staff *staff = &town->staff[i];
        for (size_t r = 0; staff->active && r < staff->n_roles; r++)
            if (r == 0 || staff->roles[r].unit.v != staff->roles[r - 1].unit.v)
                held[n++] = (struct held){unit_index(town, staff->roles[r].unit), staff,
                                          role_words_at(ctx, staff, staff->roles[r].unit)};
    }
    if (n)
        qsort(held, n, sizeof *held, by_unit);
    *ret_n = n;
    return held;
}

static struct directory_person_view person_view(struct ctx *ctx, const struct town *town, const struct held *held)
{
    const struct staff *staff = held->staff, *stand_in = town_stand_in(town, staff->id);
    return (struct directory_person_view){
        .name = staff->name,
        .title = staff->title,
        .roles = held->roles,
        .email = staff->email,
        .phone = staff->phone,
        .mobile = staff->mobile,
        .email_url = url_mail(ctx->arena, staff->email),
        .phone_url = phone_url(ctx, staff->phone),
        .mobile_url = phone_url(ctx, staff->mobile),
        .stand_in = stand_in ? stand_in->name : STR(""),
    };
}

/* ---- units and areas ---- */

/* A unit with those of its people who fit; false when neither the unit nor anybody does. */
static bool unit_view(struct ctx *ctx, const struct asked *asked, const struct unit *unit, const struct held *held,
                      size_t n_held, struct directory_unit_view *ret)
{
    bool fits = unit_fits(ctx, asked, unit);
    if (!asked->is_staff && !(fits && unit->in_directory && has_contact(unit)))
        return false;
    struct directory_person_view *people = ARENA_ARRAY(ctx->arena, struct directory_person_view, n_held);
    size_t n = 0;
    for (size_t i = 0; asked->is_staff && i < n_held; i++) {
        /* those who only work there are found by a word, not listed */
        bool found = !str_is_empty(asked->folded) && person_fits(ctx, asked, &held[i]);
        if (found || (fits && !str_is_empty(held[i].roles)))
            people[n++] = person_view(ctx, asked->town, &held[i]);
    }
    if (n == 0 && !(fits && has_contact(unit)))
        return false;
    *ret = (struct directory_unit_view){
        .name = unit->name,
        .is_area = area_of(asked->town, unit) == unit,
        .contact_function = unit->contact_function,
        .phone = unit->phone,
        .email = unit->email,
        .address = unit->visiting_address,
        .hours = unit->hours,
        .phone_url = phone_url(ctx, unit->phone),
        .email_url = url_mail(ctx->arena, unit->email),
        .has_contact = has_contact(unit),
        .checklist = asked->is_staff ? URL_PATH(ctx->arena, "/checklista/%", unit->code) : (struct url){STR_NONE},
        .people = people,
        .n_people = n,
    };
    return true;
}

/* The next page begins after `n` units more. */
static struct url next_page(struct ctx *ctx, const struct asked *asked, size_t n)
{
    struct str from = str_fmt(ctx->arena, "%zu", asked->from + n);
    return URL_PATH(ctx->arena, "/kontakt?q=%&omrade=%&fran=%", asked->words, asked->area ? asked->area->code : STR(""),
                    from);
}

/* One area: its units in list order. *n: rows so far, on this page and those before. */
static struct directory_area_view area_view(struct ctx *ctx, const struct asked *asked, const struct unit *area,
                                            const struct held *held, size_t n_held, size_t *n)
{
    const struct town *town = asked->town;
    struct directory_unit_view *units = ARENA_ARRAY(ctx->arena, struct directory_unit_view, ROWS_PER_PAGE);
    struct directory_area_view view = {
        .id = str_fmt(ctx->arena, "omrade-%.*s", STR_ARG(area->code)), .name = area->name, .units = units};
    size_t at = 0;
    for (size_t i = 0; i < town->n_units && *n <= asked->from + ROWS_PER_PAGE; i++) {
        size_t first = at;
        while (first < n_held && held[first].unit < i)
            first++;
        for (at = first; at < n_held && held[at].unit == i;)
            at++;
        struct directory_unit_view unit;
        if (area_of(town, &town->units[i]) != area ||
            !unit_view(ctx, asked, &town->units[i], held + first, at - first, &unit))
            continue;
        if (*n >= asked->from && *n < asked->from + ROWS_PER_PAGE)
            units[view.n_units++] = unit;
        ++*n;
    }
    return view;
}

static void fill_areas(struct ctx *ctx, const struct asked *asked, struct directory_view *view)
{
    const struct town *town = asked->town;
    struct directory_area_view *areas = ARENA_ARRAY(ctx->arena, struct directory_area_view, town->n_units);
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    size_t n_held = 0, n = 0;
    const struct held *held = asked->is_staff ? holders(ctx, town, &n_held) : NULL;
    for (size_t i = 0; i < town->n_units; i++) {
        const struct unit *area = &town->units[i];
        if (area->depth > 1)
            continue;
        options[view->n_areas_to_choose++] = (struct option_view){area->code, area->name, area == asked->area};
        if (asked->area && asked->area != area)
            continue;
        struct directory_area_view one = area_view(ctx, asked, area, held, n_held, &n);
        if (one.n_units)
            areas[view->n_areas++] = one;
    }
    view->areas = areas;
    view->areas_to_choose = options;
    if (n > asked->from + ROWS_PER_PAGE)
        view->next = next_page(ctx, asked, ROWS_PER_PAGE);
}

static void read_query(struct ctx *ctx, const struct request *req, struct asked *asked)
{
    struct str words = request_query(req, STR("q")), code = request_query(req, STR("omrade"));
    int64_t from = 0;
    asked->words = str_is_none(words) ? STR("") : str_utf8_head(str_trim(words), WORDS_MAX);
    asked->folded = fold_case(ctx, asked->words);
    asked->area = str_is_none(code) ? NULL : town_unit_by_code(asked->town, code);
    if (str_to_i64(request_query(req, STR("fran")), &from) && from > 0 && from <= (int64_t)asked->town->n_units)
        asked->from = (size_t)from;
}

enum err directory_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct asked asked = {.is_staff = ctx->who.v != 0};
    TRY(town_get(ctx, &asked.town));
    read_query(ctx, req, &asked);
    struct directory_view view = {
        .words = asked.words,
        .is_filtered = !str_is_empty(asked.words) || asked.area != NULL,
        .call = asked.town->phone,
        .call_url = phone_url(ctx, asked.town->phone),
        .address = asked.town->address,
    };
    fill_areas(ctx, &asked, &view);
    frame_fill(ctx, req, asked.town, NAV_NONE, msg_text(ctx->lang, MSG_directory_title), /* has_fault= */ false,
               &view.frame);
    html_directory(&res->body, ctx->lang, &view);
    return OK;
}
