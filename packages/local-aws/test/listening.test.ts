import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('listening-');
const SERVER = join(__dirname, '../server');

/** Path of Python: `python3` may be a script of a version manager, which finds nothing in another PATH. */
const { stdout: executable } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });

/** Asks the server on macOS about a program. */
async function answerOnMac(question: string, path: string): Promise<unknown> {
  const program = `
import json, sys
sys.platform = 'darwin'
from runtime.listening import *
print(json.dumps(${question}))`;
  const python = spawn(executable.trim(), ['-c', program], {
    env: { PATH: path, PYTHONPATH: SERVER, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(python.stdout)) as unknown;
}

const isOnLoopbackAlone = (port: number, path: string) => answerOnMac(`is_on_loopback_alone(${port})`, path);

describe('on macOS a program', () => {
  const ON_PORT_3000 = '-nP -iTCP:3000 -sTCP:LISTEN -Fn';

  /** Writes a program that plays `lsof` for a program on port 3000; returns its folder. */
  function writeLsof(addresses: readonly string[], options = ON_PORT_3000): string {
    const lines = ['p123'];
    for (const address of addresses) lines.push('f20', `n${address}`);
    const answer = lines.map((line) => `echo '${line}'`).join('; ');
    const file = join(folder, 'lsof');
    writeFileSync(file, `#!/bin/sh\n[ "$*" = '${options}' ] || exit 1\n${answer}\n`);
    chmodSync(file, 0o755);
    return folder;
  }

  it('on 127.0.0.1 is on loopback alone', async () => {
    expect(await isOnLoopbackAlone(3000, writeLsof(['127.0.0.1:3000']))).toBe(true);
  });

  it('on an address of the network, too, is not on loopback alone', async () => {
    expect(await isOnLoopbackAlone(3000, writeLsof(['127.0.0.1:3000', '10.0.0.7:3000']))).toBe(false);
  });

  it('listens on the ports that lsof lists for its processes', async () => {
    const lsof = writeLsof(['*:8080', '127.0.0.1:9229', '[::1]:9229'], '-nP -a -g 4711 -iTCP -sTCP:LISTEN -Fn');
    expect(await answerOnMac('ports_of(4711)', lsof)).toEqual([8080, 9229]);
  });

  it('that lsof does not list has no warning', async () => {
    expect(await isOnLoopbackAlone(3001, writeLsof(['127.0.0.1:3000']))).toBe(false);
  });

  it('has no warning on a machine without lsof', async () => {
    expect(await isOnLoopbackAlone(3000, join(folder, 'none'))).toBe(false);
  });
});
