import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { clock } from '@infra/commands/clock';
import { AwsTime } from './support/aws-time';

AwsTime.use();

let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow') response.setHeader('x-local-aws-seconds', '60').end();
    else setTimeout(() => request.destroy(), 200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
});

type Request = Parameters<NodeHttpHandler['handle']>[0];

/** Sends a request to the server, by one handler. */
function sender(requestTimeout?: number): (path: string) => Promise<unknown> {
  const handler = new NodeHttpHandler({ requestTimeout, throwOnRequestTimeout: true });
  const { port } = server.address() as AddressInfo;
  const request = { hostname: '127.0.0.1', port, protocol: 'http:', method: 'GET', query: {} };
  return (path) => handler.handle({ ...request, path, headers: {} } as unknown as Request);
}

it('goes on after a request that failed: what waits for its time would wait for ever', async () => {
  const send = sender();
  const start = clock.now();
  await Promise.all([send('/slow'), expect(send('/broken')).rejects.toThrow()]);
  expect(clock.now() - start).toBeGreaterThan(59_000);
});

it('keeps no socket of a request that timed out: a handler has 50, and the next request would wait in real time', async () => {
  const send = sender(5_000);
  for (let count = 0; count < 60; count++) await expect(send('/slow')).rejects.toThrow('Request timed out');
});
