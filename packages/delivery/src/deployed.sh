#!/usr/bin/env bash
# Usage: deployed.sh <stack> <folder of an assembly> <new folder>
#
# Writes the base for `review`: the given assembly with the stack's template, tags and termination protection from AWS, or
# without a stack that is not deployed yet.
set -euo pipefail

stack=$1
assembly=$2
deployed=$3

artifact=$(jq --exit-status --raw-output --arg stack "$stack" '.artifacts | to_entries[]
  | select(.value.type == "aws:cloudformation:stack" and (.value.properties.stackName // .key) == $stack)
  | .key' "$assembly/manifest.json")
# That of the assembly, whatever the caller's configuration says: in another region the stack would not exist.
region=$(jq --raw-output --arg artifact "$artifact" '.artifacts[$artifact].environment | split("/") | last' "$assembly/manifest.json")

if ! described=$(aws cloudformation describe-stacks --region "$region" --stack-name "$stack" --output json 2>&1); then
  if [[ $described != *"Stack with id $stack does not exist"* ]]; then
    echo "$described" >&2
    exit 1
  fi
  described='{"Stacks": [{"StackStatus": "REVIEW_IN_PROGRESS"}]}'
fi

mkdir -p "$deployed"
cp -R "$assembly/." "$deployed"

case $(jq --raw-output '.Stacks[0].StackStatus' <<< "$described") in
  # Never created, or its creation was rolled back.
  REVIEW_IN_PROGRESS | ROLLBACK_COMPLETE)
    jq --arg artifact "$artifact" 'del(.artifacts[$artifact])' "$assembly/manifest.json" > "$deployed/manifest.json"
    ;;
  *)
    file=$(jq --raw-output --arg artifact "$artifact" '.artifacts[$artifact].properties.templateFile' "$assembly/manifest.json")
    aws cloudformation get-template --region "$region" --stack-name "$stack" --template-stage Original --output json \
      --query TemplateBody > "$deployed/$file"
    if jq --exit-status '.. | select(. == "AWS::CloudFormation::Stack")' "$assembly/$file" "$deployed/$file" > /dev/null; then
      echo "$stack has a nested stack, whose template no review compares. Take its resources into $stack." >&2
      exit 1
    fi
    jq --arg artifact "$artifact" --argjson described "$described" '.artifacts[$artifact].properties += {
        terminationProtection: $described.Stacks[0].EnableTerminationProtection,
        tags: ($described.Stacks[0].Tags | map({(.Key): .Value}) | add // {})
      }' "$assembly/manifest.json" > "$deployed/manifest.json"
    ;;
esac
