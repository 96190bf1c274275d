import { CannotTellError, type Outcome } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { errorText } from '../../deployed/aws-errors';
import { type DeployedStack, readStack, readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { deployStack, synthesizeApp } from './cdk';
import { ExitCode } from './exit-code';
import { ReleaseFailedError, summarizeFailure } from './failure';
import { ImageRepository } from './image-repository';
import { InterruptHandler } from './interrupt-handler';
import { showProgress } from './masked-output';
import { type MigrationResult, MigrationRunner } from './migration-runner';
import type { ReleaseOptions } from './options';
import { planRelease, type ReleasePlan } from './plan';
import { waitUntilServing } from './serving';
import { readStackTemplate } from './stack-template';
import { renderSummary, type Summary } from './summary';
import { configOf } from '../../program/environment-config';

/** Releases image tags to an environment: checks, migrates, deploys, and waits until they serve (docs/decisions/0017). */
export async function runRelease(
  environmentName: EnvironmentName,
  options: ReleaseOptions,
  config: EnvironmentConfig = configOf(environmentName),
): Promise<Outcome> {
  const interruptHandler = new InterruptHandler();
  const release = new Release(environmentName, options, config, interruptHandler);
  const summary = await interruptHandler.handleDuring(() => release.run());
  return renderSummary(environmentName, options, summary);
}

/** Statuses of a stack whose resources CloudFormation still changes. The clean-up after an update only deletes old ones. */
const CHANGING_STATUS = /(?<!CLEANUP)_IN_PROGRESS$/;

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
      const reason = error instanceof CannotTellError ? error.message : errorText(error);
      return { exitCode: this.interruptHandler.exitCode, sentences: [reason] };
    }
  }

  private async checkAndRelease(): Promise<Summary> {
    showProgress(`1/4 Check ${this.environmentName}`);
    const assemblyFolder = this.options.assemblyFolder ?? (await synthesizeApp());
    const template = readStackTemplate(assemblyFolder, this.stackName);
    const plan = await planRelease(this.environmentName, this.config, this.options, template);
    if (plan.problems.length > 0) {
      return { exitCode: ExitCode.nothingChanged, sentences: plan.problems };
    }

    const migrationResult = await this.migrate(assemblyFolder, plan);

    showProgress(`3/4 Deploy ${this.stackName}`);
    const hasMigrated = migrationResult !== undefined;
    await this.deploy(assemblyFolder, imageTagParameters(this.options, hasMigrated));

    showProgress('4/4 Wait until it serves');
    return await this.waitAndSummarize(migrationResult);
  }

  /** Migrates the database by the new image, before that image serves. `undefined`: the plan has no migration. */
  private async migrate(assemblyFolder: string, plan: ReleasePlan): Promise<MigrationResult | undefined> {
    const { migration, mayRestartWebTasks } = plan;
    if (!migration.migrates) {
      showProgress(`2/4 No migration: ${migration.reason}`);
      return undefined;
    }
    const { imageTag, timeoutSeconds } = migration;
    showProgress(`2/4 Migrate ${imageTag}`);
    if (mayRestartWebTasks) {
      showProgress('The web tasks restart with their new settings first, under the image that runs.');
    }
    // Gives the new image to the migration's task definition alone: the web tasks keep their image.
    await this.deploy(assemblyFolder, { [Parameter.migrationImageTag]: imageTag });
    return await this.runMigration(imageTag, timeoutSeconds);
  }

  /** Runs the migration that is deployed. Fails if another release, or another push of the tag, interferes meanwhile. */
  private async runMigration(imageTag: string, timeoutSeconds: number): Promise<MigrationResult> {
    const stack = await this.readStackThatMigrates(imageTag);
    const runner = new MigrationRunner(stack, showProgress, (advice) => {
      this.interruptHandler.advice = advice;
    });
    const result = await runner.run(timeoutSeconds);
    if (result.failure !== undefined) {
      throw new ReleaseFailedError(`its migration ${result.failure}.`, result);
    }

    await this.readStackThatMigrates(imageTag);
    const { repositories } = resourceNames(this.environmentName);
    const appRepository = new ImageRepository(repositories.app, this.config.region);
    if (await appRepository.stillNames(imageTag, result.imageDigest)) return result;
    throw new ReleaseFailedError(
      `${imageTag} was pushed again while it was migrated. Push it under a new tag, and release that.`,
    );
  }

  /** Reads the stack, and fails if the stack migrates by another image: another release has deployed that one. */
  private async readStackThatMigrates(imageTag: string): Promise<DeployedStack> {
    const stack = await readStack(this.environmentName);
    const deployedTag = stack.parameters[Parameter.migrationImageTag] ?? '';
    if (deployedTag === imageTag) return stack;
    throw new ReleaseFailedError(`somebody else releases ${deployedTag} at the same time.`);
  }

  /** Deploys the stack with new values for some parameters; the other parameters keep theirs. */
  private async deploy(assemblyFolder: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    this.interruptHandler.hasChangedAws = true;
    this.interruptHandler.advice = `CloudFormation goes on by itself. How it is: ${this.statusCommand}`;
    const hasSucceeded = await deployStack(assemblyFolder, this.stackName, parameters);
    if (hasSucceeded) return;
    const stack = await readStackIfDeployed(this.environmentName);
    const status = stack?.details.StackStatus ?? '';
    if (CHANGING_STATUS.test(status)) {
      throw new CannotTellError(`The CDK CLI has ended, and ${this.stackName} is ${status}.`);
    }
    throw new ReleaseFailedError('the deployment failed; the CDK CLI says why above.');
  }

  private async waitAndSummarize(migration: MigrationResult | undefined): Promise<Summary> {
    this.interruptHandler.advice = `It is deployed. How it is: ${this.statusCommand}`;
    const hasOfficeHours = this.config.officeHours !== undefined;
    const { isAsDeployed, tags, sentence } = await waitUntilServing(this.environmentName, hasOfficeHours);
    const sentences = [sentence];
    if (migration) sentences.push('Its migration ended with exit code 0.');
    const exitCode = isAsDeployed ? ExitCode.serves : ExitCode.doesNotServe;
    return { exitCode, sentences, servingTags: tags, migration };
  }

  private get statusCommand(): string {
    return `npm run prooflink -- status ${this.environmentName}`;
  }
}

/** Parameters of the stack that get a new image tag. */
function imageTagParameters(
  { appTag, batchTag }: ReleaseOptions,
  hasMigrated: boolean,
): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  if (appTag) parameters[Parameter.appImageTag] = appTag;
  if (batchTag) parameters[Parameter.batchImageTag] = batchTag;
  if (appTag && hasMigrated) parameters[Parameter.migratedImageTag] = appTag;
  return parameters;
}
