#!/usr/bin/env bash
# Usage: copy-images.sh <stack> <tag>
#
# Copies the images that APP_IMAGE and BATCH_IMAGE name into the registries of a stack. Needs the AWS CLI and Docker.
set -euo pipefail

stack=$1
tag=$2
out() {
  aws cloudformation describe-stacks --stack-name "$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

# A registry of ECR's wants a login, in its own region; any other one has to be public.
login() {
  local host=${1%%/*}
  case $host in
    *.dkr.ecr.*.amazonaws.com)
      local region=${host#*.dkr.ecr.}
      aws ecr get-login-password --region "${region%%.*}" | docker login --username AWS --password-stdin "$host"
      ;;
  esac
}

copy() {
  login "$1"
  login "$2"
  # For every architecture, and bit by bit.
  docker buildx imagetools create --prefer-index=false --tag "$2" "$1"
}

app=$(out AppRepositoryUri)
batch=$(out BatchRepositoryUri)
copy "$APP_IMAGE" "$app:$tag"
copy "$BATCH_IMAGE" "$batch:$tag"
