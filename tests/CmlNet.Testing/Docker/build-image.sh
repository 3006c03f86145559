#!/bin/sh
# Builds a small Debian or Ubuntu image out of this machine's own package mirror and imports it into the engine:
#   build-image.sh NAME[:TAG] PACKAGE,PACKAGE...
# Needs root, debootstrap, flock and the docker program. Test processes that run at the same time build once.
set -eu

name=$1
packages=$2

# Suite and name of the distribution this machine runs.
. /etc/os-release
suite=${VERSION_CODENAME:?no VERSION_CODENAME in /etc/os-release}

# The mirror is the first one apt itself is given for the suite; comments are not configuration.
mirror_from_apt() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk -v suite="$suite" '
      function flush() { if (uri != "" && (" " suites " ") ~ (" " suite " ")) { print uri; found = 1; exit } uri = ""; suites = "" }
      /^[[:space:]]*#/ { next }
      /^[[:space:]]*$/ { flush(); next }
      tolower($1) == "uris:" { uri = $2 }
      tolower($1) == "suites:" { $1 = ""; suites = $0 }
      END { if (!found) flush() }
    ' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] || continue
    # deb [options] URI SUITE COMPONENTS
    sed -n 's/^[[:space:]]*deb[[:space:]][[:space:]]*\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*\)[[:space:]][[:space:]]*'"$suite"'[[:space:]].*/\2/p' "$file"
  done
}

default_mirror() {
  case ${ID:-debian} in
    ubuntu) echo http://archive.ubuntu.com/ubuntu ;;
    *) echo http://deb.debian.org/debian ;;
  esac
}

mirror=$(mirror_from_apt | head -n 1)
mirror=${mirror:-$(default_mirror)}
components=main
[ "${ID:-}" = ubuntu ] && components=main,universe

lock=${TMPDIR:-/tmp}/cmlnet-build-$(printf %s "$name" | tr -c 'a-zA-Z0-9' '-').lock
exec 9>"$lock"
flock 9
if docker image inspect "$name" >/dev/null 2>&1; then
  exit 0
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/cmlnet-image.XXXXXX")
trap 'rm -rf --one-file-system "$root"' EXIT
trap 'exit 130' INT TERM
debootstrap --variant=minbase --components="$components" --include="$packages" "$suite" "$root" "$mirror" >&2
# pip in a throw-away container may install beside the distribution's packages.
rm -f "$root"/usr/lib/python3*/EXTERNALLY-MANAGED
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
tar -C "$root" -c --one-file-system . | docker import - "$name" >&2
