#include "vault.h"

struct str purpose_name(enum purpose purpose)
{
    static const char *const names[] = {
#define PURPOSE(code, how, text) [PURPOSE_##code] = #code,
#include "purpose.def"
#undef PURPOSE
    };
    return str_from(names[purpose]);
}
