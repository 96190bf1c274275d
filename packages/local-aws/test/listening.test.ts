import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('listening-');
const SERVER = join(__dirname, '../server');

/** Path of Python: `python3` may be a script of a version manager, which finds nothing in another PATH. */
const { stdout: executable } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });

/** Answer of the server's function for a port: `True` or `False`. */
async function isOnLoopbackAlone(platform: string, port: number, path = process.env['PATH']): Promise<string> {
  const program = `
import sys
sys.platform = '${platform}'
from runtime.listening import is_on_loopback_alone
print(is_on_loopback_alone(${port}))`;
  const env = { PATH: path, PYTHONPATH: SERVER, PYTHONDONTWRITEBYTECODE: '1' };
  const python = spawn(executable.trim(), ['-c', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [answer] = (await once(python.stdout, 'data')) as [Buffer];
  return answer.toString().trim();
}

describe('on macOS, whose lsof is a double here', () => {
  /** Makes an `lsof` that knows the program on port 3000 alone; returns its folder. */
  function lsof(...addresses: readonly string[]): string {
    const file = join(folder, 'lsof');
    const lines = ['p123', ...addresses.flatMap((address) => ['f20', `n${address}`])];
    const answer = lines.map((line) => `echo '${line}'`).join('; ');
    writeFileSync(file, `#!/bin/sh\n[ "$*" = '-nP -iTCP:3000 -sTCP:LISTEN -Fn' ] || exit 1\n${answer}\n`);
    chmodSync(file, 0o755);
    return dirname(file);
  }

  it.each([
    { title: '127.0.0.1 alone', addresses: ['127.0.0.1:3000'], answer: 'True' },
    { title: 'both addresses of localhost', addresses: ['127.0.0.1:3000', '[::1]:3000'], answer: 'True' },
    { title: 'every address', addresses: ['*:3000'], answer: 'False' },
    {
      title: '127.0.0.1 and an address of the network',
      addresses: ['127.0.0.1:3000', '10.0.0.7:3000'],
      answer: 'False',
    },
  ])('$title', async ({ addresses, answer }) => {
    expect(await isOnLoopbackAlone('darwin', 3000, lsof(...addresses))).toBe(answer);
  });

  it('a port that lsof does not list warns of nothing, and neither does a machine without lsof', async () => {
    expect(await isOnLoopbackAlone('darwin', 3001, lsof('127.0.0.1:3000'))).toBe('False');
    expect(await isOnLoopbackAlone('darwin', 3000, join(folder, 'none'))).toBe('False');
  });
});

describe('on Linux', () => {
  async function listening(host: string): Promise<string> {
    const server = createServer((socket) => socket.end()).listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const answer = await isOnLoopbackAlone('linux', port);
    server.close();
    return answer;
  }

  it('127.0.0.1 alone, and every address', async () => {
    expect(await listening('127.0.0.1')).toBe('True');
    expect(await listening('0.0.0.0')).toBe('False');
    expect(await listening('::')).toBe('False');
  });
});
