import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CTRL_C, nodeInTerminal } from '../support/terminal';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../..');
const COMMAND = ['-r', join(ROOT, 'tools/register.js'), join(ROOT, 'tools/local/deploy-local-program.ts')];
const [HIDE_CURSOR, SHOW_CURSOR] = ['\u001b[?25l', '\u001b[?25h'];

const folder = temporaryFolder('terminal-');
/** With only the test's Python on the PATH, deploy:local ends at its first step. */
const env = { PATH: folder };

it('a file or a pipe gets no colour and no cursor code, in the log of a CI neither', () => {
  const ci = { CI: 'true', GITHUB_ACTIONS: 'true', FORCE_COLOR: '1' };
  const options = { cwd: folder, env: { ...env, ...ci }, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, COMMAND, options);
  expect(stdout).toContain('Start a local AWS');
  expect(stderr).toContain('no Python 3.10 or newer was found');
  expect(stdout + stderr).not.toContain('\u001b');
  expect(status).toBe(1);
});

it('Ctrl-C gives the cursor back', async () => {
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\nexec /bin/sleep 50\n', { mode: 0o755 });
  const terminal = { cwd: folder, env: { ...env, TERM: 'xterm' }, keys: [[HIDE_CURSOR, CTRL_C]] as const };
  const { raw, exitCode } = await nodeInTerminal(COMMAND, terminal);
  expect(raw.endsWith(SHOW_CURSOR)).toBe(true);
  expect(exitCode).toBe(130);
});
