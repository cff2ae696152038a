/* What: what a process gives up before it becomes WeasyPrint. Flow: pdf_child.c, after the fork. Nothing here can fail
 * loudly: an old kernel without Landlock leaves the other walls standing. Source: landlock(7), seccomp(2). */
#ifndef GAVA_PDF_SANDBOX_H
#define GAVA_PDF_SANDBOX_H

#include "pdf.h"

/* Files: programs, libraries and fonts may be read; nothing is written, made or removed but in its own folder.
 * Network, other processes: none. */
void pdf_sandbox(const char *folder);
/* Time, memory and size of what it writes; no core file. */
void pdf_sandbox_limits(const struct pdf_limits *limits);

#endif
