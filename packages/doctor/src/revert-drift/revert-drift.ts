import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '@infra/common/outcome';
import { groupBy } from '@infra/common/values';
import { type EnvironmentConfig, Part } from '@infra/commands/app';
import { findChangesByHand, sentenceOf } from '../changed-by-hand/changed-by-hand';
import { coverageOf } from '../changed-by-hand/coverage';
import { lastArnPart } from '@infra/operate/deployed/arn';
import { errorText } from '@infra/operate/deployed/aws-errors';
import { type DeployedStack, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { reasonOf } from '@infra/operate/deployed/error-reason';
import { revertDriftCommand } from '../revert-drift-command';
import { existsSecret } from '@infra/operate/deployed/secrets';
import { confirm } from '@infra/commands/confirm';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { ExitCode } from '@infra/operate/release/exit-code';
import { InterruptHandler } from '@infra/operate/release/interrupt-handler';
import { printableText, showProgress } from '@infra/operate/release/masked-output';
import {
  checkDatabaseIsAvailable,
  checkIsDeployed,
  checkStackIsIdle,
  checkStackStatus,
} from '@infra/operate/release/stack-checks';
import type { Summary } from '@infra/operate/release/summary';
import { DriftChangeSet, type PlannedChange } from './change-set';
import { describeChanges, falseBy, isWanted, needsDatabase, notChosen, refusals } from './plan';
import { words } from './words';

export interface RevertDriftOptions {
  /** True if the change set is executed without a question. */
  readonly yes?: boolean;
  /** Construct paths of all parts that it may change; any part unless given. */
  readonly only?: readonly string[];
}

/**
 * Changes back what was changed by hand, as far as CloudFormation compares it: to the template that is deployed, whatever
 * the working tree has.
 */
export async function runRevertDrift(
  environmentName: EnvironmentName,
  options: RevertDriftOptions,
  config = configOf(environmentName),
): Promise<Outcome> {
  return await new Reversal(environmentName, config, options).run();
}

/** A change set that waits to be executed, with what a person reads of it. */
interface Plan {
  readonly stack: DeployedStack;
  readonly changeSet: DriftChangeSet;
  /** All changes that CloudFormation would carry out, even those that change nothing. */
  readonly planned: readonly PlannedChange[];
  /** Lines on changes by hand that it does not revert. */
  readonly skipped: readonly string[];
}

class Reversal {
  private readonly interruptHandler = new InterruptHandler((summary) => this.render(summary));
  /** The change set that is not executed, and must not stay. */
  private waitingChangeSet: DriftChangeSet | undefined;
  /** Sentences on change sets that could not be deleted. */
  private readonly leftovers: string[] = [];

  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly config: EnvironmentConfig,
    private readonly options: RevertDriftOptions,
  ) {
    this.interruptHandler.cleanUp = () => this.deleteChangeSet();
  }

  public async run(): Promise<Outcome> {
    return this.render(await this.interruptHandler.handleDuring(() => this.finish()));
  }

  private render({ exitCode, sentences }: Summary): Outcome {
    const lines = [...sentences, ...this.leftovers];
    if (exitCode === ExitCode.nothingChanged) lines.unshift(words.nothingChanged);
    return { exitCode, stdout: `${printableText(lines.join('\n'))}\n`, stderr: '' };
  }

  /** Does all steps and sums up their end; throws nothing. */
  private async finish(): Promise<Summary> {
    try {
      return await this.planAndRevert();
    } catch (error) {
      return this.interruptHandler.unfinished(reasonOf(error));
    } finally {
      await this.deleteChangeSet();
    }
  }

  /** Asks until the plan that a person has agreed to is the one that CloudFormation makes after the answer. */
  private async planAndRevert(): Promise<Summary> {
    let agreedPlan: Plan | undefined;
    for (;;) {
      const plan = await this.makePlan();
      if ('exitCode' in plan) return plan;
      if (agreedPlan && isSame(agreedPlan, plan)) return await this.execute(plan);
      if (agreedPlan) showProgress(words.changedMeanwhile);
      showPlan(plan);
      const refusal = (await this.obstacleTo(plan)) ?? (await this.askFirst());
      if (refusal) return refusal;
      if (this.options.yes) return await this.execute(plan);
      agreedPlan = plan;
    }
  }

  /** Reads the stack, and lets CloudFormation compare it; the end of the command if there is nothing to revert. */
  private async makePlan(): Promise<Plan | Summary> {
    await this.deleteChangeSet();
    const stack = await readStack(this.environmentName);
    const { StackName: stackName = '' } = stack.details;
    const problem =
      checkStackIsIdle(stack) ?? checkIsDeployed({ stack }) ?? (await checkStackStatus({ stack, config: this.config }));
    if (problem !== undefined) return refused([problem]);
    const changeSet = new DriftChangeSet(stack, showProgress);
    this.waitingChangeSet = changeSet;
    const planned = await changeSet.create();
    const skipped = await describeSkipped(stack);
    if (planned.some(isWanted)) return { stack, changeSet, planned, skipped };
    return { exitCode: ExitCode.serves, sentences: [words.nothingToRevert({ stackName }), ...skipped] };
  }

  private async obstacleTo({ stack, planned }: Plan): Promise<Summary | undefined> {
    const { config, options } = this;
    const reasons = [...refusals(stack, planned), ...(await lostPassword(stack, planned))];
    const paths = options.only ? notChosen(realChanges(planned), options.only) : [];
    if (paths.length > 0) reasons.push(words.notChosen({ paths, chosen: options.only ?? [] }));
    if (reasons.length > 0) return refused(reasons);
    if (!needsDatabase(planned)) return undefined;
    // RDS modifies no database that is stopped, and no web task is healthy without one.
    const problem = await checkDatabaseIsAvailable({ stack, config });
    return problem === undefined ? undefined : refused([problem]);
  }

  private async askFirst(): Promise<Summary | undefined> {
    if (this.options.yes) return undefined;
    const answer = await confirm(words.question);
    if (answer === undefined) return refused([words.notAsked]);
    return answer ? undefined : refused([words.declined]);
  }

  private async execute({ stack, changeSet, skipped }: Plan): Promise<Summary> {
    const { StackName: stackName = '' } = stack.details;
    const beginning = await this.interruptHandler.request(words.goesOn({ stackName }), () => changeSet.execute());
    if (beginning !== 'begun') {
      this.interruptHandler.hasChangedAws = false;
      return refused([beginning === 'overtaken' ? words.overtaken : words.lost]);
    }
    this.waitingChangeSet = undefined;
    const { status, failures } = await changeSet.follow();
    if (status !== 'UPDATE_COMPLETE') {
      return { exitCode: ExitCode.doesNotServe, sentences: [words.failed({ stackName, status, failures })] };
    }
    return { exitCode: ExitCode.serves, sentences: [words.reverted({ stackName }), ...skipped] };
  }

  /** Deletes the change set that was not executed, which the console would offer to execute later. */
  private async deleteChangeSet(): Promise<void> {
    const changeSet = this.waitingChangeSet;
    this.waitingChangeSet = undefined;
    if (!changeSet) return;
    try {
      await changeSet.delete();
    } catch (error) {
      this.leftovers.push(words.changeSetStays({ reason: errorText(error), command: changeSet.deletion }));
    }
  }
}

