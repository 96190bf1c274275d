#!/usr/bin/env bash
# Usage: drift-issue.sh <environment> <directory> <digest>
#
# Opens, updates or closes the one issue on an environment's drift, from what the night's check left in the directory:
# `outcome` (0 no drift, 1 drift, else not known) and `report.md`. The digest is of both; files with another one are not
# the check's. A shell script, so that the job that may write issues runs no package of others.
set -euo pipefail

environment=$1
directory=$2
digest=$3
label="drift-$environment"
url="${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"

outcome=2
report=$directory/report.md
if [ -s "$directory/outcome" ] && [ "$(cat "$directory/outcome" "$report" | shasum -a 256)" = "$digest" ]; then
  outcome=$(cat "$directory/outcome")
else
  report=/dev/null
fi
if [ "$outcome" != 0 ] && [ ! -s "$report" ]; then
  report=$(mktemp)
  printf '**The check for drift broke before it could say anything, so nothing is known.**\n' >"$report"
fi

# Its own only: anybody may open an issue, and some may label it.
number=$(gh api "repos/$GITHUB_REPOSITORY/issues?creator=github-actions%5Bbot%5D&labels=$label&state=open&per_page=1" \
  --jq '.[0].number // empty')

if [ "$outcome" = 0 ]; then
  [ -z "$number" ] || gh issue close "$number" --comment "No drift any more: $url"
elif [ -z "$number" ]; then
  gh label create "$label" --force --color FBCA04 --description "What was changed by hand in $environment"
  gh issue create --title "Drift in $environment" --label "$label" --body-file "$report"
elif [ "$(gh issue view "$number" --json body --jq .body | tr -d '\r')" != "$(cat "$report")" ]; then
  gh issue edit "$number" --body-file "$report"
  gh issue comment "$number" --body "What is said above has changed: $url"
fi
