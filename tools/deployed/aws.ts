import { CannotTellError } from '@infra/common/outcome';
import { mustExist } from './aws-errors';

/** Timeout of AWS's answers, in milliseconds: the SDK by itself waits for ever. */
const PATIENCE = 10_000;

/** Region, by default that of the credentials, and timeout of an answer, in milliseconds. */
export interface Connection {
  readonly region?: string;
  readonly patience?: number;
}

/** Makes a client of the SDK with a deadline; ESLint refuses any other. */
export function awsClient<Client, Config extends object>(
  Class: new (config: Config) => Client,
  { region, patience = PATIENCE }: Connection,
  config?: Partial<Config>,
): Client {
  const requestHandler = {
    connectionTimeout: patience,
    requestTimeout: patience,
    throwOnRequestTimeout: true,
  };
  const client = new Class({ region, requestHandler, ...config } as unknown as Config);
  const { middlewareStack } = client as unknown as { readonly middlewareStack: MiddlewareStack };
  middlewareStack.add(explainEndedLocalAws, { step: 'initialize' });
  return client;
}

type Handler = (args: unknown) => Promise<unknown>;
type Middleware = (next: Handler) => Handler;

interface MiddlewareStack {
  add(middleware: Middleware, options: { readonly step: 'initialize' }): void;
}

const explainEndedLocalAws: Middleware = (next) => (args) => next(args).catch(throwExplained);

/** Refused by a port of this machine. Behind a name with several addresses, each of them has an error of its own. */
interface Refusal {
  readonly code?: string;
  readonly port?: number;
  readonly errors?: readonly { readonly port?: number }[];
}

/** A shell keeps the variables of a local AWS that has ended; every other error is thrown as it is. */
function throwExplained(error: unknown): never {
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
  if (!isRefusedBy(endpoint, error as Refusal)) throw error;
  throw new CannotTellError(
    `Nothing answers at ${endpoint}, where AWS_ENDPOINT_URL of this shell leads: the local AWS has ended.\n` +
      'Start another one (npm run deploy:local -- --keep), or ask AWS from a new shell.',
  );
}

function isRefusedBy(endpoint: string, { code, port, errors }: Refusal): boolean {
  if (code !== 'ECONNREFUSED' || !URL.canParse(endpoint)) return false;
  const refusingPort = port ?? errors?.[0]?.port;
  return String(refusingPort) === new URL(endpoint).port;
}

/** Items of a list. */
type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

/** Reads a list to its end, whose pages have it under this name; ESLint refuses a command of which AWS answers a page. */
export async function readAll<Page, Key extends keyof Page>(
  pages: AsyncIterable<Page>,
  key: Key,
): Promise<ItemOf<Page[Key]>[]> {
  const items: ItemOf<Page[Key]>[] = [];
  for await (const page of pages) {
    const itemsOfPage = (page[key] ?? []) as ItemOf<Page[Key]>[];
    items.push(...itemsOfPage);
  }
  return items;
}

/** The first item of a list, which AWS must have. */
export async function readFirst<Page, Key extends keyof Page>(
  description: string,
  pages: AsyncIterable<Page>,
  key: Key,
): Promise<ItemOf<Page[Key]>> {
  const items = await readAll(pages, key);
  return mustExist(description, items[0]);
}
