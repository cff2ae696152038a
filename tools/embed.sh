#!/bin/sh
# embed.sh - files as bytes in the program.
# Synopsis: embed.sh OUT.c SYMBOL FILE...
# Output:   a C file with `const struct embedded_file SYMBOL[]` and `const size_t n_SYMBOL` (base/embedded.h), by .incbin.
set -eu
out=$1 symbol=$2
shift 2
{
    printf '/* Made by tools/embed.sh: do not edit. */\n#include "embedded.h"\n'
    n=0
    for file in "$@"; do
        path=$(CDPATH='' cd -- "$(dirname -- "$file")" && pwd)/$(basename -- "$file")
        printf '__asm__(".section .rodata\\n%s_%d:\\n.incbin \\"%s\\"\\n%s_%d_end:\\n.byte 0\\n.previous\\n");\n' \
            "$symbol" "$n" "$path" "$symbol" "$n"
        printf 'extern const char %s_%d[], %s_%d_end[];\n' "$symbol" "$n" "$symbol" "$n"
        n=$((n + 1))
    done
    printf 'extern const struct embedded_file %s[];\nextern const size_t n_%s;\n' "$symbol" "$symbol"
    printf 'const struct embedded_file %s[] = {\n' "$symbol"
    n=0
    for file in "$@"; do
        printf '    {"%s", %s_%d, %s_%d_end},\n' "$(basename -- "$file")" "$symbol" "$n" "$symbol" "$n"
        n=$((n + 1))
    done
    printf '};\nconst size_t n_%s = %d;\n' "$symbol" "$n"
} >"$out"
