import type { Readable } from 'node:stream';
import { detailsText } from './details';
import { followLogs } from './follow-logs';
import type { LocalEnvironment } from './local-environment';
import type { DeployLocalOptions } from './options';
import { usageText } from './usage';
import { restartWebTask } from './web-task';

/** Stdin: the keys of a terminal, or the characters of a pipe or a file. */
type KeyInput = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

const CTRL_C = '\u0003';

/** Begin of a line of progress that names a step of the release, such as `1/4 Check dev`. */
const RELEASE_STEP = /^\d\/\d /;

/** Begin of the part of a failed release's summary that repeats events of ECS (tools/operate/release/serving.ts). */
const EVENTS_IN_SUMMARY = '\nWhat ECS says';

/**
 * Runs the user's own application: starts it, and shows its log until the key q or Ctrl-C. The key r starts the application again.
 * Returns true if the application serves at the end.
 */
export async function runOwnApplication(
  local: LocalEnvironment,
  options: DeployLocalOptions,
  keys: KeyInput,
): Promise<boolean> {
  return await new Session(local, options, keys).run();
}

class Session {
  private readonly showText: (text: string) => void = console.log;
  /** Aborted at the end of the session. */
  private readonly end = new AbortController();
  private serves = false;
  /** True while a release of the application runs. */
  private isReleasing = false;

  constructor(
    private readonly local: LocalEnvironment,
    private readonly options: DeployLocalOptions,
    private readonly keys: KeyInput,
  ) {}

  public async run(): Promise<boolean> {
    const effectOfEnd = this.options.keep ? 'leaves it running' : 'ends everything';
    this.showText(`\nIt starts. r starts it again, q or Ctrl-C ${effectOfEnd}. Its log:\n`);
    this.listenToKeys();
    // The log is shown while the application starts.
    void this.start();
    await followLogs(this.local.names, this.showText, this.end.signal);
    this.keys.setRawMode?.(false);
    this.keys.pause();
    return this.serves;
  }

  private listenToKeys(): void {
    // By default, a terminal passes keys on only at the end of a line.
    this.keys.setRawMode?.(true);
    this.keys.on('data', (pressed: Buffer | string) => {
      for (const key of pressed.toString()) {
        if (key === 'r') this.restart();
        if (key === 'q' || key === CTRL_C) this.end.abort();
      }
    });
  }

  /** Replaces the web task. If the last release has failed, releases the application under a new tag instead. */
  private restart(): void {
    const hasUsableRelease = this.serves || this.isReleasing;
    const restarting = hasUsableRelease ? restartWebTask(this.local.names) : this.start();
    restarting.catch((error: unknown) => {
      this.showText(String(error));
    });
  }

  /** Releases the application, and says how to use it, or why it does not serve. */
  private async start(): Promise<void> {
    const { signal } = this.end;
    this.isReleasing = true;
    try {
      await this.local.start({ report: this.showReleaseStep, signal });
      this.serves = true;
      await this.explainUsage();
    } catch (error) {
      if (signal.aborted) return;
      this.explainFailure(error);
    } finally {
      this.isReleasing = false;
    }
    if (this.endsAfterStart()) this.end.abort();
  }

  /** True if the session ends by itself after a start. In a terminal, only a key ends it. */
  private endsAfterStart(): boolean {
    if (this.keys.isTTY) return false;
    // With --keep, the environment runs on without the session. Otherwise the session shows the log of what serves.
    return this.options.keep === true || !this.serves;
  }

  private readonly showReleaseStep = (line: string): void => {
    if (RELEASE_STEP.test(line)) this.showText(line);
  };

  private async explainUsage(): Promise<void> {
    if (this.options.details) this.showText(await detailsText(this.local));
    // In this case, the session ends at once, and `deployLocal` explains the usage afterwards.
    const isExplainedAtEnd = this.options.keep && !this.keys.isTTY;
    if (this.end.signal.aborted || isExplainedAtEnd) return;
    const usage = await usageText(this.local, this.options);
    this.showText(`${usage}\n`);
  }

  private explainFailure(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    // The session's log has shown the events of ECS already.
    const [message] = text.split(EVENTS_IN_SUMMARY);
    this.showText(`\n${message}`);
    if (this.keys.isTTY) this.showText('\nr starts it again, q ends.\n');
  }
}
