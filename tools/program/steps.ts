import { writeSync } from 'node:fs';
import { Listr, type ListrTask } from 'listr2';

type ShowText = (text: string) => void;

/** A step of long work. */
interface SingleStep {
  readonly title: string;
  /**
   * @param say - Changes the text of the step's line.
   * @param note - Changes the line below it.
   */
  readonly work: (say: ShowText, note: ShowText) => Promise<unknown>;
}

/** Steps that run at once. */
interface ConcurrentSteps {
  readonly title: string;
  readonly together: readonly Step[];
}

export type Step = SingleStep | ConcurrentSteps;

/** Control sequence of a terminal. */
const SHOW_CURSOR = '\u001b[?25h';

/**
 * Runs one step after another and shows the progress; in a file or a pipe a line per step. Throws the first error of a
 * step.
 * @param end - Called on Ctrl-C; what it writes to `process.stdout` is lost (see `showCursor`).
 */
export async function runSteps(steps: readonly Step[], end: () => void = () => process.exit(130)): Promise<void> {
  let firstError: unknown;
  const onError = (error: unknown): void => {
    firstError ??= error;
  };
  const tasks = steps.map((step) => taskOf(step, onError));
  const list = new Listr(tasks, {
    // Listr's own listener would exit with 127.
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    rendererOptions: { showErrorMessage: false, collapseErrors: false },
  });
  process.once('exit', showCursor).once('SIGINT', end);
  try {
    await list.run();
  } catch (error) {
    throw firstError ?? error;
  } finally {
    process.off('exit', showCursor).off('SIGINT', end);
  }
}

function taskOf(step: Step, onError: (error: unknown) => void): ListrTask {
  return 'together' in step ? concurrentTask(step, onError) : singleTask(step, onError);
}

function concurrentTask({ title, together }: ConcurrentSteps, onError: (error: unknown) => void): ListrTask {
  return {
    title,
    task: (_, task) => {
      const tasks = together.map((step) => taskOf(step, onError));
      return task.newListr(tasks, { concurrent: true });
    },
  };
}

function singleTask(step: SingleStep, onError: (error: unknown) => void): ListrTask {
  return {
    title: step.title,
    task: (_, task) => {
      const say: ShowText = (text) => {
        task.title = text;
      };
      const note: ShowText = (text) => {
        task.output = text;
      };
      return step.work(say, note).catch((error: unknown) => {
        onError(error);
        // The renderers would print the whole error in the middle of a line; it is printed once, at the end.
        throw new Error('see below');
      });
    },
  };
}

/** Ctrl-C ends the progress before it shows the cursor again, and it captures what goes to process.stdout. */
export function showCursor(): void {
  if (process.stdout.isTTY) writeSync(process.stdout.fd, SHOW_CURSOR);
}
