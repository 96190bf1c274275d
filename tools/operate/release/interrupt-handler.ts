import { interruptRunningCdk } from '../../program/cdk-cli';
import { ExitCode } from './exit-code';

/** Ends this process on Ctrl-C or SIGTERM, with advice for the person who leaves the release. */
export class InterruptHandler {
  /** True once the release has asked AWS for a change. */
  public hasChangedAws = false;
  /** Printed on an interrupt: the state of the release, and what its user can do next. */
  public advice = 'Nothing was touched.';

  /** Exit code of a release that ends without a result. */
  public get exitCode(): ExitCode {
    return this.hasChangedAws ? ExitCode.outcomeUnknown : ExitCode.nothingChanged;
  }

  /** Does the work of a release until it ends, or until a signal ends this process. */
  public async handleDuring<Result>(work: () => Promise<Result>): Promise<Result> {
    // Not `once`: on Ctrl-C, npm sends SIGINT a second time. Without a listener, it would kill this process meanwhile.
    process.on('SIGINT', this.exit).on('SIGTERM', this.exit);
    try {
      return await work();
    } finally {
      process.off('SIGINT', this.exit).off('SIGTERM', this.exit);
    }
  }

  private readonly exit = (): void => {
    interruptRunningCdk();
    process.stderr.write(`\n${this.advice}\n`);
    process.exit(this.exitCode);
  };
}
