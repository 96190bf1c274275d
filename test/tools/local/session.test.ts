import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '../../support/bare-environment';
import { ROOT } from '../support/prooflink';
import { nodeInTerminal } from '../support/terminal';

/** An application that is ready when it starts for the second time. */
const SERVER = `
const { existsSync, writeFileSync } = require('node:fs');
const ready = existsSync('started');
writeFileSync('started', '');
require('node:http').createServer((request, response) => {
  console.log('GET ' + request.url + (ready ? ' 200' : ' 404'));
  response.writeHead(ready ? 200 : 404).end();
}).listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));`;

/** An application that crashes when it starts for the first time. */
const CRASHING_SERVER = `
const { existsSync, writeFileSync } = require('node:fs');
if (!existsSync('crashed')) {
  writeFileSync('crashed', '');
  console.error('no such table: users');
  process.exit(1);
}
require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT);`;

const folders = { slow: temporaryFolder('slow-app-'), crashing: temporaryFolder('crashing-app-') };

/** Runs a server by `deploy:local` in a terminal, and presses each key once a text is shown; the session ends by q. */
async function runInSession(folder: string, server: string, ...keys: (readonly [text: string, key: string])[]) {
  writeFileSync(join(folder, 'server.js'), server);
  const command = ['-r', join(ROOT, 'tools/register.js'), join(ROOT, 'tools/local/deploy-local-program.ts')];
  const { raw, exitCode } = await nodeInTerminal([...command, '--app', folder, '--app-command', 'node server.js'], {
    cwd: ROOT,
    env: { ...bareEnvironment(), TERM: 'xterm' },
    keys: [...keys, ['there is no import', 'q']],
  });
  return { said: stripVTControlCharacters(raw).replaceAll('\r', ''), exitCode };
}

test('an application that is not ready yet: what was asked and answered, r starts it again, then its address', async () => {
  const { said, exitCode } = await runInSession(folders.slow, SERVER, ['/api/health: 404', 'r']);
  expect(said).toMatch(/is unhealthy, and has \d+ more seconds: GET http:\/\/localhost:\d+\/api\/health: 404\n/);
  const [, end = ''] = said.split('has reached a steady state.');
  expect(end).toMatch(/\n\n {2}http:\/\/localhost:\d+\n\nIts database:\n\n {2}psql 'postgresql:\/\/postgres:/);
  expect(end).not.toContain('import, start');
  expect(said.match(/GET \/api\/health 200/g)).toHaveLength(1);
  expect(exitCode).toBe(0);
}, 240_000);

test('an application that crashes: its log and ECS’s events while CloudFormation waits; r releases it again after the rollback', async () => {
  const { said, exitCode } = await runInSession(folders.crashing, CRASHING_SERVER, ['r starts it again, q ends', 'r']);
  const [beforeFailure = '', afterFailure = ''] = said.split('\nr starts it again, q ends');
  expect(beforeFailure).toMatch(/^no such table: users$/m);
  expect(beforeFailure).toMatch(/failed to start: Essential container in task exited \(exit code 1\)$/m);
  expect(beforeFailure).toMatch(/deployment failed: tasks failed to start\.$/m);
  expect(beforeFailure).toContain('3/4 Deploy ProoflinkDev');
  expect(beforeFailure).not.toContain('4/4 Wait until it serves');
  expect(afterFailure).toContain('4/4 Wait until it serves');
  expect(afterFailure).toMatch(/has reached a steady state\.\n[^]*\n {2}http:\/\/localhost:\d+\n/);
  expect(exitCode).toBe(0);
}, 240_000);
