/* What: the limit of "durable submit": the rows that one submission writes, written again and again by nothing but
 * SQLite, in the same pair of files with the same PRAGMAs as store/db_sqlite.c. Usage: bare_submit copy FROM TO FROM,
 * TO: directories with register.db and vault.db bare_submit run BEFORE AFTER SECONDS CLIENTS   AFTER is written to
 * `run` compares the store before and after one submission: a row that is new becomes an INSERT, a row that changed an
 * UPDATE of the columns that changed. Each transaction writes all of them once more, with new keys, unique texts and
 * counters moved on. Prints JSON: transactions, seconds, p50_us, p99_us, n_inserts, n_updates. One process per client.
 * Not here: the load over HTTP (submit.lua, script/bench). Source: performance.md; issue 2, show 7. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TABLES_MAX = 100, WRITES_MAX = 400, COLUMNS_MAX = 60, SAMPLES_MAX = 1 << 20, CLIENTS_MAX = 64 };

enum treatment { KEEP, MOVE, VARY }; /* as it was; a key or counter moved on; a unique text or blob made another */

struct table {
    const char *schema, *name;
    char *columns[COLUMNS_MAX];
    int n_columns;
    int key[COLUMNS_MAX];          /* place in the primary key, 1.., or 0 */
    bool unique[COLUMNS_MAX];      /* alone in a unique index */
    char *references[COLUMNS_MAX]; /* table whose key the column holds, or NULL */
    int64_t n_new;                 /* rows inserted per submission */
};

struct write {
    struct table *table;
    bool insert;
    int n; /* parameters */
    enum treatment treatment[COLUMNS_MAX];
    int64_t step[COLUMNS_MAX];
    sqlite3_value *value[COLUMNS_MAX];
    char *sql;
};

struct plan {
    struct table tables[TABLES_MAX];
    struct write writes[WRITES_MAX];
    int n_tables, n_writes;
};

struct shared {
    int64_t turn; /* transactions begun; read and moved on inside BEGIN IMMEDIATE, so the write lock guards it */
    int64_t done[CLIENTS_MAX];
    uint32_t wait_us[CLIENTS_MAX][SAMPLES_MAX / CLIENTS_MAX];
};

static void die(sqlite3 *db, const char *what)
{
    fprintf(stderr, "bare_submit: %s: %s\n", what, db ? sqlite3_errmsg(db) : "failed");
    exit(1);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(db, sql);
}

