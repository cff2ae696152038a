# What the commands in script/ share: talking, failing, installing. Sourced by bash after `cd` to the root of the tree.
# Source: design.md section 5 (contract of script/build, script/server, script/test).

say() { printf '%s\n' "$*" >&2; }

# fail SENTENCE...: the last line a person reads; it says what to do.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The first word of each line of a deps/ file; comments and empty lines dropped.
package_names() { sed -e 's/#.*//' "$1" | awk 'NF { print $1 }'; }

# A Node.js from somewhere else (18 or newer, with npm) is as good as Debian's.
have_node() {
    command -v npm >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] >= 18 ? 0 : 1)' 2>/dev/null
}

# missing_packages FILE: the packages of FILE that are not installed, one a line. One dpkg-query: about 30 ms.
missing_packages() {
    local wanted installed
    wanted=$(package_names "$1")
    # shellcheck disable=SC2086 # one word each
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | awk '$1 == "installed" { print $2 }')
    comm -23 <(sort -u <<<"$wanted") <(sort -u <<<"$installed") | while read -r package; do
        case $package in
        nodejs | npm) have_node && continue ;;
        esac
        printf '%s\n' "$package"
    done
}

# Install what FILE names and the machine lacks. Says nothing when there is nothing to do.
install_packages() {
    local file=$1 missing sudo='' log
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        [ -n "${GAVA_NO_INSTALL:-}" ] && return
        fail "this machine has no apt-get. Install what $file names in your own way, then run again with GAVA_NO_INSTALL=1."
    fi
    missing=$(missing_packages "$file")
    [ -z "$missing" ] && return
    # shellcheck disable=SC2086 # one word each
    missing=$(printf '%s ' $missing)
    [ -n "${GAVA_NO_INSTALL:-}" ] && fail "these packages are missing: ${missing}(from $file). Install them, or run without GAVA_NO_INSTALL."
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "these packages are missing and you are neither root nor have sudo. As root: apt-get install --no-install-recommends $missing"
        sudo=sudo
    fi
    say "Installing from $file: $missing"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    say '  reading the package lists (apt-get update) ...'
    if ! $sudo apt-get -q update >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        say '  apt-get update did not succeed; trying with the lists that are here.'
    fi
    # Progress: one line per package as it is fetched and set up.
    # shellcheck disable=SC2086 # $missing is a list of words
    if ! $sudo env DEBIAN_FRONTEND=noninteractive apt-get -y -q install --no-install-recommends $missing 2>&1 |
        tee "$log" | awk '/^Need to get/ { print "  " $0 } /^Get:/ && !(++n % 20) { print "  " n " packages fetched" }
            /^Setting up/ && !(++s % 20) { print "  " s " packages set up" } { fflush() }' >&2; then
        grep -E '^(E|W|dpkg): ' "$log" >&2 || tail -n 15 "$log" >&2
        rm -f "$log"
        fail "apt-get could not install the packages above. Is there a network, a Debian 12 mirror in /etc/apt and free disk? Then run again."
    fi
    rm -f "$log"
}

# need_disk MIB WHAT-FOR: stop before a build that would fill the disk.
need_disk() {
    local free_kib
    free_kib=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free_kib" -ge $(($1 * 1024)) ] ||
        fail "$2 needs about $1 MiB, but only $((free_kib / 1024)) MiB are free under $PWD. Make room, then run again."
}

# The style sheet, font and script packages of package-lock.json (and, with them, the test tools).
install_node_modules() {
    [ -f package-lock.json ] || return 0
    [ node_modules/.package-lock.json -nt package-lock.json ] && return 0
    have_node || fail 'Node.js 18 or newer with npm is needed (Debian packages nodejs and npm), and was not found.'
    say 'Fetching the npm packages of package-lock.json ...'
    local log
    log=$(mktemp)
    if ! npm ci --ignore-scripts --no-audit --no-fund >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail 'npm ci could not fetch the packages. Is there a network (and NODE_EXTRA_CA_CERTS or a proxy, if you need one)? Then run again.'
    fi
    rm -f "$log"
    touch node_modules/.package-lock.json
}

# run_ninja DIR [TARGET...]: compile with progress. On a terminal ninja keeps one line; elsewhere every 25th step is shown.
run_ninja() {
    local dir=$1
    shift
    if [ -t 2 ]; then
        ninja -C "$dir" "$@" >&2
    else
        # Between "Regenerating" and "Found ninja" Meson tells about itself.
        ninja -C "$dir" "$@" 2>&1 | awk '/^ninja: (Entering|no work)/ { next } /Regenerating build files/ { quiet = 1 }
            /^Found ninja/ { quiet = 0; next } quiet && !/ERROR/ { next } /^Cleaning\.\.\. 0/ { next }
            /^\[[0-9]+\/[0-9]+\]/ { split(substr($1, 2), p, /[\/\]]/); if (p[1] == p[2] || p[1] % 25 == 0) print "  " $0; next }
            { print }' >&2
    fi
}
