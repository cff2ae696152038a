/* What: the routines that come with Gåva, as they lie in the program: the five and the default. */
#ifndef GAVA_ROUTINE_SHIPPED_H
#define GAVA_ROUTINE_SHIPPED_H

#include "str.h"

/* The file of the routine with this id ("nordanstig"); STR_NONE when none of that name comes with the program. Static.
 */
struct str routine_shipped(struct str id);

#endif
