import { writeSync } from 'node:fs';
import { Listr, type ListrTask } from 'listr2';

type ShowText = (text: string) => void;

/** A step that does work itself. */
interface SingleStep {
  readonly title: string;
  /**
   * @param setTitle - Replaces the title, which is the step's line.
   * @param setDetail - Replaces the text below the step's line.
   */
  readonly work: (setTitle: ShowText, setDetail: ShowText) => Promise<unknown>;
}

/** A step that consists of other steps, which run in parallel. */
interface ConcurrentSteps {
  readonly title: string;
  readonly concurrentSteps: readonly Step[];
}

/** A part of work that takes seconds or minutes, so that its progress is shown. */
export type Step = SingleStep | ConcurrentSteps;

/** Control sequence of a terminal. */
const SHOW_CURSOR = '\u001b[?25h';

/** Exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs one step after the other and shows the progress; in a file or a pipe a line per step. Throws the first error of a
 * step.
 * @param onInterrupt - Called on Ctrl-C; by default, it ends this process. It must write to the descriptor of stdout,
 *   since Listr swallows texts that are written to `process.stdout`.
 */
export async function runSteps(
  steps: readonly Step[],
  onInterrupt: () => void = () => process.exit(INTERRUPTED),
): Promise<void> {
  const progress = new Progress();
  const tasks = steps.map((step) => progress.taskOf(step));
  const list = new Listr(tasks, {
    // Listr's own listener would exit with 127.
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    rendererOptions: { showErrorMessage: false, collapseErrors: false },
  });
  process.once('exit', showCursor).once('SIGINT', onInterrupt);
  try {
    await list.run();
  } catch (error) {
    throw progress.firstError ?? error;
  } finally {
    process.off('exit', showCursor).off('SIGINT', onInterrupt);
  }
}

/** Steps as tasks of Listr, and the first error of a step. */
class Progress {
  firstError: unknown;

  taskOf(step: Step): ListrTask {
    return 'concurrentSteps' in step ? this.concurrentTask(step) : this.singleTask(step);
  }

  private concurrentTask({ title, concurrentSteps }: ConcurrentSteps): ListrTask {
    return {
      title,
      task: (_, task) => {
        const tasks = concurrentSteps.map((step) => this.taskOf(step));
        return task.newListr(tasks, { concurrent: true });
      },
    };
  }

  private singleTask(step: SingleStep): ListrTask {
    return {
      title: step.title,
      task: (_, task) => {
        const setTitle: ShowText = (text) => {
          task.title = text;
        };
        const setDetail: ShowText = (text) => {
          task.output = text;
        };
        return step.work(setTitle, setDetail).catch((error: unknown) => {
          this.firstError ??= error;
          // The renderer for a file or a pipe prints the message of this error behind the step's line. The step's own
          // error may have several lines: the caller of `runSteps` prints it, below all steps.
          throw new Error('see below');
        });
      },
    };
  }
}

/**
 * Shows the cursor of the terminal, which Listr hides while it runs and does not show again after Ctrl-C. Writes to the
 * descriptor, since Listr swallows texts that are written to `process.stdout`.
 */
export function showCursor(): void {
  if (process.stdout.isTTY) writeSync(process.stdout.fd, SHOW_CURSOR);
}
