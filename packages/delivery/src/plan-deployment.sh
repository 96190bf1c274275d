#!/usr/bin/env bash
# Usage: ENVIRONMENTS='<name> …' ENVIRONMENT=<name, or nothing after CI> plan-deployment.sh
#
# Decides what a run of Deploy deploys: main's head, once CI has passed it, to the first environment and to each one that
# asks a reviewer, or to the one that a person names.
set -euo pipefail

# A run after CI that has nothing to deploy is no failure: the run after the next CI deploys.
nothing() {
  echo "::notice::Nothing is deployed: $*"
  [ "$GITHUB_EVENT_NAME" = workflow_run ]
  exit
}

[ "$GITHUB_REF" = refs/heads/main ] || nothing "the run is of $GITHUB_REF. Start it with: gh workflow run deploy.yml --ref main"

commit=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/main" --jq .object.sha)
passed=$(gh api "repos/$GITHUB_REPOSITORY/actions/workflows/ci.yml/runs?head_sha=$commit&branch=main&status=success" \
  --jq '[.workflow_runs[] | select(.event == "push" or .event == "workflow_dispatch")] | length')
[ "$passed" -gt 0 ] || nothing "CI has not passed main's head, $commit. Start it with: gh workflow run ci.yml --ref main"

planned=()
reviewed=()
for environment in ${ENVIRONMENT:-$ENVIRONMENTS}; do
  # The answer for an environment that does not exist has no rules.
  rules=$(gh api "repos/$GITHUB_REPOSITORY/environments/$environment" --jq '.protection_rules[]?.type' || true)
  if grep --quiet --line-regexp required_reviewers <<< "$rules"; then
    reviewed+=("\"$environment\"")
  elif [ "$environment" != "${ENVIRONMENTS%% *}" ]; then
    if [ -z "$ENVIRONMENT" ]; then
      echo "::notice::$environment asks no reviewer: a person starts it (gh workflow run deploy.yml --ref main -f environment=$environment)"
      continue
    fi
    [[ $GITHUB_TRIGGERING_ACTOR != *'[bot]' ]] || nothing "$environment asks no reviewer, and $GITHUB_TRIGGERING_ACTOR is no person."
  fi
  planned+=("\"$environment\"")
done

join() {
  local IFS=,
  echo "[$*]"
}
{
  echo "commit=$commit"
  echo "environments=$(join "${planned[@]}")"
  echo "asks-reviewer=$(join "${reviewed[@]}")"
} >> "$GITHUB_OUTPUT"