static void run_format(sqlite3 *db, const char *format, const char *a, const char *b)
{
    char *sql = sqlite3_mprintf(format, a, b);
    run_sql(db, sql);
    sqlite3_free(sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(db, sql);
    return statement;
}

static char *text_of(sqlite3_stmt *statement, int column)
{
    return strdup((const char *)sqlite3_column_text(statement, column));
}

static char *path_in(const char *dir, const char *file)
{
    return sqlite3_mprintf("%s/%s", dir, file);
}

static sqlite3 *open_pair(const char *dir)
{
    sqlite3 *db;
    if (sqlite3_open(path_in(dir, "vault.db"), &db) != SQLITE_OK)
        die(db, dir);
    sqlite3_busy_timeout(db, 30000);
    run_format(db, "ATTACH %Q AS register", path_in(dir, "register.db"), NULL);
    static const char *const schemas[] = {"main", "register"};
    for (int i = 0; i < 2; i++) {
        run_format(db, "PRAGMA \"%w\".journal_mode = WAL", schemas[i], NULL);
        run_format(db, "PRAGMA \"%w\".synchronous = FULL", schemas[i], NULL);
        run_format(db, "PRAGMA \"%w\".secure_delete = ON", schemas[i], NULL);
        run_format(db, "PRAGMA \"%w\".mmap_size = 4294967296", schemas[i], NULL);
    }
    run_sql(db, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
    return db;
}

static void copy_pair(const char *from, const char *to)
{
    static const char *const files[] = {"vault.db", "register.db"};
    for (int i = 0; i < 2; i++) {
        sqlite3 *source, *target;
        if (sqlite3_open_v2(path_in(from, files[i]), &source, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
            die(source, files[i]);
        if (sqlite3_open(path_in(to, files[i]), &target) != SQLITE_OK)
            die(target, files[i]);
        sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
        if (backup == NULL || sqlite3_backup_step(backup, -1) != SQLITE_DONE ||
            sqlite3_backup_finish(backup) != SQLITE_OK)
            die(target, "backup");
        sqlite3_close(source);
        sqlite3_close(target);
    }
}

/* ---- what one submission writes ------------------------------------------------------------------------------------
 */

static struct table *find_table(struct plan *plan, const char *name)
{
    for (int i = 0; i < plan->n_tables; i++)
        if (strcmp(plan->tables[i].name, name) == 0)
            return &plan->tables[i];
    return NULL;
}

/* Columns that hold a key of the other file have no REFERENCES; their names tell. */
static char *referenced_by_name(const char *column)
{
    if (strcmp(column, "case_id") == 0)
        return strdup("cases");
    if (strcmp(column, "sealed_id") == 0 || strcmp(column, "name_id") == 0 || strcmp(column, "reason_id") == 0)
        return strdup("sealed");
    if (strcmp(column, "event_id") == 0)
        return strdup("event");
    return NULL;
}

static int column_of(const struct table *t, const char *name)
{
    for (int i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i], name) == 0)
            return i;
    return -1;
}

static void read_table(sqlite3 *db, struct table *t)
{
    sqlite3_stmt *s = prepare(db, sqlite3_mprintf("PRAGMA \"%w\".table_info(\"%w\")", t->schema, t->name));
    while (sqlite3_step(s) == SQLITE_ROW && t->n_columns < COLUMNS_MAX) {
        t->columns[t->n_columns] = text_of(s, 1);
        t->key[t->n_columns] = sqlite3_column_int(s, 5);
        t->references[t->n_columns] = referenced_by_name(t->columns[t->n_columns]);
        t->n_columns++;
    }
    sqlite3_finalize(s);
    s = prepare(db, sqlite3_mprintf("PRAGMA \"%w\".foreign_key_list(\"%w\")", t->schema, t->name));
    while (sqlite3_step(s) == SQLITE_ROW)
        t->references[column_of(t, (const char *)sqlite3_column_text(s, 3))] = text_of(s, 2);
    sqlite3_finalize(s);
    s = prepare(db, sqlite3_mprintf(
                        "SELECT (SELECT max(name) FROM pragma_index_info(l.name, %Q)) FROM pragma_index_list(%Q, %Q) l "
                        "WHERE l.\"unique\" AND 1 = (SELECT count(*) FROM pragma_index_info(l.name, %Q))",
                        t->schema, t->name, t->schema, t->schema));
    while (sqlite3_step(s) == SQLITE_ROW)
        if (sqlite3_column_text(s, 0))
            t->unique[column_of(t, (const char *)sqlite3_column_text(s, 0))] = true;
    sqlite3_finalize(s);
}

static void read_tables(sqlite3 *db, struct plan *plan)
{
    static const char *const schemas[] = {"main", "register"};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *s = prepare(db, sqlite3_mprintf("SELECT name FROM \"%w\".sqlite_schema WHERE type = 'table' "
                                                      "AND name NOT LIKE 'sqlite_%%' ORDER BY rowid",
                                                      schemas[i]));
        while (sqlite3_step(s) == SQLITE_ROW && plan->n_tables < TABLES_MAX) {
            struct table *t = &plan->tables[plan->n_tables++];
            *t = (struct table){.schema = schemas[i], .name = text_of(s, 0)};
            read_table(db, t);
        }
        sqlite3_finalize(s);
    }
}

/* "a = ? AND b = ?" over the columns of the primary key. */
static char *key_condition(const struct table *t, int first_parameter)
{
    char *text = sqlite3_mprintf("1");
    for (int i = 0; i < t->n_columns; i++)
        if (t->key[i])
            text = sqlite3_mprintf("%z AND \"%w\" = ?%d", text, t->columns[i], first_parameter++);
    return text;
}

static bool has_key(const struct table *t)
{
    for (int i = 0; i < t->n_columns; i++)
        if (t->key[i])
            return true;
    return false;
}

/* The old row with the key of the new row that `now` stands on, or NULL. */
static sqlite3_stmt *old_row(sqlite3 *db, const struct table *t, sqlite3_stmt *now)
{
    if (!has_key(t))
        return NULL;
    sqlite3_stmt *s = prepare(
        db, sqlite3_mprintf("SELECT * FROM \"old_%w\".\"%w\" WHERE %z", t->schema, t->name, key_condition(t, 1)));
    for (int i = 0, parameter = 1; i < t->n_columns; i++)
        if (t->key[i])
            sqlite3_bind_value(s, parameter++, sqlite3_column_value(now, i));
    if (sqlite3_step(s) == SQLITE_ROW)
        return s;
    sqlite3_finalize(s);
    return NULL;
}

static bool same(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    int n = sqlite3_column_bytes(a, column);
    const void *left = sqlite3_column_blob(a, column), *right = sqlite3_column_blob(b, column);
    return sqlite3_column_type(a, column) == sqlite3_column_type(b, column) && n == sqlite3_column_bytes(b, column) &&
           (n == 0 || memcmp(left, right, (size_t)n) == 0);
}

static void add_insert(struct plan *plan, struct table *t, sqlite3_stmt *row)
{
    struct write *w = &plan->writes[plan->n_writes++];
    *w = (struct write){.table = t, .insert = true, .n = t->n_columns};
    char *marks = sqlite3_mprintf("");
    for (int i = 0; i < t->n_columns; i++) {
        w->value[i] = sqlite3_value_dup(sqlite3_column_value(row, i));
        marks = sqlite3_mprintf("%z%s?%d", marks, i ? ", " : "", i + 1);
    }
    w->sql = sqlite3_mprintf("INSERT INTO \"%w\".\"%w\" VALUES (%z)", t->schema, t->name, marks);
    t->n_new++;
}

static void add_update(struct plan *plan, struct table *t, sqlite3_stmt *row, sqlite3_stmt *old)
{
    struct write *w = &plan->writes[plan->n_writes++];
    *w = (struct write){.table = t};
    char *set = sqlite3_mprintf("");
    for (int i = 0; i < t->n_columns; i++) {
        if (same(row, old, i))
            continue;
        w->value[w->n] = sqlite3_value_dup(sqlite3_column_value(row, i));
        w->treatment[w->n] = sqlite3_column_type(row, i) == SQLITE_INTEGER ? MOVE : KEEP;
        w->step[w->n] = 1;
        set = sqlite3_mprintf("%z%s\"%w\" = ?%d", set, w->n ? ", " : "", t->columns[i], w->n + 1);
        w->n++;
    }
    int first = w->n + 1;
    for (int i = 0; i < t->n_columns; i++)
        if (t->key[i])
            w->value[w->n++] = sqlite3_value_dup(sqlite3_column_value(row, i));
    w->sql = sqlite3_mprintf("UPDATE \"%w\".\"%w\" SET %z WHERE %z", t->schema, t->name, set, key_condition(t, first));
}

/* How the values of the inserted rows must differ from one transaction to the next. */
static void choose_treatments(sqlite3 *db, struct plan *plan)
{
    for (int k = 0; k < plan->n_writes; k++) {
        struct write *w = &plan->writes[k];
        struct table *t = w->table;
        for (int i = 0; w->insert && i < t->n_columns; i++) {
            int type = sqlite3_value_type(w->value[i]);
            struct table *other = t->references[i] ? find_table(plan, t->references[i]) : NULL;
            bool own_key = t->key[i] == 1 && type == SQLITE_INTEGER && t->references[i] == NULL &&
                           strcmp(t->columns[i], "id") == 0;
            if (own_key)
                other = t;
            if (other && other->n_new > 0 && type == SQLITE_INTEGER) {
                /* Only a reference to a row of this very submission moves. */
                sqlite3_stmt *s =
                    prepare(db, sqlite3_mprintf("SELECT 1 FROM \"old_%w\".\"%w\" WHERE rowid = %lld", other->schema,
                                                other->name, (long long)sqlite3_value_int64(w->value[i])));
                bool was_there = sqlite3_step(s) == SQLITE_ROW;
                sqlite3_finalize(s);
                w->treatment[i] = was_there ? KEEP : MOVE;
                w->step[i] = other->n_new;
            } else if (t->unique[i] && (type == SQLITE_TEXT || type == SQLITE_BLOB)) {
                w->treatment[i] = VARY;
            }
        }
    }
}

static void make_plan(sqlite3 *db, struct plan *plan)
{
    read_tables(db, plan);
    for (int pass = 0; pass < 2;
         pass++) { /* inserts first, in the order of CREATE TABLE: parents before children; then updates */
        for (int i = 0; i < plan->n_tables; i++) {
            struct table *t = &plan->tables[i];
            sqlite3_stmt *s =
                prepare(db, sqlite3_mprintf("SELECT * FROM \"%w\".\"%w\" EXCEPT SELECT * FROM \"old_%w\".\"%w\"",
                                            t->schema, t->name, t->schema, t->name));
            while (sqlite3_step(s) == SQLITE_ROW && plan->n_writes < WRITES_MAX) {
                sqlite3_stmt *old = old_row(db, t, s);
                if (old == NULL && pass == 0)
                    add_insert(plan, t, s);
                else if (old != NULL && pass == 1)
                    add_update(plan, t, s, old);
                sqlite3_finalize(old);
            }
            sqlite3_finalize(s);
        }
    }
    choose_treatments(db, plan);
    if (plan->n_writes == 0)
        die(NULL, "no difference between the two stores");
}

/* ---- writing it again ----------------------------------------------------------------------------------------------
 */

static void bind(sqlite3_stmt *s, const struct write *w, int i, int64_t turn)
{
    sqlite3_value *value = w->value[i];
    int n = sqlite3_value_bytes(value);
    char varied[256];
    switch (w->treatment[i]) {
    case KEEP:
        sqlite3_bind_value(s, i + 1, value);
        return;
    case MOVE:
        sqlite3_bind_int64(s, i + 1, sqlite3_value_int64(value) + turn * w->step[i]);
        return;
    case VARY:
        if (n > (int)sizeof varied)
            n = sizeof varied;
        memcpy(varied, sqlite3_value_blob(value), (size_t)n);
        for (int at = n - 1; at >= 0 && at >= n - 8; at--, turn /= 10)
            varied[at] = (char)('0' + turn % 10);
        if (sqlite3_value_type(value) == SQLITE_TEXT)
            sqlite3_bind_text(s, i + 1, varied, n, SQLITE_TRANSIENT);
        else
            sqlite3_bind_blob(s, i + 1, varied, n, SQLITE_TRANSIENT);
        return;
    }
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void client(const char *dir, const struct plan *plan, struct shared *shared, int me, double seconds)
{
    sqlite3 *db = open_pair(dir);
    sqlite3_stmt *begin = prepare(db, "BEGIN IMMEDIATE"), *commit = prepare(db, "COMMIT"), *statements[WRITES_MAX];
    for (int k = 0; k < plan->n_writes; k++)
        statements[k] = prepare(db, plan->writes[k].sql);
    double end = now_s() + seconds;
    int64_t n = 0;
    for (double start = now_s(); start < end; start = now_s()) {
        if (sqlite3_step(begin) != SQLITE_DONE)
            die(db, "BEGIN IMMEDIATE");
        sqlite3_reset(begin);
        int64_t turn = ++shared->turn;
        for (int k = 0; k < plan->n_writes; k++) {
            for (int i = 0; i < plan->writes[k].n; i++)
                bind(statements[k], &plan->writes[k], i, turn);
            if (sqlite3_step(statements[k]) != SQLITE_DONE)
                die(db, plan->writes[k].sql);
            sqlite3_reset(statements[k]);
        }
        if (sqlite3_step(commit) != SQLITE_DONE)
            die(db, "COMMIT");
        sqlite3_reset(commit);
        if (n < SAMPLES_MAX / CLIENTS_MAX)
            shared->wait_us[me][n] = (uint32_t)((now_s() - start) * 1e6);
        n++;
    }
    shared->done[me] = n;
    _exit(0);
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int run(const char *before, const char *after, double seconds, int n_clients)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static struct plan plan;
    sqlite3 *db = open_pair(after);
    run_format(db, "ATTACH %Q AS old_main", path_in(before, "vault.db"), NULL);
    run_format(db, "ATTACH %Q AS old_register", path_in(before, "register.db"), NULL);
    make_plan(db, &plan);
    sqlite3_close_v2(db); /* no connection crosses fork() */

    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        die(NULL, "mmap");
    double start = now_s();
    for (int i = 0; i < n_clients; i++)
        if (fork() == 0)
            client(after, &plan, shared, i, seconds);
    for (int status; wait(&status) > 0;)
        if (status != 0)
            die(NULL, "a client");
    double took = now_s() - start;

    static uint32_t all[SAMPLES_MAX];
    int64_t total = 0, n = 0, n_inserts = 0;
    for (int i = 0; i < n_clients; i++) {
        total += shared->done[i];
        for (int64_t k = 0; k < shared->done[i] && k < SAMPLES_MAX / CLIENTS_MAX; k++)
            all[n++] = shared->wait_us[i][k];
    }
    for (int k = 0; k < plan.n_writes; k++)
        n_inserts += plan.writes[k].insert;
    qsort(all, (size_t)n, sizeof *all, by_size);
    printf(
        "{\"transactions\":%lld,\"seconds\":%.3f,\"p50_us\":%u,\"p99_us\":%u,\"n_inserts\":%lld,\"n_updates\":%lld}\n",
        (long long)total, took, n ? all[n / 2] : 0, n ? all[n * 99 / 100] : 0, (long long)n_inserts,
        (long long)(plan.n_writes - n_inserts));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "copy") == 0) {
        copy_pair(argv[2], argv[3]);
        return 0;
    }
    int n_clients = argc == 6 ? atoi(argv[5]) : 0;
    if (argc != 6 || strcmp(argv[1], "run") != 0 || n_clients < 1 || n_clients > CLIENTS_MAX) {
        fprintf(stderr, "usage: bare_submit copy FROM TO | run BEFORE AFTER SECONDS CLIENTS(1-%d)\n", CLIENTS_MAX);
        return 2;
    }
    return run(argv[2], argv[3], atof(argv[4]), n_clients);
}
