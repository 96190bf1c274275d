import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endOwned, spawnOwned } from '../src/processes';
import { until } from './support/until';

const PROXY = join(__dirname, '../server/runtime/balancer.mjs');
const proxy = spawnOwned(process.execPath, [PROXY], {});
const servers: Server[] = [];

afterAll(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await endOwned(proxy);
});

const answers: RequestListener = (_request, response) => {
  response.end('ok');
};

/** Closes each connection after its answer, and does not announce that. */
const answersAndCloses: RequestListener = (request, response) => {
  response.once('close', () => request.socket.destroy());
  response.end('ok');
};

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

/** A program behind a listener whose connections may be idle for 60 seconds. */
async function startTarget(program: RequestListener, options: ServerOptions = {}) {
  const target = createServer(options, program);
  servers.push(target);
  let connections = 0;
  target.on('connection', () => connections++);
  const targets = [`127.0.0.1:${await listen(target)}`];

  const port = await freePort();
  const listener = { port, tls: null, idleTimeout: 60_000, actions: [{ type: 'forward', targets }] };
  proxy.stdin.write(`${JSON.stringify([listener])}\n`);
  const ask = (headers: Record<string, string> = {}) => answerOf(port, headers);
  await until(
    () => ask().catch(() => undefined),
    (answer) => answer !== undefined,
  );
  return { ask, connections: () => connections };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function answerOf(port: number, headers: Record<string, string>): Promise<Answer> {
  const [response] = (await once(get({ host: '127.0.0.1', port, headers }), 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

it('loses requests to a program that closes idle connections early, and says why', async () => {
  const target = await startTarget(answersAndCloses);
  const lost = await until(target.ask, ({ body }) => body.includes('idle'));
  expect(lost.status).toBe(502);
  expect(lost.body).toContain("before the 60 seconds of the load balancer's idle timeout");
  expect(await target.ask()).toMatchObject({ status: 200 });
});

it('loses no request to a program that keeps idle connections', async () => {
  const target = await startTarget(answers);
  for (let request = 0; request < 20; request++) expect(await target.ask()).toMatchObject({ status: 200 });
  expect(target.connections()).toBe(1);
});

it('keeps a connection for longer than its program announces', async () => {
  const target = await startTarget(answers, { keepAliveTimeout: 1000 });
  await target.ask();
  expect(target.connections()).toBe(1);
});

it('keeps a connection to a program although the client closes its own', async () => {
  const target = await startTarget(answers);
  await target.ask({ connection: 'close' });
  await target.ask();
  expect(target.connections()).toBe(1);
});

it('shows clients no header that describes the connection to its target', async () => {
  const target = await startTarget(answers, { keepAliveTimeout: 1000 });
  const { headers } = await target.ask({ connection: 'close' });
  expect(headers).toMatchObject({ connection: 'close' });
  expect(headers).not.toHaveProperty('keep-alive');
});
