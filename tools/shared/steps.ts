import { writeSync } from 'node:fs';
import { Listr } from 'listr2';

/** A step of long work: `say` changes what its line shows. */
export interface Step {
  readonly title: string;
  readonly work: (say: (title: string) => void) => Promise<void>;
}

/**
 * Does one step after another and shows how far it is; in a file or a pipe a line per step. Throws what a step does.
 * @param end - Called on Ctrl-C; what it writes to `process.stdout` is lost (see `showCursor`).
 */
export async function runSteps(steps: readonly Step[], end: () => void = () => process.exit(130)): Promise<void> {
  let failure: unknown;
  const list = new Listr(
    steps.map(({ title, work }) => ({
      title,
      task: async (_: unknown, task: { title: string }) => {
        const say = (text: string): void => {
          task.title = text;
        };
        // The renderers would print the whole error in the middle of a line; it is told once, at the end.
        await work(say).catch((error: unknown) => {
          failure = error;
          throw new Error('see below');
        });
      },
    })),
    {
      // Listr's own listener would exit with 127.
      registerSignalListeners: false,
      fallbackRenderer: 'simple',
      rendererOptions: { showErrorMessage: false, collapseErrors: false },
    },
  );
  process.once('exit', showCursor).once('SIGINT', end);
  try {
    await list.run();
  } catch (error) {
    throw failure ?? error;
  } finally {
    process.off('exit', showCursor).off('SIGINT', end);
  }
}

/** Ctrl-C ends the progress before it shows the cursor again, and it captures what goes to process.stdout. */
export function showCursor(): void {
  if (process.stdout.isTTY) writeSync(process.stdout.fd, '\u001b[?25h');
}
