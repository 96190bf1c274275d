/**
 * Result of a question, the worst first. `unknown`: AWS could not be asked. `look`: no API knows, or it is too early, so
 * that a person must look. `asleep`: nothing runs, and nothing should.
 */
export type Result = 'wrong' | 'unknown' | 'look' | 'asleep' | 'well';

/** Answer of a question. */
export interface Answer {
  readonly result: Result;
  readonly says: string;
  /** The command that fixes it, or what to do. */
  readonly fix?: string;
}

/** An answer with the question's id and statement. */
export interface ReportedAnswer extends Answer {
  readonly id: string;
  readonly statement: string;
}

export function wellAnswer(says: string): Answer {
  return { result: 'well', says };
}

export function asleepAnswer(says: string): Answer {
  return { result: 'asleep', says };
}

export function lookAnswer(says: string, fix?: string): Answer {
  return { result: 'look', says, fix };
}

export function wrongAnswer(says: string, fix?: string): Answer {
  return { result: 'wrong', says, fix };
}

/**
 * The answer of a question that looks for several faults; `undefined` if there is none.
 * @param describe - Makes the sentence of the list of faults.
 */
export function wrongIfAny(
  faults: readonly (string | undefined)[],
  describe: (faultList: string) => string,
  fix?: string,
): Answer | undefined {
  const faultList = faults.filter(Boolean).join(', ');
  return faultList === '' ? undefined : wrongAnswer(describe(faultList), fix);
}
