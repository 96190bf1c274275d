/** How long AWS may take to answer, in milliseconds: the SDK by itself waits for ever. */
const PATIENCE = 10_000;

/** Which region to ask, that of the credentials unless said, and how long an answer may take, in milliseconds. */
export interface Connection {
  readonly region?: string;
  readonly patience?: number;
}

/** Makes a client of the SDK with a deadline; ESLint refuses any other. */
export function awsClient<Client, Config extends object>(
  Class: new (config: Config) => Client,
  { region, patience = PATIENCE }: Connection,
  more?: Partial<Config>,
): Client {
  const requestHandler = { connectionTimeout: patience, requestTimeout: patience, throwOnRequestTimeout: true };
  return new Class({ region, requestHandler, ...more } as unknown as Config);
}

/** Reads a list to its end; ESLint refuses to send a command of which AWS answers a page. */
export async function itemsOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsIn: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsIn(page) ?? []));
  return items;
}
