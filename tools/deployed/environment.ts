import { CloudWatch, type Metric, type MetricStat } from '@aws-sdk/client-cloudwatch';
import { EC2, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { DesiredStatus } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ContextEntry, IAM } from '@aws-sdk/client-iam';
import { ResourceNotFoundException, SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames } from '../../lib/config/names';
import { Parameter, Part, type StackPart } from '../../lib/contract';
import { undefinedIf } from './aws-errors';
import { readJobContainer, readWebContainer } from './containers';
import { describeDatabase } from './database';
import { type DeployedStack, hasPart, physicalIdOf, stackTemplateOf } from './deployed-stack';
import { words } from './words';
import { describeComputeEnvironment } from './import-jobs';
import { readAll, readFirst } from './pages';
import { awsCommand, prooflinkCommand } from './printed-commands';
import { rememberAnswers } from './remembered-answers';
import { plannedHours, readSchedules } from './schedules';
import { requirePart } from './template-parts';
import { describeService, describeTargets, describeTasks, webServiceNames } from './web-service';
import { configOf } from '../program/environment-config';

const HOUR_MS = 3_600_000;

/** A deployed environment: its stack, its config, and functions that read its resources. */
export type Environment = ReturnType<typeof environmentOf>;

/**
 * The environment of a deployed stack. Its clients remember their answers, so that AWS is asked once for what several
 * functions read.
 *
 * @param now - Moment for which schedules and metrics are read.
 */
export function environmentOf(
  deployedStack: DeployedStack,
  now = new Date(),
  config: EnvironmentConfig = configOf(deployedStack.environmentName),
) {
  const stack: DeployedStack = { ...deployedStack, client: rememberAnswers(deployedStack.client) };
  const { region, environmentName, details, parameters } = stack;
  const webImageTag = parameters[Parameter.appImageTag] ?? '';
  return {
    ...stack,
    config,
    now,
    /** Names that the template gives to resources. */
    names: resourceNames(environmentName),
    /** Id of the account, from the ARN of the stack. */
    account: details.StackId?.split(':')[4] ?? '',
    isStackInProgress: isInProgress(details.StackStatus),
    /** The tag of the web image; empty before the first release. */
    webImageTag,
    hasWebImage: webImageTag !== '',
    /** Names of the web service and of its cluster. */
    webServiceNames: () => webServiceNames(stack),

    /** Command that overwrites changes by hand with the template. */
    redeployCommand: `npx cdk deploy ${details.StackName ?? ''} --revert-drift`,
    awsCommand: (command: string, options: string) => awsCommand(region, command, options),
    prooflinkCommand: (command: string, furtherArguments?: string) =>
      prooflinkCommand(environmentName, command, furtherArguments),

    /** Logical id of a part in the deployed template; throws a CannotTellError if the template has no such part. */
    logicalIdOf: (part: StackPart) => requirePart(stackTemplateOf(stack), part)[0],
    hasPart: (part: StackPart) => hasPart(stack, part),
    /** Physical id of a part; throws a CannotTellError if the stack has no such part. */
    physicalIdOf: (part: StackPart) => physicalIdOf(stack, part),
    describeService: () => describeService(stack),
    describeTasks: (status?: DesiredStatus) => describeTasks(stack, status),
    describeTargets: () => describeTargets(stack),
    webContainer: () => readWebContainer(stack),
    jobContainer: () => readJobContainer(stack),
    describeComputeEnvironment: () => describeComputeEnvironment(stack),
    readSchedules: () => readSchedules(stack, config, now),
    plannedHours: () => plannedHours(stack, now),
    describeLoadBalancer: () => describeLoadBalancer(stack),
    describeTargetGroup: () => describeTargetGroup(stack),
    describeDatabase: () => describeDatabase(stack),
    readSecurityGroups: (ids: string[] = []) => readSecurityGroups(stack, ids),
    /** Ranges of the addresses of subnets, in CIDR notation. */
    readSubnetRanges: (ids: string[]) => readSubnetRanges(stack, ids),

    /**
     * Those of the wanted actions that a role may not take, each as `<action> on <resource>`. IAM simulates the role's
     * policies; none is read here.
     */
    refusedActions: async (roleArn: string, wantedActions: readonly WantedActions[]) => {
      const refused = wantedActions.map((wanted) => refusedActions(stack, roleArn, wanted));
      return (await Promise.all(refused)).flat();
    },

    /** Values of a metric in the last hours. */
    metricValues: (hours: number, metric: WantedMetric) => metricValues(stack, now, hours, metric),

    /** Reads a secret, whose value is never printed. */
    readSecret: (arn: string) => readSecret(stack, arn),
    /** Reads the current and the previous version of a secret, whose values are never printed. */
    readSecretVersions: async (arn: string) => ({
      current: await readSecretVersion(stack, arn, 'AWSCURRENT'),
      previous: await readSecretVersion(stack, arn, 'AWSPREVIOUS'),
    }),
  };
}

