import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CTRL_C, nodeInTerminal } from '@infra/common/test/support/terminal';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../..');
const COMMAND = [
  '-r',
  join(ROOT, 'packages/common/register.js'),
  join(ROOT, 'packages/local/src/deploy-local-program.ts'),
];
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

const folder = temporaryFolder('terminal-');
/** With only the test's Python on the PATH, deploy:local ends at its first step. */
const env = { PATH: folder };

it('a file or a pipe gets no colour and no cursor code, in the log of a CI neither', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, COMMAND, {
    cwd: folder,
    env: { ...env, CI: 'true', GITHUB_ACTIONS: 'true', FORCE_COLOR: '1' },
    encoding: 'utf8',
  });
  expect(stdout).toContain('Start a local AWS');
  expect(stderr).toContain('no Python 3.10 or newer was found');
  expect(stdout + stderr).not.toContain('\u001b');
  expect(status).toBe(1);
});

it('Ctrl-C gives the cursor back', async () => {
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\nexec /bin/sleep 50\n', { mode: 0o755 });
  const { raw, exitCode } = await nodeInTerminal(COMMAND, {
    cwd: folder,
    env: { ...env, TERM: 'xterm' },
    keys: [[HIDE_CURSOR, CTRL_C]],
  });
  expect(raw.endsWith(SHOW_CURSOR)).toBe(true);
  expect(exitCode).toBe(130);
});
