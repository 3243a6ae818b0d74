# Check the manifests, show what was found where GitHub shows it, and end as the job should end.
#
# No text of a manifest is ever a command: neither of this shell nor, in the log, of the runner.
set -euo pipefail

fail() { # an exit code; why there is no verdict
  echo "exit-code=$1" >> "$GITHUB_OUTPUT"
  echo "::error title=gonogo has no verdict::$2"
  exit "$1"
}

arguments=(check)
each() { # an option with its =, or nothing; lines: an argument for each line that is not blank
  local line
  while read -r line || [ -n "$line" ]; do
    [ -z "$line" ] || arguments+=("$1$line")
  done <<< "$2"
}

case "$UNDETERMINED" in
  fail | warn) ;;
  *) fail 2 "the input undetermined is fail or warn" ;;
esac

folder=$(mktemp -d "$RUNNER_TEMP/gonogo-XXXXXXXX")
report="$folder/report.jsonl"
sarif="$folder/report.sarif"
annotations="$folder/annotations"

each --pack= "$PACKS"
each --policies= "$POLICIES"
each --pack-digest= "$PACK_DIGEST"
each --pack-key= "$PACK_KEY"
each --profile= "$PROFILE"
each --waivers= "$WAIVERS"
each --evidence-root= "$EVIDENCE_ROOT"
each --as-of= "$AS_OF"
each --expect= "$EXPECT"
# An empty stage is refused by gonogo: an unset variable must not check the plan instead.
[ "$RELEASE_NOW" = no ] || arguments+=("--release-now=$RELEASE_NOW")
arguments+=(--format=text "--output=jsonl:$report" "--output=sarif:$sarif")
arguments+=("--output=github:$annotations" "--output=markdown:$GITHUB_STEP_SUMMARY" --)
each "" "$MANIFESTS"

code=0
"$RUNNER_TEMP/gonogo/bin/python" -I -m gonogo "${arguments[@]}" > "$folder/log" 2>&1 || code=$?
# Python ends with 1 when it cannot even start, and 1 is NO-GO: no report, no verdict.
[ -f "$report" ] || [ "$code" = 2 ] || code=4

# The runner obeys `::command::` and `##[command]` in a log. gonogo writes neither, but a crash may
# print anything: the runner is told to stop until it reads a word that nobody can have foreseen.
word=$(python3 -I -c 'import secrets; print(secrets.token_hex(16))')
printf '::stop-commands::%s\n' "$word"
cat "$folder/log"
printf '\n::%s::\n' "$word"

case "$code" in
  0) verdict=GO ;;
  1) verdict=NO-GO ;;
  3) verdict=UNDETERMINED ;;
  *) verdict= ;;
esac
{
  echo "verdict=$verdict"
  echo "exit-code=$code"
  [ ! -f "$report" ] || echo "report=$report"
  [ ! -f "$sarif" ] || echo "sarif=$sarif"
} >> "$GITHUB_OUTPUT"

[ -f "$annotations" ] || fail "$code" "the log of this step says why"
if [ "$code" = 3 ] && [ "$UNDETERMINED" = warn ]; then
  sed 's/^::error /::warning /' "$annotations"
  exit 0
fi
cat "$annotations"
exit "$code"
