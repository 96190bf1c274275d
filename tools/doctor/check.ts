/** What is wrong, and the command or the file that mends it. */
export interface Cause {
  readonly says: string;
  readonly mend: string;
}

/** `undefined` where nothing is wrong. A check throws where AWS could not be asked. */
export type Found = Promise<Cause | undefined>;

/** One question with one answer. */
export type Check = readonly [question: string, ask: () => Found];

export function cause(says: string, mend: string): Cause {
  return { says, mend };
}

/** Asks once, however many want to know. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
