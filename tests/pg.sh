#!/usr/bin/env bash
# A throw-away PostgreSQL for tests and benches, on a free loopback port, all of it under one directory.
# Usage: tests/pg.sh start DIR [CONFIG...]   prints its URL (database "gava"); CONFIG: e.g. fsync=on (off by default here)
#        tests/pg.sh stop DIR                stops it and deletes DIR
#        tests/pg.sh run COMMAND...          start, run COMMAND with GAVA_TEST_PG set, stop
# PostgreSQL refuses to run as root: then it runs as the user "postgres" of Debian's package.
set -euo pipefail

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || {
    echo "tests/pg.sh: no PostgreSQL under /usr/lib/postgresql; install Debian's package postgresql" >&2
    exit 1
}
as=()
[ "$(id -u)" = 0 ] && as=(runuser -u postgres --)

start() {
    local dir=$1 port log try
    shift
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    log=$dir/log
    : >"$log"
    [ "$(id -u)" = 0 ] && chown -R postgres "$dir"
    if ! (cd "$dir" && "${as[@]}" "$bin/initdb" -D "$dir/data" -U gava -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$log" 2>&1; then
        cat "$log" >&2
        exit 1
    fi
    {
        echo "listen_addresses = '127.0.0.1'"
        echo "unix_socket_directories = '$dir'"
        echo "max_connections = 200"
        echo "fsync = off"
        echo "full_page_writes = off"
        local setting
        for setting in "$@"; do echo "${setting%%=*} = '${setting#*=}'"; done
    } >>"$dir/data/postgresql.conf"
    for try in 1 2 3 4 5 6 7 8; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -o "-p $port" -l "$log" -w -t 60 start) >/dev/null 2>&1; then
            (cd "$dir" && "${as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U gava gava) >&2
            echo "postgresql://gava@127.0.0.1:$port/gava"
            return
        fi
    done
    cat "$log" >&2
    echo "tests/pg.sh: PostgreSQL did not start after $try tries; its log is above" >&2
    exit 1
}

stop() {
    if [ -d "$1/data" ]; then
        local dir
        dir=$(cd "$1" && pwd)
        (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop) >/dev/null 2>&1 || true
    fi
    rm -rf "$1"
}

case ${1:-} in
start) shift && start "$@" ;;
stop) stop "$2" ;;
run)
    shift
    dir=$(mktemp -d)
    chmod 755 "$dir"
    trap 'stop "$dir"' EXIT
    GAVA_TEST_PG=$(start "$dir")
    export GAVA_TEST_PG
    "$@"
    ;;
*)
    sed -n '2,6s/^# //p' "$0" >&2
    exit 2
    ;;
esac
