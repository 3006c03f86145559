#!/usr/bin/env bash
# Installs cml for the later steps of a job: downloads the release's single file, verifies it, adds it to PATH.
# Reads VERSION, REPOSITORY; CML_LOCAL_HOST, RUNNER_OS, RUNNER_ARCH, RUNNER_TOOL_CACHE, RUNNER_TEMP, GITHUB_SERVER_URL, GITHUB_PATH, GITHUB_OUTPUT.
set -euo pipefail

fail() {
    printf '::error title=setup-cml::%s\n' "$1"
    exit 1
}

# `cml run` brings cml with it, and so does a self-hosted image. Images of CML have a program of this name too, and no `doctor`.
ours() { command -v cml >/dev/null && cml doctor --help >/dev/null 2>&1; }
wanted() { [[ -n ${CML_LOCAL_HOST:-} || $VERSION == latest || ${VERSION#v} == "$1" ]]; }
if ours && installed=$(cml --version) && wanted "$installed"; then
    printf 'cml %s is already on PATH\n' "$installed"
    printf 'version=%s\n' "$installed" >>"$GITHUB_OUTPUT"
    exit 0
fi

[[ $REPOSITORY =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail "repository must look like owner/name, not '$REPOSITORY'"
[[ $VERSION == latest || $VERSION =~ ^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "version must be latest or look like 1.2.3, not '$VERSION'"

case $RUNNER_OS-$RUNNER_ARCH in
    Linux-X64) { ldd --version 2>&1 || true; } | grep -qi musl && rid=linux-musl-x64 || rid=linux-x64 ;;
    Linux-ARM64) rid=linux-arm64 ;;
    macOS-ARM64) rid=osx-arm64 ;;
    macOS-X64) rid=osx-x64 ;;
    Windows-X64) rid=win-x64 ;;
    *) fail "there is no cml for $RUNNER_OS on $RUNNER_ARCH" ;;
esac
file=cml-$rid name=cml
[[ $RUNNER_OS != Windows ]] || file=$file.exe name=cml.exe

releases=$GITHUB_SERVER_URL/$REPOSITORY/releases
[[ $VERSION == latest ]] && from=$releases/latest/download || from=$releases/download/v${VERSION#v}
# What an earlier job on this machine has downloaded is taken again, if it is still what the release lists.
folder=${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/setup-cml/${REPOSITORY/\//-}/${VERSION#v}
mkdir -p "$folder/bin"
cd "$folder"
download() {
    curl -fsSL --retry 3 -o "$1.part.$$" "$from/$1" ||
        fail "$from/$1 cannot be downloaded; is $VERSION a release of $REPOSITORY?"
    mv -f "$1.part.$$" "$1"
}
hash_of() {
    local sum
    if command -v sha256sum >/dev/null; then sum=$(sha256sum "$1"); else sum=$(shasum -a 256 "$1"); fi
    sum=${sum%% *}
    printf '%s' "${sum#\\}"
}

download SHA256SUMS
expected=$(sed -n "s/^\([0-9a-f]\{64\}\)[ *]*$file\$/\1/p" SHA256SUMS)
if [[ -n $expected && -f bin/$name && $(hash_of "bin/$name") == "$expected" ]]; then
    printf 'cml is in the cache\n'
else
    download "$file"
    actual=$(hash_of "$file")
    [[ -n $expected && $expected == "$actual" ]] || fail "$file does not match SHA256SUMS: expected '${expected:-nothing listed}', got '$actual'"
    chmod +x "$file"
    mv -f "$file" "bin/$name"
fi
if [[ $RUNNER_OS != Windows ]]; then
    for legacy in cml-publish cml-send-comment cml-send-github-check cml-pr cml-runner cml-tensorboard-dev; do
        ln -sf cml "bin/$legacy"
    done
fi
printf '%s\n' "$folder/bin" >>"$GITHUB_PATH"
installed=$("bin/$name" --version)
printf 'cml %s\n' "$installed"
printf 'version=%s\n' "$installed" >>"$GITHUB_OUTPUT"
