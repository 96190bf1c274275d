import { type Message, untranslated } from '@infra/common/message';
import { words } from './words';
import type { Question } from './question';

/** Results of questions, the worst first. */
export const RESULTS_WORST_FIRST = ['wrong', 'unknown', 'underway', 'look', 'asleep', 'well'] as const;

/**
 * Result of a question about a deployed environment.
 * - `wrong`: there is a fault.
 * - `unknown`: AWS could not be asked. A question throws an error then, which `askQuestions` turns into this result.
 * - `underway`: a deployment is underway, and only its end shows whether all is well.
 * - `look`: a person must look: AWS's APIs do not know, it is too early, or the config has a choice to review.
 * - `asleep`: no web task runs, as it should be outside office hours.
 * - `well`: there is no fault.
 */
export type HealthResult = (typeof RESULTS_WORST_FIRST)[number];

/** Answer to a question about a deployed environment. */
export interface Answer {
  readonly result: HealthResult;
  /** Sentences for a person; empty in `NOTHING_WRONG`. */
  readonly says: Message;
  /** Command that fixes the fault, or advice for a person. */
  readonly fix?: string;
  /** True if users are served now, false if they are without service; `undefined`: not known. */
  readonly usersAreServed?: boolean;
  /** Actions of IAM that the caller may not take, without which something was not looked at. */
  readonly missingRights?: readonly string[];
}

/** An answer with what its question says of itself. */
export interface ReportedAnswer extends Answer, Pick<Question, 'id' | 'statement' | 'confirms'> {}

/** Answer of a question that found no fault, and has nothing to say beyond its statement. */
export const NOTHING_WRONG: Answer = { result: 'well', says: untranslated('') };

export function wellAnswer(says: Message): Answer {
  return { result: 'well', says };
}

export function underwayAnswer(says: Message): Answer {
  return { result: 'underway', says };
}

export function asleepAnswer(says: Message): Answer {
  return { result: 'asleep', says };
}

export function personMustLook({ says, fix }: Pick<Answer, 'says' | 'fix'>): Answer {
  return { result: 'look', says, fix };
}

export function wrongAnswer({ says, fix }: Pick<Answer, 'says' | 'fix'>): Answer {
  return { result: 'wrong', says, fix };
}

/** Faults that a question found, and the words for them. */
interface FoundFaults {
  /** A text for each fault. */
  readonly faults: readonly string[];
  /** Makes the answer's sentence from the list of faults. */
  readonly describe: (faultList: string) => Message;
  readonly fix?: string;
}

/** One wrong answer for all faults, or `NOTHING_WRONG` without a fault. */
export function wrongIfAny({ faults, describe, fix }: FoundFaults): Answer {
  if (faults.length === 0) return NOTHING_WRONG;
  return wrongAnswer({ says: describe(words.list({ items: faults })), fix });
}

/** The worst result of answers; `well` without an answer. */
export function worstResult(answers: readonly Answer[]): HealthResult {
  const results = new Set(answers.map(({ result }) => result));
  return RESULTS_WORST_FIRST.find((result) => results.has(result)) ?? 'well';
}

/** The answer on what users feel; `undefined`: there is none. Of several, the last one requests what they request. */
export function symptomIn(answers: readonly ReportedAnswer[]): ReportedAnswer | undefined {
  return answers.findLast(({ usersAreServed }) => usersAreServed !== undefined);
}
