/* What: a file that lies in the program itself (tools/embed.sh). Memory: static. */
#ifndef GAVA_EMBEDDED_H
#define GAVA_EMBEDDED_H

#include "str.h"

struct embedded_file {
    const char *name; /* "default.yaml" */
    const char *p, *end;
};
static inline struct str embedded_text(const struct embedded_file *file)
{
    return (struct str){file->p, (size_t)(file->end - file->p)};
}

#endif
