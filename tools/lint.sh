#!/usr/bin/env bash
# Lint: checks of the tree that no compiler makes. Speaks TAP; a fault is FILE:LINE: message.
# Usage: tools/lint.sh
set -uo pipefail
cd "$(dirname "$0")/.."
n=0
check() {
    local name=$1 found
    shift
    n=$((n + 1))
    if found=$("$@" 2>&1); then
        echo "ok $n - $name"
    else
        printf 'not ok %s - %s\n%s\n' "$n" "$name" "$found"
    fi
}
files() { git ls-files -co --exclude-standard -- "$@" | sort -u | while read -r f; do [ -f "$f" ] && echo "$f"; done; }
scripts() { files | while read -r f; do head -c 30 "$f" | tr -d '\0' | grep -qE '^#!.*\b(ba)?sh' && echo "$f"; done; }

syntax() { scripts | { bad=0; while read -r f; do bash -n "$f" || bad=1; done; exit $bad; }; }
format() { files 'src/*.[ch]' 'tools/*.[ch]' 'tests/*.[ch]' | xargs -r clang-format-14 --dry-run -Werror; }

catalogues() { files 'locale/*.po' | { bad=0; while read -r f; do msgfmt -c -o /dev/null "$f" || bad=1; done; exit $bad; }; }

check 'shell scripts parse' syntax
check 'C files are formatted by .clang-format' format
check 'message catalogues are well formed (msgfmt -c)' catalogues
echo "1..$n"
