import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { checkCsvFile } from '@infra/operate/import/check-csv-file';

const SERVER = join(__dirname, '../src/sample-app/web/server.js');
const folder = temporaryFolder('sample-page-');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

test('the sample keeps idle connections as its container’s variable says, or the local load balancer loses requests', async () => {
  const port = await freePort();
  const variables = { PORT: String(port), KEEP_ALIVE_TIMEOUT: '65000', NEXTAUTH_SECRET: 'a secret' };
  const sample = spawn(process.execPath, [SERVER], { env: { ...bareEnvironment(), ...variables } });
  try {
    await once(sample.stdout, 'data');
    const request = get({ host: 'localhost', port, headers: { connection: 'keep-alive' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.destroy();
    expect(response.headers['keep-alive']).toBe('timeout=65');
  } finally {
    sample.kill();
    await once(sample, 'exit');
  }
});

test('the file that the sample’s page describes may be imported by the command, too', async () => {
  const page = readFileSync(join(__dirname, '../src/sample-app/web/page.html'), 'utf8');
  const lines = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, line]) => line);
  const path = join(folder, 'users.csv');
  writeFileSync(path, lines.join('\n'));
  expect((await checkCsvFile(path)).recordCount).toBe(1);
});
