#!/usr/bin/env bash
# Usage: copy-images.sh <stack> <tag>
#
# Copies the images that the variables APP_IMAGE and BATCH_IMAGE name into the repositories of a stack, under a tag. Needs
# the AWS CLI and Docker.
set -euo pipefail

stack=$1
tag=$2

# The value of an output of the stack.
stack_output() {
  aws cloudformation describe-stacks --stack-name "$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

# Logs in to the registry of an image if it is Amazon ECR, in the registry's region. Any other registry has to be public.
login() {
  local host=${1%%/*}
  case $host in
    *.dkr.ecr.*.amazonaws.com)
      local region=${host#*.dkr.ecr.}
      aws ecr get-login-password --region "${region%%.*}" | docker login --username AWS --password-stdin "$host"
      ;;
  esac
}

# copy <source image> <target image>
copy() {
  local source=$1
  local target=$2
  login "$source"
  login "$target"
  # Copies a single image as it is, and an index with its images for every architecture.
  docker buildx imagetools create --prefer-index=false --tag "$target" "$source"
}

app_repository=$(stack_output AppRepositoryUri)
batch_repository=$(stack_output BatchRepositoryUri)
copy "$APP_IMAGE" "$app_repository:$tag"
copy "$BATCH_IMAGE" "$batch_repository:$tag"
