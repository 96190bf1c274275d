import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const COMMAND = ['-r', require.resolve('ts-node/register'), join(ROOT, 'tools/deploy-local/command.ts')];
const SHOW_CURSOR = '\u001b[?25h';

const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Where nothing is found but the Python that a test puts there, deploy:local comes no further than its first step. */
const env = { PATH: folder, TS_NODE_PROJECT: join(ROOT, 'tsconfig.json') };
const options = { cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;

it('a file or a pipe gets no colour and no cursor code, in the log of a CI neither', () => {
  const ci = { CI: 'true', GITHUB_ACTIONS: 'true', FORCE_COLOR: '1' };
  const { stdout, stderr, status } = spawnSync(process.execPath, COMMAND, { ...options, env: { ...env, ...ci } });
  expect(stdout).toContain('Start a local AWS');
  expect(stderr).toContain('no Python 3.10 or newer was found');
  expect(stdout + stderr).not.toContain('\u001b');
  expect(status).toBe(1);
});

/** Runs a program in a terminal of its own, presses Ctrl-C once it has hidden the cursor, and tells how it ended. */
const PRESS_CTRL_C = `
import json, os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execve(sys.argv[1], sys.argv[1:], {**json.loads(os.environ['CHILD'])})
raw, pressed = b'', False
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    raw += data
    if not pressed and b'\\x1b[?25l' in raw:
        pressed = bool(os.write(terminal, b'\\x03'))
print(json.dumps({'raw': raw.decode(), 'status': os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}))
`;

it('Ctrl-C gives the cursor back', () => {
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\nexec /bin/sleep 50\n', { mode: 0o755 });
  const child = { ...process.env, CHILD: JSON.stringify({ ...env, TERM: 'xterm' }) };
  const program = ['-c', PRESS_CTRL_C, process.execPath, ...COMMAND];
  const { stdout, stderr } = spawnSync('python3', program, { ...options, env: child });
  expect(stderr).toBe('');
  const { raw, status } = JSON.parse(stdout) as { raw: string; status: number };
  expect(raw.endsWith(SHOW_CURSOR)).toBe(true);
  expect(status).toBe(130);
});
