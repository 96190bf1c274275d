import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Fate of an answer: the client gets it, or the connection ends without it. */
export type Fate = 'deliver' | 'lose';

export interface FaultyProxy {
  readonly endpoint: string;
  /** Operations that AWS was asked for, in their order. */
  readonly operations: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a proxy in front of an AWS on loopback, for answers that get lost or are late.
 *
 * @param decide - Gets the operation of each request that AWS has carried out, and decides on its answer.
 */
export async function startFaultyProxy(
  awsEndpoint: string,
  decide: (operation: string) => Fate | Promise<Fate>,
): Promise<FaultyProxy> {
  const operations: string[] = [];
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await buffer(incoming);
    const operation = operationOf(incoming, body);
    operations.push(operation);
    const answer = await forward(awsEndpoint, incoming, body);
    const answerBody = await buffer(answer);
    if ((await decide(operation)) === 'lose') {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
    outgoing.end(answerBody);
  };
  const server = createServer((incoming, outgoing) => {
    // A client that has ended needs no answer.
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(awsEndpoint: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, headers } = incoming;
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(incoming.url ?? '/', awsEndpoint), { method, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Name of an operation in each protocol of AWS, such as `StartDBInstance`, or `submitjob` as Batch has it in its paths. */
function operationOf({ headers, method = '', url = '' }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  const contentType = headers['content-type'] ?? '';
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams(body.toString()).get('Action') ?? '';
  }
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, version, operation] = pathname.split('/');
  if (version === 'v1' && operation) return operation;
  // S3: PUT, or POST with `uploadId` or `uploads`.
  const parameter = ['uploadId', 'uploads'].find((name) => searchParams.has(name)) ?? '';
  return `${method} ${parameter}`.trim();
}
