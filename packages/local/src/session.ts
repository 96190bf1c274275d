import type { Readable } from 'node:stream';
import { messageOf } from '@infra/deployed/error-reason';
import { detailsText } from './details';
import { words } from './words';
import { followLogs } from './follow-logs';
import type { LocalEnvironment } from './local-environment';
import { stopMigrationTasks } from './migration-tasks';
import type { DeployLocalOptions } from './options';
import { usageText } from './usage';
import { restartWebTask } from './web-task';

/** Stdin: the keys of a terminal, or the characters of a pipe or a file. */
type KeyInput = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

const CTRL_C = '\u0003';

/**
 * Begin of a line of progress that names a step of the release, such as `1/4 Check dev`, in any language. The group is its
 * number.
 */
export const RELEASE_STEP = /^(\d)\/\d /;

/** Steps of a release that can be ended without harm: the check and the migration. CloudFormation goes on by itself. */
const STEPS_BEFORE_DEPLOYMENT: ReadonlySet<string> = new Set(['1', '2']);

/**
 * Runs the user's own application: starts it, and shows its log until the key q or Ctrl-C. The key r releases the application again.
 * Returns true if the application serves at the end.
 */
export async function runOwnApplication(
  local: LocalEnvironment,
  options: DeployLocalOptions,
  keys: KeyInput,
): Promise<boolean> {
  return await new Session(local, options, keys).run();
}

/** A release of the application that runs. */
interface Release {
  /** Number of its step, from 1 on; empty before the first one. */
  step: string;
  /** Ends the release when it is aborted. */
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

class Session {
  private readonly showText: (text: string) => void = console.log;
  /** Aborted at the end of the session. */
  private readonly end = new AbortController();
  private serves = false;
  /** The release that runs. `undefined`: none runs. */
  private release?: Release;
  private isRestarting = false;

  constructor(
    private readonly local: LocalEnvironment,
    private readonly options: DeployLocalOptions,
    private readonly keys: KeyInput,
  ) {}

  public async run(): Promise<boolean> {
    const begin = words.session.begin({ keeps: this.options.keep === true });
    this.showText(`\n${begin}\n`);
    this.listenToKeys();
    // The log is shown while the application starts.
    this.start();
    const adviceOnFailedJob = this.options.job === undefined ? words.session.noJob : undefined;
    await followLogs(this.local.names, this.showText, this.end.signal, adviceOnFailedJob);
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

  /** Releases the application again. A release that runs is ended first or, once it deploys, gets a new task. */
  private restart(): void {
    if (this.isRestarting) return;
    this.isRestarting = true;
    void this.restartNow()
      .catch((error: unknown) => {
        this.showText(String(error));
      })
      .finally(() => {
        this.isRestarting = false;
      });
  }

  private async restartNow(): Promise<void> {
    if (this.release && !STEPS_BEFORE_DEPLOYMENT.has(this.release.step)) {
      this.showText(words.session.taskReplaced);
      await restartWebTask(this.local.names);
      return;
    }
    if (this.release) await this.endRelease(this.release);
    this.start();
  }

  /** Ends a release that has not deployed anything, and its migration. */
  private async endRelease(release: Release): Promise<void> {
    this.showText(words.session.releaseEnds);
    release.end.abort();
    await release.ended;
    await stopMigrationTasks(this.local.names);
  }

  private start(): void {
    const end = new AbortController();
    this.release = { step: '', end, ended: this.releaseApplication(AbortSignal.any([this.end.signal, end.signal])) };
  }

  /** Releases the application, and says how to use it, or why it does not serve. */
  private async releaseApplication(signal: AbortSignal): Promise<void> {
    try {
      await this.local.start({ report: this.showReleaseStep, signal });
      this.serves = true;
      await this.explainUsage();
    } catch (error) {
      if (signal.aborted) return;
      this.explainFailure(error);
    } finally {
      this.release = undefined;
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
    const [, step] = RELEASE_STEP.exec(line) ?? [];
    if (step === undefined) return;
    if (this.release) this.release.step = step;
    this.showText(line);
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
    this.showText(`\n${messageOf(error)}`);
    if (this.keys.isTTY) this.showText(`\n${words.session.failed}\n`);
  }
}
