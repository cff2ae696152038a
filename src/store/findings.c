#include "findings.h"

void findings_add(struct findings *findings, const char *format, ...)
{
    findings->all++;
    if (findings->n == FINDINGS_MAX)
        return;
    struct out out = out_init(findings->arena, 4096);
    va_list args;
    va_start(args, format);
    out_vfmt(&out, format, args);
    va_end(args);
    findings->texts[findings->n++] = out.full ? STR("(a finding too long to show)") : out_take(&out);
}
