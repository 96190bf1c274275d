import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflows } from './workflow';

const deploy = workflows().find(({ file }) => file === 'deploy.yml');
const script = deploy?.jobs['assembly']?.steps?.find(({ id }) => id === 'approval')?.run ?? 'exit 3';

/** Runs the step as GitHub's runner does, with a `gh` that answers so. */
function ask(gh: string): { status: number | null; outputs: string; says: string } {
  const folder = mkdtempSync(join(tmpdir(), 'prooflink-approval-'));
  try {
    writeFileSync(join(folder, 'gh'), `#!/bin/sh\n${gh}\n`);
    chmodSync(join(folder, 'gh'), 0o755);
    const outputs = join(folder, 'outputs');
    writeFileSync(outputs, '');
    const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH']}`, GITHUB_OUTPUT: outputs, GH_REPO: 'owner/name' },
    });
    return { status, outputs: readFileSync(outputs, 'utf8'), says: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('prod follows dev where its GitHub environment asks a reviewer', () => {
  expect(ask('printf "%s\\n" branch_policy required_reviewers')).toEqual({
    status: 0,
    outputs: 'approval=required\n',
    says: '',
  });
});

test.each([
  ['asks no reviewer: the plan of a private repository may leave the rule out', 'echo branch_policy'],
  ['has no rule', 'true'],
  ['is missing, or GitHub does not answer', 'echo "gh: Not Found (HTTP 404)" >&2; exit 1'],
])('nothing reaches prod by itself where the environment %s', (_, gh) => {
  const { status, outputs, says } = ask(gh);
  expect({ status, outputs }).toEqual({ status: 0, outputs: '' });
  expect(says).toContain('::notice::prod is left out');
});

test('the job that deploys prod waits for that answer, unless a person started it', () => {
  expect(deploy?.jobs['prod']?.if).toContain(
    "(needs.assembly.outputs.approval == 'required' && needs.dev.result == 'success' || inputs.environment == 'prod')",
  );
});
