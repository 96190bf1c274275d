import { writeSync } from 'node:fs';
import { Listr, type ListrTask } from 'listr2';

type Show = (line: string) => void;

/** A step of long work, or steps at once. `say` changes what a step's line shows, `note` the line below it. */
export type Step =
  | { readonly title: string; readonly work: (say: Show, note: Show) => Promise<unknown> }
  | { readonly title: string; readonly together: readonly Step[] };

/**
 * Does one step after another and shows how far it is; in a file or a pipe a line per step. Throws what a step does.
 * @param end - Called on Ctrl-C; what it writes to `process.stdout` is lost (see `showCursor`).
 */
export async function runSteps(steps: readonly Step[], end: () => void = () => process.exit(130)): Promise<void> {
  let failure: unknown;
  const tasks = (some: readonly Step[]): ListrTask[] =>
    some.map((step) => ({
      title: step.title,
      task: (_, task) => {
        if ('together' in step) return task.newListr(tasks(step.together), { concurrent: true });
        const say: Show = (text) => (task.title = text);
        const note: Show = (text) => (task.output = text);
        // The renderers would print the whole error in the middle of a line; it is printed once, at the end.
        return step.work(say, note).catch((error: unknown) => {
          failure ??= error;
          throw new Error('see below');
        });
      },
    }));
  const list = new Listr(tasks(steps), {
    // Listr's own listener would exit with 127.
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    rendererOptions: { showErrorMessage: false, collapseErrors: false },
  });
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
