#!/usr/bin/env bash
# Usage: install-cdk-cli.sh <new folder>
#
# Installs the CDK CLI alone, which has no dependencies: by a lock file with one entry, that of this repository's lock file.
# npm reads no .npmrc of this repository for it, and compares the checksum.
set -euo pipefail

mkdir "$1"
jq '.packages["node_modules/aws-cdk"] | {
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { "aws-cdk": .version } },
      "node_modules/aws-cdk": { version, integrity }
    }
  }' package-lock.json > "$1/package-lock.json"
jq '.packages[""]' "$1/package-lock.json" > "$1/package.json"
npm ci --prefix "$1" --ignore-scripts --no-bin-links --no-audit --no-fund --no-progress
