import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { type EnvironmentConfig, Parameter, resourceNames, stackId } from '@infra/commands/app';
import { errorText } from '../deployed/aws-errors';
import { reasonOf } from '../deployed/error-reason';
import { type DeployedStack, isStackInProgress, readStack } from '../deployed/deployed-stack';
import { askPatiently, waitFor } from '../deployed/wait';
import { stackRemedy } from '../deployed/stack-remedy';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { pause } from '@infra/commands/pause';
import { words } from './words';
import { ExitCode } from './exit-code';
import { ReleaseFailedError, summarizeFailure } from './failure';
import { furtherImagesOf } from './further-images';
import { waitForFurtherServices } from './further-services';
import { ImageRepository } from './image-repository';
import { InterruptHandler } from './interrupt-handler';
import { showProgress } from './masked-output';
import { readStackPatiently } from './read-stack-patiently';
import { type MigrationResult, MigrationRunner } from './migration-runner';
import type { ReleaseOptions } from './options';
import { ParameterUpdate } from './parameter-update';
import { planRelease, type ReleasePlan } from './plan';
import { ServiceWatch } from './service-watch';
import { waitUntilServing } from './serving';
import { nameAndStatus } from './stack-checks';
import type { UpdateEnd } from './stack-operation';
import { beginStep } from './step';
import { renderSummary, type Summary } from './summary';
import { Minutes } from './time-limits';

/**
 * Releases image tags to an environment: checks, migrates, updates the tags of the stack, and waits until they serve
 * (docs/decisions/0017). The template stays as it is deployed.
 */
export async function runRelease(
  environmentName: EnvironmentName,
  options: ReleaseOptions,
  config: EnvironmentConfig = configOf(environmentName),
): Promise<Outcome> {
  const render = (summary: Summary) => renderSummary(environmentName, options, summary);
  const interruptHandler = new InterruptHandler(render);
  const release = new Release(environmentName, options, config, interruptHandler);
  return render(await interruptHandler.handleDuring(() => release.run()));
}

const SECONDS_BETWEEN_LOOKS_AT_THE_STACK = 5;

