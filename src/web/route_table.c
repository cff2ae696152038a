#include "route.h"

static const struct route routes[] = {
#define PAGE(method, path, handler, right, csrf, limit, text)                                                          \
    {METHOD_##method, STR_INIT(path), handler, RIGHT_##right, csrf, limit, STR_INIT(text)},
#include "routes.def"
#undef PAGE
};

const struct route *route_table(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(routes);
    return routes;
}
