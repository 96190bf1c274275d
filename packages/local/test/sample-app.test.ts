import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';

const SERVER = join(__dirname, '../src/sample-app/web/server.js');

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
