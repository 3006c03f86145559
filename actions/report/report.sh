#!/usr/bin/env bash
# Inputs as arguments of `cml report`; none of them is ever part of a command's text.
# Reads DIRECTORY, METRICS, PREDICTIONS, HISTORY, IMAGES, TITLE, BASELINE, OUTPUT, FAIL_ON, SUMMARY; GITHUB_OUTPUT, GITHUB_STEP_SUMMARY.
set -euo pipefail

arguments=("--title=$TITLE" "--out=$OUTPUT" "--fail-on=$FAIL_ON")
# lines OPTION TEXT: the option once for each line of the text.
lines() {
    local line
    while IFS= read -r line; do
        [[ -z ${line// /} ]] || arguments+=("$1=$line")
    done <<<"$2"
}
lines --metrics "$METRICS"
lines --predictions "$PREDICTIONS"
lines --history "$HISTORY"
lines --image "$IMAGES"
lines --baseline "$BASELINE"

printf 'report=%s\n' "$OUTPUT" >>"$GITHUB_OUTPUT"
status=0
cml report "${arguments[@]}" -- "$DIRECTORY" || status=$?
if [[ $SUMMARY == true && -s $OUTPUT ]]; then
    cml comment create "$OUTPUT" --to=summary
fi
exit "$status"
