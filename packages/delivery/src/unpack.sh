#!/usr/bin/env bash
# Usage: unpack.sh <name> <line of sha256sum for its archive>
#
# Unpacks downloads/<name>.tar in the runner's temporary folder to <name>/cdk.out beside it: away from the checkout, whose
# programs later run with credentials. Packages that ran during the synth may have packed anything.
set -euo pipefail

name=$1
sha256=$2
archive=$name.tar

refuse() {
  echo "::error::$archive $*" >&2
  exit 1
}

cd "${RUNNER_TEMP:?}/downloads"
[ "$(sha256sum "$archive")" = "$sha256" ] || refuse 'is not the one that its job made. Start the run again.'

# A link could lead out of the folder.
others=$(tar --list --verbose --numeric-owner --file "$archive" | sed '/^[-d]/d')
others+=$(tar --list --file "$archive" | sed -E '/(^|\/)\.\.(\/|$)/b; /^cdk\.out(\/|$)/d')
[ -z "$others" ] || refuse "has more than files and folders below cdk.out. A package may have packed it: ${others//$'\n'/, }"

mkdir "../$name"
tar --extract --file "$archive" --directory "../$name"
