import type { Environment } from '../../deployed/environment';

/** Answer of a question. `look`: no API knows, or it is too early. `asleep`: nothing runs, and nothing should. */
export interface Answer {
  readonly result: 'wrong' | 'unknown' | 'look' | 'asleep' | 'well';
  readonly says: string;
  /** The command that fixes it, or what to do. */
  readonly fix?: string;
}

/** `status` shows how the environment is, `cause` why it is not well, `contact` what only AWS proves. */
export type Depth = 'status' | 'cause' | 'contact';

export interface Question {
  readonly id: string;
  /** Statement that holds if all is well. */
  readonly words: string;
  readonly depth: Depth;
  /** Throws where AWS cannot be asked; `undefined` where nothing is wrong. */
  readonly ask: (environment: Environment) => Promise<Answer | undefined> | Answer | undefined;
  /** True if the environment has it. */
  readonly applies: (environment: Environment) => boolean;
}

/** Makes questions that only some environments are asked; an answer of `before` replaces theirs. */
export function when(applies: Question['applies'] = () => true, before: Question['ask'] = () => undefined) {
  const of = (depth: Depth) => (id: string, words: string, answer: Question['ask']) => {
    const ask: Question['ask'] = async (environment) => (await before(environment)) ?? (await answer(environment));
    return { id, words, depth, applies, ask } satisfies Question;
  };
  return { status: of('status'), cause: of('cause'), contact: of('contact') };
}
export const { status, cause, contact } = when();

export const has = (type: string) => (environment: Environment) => environment.ids(type).length > 0;

/** True if the real AWS is asked: a local one has no answer to some questions. */
export const isRealAws = () => (process.env['AWS_ENDPOINT_URL'] ?? '') === '';

const answer = (result: Answer['result']) => (says: string, fix?: string) => ({ result, says, fix }) satisfies Answer;
export const [well, wrong, look, asleep] = [answer('well'), answer('wrong'), answer('look'), answer('asleep')] as const;

/** The answer of several faults; `undefined` where there is none. */
export function wrongIf(faults: readonly (string | false | undefined)[], says: (all: string) => string, fix?: string) {
  const found = faults.filter(Boolean).join(', ');
  return found === '' ? undefined : wrong(says(found), fix);
}
