import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { type DeployedStack, errorText, readStack, readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';
import { isStill, type Plan, plan, type ReleaseOptions } from './checks';
import { deploy, endCdk, synthesize, templateIn } from './cdk';
import { type Migrated, Migrations } from './migration';
import { servingNow, waitUntilServing } from './serving';

/** End of a release. */
interface Summary {
  readonly exitCode: Outcome['exitCode'];
  readonly says: readonly string[];
  readonly serves?: readonly string[];
  readonly migration?: Migrated;
}

/** The new version does not serve. */
class FailedError extends Error {
  constructor(
    message: string,
    readonly migration?: Migrated,
  ) {
    super(message);
  }
}

/** From a tag to a version that serves (docs/decisions/0017). */
export async function runRelease(
  environmentName: EnvironmentName,
  options: ReleaseOptions,
  config: EnvironmentConfig = environments[environmentName],
): Promise<Outcome> {
  const release = new Release(environmentName, options, config);
  const interrupted = () => {
    endCdk();
    process.stderr.write(`\n${release.comeBack}\n`);
    process.exit(release.begun ? 3 : 2);
  };
  // npm passes Ctrl-C on, which comes twice then.
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    return write(environmentName, options, await release.run());
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

const mask = new SecretMask();
const show = (line: string) => process.stderr.write(`${visible(mask.maskLines(line), '\n')}\n`);

class Release {
  /** True if AWS was asked for a change. */
  public begun = false;
  /** Text after Ctrl-C. */
  public comeBack = 'Nothing was touched.';
  private readonly name: string;

  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly options: ReleaseOptions,
    private readonly config: EnvironmentConfig,
  ) {
    this.name = stackId(environmentName);
  }

  async run(): Promise<Summary> {
    try {
      show(`1/4 Check ${this.environmentName}`);
      const assembly = this.options.assembly ?? (await synthesize());
      const found = await plan(this.environmentName, this.config, this.options, templateIn(assembly, this.name));
      if (found.problems.length > 0) return { exitCode: 2, says: found.problems };
      return await this.carryOut(assembly, found);
    } catch (error) {
      if (error instanceof FailedError) return await this.failed(error);
      return {
        exitCode: this.begun ? 3 : 2,
        says: [error instanceof CannotTellError ? error.message : errorText(error)],
      };
    }
  }

  private async carryOut(assembly: string, found: Plan): Promise<Summary> {
    const { app, batch } = this.options;
    let migration: Migrated | undefined;
    if (found.migrates && app) {
      show(`2/4 Migrate ${app}`);
      if (found.restarts) show('The web tasks restart with their new settings first, under the image that runs.');
      await this.deploy(assembly, { [Parameter.migrationImageTag]: app });
      migration = await this.migrate(app, found.timeoutSeconds);
    } else show(`2/4 No migration: ${found.why}`);

    show(`3/4 Deploy ${this.name}`);
    await this.deploy(assembly, {
      ...(app && { [Parameter.appImageTag]: app }),
      ...(batch && { [Parameter.batchImageTag]: batch }),
      ...(app && migration && { [Parameter.migratedImageTag]: app }),
    });

    show('4/4 Wait until it serves');
    this.comeBack = `It is deployed. How it is: npm run prooflink -- status ${this.environmentName}`;
    const stack = await readStack(this.environmentName);
    const { serves, tags, says } = await waitUntilServing(stack, this.config.officeHours !== undefined);
    const migrated = migration ? ['Its migration ended with exit code 0.'] : [];
    return { exitCode: serves ? 0 : 1, says: [says, ...migrated], serves: tags, migration };
  }

  private async deploy(assembly: string, parameters: Record<string, string>): Promise<void> {
    this.begun = true;
    this.comeBack = `CloudFormation goes on by itself. How it is: npm run prooflink -- status ${this.environmentName}`;
    if (await deploy(assembly, this.name, parameters)) return;
    const status = (await readStackIfDeployed(this.environmentName))?.description.StackStatus ?? '';
    if (/(?<!CLEANUP)_IN_PROGRESS$/.test(status)) {
      throw new CannotTellError(`The CDK CLI has ended, and ${this.name} is ${status}.`);
    }
    throw new FailedError('the deployment failed; the CDK CLI says why above.');
  }

  private async migrate(tag: string, seconds: number): Promise<Migrated> {
    const stack = await readStack(this.environmentName);
    this.mustBeOwn(stack, tag);
    const migrations = new Migrations(stack, show, (how) => {
      this.comeBack = how;
    });
    const migration = await migrations.run(seconds);
    if (migration.failure !== undefined) throw new FailedError(`its migration ${migration.failure}.`, migration);
    this.mustBeOwn(await readStack(this.environmentName), tag);
    if (await isStill(this.environmentName, this.config, tag, migration.digest)) return migration;
    throw new FailedError(`${tag} was pushed again while it was migrated. Push it under a new tag, and release that.`);
  }

  private mustBeOwn({ parameters }: DeployedStack, tag: string): void {
    const now = parameters[Parameter.migrationImageTag] ?? '';
    if (now !== tag) throw new FailedError(`somebody else releases ${now} at the same time.`);
  }

  private async failed({ message, migration }: FailedError): Promise<Summary> {
    const { app } = this.options;
    const what = app ? `${app} does not serve: ${message}` : `It is not deployed: ${message}`;
    const lines = (migration?.lines ?? []).map((line) => `    ${line}`);
    try {
      const serving = await servingNow(await readStackIfDeployed(this.environmentName));
      const says = [what, serving.says, ...(lines.length > 0 ? ['Its last lines:', '', ...lines] : [])];
      const page = migration ? ['', 'What to do: docs/runbook.md, "A migration that failed".'] : [];
      return { exitCode: 1, says: [...says, ...page], serves: serving.tags, migration };
    } catch (error) {
      return { exitCode: 3, says: [what, `What serves instead could not be asked: ${errorText(error)}`], migration };
    }
  }
}

const HEADLINES = {
  0: 'is released.',
  1: 'does not serve what was released.',
  2: 'was not touched:',
  3: 'was changed, and it is not known how that ended:',
} as const;

/** The summary, for people and in Markdown alike. */
function write(environmentName: string, { app = '', batch = '', json }: ReleaseOptions, summary: Summary): Outcome {
  const { exitCode, says, serves = [], migration } = summary;
  const texts = says.map((text) => visible(mask.maskLines(text), '\n'));
  if (json) {
    const { lines = [], ...rest } = migration ?? {};
    const reported = migration && { ...rest, lines: lines.map((line) => mask.maskLines(line)) };
    const all = { environment: environmentName, exitCode, app, batch, serves, migration: reported, says: texts };
    return { exitCode, stdout: `${JSON.stringify(all, null, 2)}\n`, stderr: '' };
  }
  const list = exitCode === 2 ? texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`) : texts;
  const look = exitCode === 3 ? [`How it is: npm run prooflink -- status ${environmentName}`] : [];
  return {
    exitCode,
    stdout: `${[`${environmentName} ${HEADLINES[exitCode]}`, '', ...list, ...look].join('\n')}\n`,
    stderr: '',
  };
}
