/* What: the first include of every file: the standard headers, the compiler's help, BUG(), and the banned names.
 * Everything else of base/ is included by its own name, flat. Source: style.md rules 21, 31, 49. */
#ifndef GAVA_BASE_H
#define GAVA_BASE_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MUST_USE __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))

/* Number of elements of an array (not of a pointer: the second factor does not compile then). */
#define ARRAY_LEN(a)                                                                                                   \
    (sizeof(a) / sizeof((a)[0]) +                                                                                      \
     0 * sizeof(char[1 - 2 * __builtin_types_compatible_p(__typeof__(a), __typeof__(&(a)[0]))]))

/* A fault in the program itself: says where on stderr and aborts. Always compiled in; the supervisor starts a new
 * worker. Never for bad input: that is an enum err. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
NORETURN PRINTF_LIKE(3, 4) void bug_at(const char *file, int line, const char *format, ...);

#include "banned.h"

#endif