/** True while CloudFormation deploys, rolls back or deletes a stack. A change set that waits to be executed does nothing. */
function isInProgress(stackStatus = ''): boolean {
  return stackStatus.endsWith('_IN_PROGRESS') && stackStatus !== 'REVIEW_IN_PROGRESS';
}

function describeLoadBalancer(stack: DeployedStack) {
  const LoadBalancerArns = [physicalIdOf(stack, Part.loadBalancer)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeLoadBalancers({ LoadBalancerArns });
  return readFirst(words.items.loadBalancer(), pages, 'LoadBalancers');
}

function describeTargetGroup(stack: DeployedStack) {
  const TargetGroupArns = [physicalIdOf(stack, Part.targetGroup)];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeTargetGroups({ TargetGroupArns });
  return readFirst(words.items.targetGroup(), pages, 'TargetGroups');
}

async function readSecurityGroups(stack: DeployedStack, GroupIds: string[]): Promise<SecurityGroup[]> {
  // Asked for an empty list of ids, EC2 would answer with all security groups of the account.
  if (GroupIds.length === 0) return [];
  return await readAll(stack.client(EC2).paginateDescribeSecurityGroups({ GroupIds }), 'SecurityGroups');
}

async function readSubnetRanges(stack: DeployedStack, SubnetIds: string[]): Promise<string[]> {
  if (SubnetIds.length === 0) return [];
  const subnets = await readAll(stack.client(EC2).paginateDescribeSubnets({ SubnetIds }), 'Subnets');
  return subnets.map(({ CidrBlock = '' }) => CidrBlock);
}

/** Actions that a role needs on a resource. */
export interface WantedActions {
  readonly actions: readonly string[];
  readonly resourceArn: string;
  /** For `iam:PassRole`: the service to which the role on which it acts is passed, such as `ssm.amazonaws.com`. */
  readonly passedToService?: string;
}

async function refusedActions(
  stack: DeployedStack,
  roleArn: string,
  { actions, resourceArn, passedToService }: WantedActions,
): Promise<string[]> {
  const pages = stack.client(IAM).paginateSimulatePrincipalPolicy({
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ResourceArns: [resourceArn],
    ContextEntries: passedToService === undefined ? undefined : [passedToServiceEntry(passedToService)],
  });
  const results = await readAll(pages, 'EvaluationResults');
  const refused = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  const resource = resourcePartOf(resourceArn);
  return refused.map(({ EvalActionName: action = '' }) => words.refusedAction({ action, resource }));
}

/** Value for a simulation without which IAM refuses an action that a condition limits to a service. */
function passedToServiceEntry(service: string): ContextEntry {
  return {
    ContextKeyName: 'iam:PassedToService',
    ContextKeyType: 'string',
    ContextKeyValues: [service],
  };
}

/** Part of an ARN after account and region; any other text, such as `*`, is returned unchanged. */
function resourcePartOf(arn: string): string {
  const resourceParts = arn.split(':').slice(5);
  return resourceParts.join(':') || arn;
}

type WantedMetric = Metric & Pick<MetricStat, 'Stat' | 'Period'>;

async function metricValues(
  stack: DeployedStack,
  now: Date,
  hours: number,
  { Stat, Period, ...metric }: WantedMetric,
): Promise<number[]> {
  const pages = stack.client(CloudWatch).paginateGetMetricData({
    MetricDataQueries: [{ Id: 'm0', MetricStat: { Metric: metric, Stat, Period } }],
    StartTime: new Date(now.getTime() - hours * HOUR_MS),
    EndTime: now,
  });
  const results = await readAll(pages, 'MetricDataResults');
  return results.flatMap(({ Values = [] }) => Values);
}

/** A secret of Secrets Manager, as far as the caller may read it. */
export interface ReadSecret {
  /** True if it is scheduled for deletion; then it has no value. */
  readonly isDeleted?: boolean;
  /** `undefined` if the caller may not read it. */
  readonly value?: string;
  /** Moment of its last change. */
  readonly changed?: Date;
}

async function readSecret(stack: DeployedStack, SecretId: string): Promise<ReadSecret> {
  const client = stack.client(SecretsManager);
  const { DeletedDate, LastChangedDate } = await client.describeSecret({ SecretId });
  if (DeletedDate) return { isDeleted: true };
  try {
    const { SecretString = '', CreatedDate } = await client.getSecretValue({ SecretId });
    return { value: SecretString, changed: CreatedDate };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException') return { changed: LastChangedDate };
    throw error;
  }
}

/** A version of a secret. */
interface SecretVersion {
  readonly versionId: string;
  readonly value: string;
}

/** Reads the version of a secret that has a staging label; `undefined` if no version has the label. */
async function readSecretVersion(
  stack: DeployedStack,
  SecretId: string,
  VersionStage: string,
): Promise<SecretVersion | undefined> {
  const request = stack.client(SecretsManager).getSecretValue({ SecretId, VersionStage });
  const version = await request.catch(undefinedIf(ResourceNotFoundException));
  return version && { versionId: version.VersionId ?? '', value: version.SecretString ?? '' };
}
