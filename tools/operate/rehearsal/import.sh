#!/usr/bin/env bash
# Usage: import.sh <stack>
#
# Imports USERS, the text of a CSV file, as a person would by the stack's outputs, and waits for the end of the job.
# Needs the AWS CLI.
set -euo pipefail

stack=$1
out() {
  aws cloudformation describe-stacks --stack-name "$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

bucket=$(out BucketName)
submit=$(out SubmitImport)
printf '%s\n' "$USERS" | aws s3 cp - "s3://$bucket/imports/users.csv"
job=$(eval "$submit --query jobId --output text")
# Fifteen minutes: Batch starts a task within some, and has no waiter.
for _ in $(seq 90); do
  status=$(aws batch describe-jobs --jobs "$job" --query 'jobs[0].status' --output text)
  case $status in
    SUCCEEDED)
      echo "The import $job ended well."
      exit 0
      ;;
    FAILED) break ;;
  esac
  sleep "${PAUSE:-10}"
done
echo "The import $job is $status: $(aws batch describe-jobs --jobs "$job" \
  --query 'jobs[0].[statusReason, container.reason]' --output text)" >&2
exit 1
