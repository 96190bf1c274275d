import { ECSClient } from '@aws-sdk/client-ecs';

/** The class on which every client of the SDK is built. */
const Client = Object.getPrototypeOf(ECSClient.prototype) as {
  send: (command: { readonly input: unknown }) => Promise<unknown>;
};

/** Answer to a command's input; an error is thrown. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each command has an input of its own
type Answer = (input: any) => object;

/** Lets AWS answer by a command's name, until mocks are restored; returns what it is asked. */
export function answerCommands(answers: Readonly<Record<string, Answer>>): Record<string, unknown[]> {
  const asked: Record<string, unknown[]> = {};
  jest.spyOn(Client, 'send').mockImplementation((command) => {
    const { name } = command.constructor;
    (asked[name] ??= []).push(command.input);
    return new Promise((resolve) => {
      resolve(answers[name]?.(command.input));
    });
  });
  return asked;
}
