import { ECS } from '@aws-sdk/client-ecs';
import type { Outcome } from '@infra/common/outcome';
import { groupBy } from '@infra/common/values';
import { type EnvironmentConfig, Part } from '@infra/commands/app';
import { findChangesByHand, sentenceOf } from '../changed-by-hand/changed-by-hand';
import { coverageOf } from '../changed-by-hand/coverage';
import { lastArnPart } from '@infra/operate/deployed/arn';
import { type DeployedStack, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { reasonOf } from '@infra/operate/deployed/error-reason';
import { revertDriftCommand } from '../revert-drift-command';
import { existsSecret } from '@infra/operate/deployed/secrets';
import { describeService, webServiceNames } from '@infra/operate/deployed/web-service';
import { confirm } from '@infra/commands/confirm';
import { pause } from '@infra/commands/pause';
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
import { describeChanges, isWanted, refusals, taskCountIn } from './plan';
import { words } from './words';

export interface RevertDriftOptions {
  /** True if the change set is executed without a question. */
  readonly yes?: boolean;
}

/** A task that starts meanwhile needs longer to fail. */
const SECONDS_BETWEEN_LOOKS = 1;

/**
 * Changes back what was changed by hand, as far as CloudFormation compares it: to the template that is deployed, whatever
 * the working tree has.
 */
export async function runRevertDrift(
  environmentName: EnvironmentName,
  options: RevertDriftOptions,
  config = configOf(environmentName),
): Promise<Outcome> {
  const render = ({ exitCode, sentences }: Summary): Outcome => {
    return { exitCode, stdout: `${printableText(sentences.join('\n'))}\n`, stderr: '' };
  };
  const interruptHandler = new InterruptHandler(render);
  const reversal = new Reversal(environmentName, config, options, interruptHandler);
  return render(await interruptHandler.handleDuring(() => reversal.run()));
}

class Reversal {
  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly config: EnvironmentConfig,
    private readonly options: RevertDriftOptions,
    private readonly interruptHandler: InterruptHandler,
  ) {}

  /** Does all steps and sums up their end; throws nothing. */
  public async run(): Promise<Summary> {
    try {
      return await this.planAndRevert();
    } catch (error) {
      return this.interruptHandler.unfinished(reasonOf(error));
    }
  }

  private async planAndRevert(): Promise<Summary> {
    const stack = await readStack(this.environmentName);
    const { StackName: stackName = '' } = stack.details;
    const problem =
      checkStackIsIdle(stack) ?? checkIsDeployed({ stack }) ?? (await checkStackStatus({ stack, config: this.config }));
    if (problem !== undefined) return refused([problem]);

    const changeSet = new DriftChangeSet(stack, showProgress);
    const planned = await changeSet.create();
    const changes = planned.filter(isWanted);
    const skipped = await describeSkipped(stack);
    if (changes.length === 0) {
      if (planned.length > 0) await changeSet.delete();
      return { exitCode: ExitCode.serves, sentences: [words.nothingToRevert({ stackName }), ...skipped] };
    }
    for (const line of [words.plan({ stackName }), ...describeChanges(changes)]) showProgress(line);
    const refusal = (await this.obstacleTo(stack, planned)) ?? (await this.askFirst());
    if (refusal) {
      await changeSet.delete();
      return refusal;
    }
    return await this.execute(stack, changeSet, planned, skipped);
  }

  private async obstacleTo(stack: DeployedStack, planned: readonly PlannedChange[]): Promise<Summary | undefined> {
    const reasons = [...refusals(stack, planned), ...(await lostPassword(stack, planned))];
    if (reasons.length > 0) return refused(reasons);
    if (!planned.some(({ type }) => type === 'AWS::RDS::DBInstance')) return undefined;
    // RDS modifies no database that is stopped.
    const problem = await checkDatabaseIsAvailable({ stack, config: this.config });
    return problem === undefined ? undefined : refused([problem]);
  }

  private async askFirst(): Promise<Summary | undefined> {
    if (this.options.yes) return undefined;
    const answer = await confirm(words.question);
    if (answer === undefined) return refused([words.notAsked]);
    return answer ? undefined : refused([words.declined]);
  }

  private async execute(
    stack: DeployedStack,
    changeSet: DriftChangeSet,
    planned: readonly PlannedChange[],
    skipped: readonly string[],
  ): Promise<Summary> {
    const { StackName: stackName = '' } = stack.details;
    const taskCount = await TaskCount.before(stack, planned);
    this.interruptHandler.hasChangedAws = true;
    this.interruptHandler.goesOn = words.goesOn({ stackName });
    const { status, failures } = await taskCount.keepDuring(async () => {
      await changeSet.execute();
      return await changeSet.follow();
    });
    if (status !== 'UPDATE_COMPLETE') {
      return { exitCode: ExitCode.doesNotServe, sentences: [words.failed({ stackName, status, failures })] };
    }
    return { exitCode: ExitCode.serves, sentences: [words.reverted({ stackName }), ...skipped] };
  }
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
  return { exitCode: ExitCode.nothingChanged, sentences: [words.nothingChanged, ...sentences] };
}

/**
 * The number of wanted web tasks, which stays as it was: the update sets it to the template's, which would start web tasks
 * while the environment sleeps. CloudFormation waits for as many tasks as the service wants, so that it may be set meanwhile.
 */
class TaskCount {
  private constructor(
    private readonly stack: DeployedStack,
    private readonly wanted: number,
    private readonly countOfTemplate: number,
  ) {}

  static async before(stack: DeployedStack, planned: readonly PlannedChange[]): Promise<TaskCount> {
    const change = taskCountIn(planned);
    const wanted = change ? (await describeService(stack)).desiredCount : undefined;
    return new TaskCount(stack, wanted ?? 0, Number(change?.expected ?? wanted ?? 0));
  }

  /** Does the work of an update, and sets the number again as soon as the update has changed it. */
  public async keepDuring<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.wanted === this.countOfTemplate) return await work();
    let isOver = false;
    const keepOn = async (): Promise<void> => {
      while (!isOver) {
        // A later look may succeed; the last one, below, throws.
        await this.keep().catch(() => undefined);
        await pause(SECONDS_BETWEEN_LOOKS);
      }
    };
    const keeping = keepOn();
    try {
      return await work();
    } finally {
      isOver = true;
      await keeping;
      await this.keep();
    }
  }

  private async keep(): Promise<void> {
    const { desiredCount } = await describeService(this.stack);
    if (desiredCount !== this.countOfTemplate) return;
    await this.stack.client(ECS).updateService({ ...webServiceNames(this.stack), desiredCount: this.wanted });
  }
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
