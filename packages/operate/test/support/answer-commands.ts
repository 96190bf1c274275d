import { ECSClient } from '@aws-sdk/client-ecs';

/** The class on which every client of the SDK is built. */
const Client = Object.getPrototypeOf(ECSClient.prototype) as {
  send: (command: { readonly input: unknown }) => Promise<unknown>;
};

/** Answers of AWS, by a command's name without `Command`: a value, an error, or a function of the command's input. */
export type Answers = Readonly<Record<string, unknown>>;

/** Lets AWS answer so, and refuse every other command, until mocks are restored; returns what it is asked. */
export function answerCommands(answers: Answers): Record<string, unknown[]> {
  const asked: Record<string, unknown[]> = {};
  jest.spyOn(Client, 'send').mockImplementation(async (command) => {
    const name = command.constructor.name.replace(/Command$/, '');
    (asked[name] ??= []).push(command.input);
    const answer = name in answers ? answers[name] : new Error(`AccessDenied: ${name}`);
    const given: unknown =
      typeof answer === 'function' ? (answer as (input: unknown) => unknown)(command.input) : answer;
    if (given instanceof Error) throw given;
    return await Promise.resolve(given);
  });
  return asked;
}

/** Does something while AWS answers so. */
export async function whileAwsAnswers<T>(answers: Answers, work: () => Promise<T>): Promise<T> {
  answerCommands(answers);
  try {
    return await work();
  } finally {
    jest.spyOn(Client, 'send').mockRestore();
  }
}
