import { clock } from '@infra/commands/clock';
import { CannotTellError } from '@infra/common/outcome';
import type { Deadline } from './deadline';
import { words } from './words';

/** Without a timeout, the SDK waits for ever. */
const DEFAULT_TIMEOUT_MS = 10_000;

export interface Connection {
  /** By default, the region of the credentials. */
  readonly region?: string;
  /** Time for AWS to take the connection, and again for its answer. */
  readonly timeoutMs?: number;
  /** By default, a request takes as long as its attempts do. */
  readonly deadline?: Deadline;
}

/** Makes a client of the SDK with a timeout. ESLint refuses clients that are made otherwise. */
export function awsClient<Client, Config extends object>(
  Class: new (config: Config) => Client,
  { region, timeoutMs = DEFAULT_TIMEOUT_MS, deadline }: Connection,
  config?: Partial<Config>,
): Client {
  const requestHandler = {
    connectionTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    // By default, the SDK only prints a warning after `requestTimeout`.
    throwOnRequestTimeout: true,
  };
  const client = new Class({ region, requestHandler, ...config } as unknown as Config);
  const { middlewareStack } = client as unknown as { readonly middlewareStack: MiddlewareStack };
  middlewareStack.add(explainEndedLocalAws, { step: 'initialize' });
  if (deadline) giveUpAt(deadline, client as unknown as SdkClient);
  return client;
}

/** A client of the SDK. Every call of one of its methods sends a command. */
interface SdkClient {
  send: (command: unknown, options?: object) => Promise<unknown>;
}

/** Gives up requests at the deadline. A service that was silent once is not asked again: it would cost the time anew. */
function giveUpAt(deadline: Deadline, client: SdkClient): void {
  const send = client.send.bind(client);
  let isSilent = false;
  client.send = async (command, options) => {
    if (isSilent) throw timeoutError(words.silentService(serviceOf(client)));
    const remainingMs = deadline.remainingMs();
    if (remainingMs === 0) throw timeoutError(words.serviceNotAsked(serviceOf(client)));
    const abortSignal = clock.timeout(remainingMs);
    try {
      return await send(command, { ...options, abortSignal });
    } catch (error) {
      if (!abortSignal.aborted) throw error;
      isSilent = true;
      throw timeoutError(words.silentService(serviceOf(client)));
    }
  };
}

function serviceOf(client: SdkClient) {
  return { serviceName: client.constructor.name };
}

function timeoutError(message: string): Error {
  return Object.assign(new Error(message), { name: 'TimeoutError' });
}

/** Sends a request of the SDK, or passes it on to the next handler. */
type Handler = (request: unknown) => Promise<unknown>;
type Middleware = (next: Handler) => Handler;

/** Middlewares of a client; those of the step `initialize` see the errors of all others. */
interface MiddlewareStack {
  add(middleware: Middleware, options: { readonly step: 'initialize' }): void;
}

const explainEndedLocalAws: Middleware = (next) => (request) => next(request).catch(throwExplained);

/**
 * Throws an error of a client again. If the local AWS has ended whose variables this shell still has, the error says so.
 */
function throwExplained(error: unknown): never {
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
  if (!isRefusedBy(endpoint, error as NetworkError)) throw error;
  throw new CannotTellError(words.endedLocalAws({ endpoint }));
}

/** Error of a connection that failed. */
interface NetworkError {
  readonly code?: string;
  readonly port?: number;
  /** If a host name has several addresses, an error for each of them. */
  readonly errors?: readonly { readonly port?: number }[];
}

/** True if the endpoint refused the connection. It is on this machine, so that its port identifies it. */
function isRefusedBy(endpoint: string, { code, port, errors }: NetworkError): boolean {
  if (code !== 'ECONNREFUSED' || !URL.canParse(endpoint)) return false;
  const refusingPort = port ?? errors?.[0]?.port;
  return String(refusingPort) === new URL(endpoint).port;
}
