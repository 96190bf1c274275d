import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames, stackId } from '../../lib/config/names';
import { placeholders } from '../../lib/config/placeholders';
import { MIGRATION_TIMEOUT, Parameter } from '../../lib/contract';
import { awsClient, itemsOf } from '../shared/aws';
import { type DeployedStack, stackIfAny } from '../environment/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import { PLATFORMS } from '../shared/image-manifest';
import { checkSettings } from '../shared/settings';
import { inTokyo } from '../shared/times';
import { tasksOf } from '../environment/web-service';
import { CannotTellError } from '@infra/common/outcome';
import { parseTemplate, restartsWeb, taskDefinition, type Template } from './cdk';
import type { ReleaseOptions } from './command';
import { Registry } from './images';
import { describe, Migrations } from './migration';

/** What a release found before it touches anything. */
export interface Plan {
  /** `undefined` before the first deployment. */
  readonly stack: DeployedStack | undefined;
  readonly problems: readonly string[];
  /** Whether the image is migrated before it serves, and if not, why. */
  readonly migrates: boolean;
  readonly why: string;
  readonly timeoutSeconds: number;
  /** Whether a deployment restarts the web tasks before they get the new image. */
  readonly restarts: boolean;
}

interface Situation {
  readonly environment: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly options: ReleaseOptions;
  readonly stack: DeployedStack;
  readonly registry: Registry;
  readonly template: Template;
  readonly deployed: Template;
  /** The tag that the stack runs; empty where there is none. */
  readonly running: string;
  readonly migrates: boolean;
  readonly restarts: boolean;
}

/** Checks everything that could stop a release, and reports all of it at once. */
export async function plan(
  environment: EnvironmentName,
  config: EnvironmentConfig,
  options: ReleaseOptions,
  template: Template,
): Promise<Plan> {
  const { app = '' } = options;
  const names = resourceNames(environment);
  const stack = await stackIfAny(environment);
  const seconds = taskDefinition(template, names.migrationFamily)?.Metadata?.[MIGRATION_TIMEOUT];
  const parameters = stack?.parameters ?? {};
  const running = parameters[Parameter.appImageTag] ?? '';
  const isDone = app === running && app === parameters[Parameter.migratedImageTag];
  const why =
    seconds === undefined
      ? 'none is configured'
      : app === ''
        ? 'no image is released'
        : options.migration === false
          ? 'left out by --no-migration'
          : isDone && !options.migration
            ? `${app} serves, and is migrated`
            : '';
  const registries = { app: new Registry(names.repositories.app, config.region), batch: names.repositories.batch };
  const checks: Promise<string[]>[] = [
    placeholdersLeft(environment, config, options),
    migrationWanted(environment, options, seconds !== undefined),
    tagRefused(registries.app, app, config),
    tagRefused(new Registry(registries.batch, config.region), options.batch ?? '', config),
    missingSettings(environment, config, app),
  ];
  let restarts = false;
  if (stack) {
    const deployed = await deployedTemplate(stack);
    restarts = running !== '' && restartsWeb(deployed, template, names.taskFamily);
    const registry = registries.app;
    const common = { environment, config, options, stack, registry, template, deployed, running };
    const situation = { ...common, migrates: why === '', restarts };
    checks.push(
      ...[notAtRest, databaseAway, tagMoved, pushedBefore, anotherProcessor].map((check) => check(situation)),
      migrationUnderway(situation),
    );
  }
  const answers = await Promise.allSettled(checks);
  const problems = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? answer.value : [`It could not be checked: ${String(answer.reason)}`],
  );
  return { stack, problems, migrates: why === '', why, timeoutSeconds: Number(seconds ?? 0), restarts };
}

async function deployedTemplate(stack: DeployedStack): Promise<Template> {
  const wanted = new GetTemplateCommand({ StackName: stackId(stack.environment) });
  const { TemplateBody = '' } = await awsClient(CloudFormationClient, stack).send(wanted);
  return parseTemplate(TemplateBody) ?? { Resources: {} };
}

function placeholdersLeft(name: string, config: EnvironmentConfig, { examples }: ReleaseOptions): Promise<string[]> {
  const left = examples ? [] : placeholders(config).map(({ field, value }) => `  ${field}: ${value}`);
  const says = `lib/config/${name}.ts still has examples; write your own values instead:`;
  return Promise.resolve(left.length > 0 ? [[says, ...left].join('\n')] : []);
}

function migrationWanted(environment: string, { migration, app }: ReleaseOptions, exists: boolean): Promise<string[]> {
  if (!migration || (exists && app)) return Promise.resolve([]);
  const lacks = exists
    ? '--migration needs --app <tag>.'
    : `${environment} has none: webService.migration is undefined.`;
  return Promise.resolve([`There is no migration to run. ${lacks}`]);
}

async function tagRefused(registry: Registry, tag: string, { cpuArchitecture }: EnvironmentConfig): Promise<string[]> {
  return tag === '' ? [] : [await registry.refusal(tag, PLATFORMS[cpuArchitecture])].filter((it) => it !== undefined);
}

