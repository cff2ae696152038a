/* What: the calls at which the program leaves itself (SQLite, libpq, libcurl, files), one of which fails on command:
 * the 1st, 2nd, 3rd ... from now. Flow: the test arms, calls one operation of the program, disarms, looks at what is
 * left. The linker puts these functions between the program and the libraries (-Wl,--wrap, tests/fault/meson.build):
 * the program's own objects are the same ones that are released, and no call can be forgotten. Invariants: (1) unarmed,
 * every call goes through; (2) exactly one call fails, then all go through again; (3) a roll-back never fails: it is
 * what follows a failure; (4) fault_test alone is linked with them. Not here: what is done and compared
 * (fault_test.c). Source: style.md rule 45; sqlite.org/testing.html 3.3 "I/O Error Testing"; docs/decisions/0049. */
#ifndef GAVA_FAULT_POINTS_H
#define GAVA_FAULT_POINTS_H

#include "base.h"

enum fault {
    FAULT_BUSY,   /* the other side says no for now: locked, serialization failure, mail server out of reach */
    FAULT_BROKEN, /* it says no for good: disk error, the statement fails */
    FAULT_LOST,   /* PostgreSQL: the connection is gone before the call */
    FAULT_UNSURE, /* PostgreSQL, mail: the call is carried out, the connection gone before its answer */
    FAULT_WRITE,  /* SQLite: the n-th write into a file of the database fails, so that one file of two may be written */
    FAULT_KILLED, /* SQLite: the process ends at the n-th write into a file, as with kill -9 */
    FAULT_COUNT
};
const char *fault_name(enum fault fault);

/* The n-th point from now (1 ...) fails. */
void fault_arm(enum fault fault, int64_t n);
/* Every call goes through again. True: the point was reached. */
bool fault_disarm(void);
/* The point that failed, for messages: "sqlite3_step COMMIT". */
const char *fault_place(void);
/* Mails the mail server has taken since the program began. */
int64_t fault_mails(void);
/* Let SQLite's own writes be points too. Once, before the first store is opened. */
void fault_watch_files(void);

#endif
