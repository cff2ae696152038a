#include "fold.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct str fold_case(struct ctx *ctx, struct str s)
{
    if (s.n == 0)
        return s;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status))
        BUG("ICU has no case folding: %s", u_errorName(status));
    int32_t room = (int32_t)s.n + 1; /* UTF-16 never needs more units than UTF-8 bytes */
    UChar *wide = ARENA_ARRAY(ctx->arena, UChar, (size_t)room);
    int32_t n_wide = 0;
    u_strFromUTF8WithSub(wide, room, &n_wide, s.p, (int32_t)s.n, 0xFFFD, NULL, &status);
    int32_t folded_room = n_wide * 18 + 1; /* the longest expansion of one code point */
    UChar *folded = ARENA_ARRAY(ctx->arena, UChar, (size_t)folded_room);
    int32_t n_folded = unorm2_normalize(folder, wide, n_wide, folded, folded_room, &status);
    int32_t utf8_room = n_folded * 3 + 1;
    char *utf8 = arena_alloc(ctx->arena, (size_t)utf8_room);
    int32_t n_utf8 = 0;
    u_strToUTF8(utf8, utf8_room, &n_utf8, folded, n_folded, &status);
    if (U_FAILURE(status))
        BUG("ICU could not fold %zu bytes: %s", s.n, u_errorName(status));
    return (struct str){utf8, (size_t)n_utf8};
}