async function missingSettings(environment: EnvironmentName, config: EnvironmentConfig, app: string) {
  const { exitCode, stdout } = await checkSettings(environment, app, { stack: stackId(environment), config });
  return exitCode === 0 ? [] : [`Secret settings are missing:\n${stdout.trimEnd()}`];
}

/** The CDK CLI deletes a stack whose creation failed by itself, and makes it anew. */
function notAtRest({ stack: { description } }: Situation): Promise<string[]> {
  const { StackName = '', StackStatus: status = '' } = description;
  const problem =
    status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS'
      ? `${StackName} is ${status}: wait until that deployment has ended.`
      : status.endsWith('_FAILED')
        ? `${StackName} is ${status}, and takes no deployment: npx cdk --unstable=diagnose diagnose ${StackName}`
        : undefined;
  return Promise.resolve(problem === undefined ? [] : [problem]);
}

async function databaseAway({ stack, environment, config, options, running, restarts }: Situation): Promise<string[]> {
  const startsTasks = Boolean(options.app) || (running !== '' && restarts);
  const [DBInstanceIdentifier] = stack.ids('AWS::RDS::DBInstance');
  if (!startsTasks || DBInstanceIdentifier === undefined) return [];
  const found = paginateDescribeDBInstances({ client: awsClient(RDSClient, stack) }, { DBInstanceIdentifier });
  const [{ DBInstanceStatus: status = '' } = {}] = await itemsOf(found, (page) => page.DBInstances);
  if (!/stop|start|fail|error|incompatible|inaccessible|insufficient|delet/.test(status)) return [];
  const start = config.officeHours
    ? `npm run prooflink -- start ${environment}`
    : `aws rds start-db-instance --db-instance-identifier ${DBInstanceIdentifier} --region ${stack.region}`;
  return [`The database ${DBInstanceIdentifier} is ${status}, and a web task would not be healthy. Wake it: ${start}`];
}

/** The CLI skips a deployment with the same template and parameters, and the new image would never serve. */
async function tagMoved({ stack, registry, options: { app }, running }: Situation): Promise<string[]> {
  if (!app || app !== running) return [];
  const tasks = await tasksOf(stack, 'RUNNING');
  const runs = tasks.flatMap(({ containers = [] }) => containers[0]?.imageDigest ?? []);
  const digests = await registry.digests(app);
  if (digests.length === 0 || runs.every((digest) => digests.includes(digest))) return [];
  return [`${app} was pushed again, and is no longer the image that runs. Push it under a new tag, and release that.`];
}

/** A rollback must not migrate; a first release of an older image must. */
async function pushedBefore({ registry, options: { app = '', migration }, running, migrates }: Situation) {
  if (!migrates || migration || running === '' || app === running) return [];
  const images = (await registry.images()) ?? [];
  const [given, other] = [app, running].map((tag) => images.find((image) => image.tag === tag));
  if (!given || (other && given.pushed >= other.pushed)) return [];
  const than = other ? `before ${running}, which runs` : `and ${running}, which runs, is no longer in the registry`;
  return [
    `${app} was pushed ${inTokyo(given.pushed)}, ${than}. If it served before: --no-migration. If it never did: --migration.`,
  ];
}

/** The image that runs starts on the new processor where it is not replaced at the same time. */
async function anotherProcessor(situation: Situation): Promise<string[]> {
  const { config, deployed, template, registry, running, environment, migrates, options } = situation;
  const processor = (of: Template) => {
    const web = taskDefinition(of, resourceNames(environment).taskFamily)?.Properties?.['RuntimePlatform'];
    return (web as { CpuArchitecture?: string } | undefined)?.CpuArchitecture;
  };
  if (running === '' || processor(deployed) === processor(template) || (options.app && !migrates)) return [];
  const misfit = await registry.misfit(running, PLATFORMS[config.cpuArchitecture]);
  if (misfit === undefined) return [];
  return [
    `cpuArchitecture changes to ${config.cpuArchitecture}, and ${running} would start there first. Release ${running}, ` +
      `built for it and pushed under a new tag, with --no-migration; then the next version.\n${misfit}`,
  ];
}

async function migrationUnderway({ stack, migrates }: Situation): Promise<string[]> {
  if (!migrates) return [];
  const ignore = () => undefined;
  const [first] = await new Migrations(stack, ignore, ignore).underway();
  return first ? [`${describe(first)}: wait for its end.`] : [];
}

/** Whether a tag is still the image that was migrated. */
export async function isStill(environment: EnvironmentName, config: EnvironmentConfig, tag: string, digest = '') {
  const digests = await new Registry(resourceNames(environment).repositories.app, config.region).digests(tag);
  if (digests.length === 0) throw new CannotTellError(`${tag} is no longer in the registry.`);
  return digest === '' || digests.includes(digest);
}
