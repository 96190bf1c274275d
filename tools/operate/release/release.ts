import { CannotTellError, type Outcome } from '@infra/common/outcome';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { errorText } from '../../deployed/aws-errors';
import { type DeployedStack, readStack, readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { deploy, synthesize } from './cdk';
import { ReleaseFailedError, summarizeFailure } from './failure';
import { Interruption } from './interruption';
import { showProgress } from './masked-output';
import { type MigrationResult, MigrationRunner } from './migration';
import type { ReleaseOptions } from './options';
import { type Plan, planRelease } from './plan';
import { Registry } from './registry';
import { waitUntilServing } from './serving';
import { renderSummary, type Summary } from './summary';
import { readStackTemplate } from './template';

/** From a tag to a version that serves (docs/decisions/0017). */
export async function runRelease(
  environmentName: EnvironmentName,
  options: ReleaseOptions,
  config: EnvironmentConfig = environments[environmentName],
): Promise<Outcome> {
  const interruption = new Interruption();
  const release = new Release(environmentName, options, config, interruption);
  const summary = await interruption.during(() => release.run());
  return renderSummary(environmentName, options, summary);
}

/** Status of a stack that CloudFormation still changes; a clean-up after a rollback changes nothing that serves. */
const IS_CHANGING = /(?<!CLEANUP)_IN_PROGRESS$/;

class Release {
  private readonly stackName: string;

  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly options: ReleaseOptions,
    private readonly config: EnvironmentConfig,
    private readonly interruption: Interruption,
  ) {
    this.stackName = stackId(environmentName);
  }

  /** Does all steps, and sums up how that ended. */
  public async run(): Promise<Summary> {
    try {
      return await this.checkAndRelease();
    } catch (error) {
      if (error instanceof ReleaseFailedError) {
        return await summarizeFailure(this.environmentName, this.options, error);
      }
      const reason = error instanceof CannotTellError ? error.message : errorText(error);
      return { exitCode: this.interruption.hasChangedAws ? 3 : 2, says: [reason] };
    }
  }

  private async checkAndRelease(): Promise<Summary> {
    showProgress(`1/4 Check ${this.environmentName}`);
    const assembly = this.options.assembly ?? (await synthesize());
    const template = readStackTemplate(assembly, this.stackName);
    const plan = await planRelease(this.environmentName, this.config, this.options, template);
    if (plan.problems.length > 0) {
      return { exitCode: 2, says: plan.problems };
    }

    const migrationResult = await this.migrate(assembly, plan);

    showProgress(`3/4 Deploy ${this.stackName}`);
    const parameters = imageTagParameters(this.options, migrationResult !== undefined);
    await this.deployAssembly(assembly, parameters);

    showProgress('4/4 Wait until it serves');
    return await this.waitAndSummarize(migrationResult);
  }

  /** Migrates the image before it serves; returns `undefined` if the plan has no migration. */
  private async migrate(assembly: string, plan: Plan): Promise<MigrationResult | undefined> {
    const { migration, restartsWebTasks } = plan;
    if (!migration.migrates) {
      showProgress(`2/4 No migration: ${migration.reason}`);
      return undefined;
    }
    const { tag, timeoutSeconds } = migration;
    showProgress(`2/4 Migrate ${tag}`);
    if (restartsWebTasks) {
      showProgress('The web tasks restart with their new settings first, under the image that runs.');
    }
    await this.deployAssembly(assembly, { [Parameter.migrationImageTag]: tag });
    return await this.runMigration(tag, timeoutSeconds);
  }

  /** Runs the migration that is deployed, as long as no other release interferes. */
  private async runMigration(tag: string, timeoutSeconds: number): Promise<MigrationResult> {
    const stack = await this.readStackWithMigrationOf(tag);
    const runner = new MigrationRunner(stack, showProgress, (advice) => {
      this.interruption.advice = advice;
    });
    const result = await runner.run(timeoutSeconds);
    if (result.failure !== undefined) {
      throw new ReleaseFailedError(`its migration ${result.failure}.`, result);
    }

    await this.readStackWithMigrationOf(tag);
    const { repositories } = resourceNames(this.environmentName);
    const registry = new Registry(repositories.app, this.config.region);
    if (await registry.stillHas(tag, result.digest)) return result;
    throw new ReleaseFailedError(
      `${tag} was pushed again while it was migrated. Push it under a new tag, and release that.`,
    );
  }

  /** Reads the stack, and fails if another release has deployed its own migration meanwhile. */
  private async readStackWithMigrationOf(tag: string): Promise<DeployedStack> {
    const stack = await readStack(this.environmentName);
    const deployedTag = stack.parameters[Parameter.migrationImageTag] ?? '';
    if (deployedTag === tag) return stack;
    throw new ReleaseFailedError(`somebody else releases ${deployedTag} at the same time.`);
  }

  private async deployAssembly(assembly: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    this.interruption.hasChangedAws = true;
    this.interruption.advice = `CloudFormation goes on by itself. How it is: ${this.statusCommand}`;
    const succeeded = await deploy(assembly, this.stackName, parameters);
    if (succeeded) return;
    const stack = await readStackIfDeployed(this.environmentName);
    const status = stack?.description.StackStatus ?? '';
    if (IS_CHANGING.test(status)) {
      throw new CannotTellError(`The CDK CLI has ended, and ${this.stackName} is ${status}.`);
    }
    throw new ReleaseFailedError('the deployment failed; the CDK CLI says why above.');
  }

  private async waitAndSummarize(migration: MigrationResult | undefined): Promise<Summary> {
    this.interruption.advice = `It is deployed. How it is: ${this.statusCommand}`;
    const hasOfficeHours = this.config.officeHours !== undefined;
    const stack = await readStack(this.environmentName);
    const { serves, tags, says } = await waitUntilServing(stack, hasOfficeHours);
    const sentences = migration ? [says, 'Its migration ended with exit code 0.'] : [says];
    return { exitCode: serves ? 0 : 1, says: sentences, serves: tags, migration };
  }

  private get statusCommand(): string {
    return `npm run prooflink -- status ${this.environmentName}`;
  }
}

/** Parameters of the stack that change; the others keep their values. */
function imageTagParameters({ app, batch }: ReleaseOptions, isMigrated: boolean): Record<string, string> {
  const parameters: Record<string, string> = {};
  if (app) parameters[Parameter.appImageTag] = app;
  if (batch) parameters[Parameter.batchImageTag] = batch;
  if (app && isMigrated) parameters[Parameter.migratedImageTag] = app;
  return parameters;
}