/** True if neither the stack nor a resource has changed between two plans. */
function isSame(one: Plan, other: Plan): boolean {
  return isDeepStrictEqual(
    [one.stack.details.LastUpdatedTime, one.planned],
    [other.stack.details.LastUpdatedTime, other.planned],
  );
}

/** The changes without the false ones, in which nothing differs. */
function realChanges(planned: readonly PlannedChange[]): PlannedChange[] {
  return planned.filter((change) => falseBy(change).length === 0);
}

function showPlan({ stack, planned }: Plan): void {
  const { StackName: stackName = '' } = stack.details;
  showProgress(words.plan({ stackName }));
  for (const line of describeChanges(realChanges(planned))) showProgress(line);
  const falseChanges = planned.filter((change) => falseBy(change).length > 0);
  if (falseChanges.length === 0) return;
  const resources = falseChanges.map(({ path }) => path);
  const issues = new Set(falseChanges.flatMap(falseBy));
  showProgress(words.falseChanges({ resources, issues: [...issues].map(String) }));
}

/**
 * Reason to refuse while the password of the database is lost: CloudFormation resolves the reference to it before it sets
 * another password. It finds a secret of the same name by the reference (aws/aws-cdk, issue 24130).
 */
async function lostPassword(stack: DeployedStack, planned: readonly PlannedChange[]): Promise<string[]> {
  if (!planned.some(({ path, isCreated }) => isCreated && path === Part.masterSecret.path)) return [];
  const name = lastArnPart(physicalIdOf(stack, Part.masterSecret)).replace(/-\w{6}$/, '');
  return (await existsSecret(stack, name)) ? [] : [words.lostPassword({ name })];
}

function refused(sentences: readonly string[]): Summary {
  return { exitCode: ExitCode.nothingChanged, sentences };
}

/** Lines on changes by hand that a change set does not revert, with the commands that do, and on what nothing compares. */
async function describeSkipped(stack: DeployedStack): Promise<string[]> {
  const { changes, neverCompared } = await findChangesByHand(environmentOf(stack), ({ type }) => {
    const { comparedBy, additions } = coverageOf(type);
    return comparedBy !== 'CloudFormation' || additions !== undefined;
  });
  const skipped = changes.filter(({ fix }) => !fix.includes(revertDriftCommand(stack)));
  const lines: string[] = [];
  if (skipped.length > 0) {
    const byResource = groupBy(skipped, ({ path, type }) => `${path} (${type})`);
    lines.push(words.skipped);
    for (const [resource, ofResource] of byResource) {
      lines.push(words.changed({ resource, properties: ofResource.map(sentenceOf) }));
    }
    lines.push(...new Set(skipped.map(({ fix }) => fix)));
  }
  const types = new Set(neverCompared.map(({ type }) => type));
  if (types.size > 0) lines.push(words.nothingCompares({ types: [...types].sort() }));
  return lines;
}
