import type { ClientClass, DeployedStack } from './deployed-stack';

/** A client of the SDK. */
interface Sender {
  send: (command: Command, ...more: unknown[]) => Promise<unknown>;
}

interface Command {
  readonly input: unknown;
}

/** Longest part of a request that an error shows. */
const LONGEST_REQUEST = 200;

/**
 * Makes clients that ask AWS the same question once, and say in their errors what was asked: AWS does not always.
 */
export function rememberAnswers(makeClient: DeployedStack['client']): DeployedStack['client'] {
  const clients = new Map<unknown, unknown>();
  return <Client>(Class: ClientClass<Client>): Client => {
    const client = clients.get(Class) ?? remembering(makeClient(Class) as Sender);
    clients.set(Class, client);
    return client as Client;
  };
}

function remembering(client: Sender): Sender {
  const answers = new Map<string, Promise<unknown>>();
  const send = client.send.bind(client);
  client.send = (command, ...more) => {
    const input = JSON.stringify(command.input);
    const key = `${command.constructor.name} ${input}`;
    const answer = answers.get(key) ?? send(command, ...more).catch((error: unknown) => explain(error, command, input));
    answers.set(key, answer);
    return answer;
  };
  return client;
}

/** Throws an error of the SDK again, with the operation and the names that were asked for. */
function explain(error: unknown, command: Command, input: string): never {
  const operation = command.constructor.name.replace(/Command$/, '');
  const names = [...input.matchAll(/"\w+":\[?"([^"]+)"/g)].map(([, name = '']) => name);
  const request = `${operation} ${names.join(', ')}`.slice(0, LONGEST_REQUEST).trim();
  if (error instanceof Error) error.message = `${error.message} (${request})`;
  throw error;
}
