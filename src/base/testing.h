/* What: cmocka with all it needs, for x_test.c files; included first. cmocka's own fail() gives way to ours (ctx.h): a
 * test says fail_msg(). */
#ifndef GAVA_TESTING_H
#define GAVA_TESTING_H

/* The order is cmocka's. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#undef fail
#undef fail_msg
#define fail_msg(...)                                                                                                  \
    do {                                                                                                               \
        print_error("ERROR: " __VA_ARGS__);                                                                            \
        print_error("\n");                                                                                             \
        _fail(__FILE__, __LINE__);                                                                                     \
    } while (0)

#endif
