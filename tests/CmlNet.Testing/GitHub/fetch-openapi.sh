#!/bin/sh
# Puts GitHub's OpenAPI description where the tests look for it: a cache outside the repository.
# Usage: fetch-openapi.sh [DIRECTORY]     default: ${XDG_CACHE_HOME:-$HOME/.cache}/cmlnet/octokit-openapi-<version>
set -eu
version=23.0.2
directory=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/cmlnet/octokit-openapi-$version}
file=$directory/node_modules/@octokit/openapi/generated/api.github.com.json
if [ ! -s "$file" ]; then
    command -v npm >/dev/null || { echo "npm is not installed; without it the checks against GitHub's OpenAPI description are skipped" >&2; exit 1; }
    mkdir -p "$directory"
    npm install --prefix "$directory" --no-save --no-audit --no-fund --ignore-scripts --silent "@octokit/openapi@$version" >&2
fi
echo "$file"
