import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { type ResourceNames, resourceNames } from '../../lib/config/names';
import { CannotTellError } from '@infra/common/outcome';
import { itemsOf } from '../shared/aws';
import type { ClientClass, DeployedStack } from './deployed-stack';

/** A deployed environment. Its clients remember their answers: what several questions read is asked once. */
export interface Environment extends DeployedStack {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  readonly now: Date;
}

export function environmentOf(
  stack: DeployedStack,
  now = new Date(),
  config: EnvironmentConfig = environments[stack.environment],
): Environment {
  const clients = new Map<unknown, unknown>();
  return {
    ...stack,
    config,
    now,
    names: resourceNames(stack.environment),
    client: <Client>(Class: ClientClass<Client>): Client => {
      const client = clients.get(Class) ?? remembering(stack.client(Class) as Sender);
      clients.set(Class, client);
      return client as Client;
    },
  };
}

interface Sender {
  send: (command: { readonly input: unknown }, ...more: unknown[]) => Promise<unknown>;
}

function remembering(client: Sender): Sender {
  const answers = new Map<string, Promise<unknown>>();
  const send = client.send.bind(client);
  client.send = (command, ...more) => {
    const key = `${command.constructor.name} ${JSON.stringify(command.input)}`;
    const answer = answers.get(key) ?? send(command, ...more).catch(explained(command));
    answers.set(key, answer);
    return answer;
  };
  return client;
}

/** Says what was asked for: not every error of AWS does. */
const explained = (command: { readonly input: unknown }) => (error: unknown) => {
  const asked = /"[A-Z\w]*":\[?("[^"]+")/gi;
  const names = [...JSON.stringify(command.input).matchAll(asked)].map(([, name = '']) => name.slice(1, -1));
  const what = `${command.constructor.name.replace(/Command$/, '')} ${names.join(', ')}`;
  if (error instanceof Error) error.message = `${error.message} (${what.slice(0, 200).trim()})`;
  throw error;
};

type Paginate<Client, Input, Page> = (config: { readonly client: Client }, input: Input) => AsyncIterable<Page>;

/** A list of AWS, read to its end. */
export async function list<Client, Input, Page, Item>(
  stack: DeployedStack,
  Class: ClientClass<Client>,
  paginate: Paginate<Client, Input, Page>,
  input: Input,
  itemsIn: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  return await itemsOf(paginate({ client: stack.client(Class) }, input), itemsIn);
}

/** What AWS must know, since the stack made it; the error is named as the SDK names what is gone. */
export function the<T>(what: string, found: T | undefined): T {
  if (found !== undefined) return found;
  throw Object.assign(new Error(`there is no ${what}`), { name: 'NotFound' });
}

/** The physical id of the stack's first resource of a type; `part` stands in it where there are several. */
export function idOf(stack: DeployedStack, type: string, part = ''): string {
  const found = stack.ids(type).find((id) => id.includes(part));
  if (found === undefined) throw new CannotTellError(`The stack has no ${type}.`);
  return found;
}

/** What comes after the last slash or colon of an ARN. */
export function tail(arn = ''): string {
  return arn.split(/[/:]/).at(-1) ?? '';
}
