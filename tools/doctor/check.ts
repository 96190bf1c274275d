/** What is wrong, and the command or the file that mends it. */
export interface Cause {
  readonly says: string;
  readonly mend: string;
}

/** One question with one answer: nothing is wrong (`undefined`), or a cause. It throws where AWS could not be asked. */
export interface Check {
  readonly question: string;
  readonly ask: () => Promise<Cause | undefined>;
}

/** Asks once, however many want to know. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
