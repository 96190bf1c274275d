import type { Readable } from 'node:stream';
import { detailsText } from './details';
import { followLogs } from './follow-logs';
import type { LocalEnvironment } from './local-environment';
import type { DeployLocalOptions } from './options';
import { usageText } from './usage';
import { restartWebTask } from './web-task';

/** Keys of a terminal, or lines of a pipe. */
type KeyInput = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

const CTRL_C = '\u0003';

/** A step of a release, such as `1/4 Check dev`. */
const RELEASE_STEP = /^\d\/\d /;

/**
 * Starts the reader's own application and shows its log until q or Ctrl-C; r restarts it. Returns whether it serves at
 * the end.
 */
export async function stayWith(local: LocalEnvironment, options: DeployLocalOptions, keys: KeyInput): Promise<boolean> {
  return await new Session(local, options, keys).run();
}

class Session {
  private readonly show: (line: string) => void = console.log;
  private readonly ending = new AbortController();
  private serves = false;
  private isStarting = false;

  constructor(
    private readonly local: LocalEnvironment,
    private readonly options: DeployLocalOptions,
    private readonly keys: KeyInput,
  ) {}

  public async run(): Promise<boolean> {
    const effectOfEnd = this.options.keep ? 'leaves it running' : 'ends everything';
    this.show(`\nIt starts. r starts it again, q or Ctrl-C ${effectOfEnd}. Its log:\n`);
    this.listenToKeys();
    void this.start();
    await followLogs(this.local.names, this.show, this.ending.signal);
    this.keys.setRawMode?.(false);
    this.keys.pause();
    return this.serves;
  }

  private listenToKeys(): void {
    // In a terminal a key counts at once; otherwise it is a line that is written there.
    this.keys.setRawMode?.(true);
    this.keys.on('data', (pressed: Buffer | string) => {
      for (const key of pressed.toString()) {
        if (key === 'r') this.restart();
        if (key === 'q' || key === CTRL_C) this.ending.abort();
      }
    });
  }

  private restart(): void {
    const isReleased = this.serves || this.isStarting;
    const restarted = isReleased ? restartWebTask(this.local.names) : this.start();
    restarted.catch((error: unknown) => {
      this.show(String(error));
    });
  }

  /** Releases the application, and says how to use it, or why it does not serve. */
  private async start(): Promise<void> {
    const { signal } = this.ending;
    this.isStarting = true;
    try {
      await this.local.start({ report: this.showReleaseStep, signal });
      this.serves = true;
      await this.explainUsage();
    } catch (error) {
      if (signal.aborted) return;
      this.explainFailure(error);
    } finally {
      this.isStarting = false;
    }
    // Without a terminal, a program reads on, or starts it again.
    const isOver = !this.keys.isTTY && (this.options.keep ?? !this.serves);
    if (isOver) this.ending.abort();
  }

  private readonly showReleaseStep = (line: string): void => {
    if (RELEASE_STEP.test(line)) this.show(line);
  };

  private async explainUsage(): Promise<void> {
    if (this.options.details) this.show(await detailsText(this.local));
    // With --keep and without a terminal, it ends at once, and the end explains it.
    const isExplainedAtEnd = this.options.keep && !this.keys.isTTY;
    if (this.ending.signal.aborted || isExplainedAtEnd) return;
    const usage = await usageText(this.local, this.options);
    this.show(`${usage}\n`);
  }

  private explainFailure(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    // The log has ECS's own message.
    const [message] = text.split('\nWhat ECS says');
    this.show(`\n${message}`);
    if (this.keys.isTTY) this.show('\nr starts it again, q ends.\n');
  }
}
