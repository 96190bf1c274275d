import type { Outcome } from '@infra/common/outcome';
import { commandLine } from './command-line';
import { interruptRunningProcesses } from './processes';
import { printableText } from './progress';
import { words } from './words';

/** Ctrl-C, the end of a job, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends this process on the first signal, and says how to go on and how to destroy what is deployed. */
export class EndHandler {
  /** True once AWS was asked for a change. */
  public hasBegun = false;

  constructor(private readonly account: string) {}

  /** Outcome of a call that ends while its stack may exist. */
  public unfinished(reason: string): Outcome {
    if (!this.hasBegun) return { exitCode: 2, stdout: '', stderr: printableText(`${reason}\n`) };
    const left = words.leftRunning({
      command: commandLine(this.account),
      destroyCommand: commandLine(this.account, '--destroy'),
    });
    return { exitCode: 3, stdout: printableText(`${reason}\n${left}\n`), stderr: '' };
  }

  /** Does work until it ends, or until a signal ends this process. */
  public async handleDuring(work: () => Promise<Outcome>): Promise<Outcome> {
    // Not `once`: on Ctrl-C, npm sends SIGINT a second time. Without a listener, it would kill this process meanwhile.
    // Before the listener that removes temporary folders, which ends the process without a word.
    for (const signal of SIGNALS) process.prependListener(signal, this.exitOnSignal);
    try {
      return await work();
    } finally {
      for (const signal of SIGNALS) process.off(signal, this.exitOnSignal);
    }
  }

  private readonly exitOnSignal = (signal: NodeJS.Signals): void => {
    interruptRunningProcesses();
    const { exitCode, stdout, stderr } = this.unfinished(words.interrupted({ signal }));
    process.stderr.write(stderr);
    process.stdout.write(stdout);
    process.exit(exitCode);
  };
}
