import { createInterface } from 'node:readline/promises';

/** Asks in the terminal, and returns true for "y" or "yes"; `undefined` without a terminal. */
export async function confirm(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C, Ctrl-D and the end of the input are no answer: some versions of Node reject the question, others leave it open.
  const isClosed = new Promise<string>((resolve) => {
    terminal.once('close', () => {
      resolve('');
    });
  });
  try {
    const answer = await Promise.race([terminal.question(question).catch(() => ''), isClosed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
