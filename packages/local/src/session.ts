import type { Readable } from 'node:stream';
import type { ReleaseStep } from '@infra/operate/release/step';
import { failureText } from './failed-start';
import { words } from './words';
import { followFindings, followLogs } from './follow-logs';
import type { LocalEnvironment } from './local-environment';
import { stopMigrationTasks } from './migration-tasks';
import type { DeployLocalOptions } from './options';
import { usageText } from './usage';
import { wrapToTerminal } from './wrap-to-terminal';

/** Stdin: the keys of a terminal, or the characters of a pipe or a file. */
type KeyInput = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

const CTRL_C = '\u0003';

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
  /** Its step. `undefined`: the first one has not begun. */
  step?: ReleaseStep['name'];
  /** Ends the release when it is aborted. */
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

class Session {
  /** Shows a line of a log. */
  private readonly showLine: (line: string) => void = console.log;
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
    this.say(`\n${begin}\n`);
    this.listenToKeys();
    // The log is shown while the application starts.
    this.start();
    await Promise.all([
      followLogs(this.local.names, this.showLine, this.end.signal),
      followFindings(this.local.aws.directory, this.say, this.end.signal),
    ]);
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

  /** Releases the application again, once a release that runs has ended. */
  private restart(): void {
    if (this.isRestarting) return;
    this.isRestarting = true;
    void this.restartNow()
      .catch((error: unknown) => {
        this.say(String(error));
      })
      .finally(() => {
        this.isRestarting = false;
      });
  }

  private async restartNow(): Promise<void> {
    if (this.release) await this.endRelease(this.release);
    if (!this.end.signal.aborted) this.start();
  }

  /** Ends a release and its migration, or waits for the end of its deployment: CloudFormation goes on by itself. */
  private async endRelease({ step, end, ended }: Release): Promise<void> {
    if (step === 'deploy') {
      this.say(words.session.releaseWaits);
      await ended;
      return;
    }
    this.say(words.session.releaseEnds);
    end.abort();
    await ended;
    await stopMigrationTasks(this.local.names);
  }

  private start(): void {
    const end = new AbortController();
    this.release = { end, ended: this.releaseApplication(AbortSignal.any([this.end.signal, end.signal])) };
  }

  /** Releases the application, and says how to use it, or why it does not serve. */
  private async releaseApplication(signal: AbortSignal): Promise<void> {
    try {
      await this.local.start({ onReleaseStep: this.showReleaseStep, showNotice: this.say, signal });
      this.serves = true;
      this.explainUsage();
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

  private readonly showReleaseStep = ({ name, line }: ReleaseStep): void => {
    if (this.release) this.release.step = name;
    this.say(line);
  };

  private explainUsage(): void {
    // In this case, the session ends at once, and `deployLocal` explains the usage afterwards.
    const isExplainedAtEnd = this.options.keep && !this.keys.isTTY;
    if (this.end.signal.aborted || isExplainedAtEnd) return;
    const usage = usageText(this.local, this.options);
    this.showLine(`${usage}\n`);
  }

  private explainFailure(error: unknown): void {
    const keepsFiles = Boolean(this.keys.isTTY) || this.options.keep === true;
    this.say(`\n${failureText(error, keepsFiles ? this.local.aws.directory : undefined)}`);
    if (this.keys.isTTY) this.say(`\n${words.session.failed}\n`);
  }

  /** Shows sentences of this program, as wide as the terminal. */
  private readonly say = (text: string): void => {
    this.showLine(wrapToTerminal(text).join('\n'));
  };
}
