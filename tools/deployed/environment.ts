import { CloudWatch, type Metric, type MetricStat } from '@aws-sdk/client-cloudwatch';
import { EC2, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { DesiredStatus } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames } from '../../lib/config/names';
import { Parameter } from '../../lib/contract';
import { readAll, readFirst } from './aws';
import { awsCommand, prooflinkCommand } from './commands';
import { describeComputeEnvironment, readJobContainer, readWebContainer } from './containers';
import { describeDatabase } from './database';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { rememberAnswers } from './remembered-answers';
import { readSchedules } from './schedules';
import { describeService, describeTargets, describeTasks, webServiceNames } from './web-service';

const HOUR = 3_600_000;

/** A deployed environment. Its clients remember their answers: what several questions read is asked once. */
export type Environment = ReturnType<typeof environmentOf>;

export function environmentOf(
  deployedStack: DeployedStack,
  now = new Date(),
  config: EnvironmentConfig = environments[deployedStack.environmentName],
) {
  const stack: DeployedStack = { ...deployedStack, client: rememberAnswers(deployedStack.client) };
  const { region, environmentName, description, parameters } = stack;
  const tag = parameters[Parameter.appImageTag] ?? '';
  return {
    ...stack,
    config,
    now,
    names: resourceNames(environmentName),
    account: description.StackId?.split(':')[4] ?? '',
    /** The tag of the web image; empty before the first release. */
    tag,
    hasImage: tag !== '',
    webService: webServiceNames(stack),

    /** Command that overwrites changes by hand with the template. */
    redeployCommand: `npx cdk deploy ${description.StackName ?? ''} --revert-drift`,
    awsCommand: (command: string, options: string) => awsCommand(region, command, options),
    prooflinkCommand: (command: string, rest?: string) => prooflinkCommand(environmentName, command, rest),

    physicalId: (type: string, part?: string) => physicalIdOf(stack, type, part),
    describeService: () => describeService(stack),
    describeTasks: (status?: DesiredStatus) => describeTasks(stack, status),
    describeTargets: () => describeTargets(stack),
    webContainer: () => readWebContainer(stack),
    jobContainer: () => readJobContainer(stack),
    describeComputeEnvironment: () => describeComputeEnvironment(stack),
    readSchedules: () => readSchedules(stack, now),
    describeLoadBalancer: () => describeLoadBalancer(stack),
    describeTargetGroup: () => describeTargetGroup(stack),
    describeDatabase: () => describeDatabase(stack),
    readSecurityGroups: (ids: string[] = []) => readSecurityGroups(stack, ids),

    /** Actions that IAM itself says a role may not take; no policy is read here. */
    refusedActions: async (roleArn: string, wanted: readonly WantedActions[]) => {
      const refused = wanted.map((each) => refusedActions(stack, roleArn, each));
      return (await Promise.all(refused)).flat();
    },

    /** Values of a metric of the last hours. */
    metricValues: (hours: number, metric: WantedMetric) => metricValues(stack, now, hours, metric),

    /** Value of a secret, which is never printed; no value without the right to read it. */
    readSecret: (arn: string) => readSecret(stack, arn),
  };
}

function describeLoadBalancer(stack: DeployedStack) {
  const LoadBalancerArns = [physicalIdOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer')];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeLoadBalancers({ LoadBalancerArns });
  return readFirst('load balancer', pages, 'LoadBalancers');
}

function describeTargetGroup(stack: DeployedStack) {
  const TargetGroupArns = [physicalIdOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')];
  const pages = stack.client(ElasticLoadBalancingV2).paginateDescribeTargetGroups({ TargetGroupArns });
  return readFirst('target group', pages, 'TargetGroups');
}

async function readSecurityGroups(stack: DeployedStack, GroupIds: string[]): Promise<SecurityGroup[]> {
  if (GroupIds.length === 0) return [];
  return await readAll(stack.client(EC2).paginateDescribeSecurityGroups({ GroupIds }), 'SecurityGroups');
}

/** Actions that a role needs on a resource, by its ARN. */
export type WantedActions = readonly [actions: readonly string[], resourceArn: string];

async function refusedActions(
  stack: DeployedStack,
  roleArn: string,
  [actions, resourceArn]: WantedActions,
): Promise<string[]> {
  const pages = stack.client(IAM).paginateSimulatePrincipalPolicy({
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ResourceArns: [resourceArn],
  });
  const results = await readAll(pages, 'EvaluationResults');
  const refused = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  const resource = resourceArn.split(':').slice(5).join(':') || resourceArn;
  return refused.map(({ EvalActionName = '' }) => `${EvalActionName} on ${resource}`);
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
    StartTime: new Date(now.getTime() - hours * HOUR),
    EndTime: now,
  });
  const results = await readAll(pages, 'MetricDataResults');
  return results.flatMap(({ Values = [] }) => Values);
}

/** A secret as far as the caller may read it. */
export interface ReadSecret {
  readonly isDeleted?: boolean;
  readonly value?: string;
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
