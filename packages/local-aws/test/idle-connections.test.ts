import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endOwned, spawnOwned } from '../src/processes';
import { until } from './support/until';

const PROXY = join(__dirname, '../server/runtime/balancer.mjs');
const proxy = spawnOwned(process.execPath, [PROXY], {});
const servers: Server[] = [];

let output = '';
proxy.stdout.on('data', (chunk: Buffer) => {
  output += chunk.toString();
});

/** Kinds of what the proxy has found until now. */
function findings(): Promise<string[]> {
  const lines = output.split('\n').filter(Boolean);
  return Promise.resolve(lines.map((line) => (JSON.parse(line) as { kind: string }).kind));
}

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

async function sendRequest(port: number) {
  const [response] = (await once(get({ host: '127.0.0.1', port }), 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

/** Waits until the proxy listens: requests fail before. */
async function untilListening(port: number): Promise<void> {
  const isListening = () =>
    sendRequest(port).then(
      () => true,
      () => false,
    );
  await until(isListening, Boolean);
}

/** Starts a program behind a listener whose connections may be idle for a minute. */
async function startTarget(program: RequestListener) {
  const target = createServer(program);
  servers.push(target);
  let connectionCount = 0;
  target.on('connection', () => {
    connectionCount += 1;
  });
  const targetAddress = `127.0.0.1:${await listen(target)}`;

  const port = await freePort();
  const listener = {
    port,
    tls: null,
    idleTimeout: 60_000,
    actions: [{ type: 'forward', targets: [targetAddress] }],
  };
  proxy.stdin.write(`${JSON.stringify([listener])}\n`);
  await untilListening(port);
  return {
    /** Sends a request through the proxy. */
    ask: () => sendRequest(port),
    /** Connections that the program has got from the proxy. */
    connections: () => connectionCount,
  };
}

describe('a program that closes idle connections before the load balancer does', () => {
  it('loses requests, whose answer says why', async () => {
    const target = await startTarget(answersAndCloses);
    const lost = await until(target.ask, ({ body }) => body.includes('idle'));
    expect(lost.status).toBe(502);
    expect(lost.body).toContain("before the 60 seconds of the load balancer's idle timeout");
    await until(findings, (kinds) => kinds.includes('closed-early'));
  });
});

describe('answers that work on this machine alone are found', () => {
  it('a Secure cookie over plain HTTP, which browsers keep on localhost alone', async () => {
    const target = await startTarget((_request, response) => {
      response.setHeader('set-cookie', 'session=1; Path=/; Secure').end();
    });
    await target.ask();
    await until(findings, (kinds) => kinds.includes('secure-cookie'));
  });

  it('a redirect to the address of the task, and not one to the address that the client asked', async () => {
    let location = '/elsewhere';
    const target = await startTarget((request, response) => {
      response.writeHead(307, { location }).end();
      location = `http://localhost:${request.socket.localPort}/login`;
    });
    await target.ask();
    await target.ask();
    await until(findings, (kinds) => kinds.includes('own-address'));
    expect(output).toContain(`"location":"${location}"`);
    expect(await findings()).toHaveLength(3);
  });
});

describe('a program that keeps idle connections', () => {
  it('loses no request, and gets all over one connection', async () => {
    const target = await startTarget(answers);
    for (let count = 0; count < 20; count += 1) {
      expect(await target.ask()).toMatchObject({ status: 200 });
    }
    expect(target.connections()).toBe(1);
  });
});
