import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { reasonOf } from '@infra/operate/deployed/error-reason';
import { OWN_STACK_NAME } from './environment';
import { readEvidence } from './evidence';
import { isDeployed, readOwnStack, requireCredentials, waitForRest } from './own-stack';
import { interruptRunningProcesses, printableText, showProgress } from './processes';
import type { Records, StageRecord } from './records';
import { writeReport } from './report';
import type { Rehearsal, Stage, StageName, StageResult } from './stage';
import { STAGES } from './stages';
import { words } from './words';

/** Ctrl-C, the end of a job, and a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Stages that need no stack. */
const WITHOUT_STACK: ReadonlySet<StageName> = new Set(['prepare', 'deploy', 'destroy', 'deployAgain', 'destroyAgain']);

/** Command line of `rehearse`, to be printed. */
function commandLine(account: string): string {
  return `npm run prooflink -- rehearse ${account}`;
}

/** The credentials have ended: what was begun is left as it is. */
class LeftError extends Error {}

/** A call that runs stages. */
export class Run {
  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly records: Records,
    private readonly keepsStack: boolean,
  ) {}

  /** Does work until it ends, or until a signal ends this process; says then how to go on. */
  async handleSignalsDuring(work: (run: Run) => Promise<Outcome>): Promise<Outcome> {
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
      return await work(this);
    } catch (error) {
      if (error instanceof LeftError) return this.left(error.message);
      throw error;
    } finally {
      for (const signal of SIGNALS) process.off(signal, exitOnSignal);
    }
  }

  /** Runs stages as far as there is a stack for them, and destroys it at the end. */
  async through(stages: readonly Stage[]): Promise<Outcome> {
    const sentences: string[] = [];
    for (const stage of stages) {
      await this.requireCredentials();
      // The stage before may have failed while CloudFormation goes on.
      const stack = await waitForRest(this.rehearsal);
      if (!WITHOUT_STACK.has(stage.name) && !isDeployed(stack)) {
        sentences.push(words.stackMissing({ stage: stage.name, status: stack?.StackStatus ?? '' }));
        break;
      }
      sentences.push(...(await this.run(stage)));
      if (stage.name.startsWith('deploy') && !isDeployed(await readOwnStack(this.rehearsal))) break;
    }
    return await this.end(sentences);
  }

  /** Runs a stage. @returns sentences on what failed, or was refuted. */
  private async run(stage: Stage): Promise<string[]> {
    const { name } = stage;
    const began = new Date();
    const record: StageRecord = { stage: name, began: began.toISOString() };
    this.keep(record);
    showProgress(words.begins({ stage: name }));
    const result = await this.resultOf(stage, began);
    this.keep({ ...record, seconds: Math.round((Date.now() - began.getTime()) / 1000), result });
    const refuted = (result.refuted ?? []).map(({ row }) => row);
    if (result.skippedBecause !== undefined) showProgress(words.skipped({ reason: result.skippedBecause }));
    const sentences = refuted.length > 0 ? [words.rowsRefuted({ stage: name, rows: refuted.join(', ') })] : [];
    if (result.failure !== undefined) sentences.push(words.stageFailed({ stage: name, message: result.failure }));
    for (const sentence of sentences) showProgress(sentence);
    return sentences;
  }

  /** Result of a stage; one that failed or was refuted has what AWS says of it. */
  private async resultOf(stage: Stage, began: Date): Promise<StageResult> {
    let result: StageResult;
    try {
      result = await stage.work(this.rehearsal);
    } catch (error) {
      result = { failure: reasonOf(error), evidence: [] };
    }
    if (result.failure === undefined && (result.refuted ?? []).length === 0) return result;
    // A stage that failed since the session ended says nothing of AWS: the next call repeats it.
    await this.requireCredentials();
    return { ...result, evidence: [...result.evidence, ...(await readEvidence(this.rehearsal, began))] };
  }

  private async requireCredentials(): Promise<void> {
    try {
      await requireCredentials(this.rehearsal);
    } catch (error) {
      if (error instanceof CannotTellError) throw new LeftError(error.message);
      throw error;
    }
  }

  private keep(record: StageRecord): void {
    this.records.add(record);
    writeReport(this.records, this.rehearsal.region);
  }

  /** Destroys the stack, unless it is kept. */
  private async end(sentences: string[]): Promise<Outcome> {
    const { account, region } = this.rehearsal;
    let stack = await readOwnStack(this.rehearsal);
    if (stack && !this.keepsStack) {
      sentences.push(...(await this.run(this.lastStage())));
      stack = await readOwnStack(this.rehearsal);
    }
    const report = writeReport(this.records, region);
    const results = this.records.read().map(({ result }) => result);
    const hasFindings = results.some((result) => result?.failure !== undefined || (result?.refuted ?? []).length > 0);
    const exitCode = hasFindings || sentences.length > 0 ? 1 : 0;
    sentences.push(exitCode === 0 ? words.rehearsed : words.rehearsedWithFindings);
    if (stack) {
      sentences.push(this.advice());
    } else {
      this.records.end();
      sentences.push(words.nothingLeft({ stackName: OWN_STACK_NAME, account, region }), words.stays);
    }
    if (report !== undefined) sentences.push(words.reportIn({ file: report }));
    return { exitCode, stdout: printableText(`${sentences.join('\n')}\n`), stderr: '' };
  }

  /** The stage that destroys the stack of the first or of the second life. */
  private lastStage(): Stage {
    const hasDestroyed = this.records.read().some(({ stage }) => stage === 'deployAgain');
    const name = hasDestroyed ? 'destroyAgain' : 'destroy';
    return STAGES.find((stage) => stage.name === name) as Stage;
  }

  private advice(): string {
    const command = commandLine(this.rehearsal.account);
    return words.leftRunning({ command, destroyCommand: `${command} --destroy` });
  }

  /** Outcome of a call that ends while its stack may exist. */
  private left(reason: string): Outcome {
    return { exitCode: 3, stdout: printableText(`${reason}\n${this.advice()}\n`), stderr: '' };
  }
}
