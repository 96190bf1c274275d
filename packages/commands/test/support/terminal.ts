import { PassThrough } from 'node:stream';

/** Keys that a person types, or what else becomes of the terminal's input. */
export type Typing = (keys: PassThrough) => unknown;

/** Works in a terminal in place of this process's. At each question, the next answer is typed. */
export async function inTerminal<Result>(answers: readonly Typing[], work: () => Promise<Result>): Promise<Result> {
  const keys = Object.assign(new PassThrough(), { isTTY: true });
  const screen = Object.assign(new PassThrough(), { isTTY: true });
  screen.resume();
  const remaining = [...answers];
  // A question begins to listen to the keys.
  keys.on('newListener', (event) => {
    if (event === 'keypress') setImmediate(() => void remaining.shift()?.(keys));
  });
  const replaced = [
    jest.spyOn(process, 'stdin', 'get').mockReturnValue(keys as unknown as typeof process.stdin),
    jest.spyOn(process, 'stderr', 'get').mockReturnValue(screen as unknown as typeof process.stderr),
  ];
  try {
    return await work();
  } finally {
    for (const stream of replaced) stream.mockRestore();
  }
}
