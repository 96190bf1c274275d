import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
} from '@aws-sdk/client-batch';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetAccountAuthorizationDetailsCommand, IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ResourceNames } from '../../../lib/config/names';
import { bucketOf } from './holdings';
import { takeListing } from './listing';

/** Properties that differ after each deploy: times, revisions, ids; moto counts load balancers by listeners. */
const VOLATILE = new RegExp(
  `^(${[
    ...['\\$metadata', '\\w*ResponseHeaders', 'Marker', '\\w*(At|Time|Date|Timestamp)', 'LastModified', 'StackStatus'],
    ...['(task|job)Definition(Arn)?', 'revision', 'deployments', 'events', 'RoleId', 'storedBytes', 'LoadBalancerArns'],
  ].join('|')})$`,
);

/** Revisions, and what CloudFormation puts at the end of names. */
const RANDOM = /(?<=:task-definition\/[^:]+):\d+|(?<=\w)-[A-Z0-9]{12}\b/g;

/**
 * Each property of what an account holds, by its path, and what exists besides. Only that of which something in the
 * config can be switched on and off is asked for its properties.
 */
export async function takeProperties(names: ResourceNames): Promise<ReadonlyMap<string, string>> {
  const asked = { ...service(names), ...data(names), ...operations(), 'what exists': takeListing() };
  const answers = await Promise.all(Object.entries(asked).map(async ([what, answer]) => [what, await answer] as const));
  return new Map(answers.flatMap(([what, answer]) => [...leaves(answer, what)]));
}

/** A line for each property that is in one of the two only, or differs. */
export function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = paths.filter((path) => before.get(path) !== after.get(path));
  return differing.map((path) => `${path}: ${before.get(path) ?? 'nothing'} -> ${after.get(path) ?? 'nothing'}`);
}

function* leaves(value: unknown, path: string): Generator<[string, string]> {
  if (value instanceof Date || typeof value !== 'object' || value === null) {
    if (value !== undefined) yield [path, JSON.stringify(value).replace(RANDOM, '')];
  } else if (Array.isArray(value)) {
    // Services list things in any order.
    const inOrder = value.map((item: unknown) => [...leaves(item, '')]).sort((a, b) => compare(a, b));
    for (const [index, item] of inOrder.entries())
      for (const [inner, leaf] of item) yield [`${path}.${index}${inner}`, leaf];
  } else {
    for (const [key, inner] of Object.entries(value)) if (!VOLATILE.test(key)) yield* leaves(inner, `${path}.${key}`);
  }
}

const compare = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function service({ cluster, service: name }: ResourceNames) {
  const [ecs, elb, scaling, batch] = [
    new ECSClient({}),
    new ElasticLoadBalancingV2Client({}),
    new ApplicationAutoScalingClient({}),
    new BatchClient({}),
  ];
  const services = ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const ofEcs = { ServiceNamespace: 'ecs' } as const;
  const balancer = elb
    .send(new DescribeLoadBalancersCommand({}))
    .then((found) => found.LoadBalancers?.[0]?.LoadBalancerArn);
  const group = elb.send(new DescribeTargetGroupsCommand({}));
  return {
    service: services,
    task: services.then(({ services: [one] = [] }) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: one?.taskDefinition })),
    ),
    cluster: ecs.send(new DescribeClustersCommand({ clusters: [cluster], include: ['SETTINGS', 'CONFIGURATIONS'] })),
    'scalable targets': scaling.send(new DescribeScalableTargetsCommand(ofEcs)),
    'scaling policies': scaling.send(new DescribeScalingPoliciesCommand(ofEcs)),
    'load balancer': balancer.then((LoadBalancerArn) =>
      elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    ),
    listeners: balancer.then((LoadBalancerArn) => elb.send(new DescribeListenersCommand({ LoadBalancerArn }))),
    'target group': group,
    'target group attributes': group.then(({ TargetGroups: [one] = [] }) =>
      elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: one?.TargetGroupArn })),
    ),
    'compute environments': batch.send(new DescribeComputeEnvironmentsCommand({})),
    queues: batch.send(new DescribeJobQueuesCommand({})),
    'job definition': batch
      .send(new DescribeJobDefinitionsCommand({ status: 'ACTIVE' }))
      .then(({ jobDefinitions = [] }) => jobDefinitions.toSorted((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0]),
    certificates: new ACMClient({}).send(new ListCertificatesCommand({})),
  };
}

function data(names: ResourceNames) {
  const s3 = new S3Client({ forcePathStyle: true });
  const ecr = new ECRClient({});
  const bucket = { Bucket: bucketOf(names) };
  // A property that is not set is an error.
  const unset = () => undefined;
  return {
    database: new RDSClient({}).send(new DescribeDBInstancesCommand({})),
    'bucket versioning': s3.send(new GetBucketVersioningCommand(bucket)),
    'bucket lifecycle': s3.send(new GetBucketLifecycleConfigurationCommand(bucket)).catch(unset),
    'bucket CORS': s3.send(new GetBucketCorsCommand(bucket)).catch(unset),
    'bucket policy': s3.send(new GetBucketPolicyCommand(bucket)).catch(unset),
    'bucket tags': s3.send(new GetBucketTaggingCommand(bucket)).catch(unset),
    'bucket encryption': s3.send(new GetBucketEncryptionCommand(bucket)),
    files: s3.send(new ListObjectVersionsCommand(bucket)),
    'bucket access': s3.send(new GetPublicAccessBlockCommand(bucket)),
    registries: ecr.send(new DescribeRepositoriesCommand({ repositoryNames: Object.values(names.repositories) })),
    'registry lifecycles': Promise.all(
      Object.values(names.repositories).map((repositoryName) =>
        ecr.send(new GetLifecyclePolicyCommand({ repositoryName })),
      ),
    ),
    secrets: new SecretsManagerClient({}).send(new ListSecretsCommand({ IncludePlannedDeletion: true })),
  };
}

function operations() {
  const scheduler = new SchedulerClient({});
  return {
    stack: new CloudFormationClient({}).send(new DescribeStacksCommand({})),
    roles: new IAMClient({}).send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 1000 })),
    'security groups': new EC2Client({}).send(new DescribeSecurityGroupsCommand({})),
    logs: new CloudWatchLogsClient({}).send(new DescribeLogGroupsCommand({})),
    alarms: new CloudWatchClient({}).send(new DescribeAlarmsCommand({})),
    rules: new EventBridgeClient({}).send(new ListRulesCommand({})),
    functions: new LambdaClient({}).send(new ListFunctionsCommand({})),
    schedules: scheduler
      .send(new ListSchedulesCommand({}))
      .then(({ Schedules = [] }) =>
        Promise.all(Schedules.map(({ Name }) => scheduler.send(new GetScheduleCommand({ Name })))),
      ),
  };
}
