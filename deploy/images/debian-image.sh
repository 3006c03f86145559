#!/usr/bin/env bash
# Makes a container image without asking a registry: debootstrap's minimal system plus packages.
#
#   debian-image.sh NAME PACKAGE[,PACKAGE...]
#
# Does nothing when the image NAME is present. Packages come from the mirror apt is configured with and
# the distribution is the machine's own. Needs root, debootstrap and a container engine.
set -euo pipefail

fail() {
    printf 'debian-image: %s\n' "$1" >&2
    exit 1
}

[[ $# -eq 2 ]] || fail "usage: debian-image.sh NAME PACKAGE[,PACKAGE...]"
name=$1 packages=$2

image_present() { docker image inspect "$name" >/dev/null 2>&1; }

# The first archive of this distribution in apt's sources, in either of their two formats.
apt_mirror() {
    local uri
    while read -r uri; do
        case $uri in
            *security*) ;;
            http*debian* | http*ubuntu*) printf '%s\n' "${uri%/}" && return ;;
        esac
    done < <(
        cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs:[[:space:]]*//p' | tr ' ' '\n'
        cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
            sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p'
    )
}

image_present && exit 0
[[ $EUID -eq 0 ]] || fail "debootstrap needs root; run as root, or put an image named $name in the engine yourself"
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"

# Two callers at once make it once.
exec 9>"${TMPDIR:-/tmp}/cmlnet-image-$(tr -c 'a-zA-Z0-9\n' - <<<"$name").lock"
flock 9
image_present && exit 0

# shellcheck source=/dev/null
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
[[ -n $codename ]] || fail "/etc/os-release names no VERSION_CODENAME; this needs Debian or Ubuntu"
mirror=$(apt_mirror)
[[ $mirror == *ubuntu* ]] && components=main,universe || components=main
if [[ -z ${http_proxy:-} ]]; then
    proxy=$(apt-config dump Acquire::http::Proxy 2>/dev/null | sed -n 's/^Acquire::http::Proxy "\(http[^"]*\)";$/\1/p')
    [[ -z $proxy ]] || export http_proxy=$proxy
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/cmlnet-image.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
printf 'debian-image: making %s (%s, %s) from %s\n' "$name" "$codename" "$packages" "${mirror:-the default mirror}" >&2
if ! debootstrap --variant=minbase --components="$components" --include="$packages" "$codename" "$work/root" ${mirror:+"$mirror"} >"$work/log" 2>&1; then
    tail -n 15 "$work/log" "$work/root/debootstrap/debootstrap.log" >&2 2>/dev/null || true
    fail "debootstrap failed; its last lines are above"
fi
# An image is nobody's managed system: pip may install into it.
rm -f "$work"/root/usr/lib/python3*/EXTERNALLY-MANAGED
rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
tar -C "$work/root" --numeric-owner -c . |
    docker import -c 'ENV LANG=C.UTF-8' -c 'CMD ["bash"]' - "$name" >/dev/null
