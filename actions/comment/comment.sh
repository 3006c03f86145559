#!/usr/bin/env bash
# Inputs as arguments of `cml comment`; none of them is ever part of a command's text.
# Reads REPORT, FROM_BUNDLE, TO, TARGET, UPDATE, TITLE, ASSETS; GITHUB_TOKEN, GITHUB_OUTPUT.
set -euo pipefail

verb=create
[[ $UPDATE != true ]] || verb=update
arguments=("--to=$TO" "--assets=$ASSETS")
[[ -z $TARGET ]] || arguments+=("--target=$TARGET")
[[ -z $TITLE ]] || arguments+=("--watermark-title=$TITLE")
if [[ -n $FROM_BUNDLE ]]; then
    arguments+=("--from-bundle=$FROM_BUNDLE")
else
    while IFS= read -r line; do
        [[ -z ${line// /} ]] && continue
        # A name that begins with a dash is a file too.
        [[ $line == /* ]] || line=./${line#./}
        arguments+=("$line")
    done <<<"$REPORT"
fi

bundle=${RUNNER_TEMP:-/tmp}/cml-report
url=$(cml comment "$verb" "--bundle=$bundle" "${arguments[@]}")
# The comment's address goes before all others; without a comment the lines are the other places'.
url=${url%%$'\n'*}
[[ ,${TO//[[:space:]]/}, == *,comment,* && $url != "${GITHUB_STEP_SUMMARY:-}" ]] || url=
printf 'url=%s\n' "$url" >>"$GITHUB_OUTPUT"
[[ ! -e $bundle/manifest.json ]] || printf 'bundle=%s\n' "$bundle" >>"$GITHUB_OUTPUT"
