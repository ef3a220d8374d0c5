# A PostgreSQL of the demo's own: kept in the data folder, reachable on loopback only, stopped by whoever started it.

# start_postgres FOLDER: sets and exports OPENHALL_POSTGRES.
start_postgres() {
    local home=$1/postgres bin
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
    if [[ -z $bin ]] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
    if [[ -z $bin ]]; then
        ((EUID == 0)) || fail "PostgreSQL 15 or later is missing: apt-get install postgresql"
        install_packages postgresql
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    fi

    # The server refuses to run as root.
    PG_AS=()
    if ((EUID == 0)); then
        PG_AS=(runuser -u postgres --)
        mkdir -p "$home"
        if ! runuser -u postgres -- test -x "$1"; then
            home=/var/tmp/openhall-postgres-$(printf %s "$1" | cksum | cut -d' ' -f1)
            say "User postgres can't reach $1; the database is kept in $home."
            mkdir -p "$home"
        fi
        chown postgres "$home"
    fi
    mkdir -p "$home"
    PG_BIN=$bin PG_DATA=$home/cluster

    local port=5440
    while (: </dev/tcp/127.0.0.1/$port) 2>/dev/null; do port=$((port + 1)); done
    if [[ ! -f $home/password ]]; then make_cluster "$home"; fi
    "${PG_AS[@]}" "$bin/pg_ctl" -D "$PG_DATA" -w -s -l "$home/server.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" start </dev/null ||
        { tail -5 "$home/server.log" >&2; fail "PostgreSQL does not start."; }
    say "PostgreSQL   127.0.0.1:$port, data in $home"
    export OPENHALL_POSTGRES="Host=127.0.0.1;Port=$port;Database=openhall;Username=openhall;Password=$(cat "$home/password")"
}

# An ordinary role owns the database: a superuser could change insert-only rows. The superuser has no way in over the network.
make_cluster() {
    local home=$1 password
    say "Making a PostgreSQL database in $home …"
    password=$(head -c 24 /dev/urandom | base64 | tr -dc 'A-Za-z0-9')
    rm -rf "$PG_DATA"
    "${PG_AS[@]}" "$PG_BIN/initdb" -D "$PG_DATA" -U postgres -E UTF8 --locale=C.UTF-8 --auth=reject >/dev/null
    printf '%s\n' "create role openhall login password '$password'" 'create database openhall owner openhall' |
        "${PG_AS[@]}" "$PG_BIN/postgres" --single -D "$PG_DATA" postgres >/dev/null
    printf 'host openhall openhall 127.0.0.1/32 scram-sha-256\n' | "${PG_AS[@]}" tee "$PG_DATA/pg_hba.conf" >/dev/null
    (umask 077; printf '%s' "$password" >"$home/password")
}

stop_postgres() { "${PG_AS[@]}" "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w -s stop </dev/null || true; }
