#include "file.h"

#include <sys/statvfs.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum err read_all(struct ctx *ctx, int fd, struct str path, size_t max_bytes, struct str *ret)
{
    struct out out = out_init(ctx->arena, max_bytes);
    char piece[16 * 1024];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(ctx, ERR_IO, "could not read \"%.*s\": %s", STR_ARG(path), strerror(errno));
        if (n == 0)
            break;
        out_bytes(&out, piece, (size_t)n);
        if (out.full)
            return fail(ctx, ERR_TOO_LARGE, "\"%.*s\" is larger than %zu bytes", STR_ARG(path), max_bytes);
    }
    *ret = out_take(&out);
    return OK;
}

enum err file_read(struct ctx *ctx, struct str path, size_t max_bytes, struct str *ret)
{
    if (memchr(path.p, 0, path.n))
        return fail(ctx, ERR_INVALID, "a file name with a zero byte");
    int fd = open(str_cz(ctx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(ctx, ERR_IO, "could not open \"%.*s\": %s", STR_ARG(path), strerror(errno));
    enum err err = read_all(ctx, fd, path, max_bytes, ret);
    close(fd);
    return err;
}

enum err file_space(struct ctx *ctx, struct str path, int64_t *ret_free_bytes)
{
    struct statvfs disk;
    if (statvfs(str_cz(ctx->arena, path), &disk) != 0)
        return fail(ctx, ERR_IO, "cannot ask how full the disk of \"%.*s\" is: %s", STR_ARG(path), strerror(errno));
    *ret_free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    return OK;
}
