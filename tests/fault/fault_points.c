#include "fault_points.h"

#include <curl/curl.h>
#include <errno.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
    bool armed, reached;
    enum fault fault;
    int64_t left;
    int64_t n_in_tx; /* calls so far that a lost connection would fail */
    int injected;    /* what SQLite's error functions say of the call that failed; 0: ask SQLite */
    int64_t n_mails;
    char place[200];
} state;

const char *fault_name(enum fault fault)
{
    static const char *const names[] = {
        [FAULT_BUSY] = "busy",     [FAULT_BROKEN] = "broken", [FAULT_LOST] = "lost",
        [FAULT_UNSURE] = "unsure", [FAULT_WRITE] = "write",   [FAULT_KILLED] = "killed",
    };
    return names[fault];
}

void fault_arm(enum fault fault, int64_t n)
{
    state.armed = true;
    state.reached = false;
    state.fault = fault;
    state.left = n;
    state.n_in_tx = 0;
    state.injected = 0;
    state.place[0] = 0;
}

bool fault_disarm(void)
{
    state.armed = false;
    state.injected = 0;
    return state.reached;
}

const char *fault_place(void)
{
    return state.place;
}

/* Is this call the one that fails? */
static bool is_here(const char *call, const char *what)
{
    state.injected = 0;
    if (!state.armed || --state.left > 0)
        return false;
    state.armed = false;
    state.reached = true;
    snprintf(state.place, sizeof state.place, "%s %.160s", call, what ? what : "");
    return true;
}

static bool is_on_files(void)
{
    return state.fault == FAULT_WRITE || state.fault == FAULT_KILLED;
}

static bool is_rollback(const char *sql)
{
    return sql && strncmp(sql, "ROLLBACK", 8) == 0;
}

/* ---- SQLite ---- */

int __real_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags, sqlite3_stmt **ret,
                              const char **rest);
int __real_sqlite3_step(sqlite3_stmt *stmt);
int __real_sqlite3_exec(sqlite3 *db, const char *sql, int (*fn)(void *, int, char **, char **), void *p, char **ret);
int __real_sqlite3_extended_errcode(sqlite3 *db);
const char *__real_sqlite3_errmsg(sqlite3 *db);
int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags, sqlite3_stmt **ret,
                              const char **rest);
int __wrap_sqlite3_step(sqlite3_stmt *stmt);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*fn)(void *, int, char **, char **), void *p, char **ret);
int __wrap_sqlite3_extended_errcode(sqlite3 *db);
const char *__wrap_sqlite3_errmsg(sqlite3 *db);

static bool sqlite_fails(const char *call, const char *sql)
{
    if (is_on_files() || is_rollback(sql) || !is_here(call, sql))
        return false;
    state.injected = state.fault == FAULT_BUSY ? SQLITE_BUSY : SQLITE_IOERR_WRITE;
    return true;
}

int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags, sqlite3_stmt **ret,
                              const char **rest)
{
    *ret = NULL;
    return sqlite_fails("sqlite3_prepare_v3", sql) ? state.injected
                                                   : __real_sqlite3_prepare_v3(db, sql, n, flags, ret, rest);
}

int __wrap_sqlite3_step(sqlite3_stmt *stmt)
{
    return sqlite_fails("sqlite3_step", sqlite3_sql(stmt)) ? state.injected : __real_sqlite3_step(stmt);
}

int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*fn)(void *, int, char **, char **), void *p, char **ret)
{
    return sqlite_fails("sqlite3_exec", sql) ? state.injected : __real_sqlite3_exec(db, sql, fn, p, ret);
}

int __wrap_sqlite3_extended_errcode(sqlite3 *db)
{
    return state.injected ? state.injected : __real_sqlite3_extended_errcode(db);
}

const char *__wrap_sqlite3_errmsg(sqlite3 *db)
{
    return state.injected ? "a fault was asked for" : __real_sqlite3_errmsg(db);
}

/* SQLite's own way of putting test doubles under its files (sqlite3_vfs.xSetSystemCall). */
static ssize_t file_write(int fd, const void *bytes, size_t n, off_t at)
{
    if (is_on_files() && is_here("pwrite", "")) {
        if (state.fault == FAULT_KILLED)
            kill(getpid(), SIGKILL);
        errno = EIO;
        return -1;
    }
    return pwrite(fd, bytes, n, at);
}

void fault_watch_files(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)file_write);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)file_write);
}

/* ---- PostgreSQL ---- */

PGresult *__real_PQexec(PGconn *conn, const char *sql);
PGresult *__real_PQprepare(PGconn *conn, const char *name, const char *sql, int n, const Oid *types);
PGresult *__real_PQexecPrepared(PGconn *conn, const char *name, int n, const char *const *values, const int *lengths,
                                const int *formats, int format);
PGresult *__wrap_PQexec(PGconn *conn, const char *sql);
PGresult *__wrap_PQprepare(PGconn *conn, const char *name, const char *sql, int n, const Oid *types);
PGresult *__wrap_PQexecPrepared(PGconn *conn, const char *name, int n, const char *const *values, const int *lengths,
                                const int *formats, int format);

