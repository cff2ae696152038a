/* What: how tools/sqlc describes a statement, and the list of all of them.
 * Who needs it: generated code, the engines, and the suites that prepare and explain every statement. Others need db.h
 * only. */
#ifndef GAVA_SQL_H
#define GAVA_SQL_H

#include "db.h"

enum sql_kind { SQL_INT, SQL_BOOL, SQL_TEXT, SQL_BLOB, SQL_TIME, SQL_DATE, SQL_ID };
enum sql_result { SQL_EXEC, SQL_CHANGED, SQL_ONE, SQL_MANY };

/* A parameter or a column. */
struct sql_field {
    const char *name;
    enum sql_kind kind;
    bool maybe;    /* NULL allowed: STR_NONE, id 0, UTC_NONE, DATE_NONE */
    size_t offset; /* of a column: where it lies in the row's struct */
};

struct sql_stmt {
    const char *name, *place; /* place: "src/x.sql:12" */
    const char *sqlite, *pg;  /* the text for each engine */
    const struct sql_field *params, *cols;
    size_t n_params, n_cols, row_size;
    enum sql_result result;
    int64_t limit; /* of SQL_MANY */
    bool writes;   /* changes something */
    bool indexed;  /* marked "-- plan: indexed": the plan suite proves it */
};

/* Every statement of the program; ends with NULL. */
extern const struct sql_stmt *const sql_all[];

#endif
