import type { Outcome } from '@infra/common/outcome';
import { pause } from '@infra/commands/pause';
import { words as deployed } from '../deployed/words';
import { words } from './words';
import { ExitCode } from './exit-code';
import { OngoingWork } from './ongoing-work';
import type { Summary } from './summary';
import { Minutes } from './time-limits';

/** Ctrl-C, the end of a job, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK = 30;
const SECONDS_TO_CLEAN_UP = 5;

/** Ends this process on a signal or when its time is over, with a summary for the person who leaves the release. */
export class InterruptHandler extends OngoingWork {
  /** Leaves nothing of a command that has changed nothing yet. */
  public cleanUp: (() => Promise<unknown>) | undefined;
  private isEnding = false;

  constructor(private readonly render: (summary: Summary) => Outcome) {
    super(words.goesOn.nothing);
  }

  /** Summary of a release that ends without a result. */
  public unfinished(reason: string): Summary {
    if (!this.hasChangedAws) return { exitCode: ExitCode.nothingChanged, sentences: [reason] };
    const signIn = words.signInAgain({ signIn: deployed.signIn });
    return { exitCode: ExitCode.outcomeUnknown, sentences: [reason, this.goesOn, signIn] };
  }

  /** Does the work of a release until it ends, or until this process is ended. */
  public async handleDuring<Result>(work: () => Promise<Result>): Promise<Result> {
    const endMs = Date.now() + Minutes.release * 60_000;
    const clock = setInterval(() => {
      if (Date.now() > endMs) void this.exit(words.timeOver({ minutes: Minutes.release }));
    }, SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK * 1000);
    // Not `once`: on Ctrl-C, npm sends SIGINT a second time. Without a listener, it would kill this process meanwhile.
    for (const signal of SIGNALS) process.on(signal, this.exitOnSignal);
    try {
      return await work();
    } finally {
      clearInterval(clock);
      for (const signal of SIGNALS) process.off(signal, this.exitOnSignal);
    }
  }

  private readonly exitOnSignal = (signal: NodeJS.Signals): void => {
    void this.exit(words.interrupted({ signal }));
  };

  private async exit(reason: string): Promise<void> {
    if (this.isEnding) return;
    this.isEnding = true;
    if (this.cleanUp) await Promise.race([this.cleanUp(), pause(SECONDS_TO_CLEAN_UP)]);
    const { exitCode, stdout } = this.render(this.unfinished(reason));
    process.stdout.write(stdout);
    process.exit(exitCode);
  }
}
