# Shared by the commands at the root. Sourced, never run. Everything here speaks on standard error,
# because standard output belongs to the answer of ./heliotrope.
# shellcheck shell=bash

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
server=$root/src/Heliotrope.Server/bin/Release/net10.0/heliotrope
fingerprint_file=$(dirname -- "$server")/.sources

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Build processes that stay in memory would outlive the command that started them.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# install_debian WHY PACKAGE… : one update, one install; says what it does and what to do when it cannot.
install_debian() {
  local why=$1 become=()
  shift
  if ! have apt-get; then
    say "$why needs: $*. This machine has no apt-get; install them its own way and try again."
    return 1
  fi
  if ((EUID != 0)); then
    if ! have sudo; then
      say "$why needs: $*. Become root and run: apt-get install --no-install-recommends $*"
      return 1
    fi
    become=(sudo)
    # Nobody is there to type a password.
    [[ -t 0 ]] || become+=(-n)
  fi
  say "$why needs Debian packages that are missing; installing: $*"
  # Packages of servers start them at once, on ports that somebody else may have. Debian asks this file first (101: no).
  local policy=/usr/sbin/policy-rc.d
  if [[ -n ${WITHOUT_STARTING-} && ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${become[@]}" install -m 755 /dev/stdin "$policy" || return 1
    local status=0
    WITHOUT_STARTING='' install_debian "$why" "$@" || status=$?
    "${become[@]}" rm -f -- "$policy"
    return "$status"
  fi
  if ! "${become[@]}" apt-get update -q </dev/null >&2 ||
    ! "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >&2; then
    say "Installing failed. Install by hand, then try again: $*"
    return 1
  fi
}

# The build takes word lists from packages and bundles the pages' scripts and styles with Node; it is never needed to run the server.
ensure_node() {
  if ! have node || ! have npm; then
    install_debian "Building" nodejs npm
  fi
}

ensure_dotnet() {
  if ! have dotnet; then
    say "The .NET 10 SDK is missing: there is no dotnet command. See https://dotnet.microsoft.com/download/dotnet/10.0"
    return 1
  fi
}

# What the server is built from, as one number: names, sizes and times of all sources. Takes milliseconds, and unlike a
# comparison with one time stamp it notices files that were removed, renamed or brought back from an older revision.
fingerprint() {
  (
    cd -- "$root"
    find src web ./*.props ./*.targets ./*.slnx global.json \
      \( -name bin -o -name obj -o -name node_modules -o -path src/Heliotrope.Server/wwwroot/assets \) -prune \
      -o -type f -printf '%P %p %s %T@\n' 2>/dev/null | LC_ALL=C sort | cksum
  ) || true
}

server_is_current() {
  [[ -x $server && -f $fingerprint_file && $(<"$fingerprint_file") == "$(fingerprint)" ]]
}

# build PROJECT-OR-SOLUTION: quiet when it succeeds. Call it under the build lock.
build() {
  local log before
  ensure_dotnet || return 1
  log=$(mktemp) || return 1
  # Taken before the build, so that what is edited meanwhile is built next time.
  before=$(fingerprint)
  if dotnet build "$root/$1" -c Release --nologo -v quiet -warnaserror </dev/null >"$log" 2>&1; then
    rm -f -- "$log"
    # The other projects do not bring the server with them.
    case $1 in
      *.slnx | src/Heliotrope.Server/*) printf '%s\n' "$before" >"$fingerprint_file" ;;
    esac
    return 0
  fi
  cat -- "$log" >&2
  rm -f -- "$log"
  say "The build failed; what it said is above."
  return 1
}

# Runs a command while no other one of ours builds. The lock must not pass on to what the command starts and leaves behind.
under_build_lock() {
  local status=0
  mkdir -p -- "$root/artifacts" || return 1
  (
    flock 9 || exit 1
    "$@" 9>&-
  ) 9>>"$root/artifacts/build.lock" || status=$?
  return "$status"
}

build_server_if_needed() {
  server_is_current || build src/Heliotrope.Server/Heliotrope.Server.csproj
}
