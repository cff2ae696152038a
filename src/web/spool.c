#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool spool_begin(struct ctx *ctx, size_t max, size_t expected)
{
    struct spool spool = {.max = max, .fd = -1};
    if (expected > 0 && expected <= max && expected <= SPOOL_MEMORY_MAX) {
        spool.memory = arena_alloc(ctx->arena, expected);
        spool.room = expected;
    }
    return spool;
}

static void close_fd(void *p)
{
    close(*(int *)p);
}

static enum err write_all(struct ctx *ctx, int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(ctx, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO, "could not keep the upload: %s",
                        strerror(errno));
        bytes = str_skip(bytes, (size_t)n);
    }
    return OK;
}

/* From memory to a file. */
static enum err move_to_file(struct ctx *ctx, struct spool *spool, struct str dir)
{
    const char *where = str_cz(ctx->arena, dir.n ? dir : STR("/tmp"));
    int fd = open(where, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) { /* a file system without O_TMPFILE */
        char *path = arena_alloc(ctx->arena, strlen(where) + 32);
        snprintf(path, strlen(where) + 32, "%s/upload-XXXXXX", where);
        fd = mkostemp(path, O_CLOEXEC);
        if (fd < 0)
            return fail(ctx, ERR_IO, "could not make a file for the upload in \"%s\": %s", where, strerror(errno));
        unlink(path);
    }
    int *kept = ARENA_NEW(ctx->arena, int);
    *kept = fd;
    ctx_defer(ctx, close_fd, kept);
    spool->fd = fd;
    return write_all(ctx, fd, (struct str){spool->memory, spool->n});
}

enum err spool_add(struct ctx *ctx, struct spool *spool, struct str dir, struct str bytes)
{
    if (bytes.n > spool->max - spool->n)
        return fail(ctx, ERR_TOO_LARGE, "the body has more than %zu bytes", spool->max);
    if (spool->fd < 0 && spool->n + bytes.n > SPOOL_MEMORY_MAX)
        TRY(move_to_file(ctx, spool, dir));
    if (spool->fd >= 0) {
        TRY(write_all(ctx, spool->fd, bytes));
    } else {
        if (spool->n + bytes.n > spool->room) {
            size_t room = spool->room ? spool->room * 2 : 8192;
            while (room < spool->n + bytes.n)
                room *= 2;
            spool->memory = arena_grow(ctx->arena, spool->memory, spool->room, room);
            spool->room = room;
        }
        memcpy(spool->memory + spool->n, bytes.p, bytes.n);
    }
    spool->n += bytes.n;
    return OK;
}

struct mapping {
    void *p;
    size_t n;
};

static void unmap(void *p)
{
    const struct mapping *mapping = p;
    munmap(mapping->p, mapping->n);
}

enum err spool_take(struct ctx *ctx, struct spool *spool, struct str *ret)
{
    if (spool->fd < 0) {
        *ret = (struct str){spool->n ? spool->memory : "", spool->n};
        return OK;
    }
    void *p = mmap(NULL, spool->n, PROT_READ, MAP_PRIVATE, spool->fd, 0);
    if (p == MAP_FAILED)
        return fail(ctx, ERR_IO, "could not read the upload back: %s", strerror(errno));
    struct mapping *mapping = ARENA_NEW(ctx->arena, struct mapping);
    *mapping = (struct mapping){p, spool->n};
    ctx_defer(ctx, unmap, mapping);
    *ret = (struct str){p, spool->n};
    return OK;
}
