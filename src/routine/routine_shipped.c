#include "routine_shipped.h"

#include "embedded.h"

/* Made by tools/embed.sh. */
extern const struct embedded_file routine_files[];
extern const size_t n_routine_files;

struct str routine_shipped(struct str id)
{
    for (size_t i = 0; i < n_routine_files; i++) {
        struct str name = str_from(routine_files[i].name);
        if (str_starts(name, id) && str_eq(str_skip(name, id.n), STR(".yaml")))
            return embedded_text(&routine_files[i]);
    }
    return STR_NONE;
}
