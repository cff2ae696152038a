#include "master_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_BYTES = 2 * KEY_BYTES };

static void fd_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define FD_SCOPE __attribute__((cleanup(fd_end)))

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* The directory the key lies in when nothing else is said: DIR/keys, or the user's configuration. */
static struct str own_dir(struct ctx *ctx, const struct where *where)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (where->dir.n)
        return str_fmt(ctx->arena, "%.*s/keys", STR_ARG(where->dir));
    if (config && config[0])
        return str_fmt(ctx->arena, "%s/gava", config);
    return str_fmt(ctx->arena, "%s/.config/gava", home ? home : "");
}

/* The file to read, or to make when it does not exist. */
static const char *path_of(struct ctx *ctx, const struct where *where)
{
    const char *credentials = getenv("CREDENTIALS_DIRECTORY"), *named = getenv("GAVA_KEY_FILE");
    if (credentials && credentials[0]) {
        const char *path = str_fmt(ctx->arena, "%s/gava-master-key", credentials).p;
        if (exists(path))
            return path;
    }
    if (named && named[0])
        return named;
    struct str dir = own_dir(ctx, where);
    return str_fmt(ctx->arena, "%.*s/master.key", STR_ARG(dir)).p;
}

/* systemd keeps its credentials from others in its own way: the mode says nothing about them. */
static bool is_credential(const char *path)
{
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    return credentials && credentials[0] && str_starts(str_from(path), str_from(credentials));
}

static enum err fail_path(struct ctx *ctx, const char *what, const char *path)
{
    const char *why = strerror(errno);
    (void)!fail(ctx, ERR_KEY, "%s the master key \"%s\"", what, path);
    (void)!fail_detail(ctx, "%s", why);
    return fail_hint(ctx,
                     "It is looked for as $CREDENTIALS_DIRECTORY/gava-master-key, as $GAVA_KEY_FILE, and then there.");
}

enum err master_key_read(struct ctx *ctx, const struct where *where, unsigned char key[KEY_BYTES])
{
    const char *path = path_of(ctx, where);
    FD_SCOPE int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return fail_path(ctx, "could not open", path);
    if (!is_credential(path) && st.st_mode & (S_IRWXG | S_IRWXO)) {
        (void)!fail(ctx, ERR_KEY, "the master key \"%s\" can be read by others than its owner", path);
        return fail_hint(ctx, "chmod 600 '%s'", path);
    }
    char hex[HEX_BYTES];
    size_t n_key;
    ssize_t n = read(fd, hex, sizeof hex);
    bool good = n == HEX_BYTES && sodium_hex2bin(key, KEY_BYTES, hex, sizeof hex, NULL, &n_key, NULL) == 0 &&
                n_key == KEY_BYTES;
    sodium_memzero(hex, sizeof hex);
    return good ? OK : fail(ctx, ERR_KEY, "\"%s\" does not hold 64 hexadecimal digits", path);
}

/* Make the directories above path that are missing, for the owner only. */
static enum err dirs_make(struct ctx *ctx, const char *path)
{
    struct str all = str_from(path);
    for (size_t i = 1; i < all.n; i++)
        if (path[i] == '/' && mkdir(str_cz(ctx->arena, str_head(all, i)), 0700) != 0 && errno != EEXIST)
            return fail_path(ctx, "could not make the directory of", path);
    return OK;
}

enum err master_key_make(struct ctx *ctx, const struct where *where)
{
    const char *path = path_of(ctx, where);
    if (exists(path))
        return OK;
    TRY(dirs_make(ctx, path));
    FD_SCOPE int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? OK : fail_path(ctx, "could not make", path);
    unsigned char key[KEY_BYTES];
    char hex[HEX_BYTES + 1];
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    hex[HEX_BYTES] = '\n';
    bool good = write(fd, hex, sizeof hex) == sizeof hex && fsync(fd) == 0;
    sodium_memzero(key, sizeof key);
    sodium_memzero(hex, sizeof hex);
    return good ? OK : fail_path(ctx, "could not write", path);
}
