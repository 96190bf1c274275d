import { writeSync } from 'node:fs';
import { Listr, LISTR_LOGGER_STDERR_LEVELS, ListrLogger, ListrLogLevels, type ListrTask } from 'listr2';
import type { Message } from '@infra/common/message';
import { words } from './words';

/** A step that does work itself. */
interface SingleStep {
  readonly title: Message;
  /**
   * @param setTitle - Replaces the title, which is the step's line.
   * @param setDetail - Replaces the text below the step's line.
   */
  readonly work: (setTitle: (title: Message) => void, setDetail: (text: string) => void) => Promise<unknown>;
}

/** A step that consists of other steps, which run in parallel. */
interface ConcurrentSteps {
  readonly title: Message;
  readonly concurrentSteps: readonly Step[];
}

/** A part of work that takes seconds or minutes, so that its progress is shown. */
export type Step = SingleStep | ConcurrentSteps;

/** Control sequence of a terminal. */
const SHOW_CURSOR = '\u001b[?25h';

/** Exit code of a program that Ctrl-C has ended, as a shell sets it. */
export const INTERRUPTED_EXIT_CODE = 130;

/**
 * Runs one step after the other and shows the progress; in a file or a pipe a line per step. Throws the first error of a
 * step.
 * @param onInterrupt - Called on Ctrl-C; by default, it ends this process. If it does not, it is called again for each
 *   further Ctrl-C. It must write with `writeSync`, since Listr swallows texts that are written to `process.stdout`.
 */
export async function runSteps(
  steps: readonly Step[],
  onInterrupt: () => void = () => process.exit(INTERRUPTED_EXIT_CODE),
): Promise<void> {
  const tasks = new ListrTasks();
  const list = new Listr(tasks.ofSteps(steps), {
    // Listr's own listener would exit with 127.
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { logger: new StepLogger() },
    rendererOptions: { showErrorMessage: false, collapseErrors: false },
  });
  // Not `once`: on Ctrl-C, npm sends SIGINT a second time. Without a listener, it would kill this process without its exit
  // handlers, and the cursor would stay hidden.
  process.once('exit', showCursor).on('SIGINT', onInterrupt);
  try {
    await list.run();
  } catch (error) {
    throw tasks.firstError ?? error;
  } finally {
    process.off('exit', showCursor).off('SIGINT', onInterrupt);
  }
}

/** Writes the lines of the steps into a file or a pipe. Listr itself has the end of a failed step's line in English only. */
class StepLogger extends ListrLogger<ListrLogLevels> {
  constructor() {
    super({ useIcons: true, toStderr: LISTR_LOGGER_STDERR_LEVELS });
  }

  override log(level: ListrLogLevels, message: string, options?: Parameters<ListrLogger['log']>[2]): void {
    const isFailure = level === ListrLogLevels.FAILED;
    super.log(level, message, isFailure ? { suffix: words.stepFailed } : options);
  }
}

/** Makes the tasks of Listr from steps, and keeps the first error of a step. */
class ListrTasks {
  firstError: unknown;

  ofSteps(steps: readonly Step[]): ListrTask[] {
    return steps.map((step) => this.ofStep(step));
  }

  private ofStep(step: Step): ListrTask {
    return 'concurrentSteps' in step ? this.concurrentTask(step) : this.singleTask(step);
  }

  private concurrentTask({ title, concurrentSteps }: ConcurrentSteps): ListrTask {
    return {
      title,
      task: (_, task) => {
        return task.newListr(this.ofSteps(concurrentSteps), { concurrent: true });
      },
    };
  }

  private singleTask(step: SingleStep): ListrTask {
    return {
      title: step.title,
      task: (_, task) => {
        const setTitle = (title: Message): void => {
          task.title = title;
        };
        const setDetail = (text: string): void => {
          task.output = text;
        };
        return step.work(setTitle, setDetail).catch((error: unknown) => {
          this.firstError ??= error;
          // The step's own error may have several lines: the caller of `runSteps` prints it, below all steps.
          throw new Error(words.stepFailed);
        });
      },
    };
  }
}

/**
 * Shows the cursor of the terminal, which Listr hides while it runs and does not show again after Ctrl-C. Writes with
 * `writeSync`, since Listr swallows texts that are written to `process.stdout`.
 */
export function showCursor(): void {
  if (process.stdout.isTTY) writeSync(process.stdout.fd, SHOW_CURSOR);
}
