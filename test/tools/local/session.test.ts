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

const folder = temporaryFolder('own-app-');

test('an application that is not ready yet: what was asked and answered, r starts it again, then its address', async () => {
  writeFileSync(join(folder, 'server.js'), SERVER);
  const command = ['-r', join(ROOT, 'tools/register.js'), join(ROOT, 'tools/local/deploy-local-program.ts')];
  const { raw, exitCode } = await nodeInTerminal([...command, '--app', folder, '--app-command', 'node server.js'], {
    cwd: ROOT,
    env: { ...bareEnvironment(), TERM: 'xterm' },
    keys: [
      ['/api/health: 404', 'r'],
      ['there is no import', 'q'],
    ],
  });
  const said = stripVTControlCharacters(raw).replaceAll('\r', '');
  expect(said).toMatch(/is unhealthy, and has \d+ more seconds: GET http:\/\/localhost:\d+\/api\/health: 404\n/);
  const [, end = ''] = said.split('has reached a steady state.');
  expect(end).toMatch(/^\n\n {2}http:\/\/localhost:\d+\n\nIts database:\n\n {2}psql 'postgresql:\/\/postgres:/);
  expect(end).not.toContain('import, start');
  expect(said.match(/GET \/api\/health 200/g)).toHaveLength(1);
  expect(exitCode).toBe(0);
}, 240_000);
