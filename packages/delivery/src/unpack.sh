#!/usr/bin/env bash
# Usage: unpack.sh <name> <line of sha256sum for its archive>
#
# Unpacks downloads/<name>.tar of $RUNNER_TEMP into <name>/cdk.out there, away from the checkout: packages that run during the
# synth may pack anything.
set -euo pipefail

archive=$1.tar

refuse() {
  echo "::error::$archive $*" >&2
  exit 1
}

cd "${RUNNER_TEMP:?}/downloads"
[ "$(sha256sum "$archive")" = "$2" ] || refuse 'is not the one that its job made. Start the run again.'

# A link could lead out of the folder.
others=$(tar --list --verbose --numeric-owner --file "$archive" | sed '/^[-d]/d')
others+=$(tar --list --file "$archive" | sed -E '/(^|\/)\.\.(\/|$)/b; /^cdk\.out(\/|$)/d')
[ -z "$others" ] || refuse "has more than files and folders below cdk.out. A package may have packed it: ${others//$'\n'/, }"

mkdir "../$1"
tar --extract --file "$archive" --directory "../$1"
