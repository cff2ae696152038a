#include "qr.h"

#include <qrencode.h>

enum { QR_TEXT_MAX = 1000, QUIET = 4, VERSION_MAX = 20 };

static void fill_runs(struct ctx *ctx, const QRcode *code, struct qr *ret)
{
    int width = code->width;
    struct qr_run *runs = ARENA_ARRAY(ctx->arena, struct qr_run, (size_t)(width * (width + 1) / 2));
    size_t n = 0;
    for (int y = 0; y < width; y++)
        for (int x = 0; x < width; x++) {
            if (!(code->data[y * width + x] & 1))
                continue;
            bool continues = x > 0 && (code->data[y * width + x - 1] & 1);
            if (continues)
                runs[n - 1].width++;
            else
                runs[n++] = (struct qr_run){x + QUIET, y + QUIET, 1};
        }
    *ret = (struct qr){.size = width + 2 * QUIET, .runs = runs, .n_runs = n};
}

enum err qr_make(struct ctx *ctx, struct str text, struct qr *ret)
{
    if (text.n == 0 || text.n > QR_TEXT_MAX)
        return fail(ctx, ERR_TOO_LARGE, "a text of %zu bytes cannot be a QR code; at most %d can", text.n, QR_TEXT_MAX);
    QRcode *code = QRcode_encodeString8bit(str_cz(ctx->arena, text), 0, QR_ECLEVEL_Q);
    if (code == NULL || code->version > VERSION_MAX) {
        QRcode_free(code);
        return fail(ctx, ERR_TOO_LARGE, "the text is too long for a QR code that can be read from a wall");
    }
    fill_runs(ctx, code, ret);
    QRcode_free(code);
    return OK;
}
