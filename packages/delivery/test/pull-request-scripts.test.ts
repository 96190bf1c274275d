import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '@infra/testing/run-step';
import { requirePrograms } from '@infra/testing/require-programs';

const root = temporaryFolder('pull-requests-');
const COMMIT = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';

beforeAll(() => {
  requirePrograms('jq');
});

/** GitHub's CLI: lists the pull requests of a test, and prints the path that it deletes. */
const GITHUB = `
case "$*" in
  *' DELETE '*) echo "$4" ;;
  *) jq -r "$5" answer.json ;;
esac`;

/** A pull request as GitHub lists it. */
const pull = (number: number, sha: string, label: string) => ({ number, head: { sha }, labels: [{ name: label }] });

test('the label allow-destructive is taken off this pull request alone: it would allow the next commit to delete data, too', () => {
  const folder = mkdtempSync(join(root, 'test-'));
  const pulls = [
    pull(1, COMMIT, 'allow-destructive'),
    pull(2, 'f'.repeat(40), 'allow-destructive'),
    pull(3, COMMIT, 'other'),
  ];
  writeFileSync(join(folder, 'answer.json'), JSON.stringify(pulls));
  const { stdout } = runStep(stepOf('diff-comment.yml', 'label', { name: 'Take the label off' }), {
    folder,
    variables: { GH_REPO: 'prooflink/infrastructure', COMMIT },
    programs: { gh: GITHUB },
  });
  expect(stdout).toBe('repos/prooflink/infrastructure/issues/1/labels/allow-destructive\n');
});
