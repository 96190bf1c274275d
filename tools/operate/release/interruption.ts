import { interruptCdk } from '../../program/cdk-cli';

/** End of a release by Ctrl-C, or by SIGTERM. */
export class Interruption {
  /** True once AWS was asked for a change. */
  public hasChangedAws = false;
  /** Text for a person who leaves the release: its state then, and how to go on. */
  public advice = 'Nothing was touched.';

  /** Does the work of a release until it ends, or until a signal ends this process. */
  public async during<Result>(work: () => Promise<Result>): Promise<Result> {
    // npm passes Ctrl-C on, which comes twice then.
    process.on('SIGINT', this.exit).on('SIGTERM', this.exit);
    try {
      return await work();
    } finally {
      process.off('SIGINT', this.exit).off('SIGTERM', this.exit);
    }
  }

  private readonly exit = (): void => {
    interruptCdk();
    process.stderr.write(`\n${this.advice}\n`);
    process.exit(this.hasChangedAws ? 3 : 2);
  };
}
