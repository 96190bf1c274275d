#!/usr/bin/env bash
# Usage: import.sh <stack>
#
# Imports users, and waits for the end of the job. The variable USERS has the text of a CSV file. The script runs the
# command that the stack's output SubmitImport has for people. Needs the AWS CLI.
set -euo pipefail

stack=$1

# The value of an output of the stack.
stack_output() {
  aws cloudformation describe-stacks --stack-name "$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

bucket=$(stack_output BucketName)
submit_command=$(stack_output SubmitImport)
printf '%s\n' "$USERS" | aws s3 cp - "s3://$bucket/imports/users.csv"
job_id=$(eval "$submit_command --query jobId --output text")
# Asks every ten seconds for fifteen minutes: the AWS CLI has no waiter for AWS Batch, which starts a task within minutes.
for _ in $(seq 90); do
  status=$(aws batch describe-jobs --jobs "$job_id" --query 'jobs[0].status' --output text)
  case $status in
    SUCCEEDED)
      echo "The import $job_id ended well."
      exit 0
      ;;
    FAILED) break ;;
  esac
  sleep "${PAUSE:-10}"
done
echo "The import $job_id is $status: $(aws batch describe-jobs --jobs "$job_id" \
  --query 'jobs[0].[statusReason, container.reason]' --output text)" >&2
exit 1
