#!/usr/bin/env bash
# Usage: deploy.sh <stack> <folder of the assembly> <program of the CDK CLI>
#
# Deploys a reviewed template: the CDK CLI prepares a change set, which is executed if CloudFormation received that template.
set -euo pipefail

stack=$1
assembly=$2
cdk=$3
commit=${COMMIT:?}
change_set=deploy-${GITHUB_RUN_ID:?}-${GITHUB_RUN_ATTEMPT:?}
pause=${PAUSE:-15}

refuse() {
  echo "::error::$*" >&2
  exit 1
}

# Waits for the end of an operation on the stack. Prints the status; nothing if there is no stack.
settled_status() {
  local status
  while true; do
    if ! status=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' \
      --output text 2>&1); then
      [[ $status == *'does not exist'* ]] && return
      refuse "$status"
    fi
    [[ $status == *_IN_PROGRESS && $status != "${1:-}" ]] || break
    sleep "$pause"
  done
  echo "$status"
}

# The CDK CLI would also run a program that an asset names, upload files of elsewhere, or set parameters.
mapfile -t manifests < <(jq -r '.artifacts[] | select(.type == "cdk:asset-manifest").properties.file' "$assembly/manifest.json")
unreviewed=$(cd "$assembly" && jq --slurp --raw-output '[.. | objects | to_entries[] | select(
    .key == "executable"
    or (.key == "parameters" and .value != {})
    or (.key == "path" and (.value | test("/")))
    or .value == "cdk:cloud-assembly"
  ) | "\(.key) \(.value)"] | join(", ")' manifest.json "${manifests[@]/#/./}")
[ -z "$unreviewed" ] || refuse "The assembly has what no review shows: $unreviewed"

# The template that the review read: of the stack with this name, whatever the artifact is called.
template=$assembly/$(jq --exit-status --raw-output --arg stack "$stack" '.artifacts | to_entries[]
  | select(.value.type == "aws:cloudformation:stack" and (.value.properties.stackName // .key) == $stack)
  | .value.properties.templateFile' "$assembly/manifest.json")
! jq --exit-status '.. | select(. == "AWS::CloudFormation::Stack")' "$template" > /dev/null ||
  refuse "$template has a nested stack, whose template no review compares. Take its resources into $stack."

# The deployment of an earlier merge ends first.
settled_status REVIEW_IN_PROGRESS > /dev/null

# It builds no image: a build would run a Dockerfile beside the credentials.
CDK_DOCKER=false "$cdk" deploy "$stack" --app "$assembly" --exclusively --method prepare-change-set \
  --change-set-name "$change_set" --require-approval never --no-notices --no-color

described=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$change_set" --output json \
  --query '{arn: ChangeSetId, status: Status, reason: StatusReason}')
read_back=(--change-set-name "$change_set")
is_empty=$(jq '.status == "FAILED" and (.reason | test("didn.t contain changes|No updates are to be performed"))' <<< "$described")
# A change set without changes is not needed: the stack has the template.
[ "$is_empty" = false ] || read_back=()

aws cloudformation get-template --stack-name "$stack" "${read_back[@]}" --template-stage Original --output json \
  --query TemplateBody | jq --sort-keys > received.json
jq --sort-keys . "$template" > reviewed.json
# CloudFormation returns "?" for a character outside of ASCII. The synth writes none: they are escaped (lib/ascii-template.ts).
cmp received.json reviewed.json || refuse "CloudFormation received another template than the reviewed one, $template." \
  "Nothing was deployed. Find out who wrote the template's file in the bucket of cdk bootstrap, and delete it there."

if [ "$is_empty" = true ]; then
  echo "$stack has no changes."
  exit
fi

# Approved late, or started again: main may have moved on.
head=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/main" --jq .object.sha)
[ "$head" = "$commit" ] || refuse "main is at $head, no longer at $commit. Nothing was deployed: approve the newer run."

since=$(date -u +%FT%T)
aws cloudformation execute-change-set --stack-name "$stack" --change-set-name "$(jq -r .arn <<< "$described")"
status=$(settled_status)
echo "$stack is $status."
case $status in
  CREATE_COMPLETE | UPDATE_COMPLETE) exit ;;
esac

# Resources that were only cancelled do not say why.
aws cloudformation describe-stack-events --stack-name "$stack" --max-items 500 --output json |
  jq --raw-output --arg since "$since" '.StackEvents | reverse[]
    | select(.Timestamp[:19] >= $since and (.ResourceStatus | endswith("_FAILED")))
    | select(.ResourceStatusReason // "" | test("cancelled") | not)
    | "\(.LogicalResourceId) (\(.ResourceType)): \(.ResourceStatusReason)"'
exit 1
