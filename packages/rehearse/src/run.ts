import type { Outcome } from '@infra/common/outcome';
import { reasonOf } from '@infra/operate/deployed/error-reason';
import { OWN_STACK_NAME } from './environment';
import { isDeployed, readOwnStack, requireCredentials, waitForRest } from './own-stack';
import { interruptRunningProcesses, printableText, showProgress } from './processes';
import type { Records, StageRecord } from './records';
import { writeReport } from './report';
import type { Rehearsal, Stage, StageName, StageResult } from './stage';
import { STAGES } from './stages';
import { words } from './words';

/** Ctrl-C, the end of a job, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A call that runs stages. */
export class Run {
  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly records: Records,
    private readonly keepsStack: boolean,
  ) {}

  /**
   * Runs stages, and destroys the stack at the end unless it is kept. A signal, and credentials that have ended, leave all as
   * it is: the next call repeats the stage that has not ended.
   */
  async through(stages: readonly Stage[]): Promise<Outcome> {
    const exitOnSignal = (signal: NodeJS.Signals): void => {
      interruptRunningProcesses();
      const { exitCode, stdout } = this.left(words.interrupted({ signal }));
      process.stdout.write(stdout);
      process.exit(exitCode);
    };
    // Not `once`: on Ctrl-C, npm sends SIGINT a second time. Without a listener, it would kill this process meanwhile.
    // Before the listener that removes temporary folders, which ends the process without a word.
    for (const signal of SIGNALS) process.prependListener(signal, exitOnSignal);
    try {
      await waitForRest(this.rehearsal);
      for (const stage of stages) {
        const mayGoOn = await this.run(stage);
        if (!mayGoOn) break;
      }
      if (!this.keepsStack && (await readOwnStack(this.rehearsal))) await this.run(this.lastStage());
      return await this.end();
    } catch (error) {
      return this.left(reasonOf(error));
    } finally {
      for (const signal of SIGNALS) process.off(signal, exitOnSignal);
    }
  }

  /** Runs a stage. @returns true if the stack is as the next stage needs it. */
  private async run({ name, work, leaves }: Stage): Promise<boolean> {
    const began = new Date();
    const record: StageRecord = { stage: name, began: began.toISOString() };
    this.keep(record);
    showProgress(`\n== ${name}`);
    const result = await this.resultOf(work);
    const stack = await waitForRest(this.rehearsal);
    // A stage that failed since the session has ended says nothing of AWS.
    await requireCredentials(this.rehearsal);
    const ended = { ...record, seconds: Math.round((Date.now() - began.getTime()) / 1000), result };
    this.keep(ended);
    for (const sentence of sentencesOn(ended)) showProgress(sentence);
    if (leaves === 'no stack') return stack === undefined;
    return leaves === undefined || isDeployed(stack);
  }

  private async resultOf(work: Stage['work']): Promise<StageResult> {
    try {
      return await work(this.rehearsal);
    } catch (error) {
      return { failure: reasonOf(error), evidence: [] };
    }
  }

  private keep(record: StageRecord): void {
    this.records.keep(record);
    writeReport(this.records, this.rehearsal.region);
  }

  /** The stage that destroys the stack of the first or of the second life. */
  private lastStage(): Stage {
    const hasDestroyed = this.records.read().some(({ stage }) => stage === 'deployAgain');
    const lastName: StageName = hasDestroyed ? 'destroyAgain' : 'destroy';
    return STAGES.find(({ name }) => name === lastName) as Stage;
  }

  private async end(): Promise<Outcome> {
    const { account, region } = this.rehearsal;
    const report = writeReport(this.records, region);
    const findings = this.records.read().flatMap(sentencesOn);
    const sentences = [...findings];
    if (report !== undefined) {
      sentences.push(
        findings.length > 0 ? words.rehearsedWithFindings : words.rehearsed,
        words.reportIn({ file: report }),
      );
    }
    if (await readOwnStack(this.rehearsal)) {
      sentences.push(this.advice());
    } else {
      this.records.end();
      sentences.push(words.nothingLeft({ stackName: OWN_STACK_NAME, account, region }));
    }
    const stdout = printableText(`${sentences.join('\n')}\n`);
    return { exitCode: findings.length > 0 ? 1 : 0, stdout, stderr: '' };
  }

  private advice(): string {
    const command = `npm run prooflink -- rehearse ${this.rehearsal.account}`;
    return words.leftRunning({ command, destroyCommand: `${command} --destroy` });
  }

  /** Outcome of a call that ends while its stack may exist. */
  private left(reason: string): Outcome {
    return { exitCode: 3, stdout: printableText(`${reason}\n${this.advice()}\n`), stderr: '' };
  }
}

/** Sentences on what a stage refuted, and why it failed. */
function sentencesOn({ stage, result }: StageRecord): string[] {
  const refuted = (result?.verdicts ?? []).filter(({ holds }) => !holds);
  const rows = refuted.map(({ row }) => row).join(', ');
  const sentences = refuted.length > 0 ? [words.rowsRefuted({ stage, rows })] : [];
  const message = result?.failure;
  return message === undefined ? sentences : [...sentences, words.stageFailed({ stage, message })];
}
