import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { runStep, stepOf } from '../github/run-step';
import { testWith } from '../support/test-with';

const testWithJq = testWith('jq');
/** Folder of a test, empty at its start. */
let folder: string;

beforeEach(() => {
  folder = makeTemporaryFolder('pull-requests-');
});
afterEach(() => {
  removeOwnPath(folder);
});

/**
 * Stands in for GitHub's CLI. `gh api -X DELETE <path>` notes the path in a file; `gh api <path> --paginate --jq <program>`
 * lists the pull requests of a test.
 */
const GITHUB = `
case "$*" in
  *' DELETE '*)
    path=$4
    echo "$path" >> deleted
    ;;
  *)
    program=$5
    jq -r "$program" answer.json
    ;;
esac`;

const COMMIT = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';

/** A pull request as GitHub lists it. */
const pull = (number: number, sha: string, ...labels: readonly string[]) => ({
  number,
  head: { sha },
  labels: labels.map((name) => ({ name })),
});

/** Runs a step of a workflow while GitHub lists these pull requests. */
function runWithPulls(file: string, job: string, name: string, pulls: readonly object[]) {
  writeFileSync(join(folder, 'answer.json'), JSON.stringify(pulls));
  writeFileSync(join(folder, 'deleted'), '');
  const variables = { GH_REPO: 'prooflink/infrastructure', COMMIT };
  return runStep(stepOf(file, job, { name }), { folder, variables, programs: { gh: GITHUB } });
}

testWithJq(
  'the label allow-destructive is taken off this pull request alone: it would allow the next commit to delete data, too',
  () => {
    const pulls = [
      pull(1, COMMIT, 'allow-destructive', 'other'),
      pull(2, 'f'.repeat(40), 'allow-destructive'),
      pull(3, COMMIT, 'other'),
    ];
    const { status } = runWithPulls('diff-comment.yml', 'label', 'Take the label off', pulls);
    expect(status).toBe(0);
    const deleted = readFileSync(join(folder, 'deleted'), 'utf8').split('\n').filter(Boolean);
    expect(deleted).toEqual(['repos/prooflink/infrastructure/issues/1/labels/allow-destructive']);
  },
);
