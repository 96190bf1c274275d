#!/usr/bin/env bash
# Usage: drift-issue.sh <environment> <directory> <digest>
#
# Opens, updates or closes the issue on an environment's drift. The directory has two files of the job that looked for it:
# `outcome` (0: no drift, 1: drift, anything else: not known) and `report.md`. Those with another digest are ignored.
set -euo pipefail

environment=$1
directory=$2
digest=$3
label="drift-$environment"
run_url="${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"

# Without files of the job that checked, the outcome is not known.
outcome=2
body=
if [ -s "$directory/outcome" ] && [ "$(cat "$directory/outcome" "$directory/report.md" | sha256sum)" = "$digest" ]; then
  outcome=$(cat "$directory/outcome")
  body=$(cat "$directory/report.md")
fi
: "${body:=**The check for drift broke before it could say anything, so nothing is known.**}"

# Only an issue that a workflow opened: anybody may open others, and some people may label them.
number=$(gh api "repos/$GITHUB_REPOSITORY/issues?creator=github-actions%5Bbot%5D&labels=$label&state=open&per_page=1" \
  --jq '.[0].number // empty')

if [ "$outcome" = 0 ]; then
  [ -z "$number" ] || gh issue close "$number" --comment "No drift any more: $run_url"
elif [ -z "$number" ]; then
  gh label create "$label" --force --color FBCA04 --description "What was changed by hand in $environment"
  gh issue create --title "Drift in $environment" --label "$label" --body-file - <<< "$body"
elif [ "$(gh issue view "$number" --json body --jq .body | tr -d '\r')" != "$body" ]; then
  gh issue edit "$number" --body-file - <<< "$body"
  gh issue comment "$number" --body "What is said above has changed: $run_url"
fi