class Release {
  private readonly stackName: string;

  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly options: ReleaseOptions,
    private readonly config: EnvironmentConfig,
    private readonly interruptHandler: InterruptHandler,
  ) {
    this.stackName = stackId(environmentName);
  }

  /** Does all steps and sums up their end; throws nothing. */
  public async run(): Promise<Summary> {
    try {
      return await this.checkAndRelease();
    } catch (error) {
      if (error instanceof ReleaseFailedError) {
        return await summarizeFailure(this.environmentName, this.options, error);
      }
      return this.interruptHandler.unfinished(reasonOf(error));
    }
  }

  private async checkAndRelease(): Promise<Summary> {
    beginStep({ name: 'check', line: words.steps.check({ environmentName: this.environmentName }) });
    const deployedStack = await readStack(this.environmentName);
    const idleStack = isStackInProgress(deployedStack) ? await this.waitUntilIdle() : deployedStack;
    const plan = await planRelease(this.config, this.options, idleStack);
    if (plan.problems.length > 0) {
      return { exitCode: ExitCode.nothingChanged, sentences: plan.problems };
    }

    const migration = await this.migrate(plan);

    beginStep({ name: 'deploy', line: words.steps.deploy({ stackName: this.stackName }) });
    await this.update(plan, imageTagParameters(this.options, migration !== undefined), migration);

    beginStep({ name: 'wait', line: words.steps.wait() });
    return await this.waitAndSummarize(migration);
  }

  /** Migrates the database by the new image, before that image serves. `undefined`: the plan has no migration. */
  private async migrate(plan: ReleasePlan): Promise<MigrationResult | undefined> {
    const { migration } = plan;
    if (!migration.migrates) {
      beginStep({ name: 'migrate', line: words.steps.noMigration({ reason: migration.reason }) });
      return undefined;
    }
    const { imageTag } = migration;
    beginStep({ name: 'migrate', line: words.steps.migrate({ imageTag }) });
    // Gives the new image to the migration's task definition alone: the web tasks keep their image.
    await this.update(plan, { [Parameter.migrationImageTag]: imageTag });
    return await this.runMigration(imageTag);
  }

  /** Runs the migration that is deployed. Fails if another release, or another push of the tag, interferes meanwhile. */
  private async runMigration(imageTag: string): Promise<MigrationResult> {
    const stack = await this.readStackThatMigrates(imageTag);
    const runner = new MigrationRunner(stack, showProgress, (goesOn) => {
      this.interruptHandler.goesOn = goesOn;
    });
    const migration = await runner.run(imageTag);
    if (migration.failure !== undefined) {
      throw new ReleaseFailedError(words.migrationFailed({ failure: migration.failure }), { migration });
    }
    this.interruptHandler.goesOn = words.goesOn.migrated({ imageTag });

    const { repositories } = resourceNames(this.environmentName);
    const appRepository = new ImageRepository(repositories.app, this.config.region);
    if (await askPatiently(() => appRepository.stillNames(imageTag, migration.imageDigest), showProgress)) {
      return migration;
    }
    throw new ReleaseFailedError(words.images.pushedAgain({ imageTag }), { migration });
  }

  /** Reads the stack, and fails if the stack migrates by another image: another release has deployed that one. */
  private async readStackThatMigrates(imageTag: string): Promise<DeployedStack> {
    const stack = await readStackPatiently(this.environmentName);
    const deployedTag = stack.parameters[Parameter.migrationImageTag] ?? '';
    if (deployedTag === imageTag) return stack;
    throw new ReleaseFailedError(words.overtaken({ deployedTag }));
  }

  /**
   * Gives new values to some parameters of the stack.
   *
   * @param migration - The migration that has succeeded; `undefined` if none has yet.
   */
  private async update(
    plan: ReleasePlan,
    values: Readonly<Record<string, string>>,
    migration?: MigrationResult,
  ): Promise<void> {
    for (;;) {
      const stack = await this.waitUntilIdle();
      this.failIfOvertaken(plan, stack, migration);
      // A reader who leaves now must know of the migration, too.
      const goesOn = [migration && words.migrated, words.goesOn.deployment];
      const updateStart = new Date();
      const update = new ParameterUpdate(stack, values, showProgress);
      const request = this.interruptHandler.request(goesOn.filter(Boolean).join('\n'), () => update.request());
      const answer = await request.catch((error: unknown) => {
        throw new ReleaseFailedError(words.updateRefused({ reason: errorText(error) }), { migration });
      });
      if (answer === 'unchanged') showProgress(words.updatedAlready);
      if (answer === 'begun') {
        const end = await new ServiceWatch(stack, showProgress).watchDuring(() => update.follow());
        if (end.status !== 'UPDATE_COMPLETE') await this.failUpdate(end, updateStart, migration);
      }
      if (answer === 'begun' || answer === 'unchanged') return;
      await pause(SECONDS_BETWEEN_LOOKS_AT_THE_STACK);
    }
  }

  /** Waits until CloudFormation takes an update, and returns the stack. */
  private async waitUntilIdle(): Promise<DeployedStack> {
    const stack = await waitFor({
      goal: words.endOfDeployment,
      minutes: Minutes.busyStack,
      secondsBetweenLooks: SECONDS_BETWEEN_LOOKS_AT_THE_STACK,
      showLine: showProgress,
      look: () => readStackPatiently(this.environmentName),
      isReached: (lookedAt) => !isStackInProgress(lookedAt),
      describe: (busyStack) => words.stackIs(nameAndStatus(busyStack)),
    });
    if (!isStackInProgress(stack)) return stack;
    throw new CannotTellError(words.stackStillBusy({ ...nameAndStatus(stack), minutes: Minutes.busyStack }));
  }

  /** Fails if the stack has neither the web image of the checks nor that of this release: another release has deployed it. */
  private failIfOvertaken(plan: ReleasePlan, stack: DeployedStack, migration?: MigrationResult): void {
    const { appTag } = this.options;
    const deployedTag = stack.parameters[Parameter.appImageTag] ?? '';
    if (appTag === undefined || deployedTag === appTag || deployedTag === plan.deployedAppTag) return;
    throw new ReleaseFailedError(words.overtaken({ deployedTag }), { migration });
  }

  /** Reports an update that CloudFormation has not completed. */
  private async failUpdate(
    { status, failures: failedResources }: UpdateEnd,
    deploymentStart: Date,
    migration?: MigrationResult,
  ): Promise<never> {
    const stack = await readStackPatiently(this.environmentName);
    const failures = failedResources.map((failure) => `\n  ${failure}`).join('');
    const message = status.endsWith('_FAILED')
      ? words.stackStuck({ status, failures, remedy: await stackRemedy(stack, this.config) })
      : words.deploymentFailed({ failures });
    throw new ReleaseFailedError(message, { migration, deploymentStart });
  }

  private async waitAndSummarize(migration: MigrationResult | undefined): Promise<Summary> {
    const goesOn = [migration && words.migrated, words.goesOn.rollout];
    this.interruptHandler.goesOn = goesOn.filter(Boolean).join('\n');
    const { appTag } = this.options;
    const hasOfficeHours = this.config.officeHours !== undefined;
    const web = await waitUntilServing(this.environmentName, { appTag, hasOfficeHours });
    const stack = await readStackPatiently(this.environmentName);
    const further = await waitForFurtherServices(stack);
    const isAsDeployed = web.isAsDeployed && further.isAsDeployed;
    const sentences = [web.sentence, ...further.sentences];
    if (migration) sentences.push(isAsDeployed ? words.migrated : words.migratedAndStays);
    const exitCode = isAsDeployed ? ExitCode.serves : ExitCode.doesNotServe;
    return { exitCode, sentences, servingTags: web.tags, migration };
  }
}

/** Parameters of the stack that get a new image tag. */
function imageTagParameters(
  { appTag, batchTag, images }: ReleaseOptions,
  hasMigrated: boolean,
): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  if (appTag) parameters[Parameter.appImageTag] = appTag;
  if (batchTag) parameters[Parameter.batchImageTag] = batchTag;
  for (const { parameter, imageTag } of furtherImagesOf(images)) parameters[parameter] = imageTag;
  if (appTag && hasMigrated) {
    parameters[Parameter.migratedImageTag] = appTag;
    // Another release, which gives way to this one, may have set its own.
    parameters[Parameter.migrationImageTag] = appTag;
  }
  return parameters;
}