/* The server says no: in a transaction it then waits for the roll-back, as it does after any failure. */
static PGresult *refusal(PGconn *conn)
{
    return __real_PQexec(conn,
                         state.fault == FAULT_BUSY
                             ? "DO $$ BEGIN RAISE EXCEPTION 'a fault was asked for' USING ERRCODE = '40001'; END $$"
                             : "DO $$ BEGIN RAISE EXCEPTION 'a fault was asked for' USING ERRCODE = '58030'; END $$");
}

static PGresult *cut(PGconn *conn)
{
    shutdown(PQsocket(conn), SHUT_RDWR);
    return __real_PQexec(conn, ";");
}

/* Outside a transaction a lost connection is made anew and a read repeated (db_test.c): no failure. Inside, every n-th
 * call and the commit: a new connection for every one would take minutes, and shows what a failing statement shows. */
static bool may_be_lost(PGconn *conn, const char *what)
{
    enum { EVERY = 60 };
    return PQtransactionStatus(conn) == PQTRANS_INTRANS &&
           (strcmp(what, "COMMIT") == 0 || state.n_in_tx++ % EVERY == 0);
}

static bool fails_before(PGconn *conn, const char *call, const char *what)
{
    switch (state.fault) {
    case FAULT_BUSY:
    case FAULT_BROKEN:
        return is_here(call, what);
    case FAULT_LOST:
        return may_be_lost(conn, what) && is_here(call, what);
    case FAULT_UNSURE:
    case FAULT_WRITE:
    case FAULT_KILLED:
    case FAULT_COUNT:
        break;
    }
    return false;
}

static PGresult *failure(PGconn *conn)
{
    return state.fault == FAULT_LOST ? cut(conn) : refusal(conn);
}

/* What was made durable just now, while its answer gets lost: a commit, or a write that is its own transaction. */
static PGresult *answered(PGconn *conn, const char *call, const char *what, PGresult *result)
{
    const char *done = PQcmdStatus(result);
    bool durable = PQtransactionStatus(conn) == PQTRANS_IDLE &&
                   (strcmp(done, "COMMIT") == 0 || strncmp(done, "INSERT", 6) == 0 || strncmp(done, "UPDATE", 6) == 0 ||
                    strncmp(done, "DELETE", 6) == 0);
    if (state.fault != FAULT_UNSURE || !durable || !is_here(call, what))
        return result;
    PQclear(result);
    return cut(conn);
}

PGresult *__wrap_PQexec(PGconn *conn, const char *sql)
{
    if (is_rollback(sql))
        return __real_PQexec(conn, sql);
    if (fails_before(conn, "PQexec", sql))
        return failure(conn);
    return answered(conn, "PQexec", sql, __real_PQexec(conn, sql));
}

PGresult *__wrap_PQprepare(PGconn *conn, const char *name, const char *sql, int n, const Oid *types)
{
    return fails_before(conn, "PQprepare", name) ? failure(conn) : __real_PQprepare(conn, name, sql, n, types);
}

PGresult *__wrap_PQexecPrepared(PGconn *conn, const char *name, int n, const char *const *values, const int *lengths,
                                const int *formats, int format)
{
    if (fails_before(conn, "PQexecPrepared", name))
        return failure(conn);
    return answered(conn, "PQexecPrepared", name,
                    __real_PQexecPrepared(conn, name, n, values, lengths, formats, format));
}

/* ---- mail ---- */

CURLcode __wrap_curl_easy_perform(CURL *curl);

int64_t fault_mails(void)
{
    return state.n_mails;
}

/* No mail server is asked: one that takes everything is as good, and fails where it is told to. */
CURLcode __wrap_curl_easy_perform(CURL *curl)
{
    if (is_on_files() || !is_here("curl_easy_perform", "")) {
        state.n_mails++;
        return CURLE_OK;
    }
    if (state.fault == FAULT_UNSURE) /* the server has taken it, and nobody hears so */
        state.n_mails++;
    return state.fault == FAULT_BUSY ? CURLE_COULDNT_CONNECT : CURLE_RECV_ERROR;
}

/* ---- files ---- */

ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __real_pread64(int fd, void *bytes, size_t n, off_t at);
int __real_fsync(int fd);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_pread64(int fd, void *bytes, size_t n, off_t at);
int __wrap_fsync(int fd);

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    if (is_on_files() || !is_here("write", ""))
        return __real_write(fd, bytes, n);
    errno = state.fault == FAULT_BUSY ? ENOSPC : EIO;
    return -1;
}

ssize_t __wrap_pread64(int fd, void *bytes, size_t n, off_t at)
{
    if (is_on_files() || !is_here("pread", ""))
        return __real_pread64(fd, bytes, n, at);
    errno = EIO;
    return -1;
}

int __wrap_fsync(int fd)
{
    if (is_on_files() || !is_here("fsync", ""))
        return __real_fsync(fd);
    errno = EIO;
    return -1;
}
