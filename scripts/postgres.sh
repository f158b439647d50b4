# A PostgreSQL cluster for one test run, in a folder of its own. Sourced by ./test.
# shellcheck shell=bash

postgres_folder=
postgres_pid=

# Where initdb is; empty when PostgreSQL's server is not installed. Debian keeps it off the PATH.
postgres_bin() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  if [[ -n $newest && -x $newest/initdb ]]; then
    printf '%s' "$newest"
  elif have initdb; then
    dirname -- "$(command -v initdb)"
  fi
}

# PostgreSQL refuses to run as root; Debian's package brought a user for it.
as_postgres() {
  if ((EUID == 0)); then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- "$@")
  else
    "$@"
  fi
}

start_postgres() {
  local bin port try
  bin=$(postgres_bin)
  postgres_folder=$(mktemp -d -t heliotrope-postgres.XXXXXX)
  if ((EUID == 0)); then chown postgres:postgres "$postgres_folder"; fi
  as_postgres "$bin/initdb" -D "$postgres_folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  for try in 1 2 3 4 5 6 7 8; do
    # Below the ports that the system hands out to clients.
    port=$((20000 + RANDOM % 12000))
    if as_postgres "$bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/log" -w -s start \
      -o "-p $port -k $postgres_folder -c listen_addresses=127.0.0.1 -c max_connections=300"; then
      postgres_pid=$(head -n 1 "$postgres_folder/data/postmaster.pid")
      export HELIOTROPE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return 0
    fi
    say "PostgreSQL did not start on port $port (try $try); another one next."
  done
  cat -- "$postgres_folder/log" >&2
  return 1
}

# Safe to call twice, and without a cluster.
stop_postgres() {
  if [[ -n $postgres_pid ]]; then
    kill -INT "$postgres_pid" 2>/dev/null || true
    for _ in {1..100}; do
      kill -0 "$postgres_pid" 2>/dev/null || break
      sleep 0.1
    done
    postgres_pid=
  fi
  if [[ -n $postgres_folder ]]; then
    rm -rf -- "$postgres_folder"
    postgres_folder=
  fi
}
