import { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import { placeholders } from '../../../lib/config/placeholders';
import { MIGRATION_TIMEOUT, Parameter } from '../../../lib/contract';
import { type DeployedStack, readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { PLATFORMS } from '../../deployed/image-manifest';
import { inTokyo } from '../../deployed/times';
import { describeDatabase } from '../../deployed/database';
import { describeTasks } from '../../deployed/web-service';
import { CannotTellError } from '@infra/common/outcome';
import type { Template } from '@infra/common/template';
import { within } from '@infra/common/values';
import { parseTemplate, restartsWeb, taskDefinition } from './cdk';
import { Registry } from './images';
import { describe, Migrations } from './migration';
import { missingSettings } from './missing-settings';

export interface ReleaseOptions {
  /** The tags to release; one that is empty or missing stays as it is. */
  readonly app?: string;
  readonly batch?: string;
  /** True if the migration runs; `undefined`: unless the image is older than the running one. */
  readonly migration?: boolean;
  /** The cloud assembly to deploy; synthesized unless given. */
  readonly assembly?: string;
  readonly json?: boolean;
  /** Accept values of the config that are only examples. */
  readonly examples?: boolean;
}

/** Findings of a release before it changes anything. */
export interface Plan {
  readonly problems: readonly string[];
  /** True if the image is migrated before it serves, and if not, why. */
  readonly migrates: boolean;
  readonly why: string;
  readonly timeoutSeconds: number;
  /** True if a deployment restarts the web tasks before they get the new image. */
  readonly restarts: boolean;
}

interface Situation extends Pick<Plan, 'migrates' | 'restarts'> {
  readonly environment: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly options: ReleaseOptions;
  readonly stack: DeployedStack;
  readonly registry: Registry;
  readonly template: Template;
  readonly deployed: Template;
  /** The tag that the stack runs; empty where there is none. */
  readonly running: string;
}

type Problem = string | undefined;

/** Checks everything that could stop a release, and reports all of it at once. */
export async function plan(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  options: ReleaseOptions,
  template: Template,
): Promise<Plan> {
  const { app = '', batch = '' } = options;
  const { migrationFamily, repositories, taskFamily } = resourceNames(environmentName);
  const stack = await readStackIfDeployed(environmentName);
  const seconds = taskDefinition(template, migrationFamily)?.Metadata?.[MIGRATION_TIMEOUT];
  const { [Parameter.appImageTag]: running = '', [Parameter.migratedImageTag]: migrated } = stack?.parameters ?? {};
  const why =
    seconds === undefined
      ? 'none is configured'
      : app === ''
        ? 'no image is released'
        : options.migration === false
          ? 'left out by --no-migration'
          : app === running && app === migrated && !options.migration
            ? `${app} serves, and is migrated`
            : '';
  const migrates = why === '';
  const registry = new Registry(repositories.app, config.region);
  const platform = PLATFORMS[config.cpuArchitecture];
  const checks: (Problem | Promise<Problem>)[] = [
    placeholdersLeft(environmentName, config, options),
    migrationWanted(environmentName, options, seconds !== undefined),
    app === '' ? undefined : registry.refusal(app, platform),
    batch === '' ? undefined : new Registry(repositories.batch, config.region).refusal(batch, platform),
    missingSettings(environmentName, config, app, stack),
  ];
  let restarts = false;
  if (stack) {
    const deployed = await deployedTemplate(stack);
    restarts = running !== '' && restartsWeb(deployed, template, taskFamily);
    const common = { environment: environmentName, config, options, stack, registry, template, deployed, running };
    const each = [notAtRest, databaseAway, tagMoved, pushedBefore, anotherProcessor, migrationUnderway];
    checks.push(...each.map((check) => check({ ...common, migrates, restarts })));
  }
  const answers = await Promise.allSettled(checks.map((check) => Promise.resolve(check)));
  const problems = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? (answer.value ?? []) : `It could not be checked: ${String(answer.reason)}`,
  );
  return { problems, migrates, why, timeoutSeconds: Number(seconds ?? 0), restarts };
}

async function deployedTemplate(stack: DeployedStack): Promise<Template> {
  const StackName = stackId(stack.environmentName);
  const { TemplateBody = '' } = await stack.client(CloudFormation).getTemplate({ StackName });
  return parseTemplate(TemplateBody) ?? { Resources: {} };
}

function placeholdersLeft(name: string, config: EnvironmentConfig, { examples }: ReleaseOptions): Problem {
  const left = examples ? [] : placeholders(config).map(({ field, value }) => `  ${field}: ${value}`);
  const says = `lib/config/${name}.ts still has examples; write your own values instead:`;
  return left.length > 0 ? [says, ...left].join('\n') : undefined;
}

function migrationWanted(environmentName: string, { migration, app }: ReleaseOptions, exists: boolean): Problem {
  if (!migration || (exists && app)) return undefined;
  const lacks = exists
    ? '--migration needs --app <tag>.'
    : `${environmentName} has none: webService.migration is undefined.`;
  return `There is no migration to run. ${lacks}`;
}

/** Refuses a stack in a state in which it takes no deployment; one whose creation was rolled back the CDK CLI deletes. */
export function notAtRest({ stack: { description } }: { stack: Pick<DeployedStack, 'description'> }): Problem {
  const { StackName = '', StackStatus: status = '' } = description;
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    return `${StackName} is ${status}: wait until that deployment has ended.`;
  if (!status.endsWith('_FAILED')) return undefined;
  return `${StackName} is ${status}, and takes no deployment: npx cdk --unstable=diagnose diagnose ${StackName}`;
}

/** True for a state of RDS in which a database takes no connection. */
export const isAway = (status: string): boolean =>
  /creating|stop|start|fail|error|incompatible|inaccessible|insufficient|delet/.test(status);

async function databaseAway({ stack, config, options, running, restarts }: Situation): Promise<Problem> {
  const startsTasks = Boolean(options.app) || (running !== '' && restarts);
  if (!startsTasks || stack.ids('AWS::RDS::DBInstance').length === 0) return undefined;
  const { DBInstanceStatus: status = '', DBInstanceIdentifier: id = '' } = await describeDatabase(stack);
  if (!isAway(status)) return undefined;
  const start = config.officeHours
    ? `npm run prooflink -- start ${stack.environmentName}`
    : `aws rds start-db-instance --db-instance-identifier ${id} --region ${stack.region}`;
  return `The database ${id} is ${status}, and a web task would not be healthy. Wake it: ${start}`;
}

/** The CLI skips a deployment with the same template and parameters, and the new image would never serve. */
async function tagMoved({ stack, registry, options: { app }, running }: Situation): Promise<Problem> {
  if (!app || app !== running) return undefined;
  const tasks = await describeTasks(stack, 'RUNNING');
  const runs = tasks.flatMap(({ containers = [] }) => containers[0]?.imageDigest ?? []);
  const digests = await registry.digests(app);
  if (digests.length === 0 || runs.every((digest) => digests.includes(digest))) return undefined;
  return `${app} was pushed again, and is no longer the image that runs. Push it under a new tag, and release that.`;
}

/** A rollback must not migrate; a first release of an older image must. */
async function pushedBefore({ registry, options, running, migrates }: Situation): Promise<Problem> {
  const { app = '', migration } = options;
  if (!migrates || migration || running === '' || app === running) return undefined;
  const images = (await registry.images()) ?? [];
  const [given, other] = [app, running].map((tag) => images.find((image) => image.tag === tag));
  if (!given || (other && given.pushed >= other.pushed)) return undefined;
  const than = other ? `before ${running}, which runs` : `and ${running}, which runs, is no longer in the registry`;
  const choice = 'If it served before: --no-migration. If it never did: --migration.';
  return `${app} was pushed ${inTokyo(given.pushed)}, ${than}. ${choice}`;
}

/** The image that runs starts on the new processor where it is not replaced at the same time. */
async function anotherProcessor(situation: Situation): Promise<Problem> {
  const { config, deployed, template, registry, running, environment: environmentName, migrates, options } = situation;
  const processor = (of: Template) => {
    const web = taskDefinition(of, resourceNames(environmentName).taskFamily)?.Properties?.['RuntimePlatform'];
    return within(web, 'CpuArchitecture');
  };
  if (running === '' || processor(deployed) === processor(template) || (options.app && !migrates)) return undefined;
  const misfit = await registry.misfit(running, PLATFORMS[config.cpuArchitecture]);
  if (misfit === undefined) return undefined;
  return (
    `cpuArchitecture changes to ${config.cpuArchitecture}, and ${running} would start there first. Release ${running}, ` +
    `built for it and pushed under a new tag, with --no-migration; then the next version.\n${misfit}`
  );
}

async function migrationUnderway({ stack, migrates }: Situation): Promise<Problem> {
  if (!migrates) return undefined;
  const ignore = () => undefined;
  const [first] = await new Migrations(stack, ignore, ignore).underway();
  return first && `${describe(first)}: wait for its end.`;
}

/** True if a tag is still the image that was migrated. */
export async function isStill(environmentName: EnvironmentName, config: EnvironmentConfig, tag: string, digest = '') {
  const digests = await new Registry(resourceNames(environmentName).repositories.app, config.region).digests(tag);
  if (digests.length === 0) throw new CannotTellError(`${tag} is no longer in the registry.`);
  return digest === '' || digests.includes(digest);
}
