import { errorText } from './aws-errors';
import type { ClientClass, DeployedStack } from './deployed-stack';

/** A client of the SDK. Every call of one of its methods sends a command. */
interface SdkClient {
  send: (command: Command, ...furtherArguments: unknown[]) => Promise<unknown>;
}

/** An operation of AWS with its input; its class is named after the operation, such as `DescribeStacksCommand`. */
interface Command {
  readonly input: unknown;
}

/** Longest description of a request in an error, in characters. */
const LONGEST_REQUEST = 200;

/**
 * A text in an input in JSON, or the first text in a list, with the name of its field. Texts with quotes, such as filters and
 * JSON, are left out: they are no names.
 */
const TEXT_IN_INPUT = /"\w+":\[?"([^"\\]+)"/g;

/**
 * Makes clients that ask AWS the same question only once. Their errors have the operation and the names that AWS was
 * asked for: AWS's own messages often leave them out.
 */
export function rememberAnswers(makeClient: DeployedStack['client']): DeployedStack['client'] {
  const clients = new Map<unknown, unknown>();
  return <Client>(Class: ClientClass<Client>, config?: object): Client => {
    const client = clients.get(Class) ?? withRememberedAnswers(makeClient(Class, config) as SdkClient);
    clients.set(Class, client);
    return client as Client;
  };
}

/** Changes a client, and returns it. */
function withRememberedAnswers(client: SdkClient): SdkClient {
  const answers = new Map<string, Promise<unknown>>();
  const send = client.send.bind(client);
  client.send = (command, ...furtherArguments) => {
    const inputJson = JSON.stringify(command.input);
    const question = `${command.constructor.name} ${inputJson}`;
    const answer =
      answers.get(question) ??
      send(command, ...furtherArguments).catch((error: unknown) => throwWithRequest(error, command, inputJson));
    answers.set(question, answer);
    return answer;
  };
  return client;
}

/** An error of the SDK whose message has the request. */
interface ErrorWithRequest extends Error {
  readonly messageOfAws?: string;
  readonly operation?: string;
}

/** Name and message of an error without the request, so that equal errors of several requests have one text. */
export function errorTextWithoutRequest(error: unknown): string {
  const { name, messageOfAws } = error as ErrorWithRequest;
  return messageOfAws === undefined ? errorText(error) : `${name}: ${messageOfAws}`;
}

/** Resource in AWS's message on a missing right: `… to perform: ecr:DescribeImages on resource: <arn> because …`. */
const RESOURCE_IN_MESSAGE = / on resource: \S+/;

/** Name and message of an error with the operation, and without its resource: equal for all resources that it asked about. */
export function errorTextWithOperation(error: unknown): string {
  const { operation } = error as ErrorWithRequest;
  const text = errorTextWithoutRequest(error).replace(RESOURCE_IN_MESSAGE, '');
  return operation === undefined ? text : `${text} (${operation})`;
}

/** Names of AWS's errors for a missing right, such as `AccessDeniedException` and `UnauthorizedOperation`. */
const DENIED_ERROR = /AccessDenied|Unauthorized/;
/** Action in AWS's message on a missing right. */
const ACTION_IN_MESSAGE = /(?<=to perform: )[\w-]+:\w+/;

/** Action of IAM for which AWS refused a request, else the operation; `undefined`: the error has another cause. */
export function missingRightIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !DENIED_ERROR.test(error.name)) return undefined;
  const { messageOfAws = error.message, operation } = error as ErrorWithRequest;
  return ACTION_IN_MESSAGE.exec(messageOfAws)?.[0] ?? operation ?? error.name;
}

/** Throws an error of the SDK again, with the operation and the names in its input. */
function throwWithRequest(error: unknown, command: Command, inputJson: string): never {
  const operation = command.constructor.name.replace(/Command$/, '');
  const names = [...inputJson.matchAll(TEXT_IN_INPUT)].map(([, name = '']) => name);
  const request = `${operation} ${names.join(', ')}`.slice(0, LONGEST_REQUEST).trim();
  if (!(error instanceof Error)) throw error;
  // An error that several requests share has the message of the first one already.
  const { messageOfAws = error.message } = error as ErrorWithRequest;
  throw Object.assign(error, { message: `${messageOfAws} (${request})`, messageOfAws, operation });
}
