import type { Environment } from '../environment/environment';

/** How a question ends. `look`: no API knows, or it is too early. `asleep`: nothing runs, and nothing should. */
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
  /** What is so where all is well. */
  readonly words: string;
  readonly depth: Depth;
  /** Throws where AWS cannot be asked; `undefined` where nothing is wrong. */
  readonly ask: (environment: Environment) => Promise<Answer | undefined> | Answer | undefined;
  /** Source of the answer, as docs/proofs.md has it: only AWS proves it. */
  readonly told?: string;
  /** Whether the environment has it; every one has it unless said. */
  readonly applies?: (environment: Environment) => boolean;
  /** Whether another AWS than the real one, the local one, has no answer: it is not asked there. */
  readonly onlyAws?: true;
}

type More = Pick<Question, 'told' | 'applies' | 'onlyAws'>;
const of = (depth: Depth) => (id: string, words: string, ask: Question['ask'], more?: More) =>
  ({ id, words, depth, ask, ...more }) satisfies Question;
export const [status, cause, contact] = [of('status'), of('cause'), of('contact')] as const;

const answer = (result: Answer['result']) => (says: string, fix?: string) => ({ result, says, fix }) satisfies Answer;
export const [well, wrong, look, asleep] = [answer('well'), answer('wrong'), answer('look'), answer('asleep')] as const;

/** The answer of several faults; `undefined` where there is none. */
export function wrongIf(faults: readonly (string | false | undefined)[], says: (all: string) => string, fix?: string) {
  const found = faults.filter(Boolean).join(', ');
  return found === '' ? undefined : wrong(says(found), fix);
}

export const has = (type: string) => (environment: Environment) => environment.ids(type).length > 0;
