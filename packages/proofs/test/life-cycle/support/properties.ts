import type { ResourceNames } from '@infra/commands/app';
import { bucketOf } from './holdings';
import { takeListing } from './listing';
import { sdk } from './sdk';

/** Properties that differ after each deploy: times, revisions, ids; moto counts load balancers by listeners. */
const VOLATILE_NAMES = [
  '\\$metadata',
  '\\w*ResponseHeaders',
  'Marker',
  '\\w*(At|Time|Date|Timestamp)',
  'LastModified',
  'StackStatus',
  '(task|job)Definition(Arn)?',
  'revision',
  'deployments',
  'events',
  'RoleId',
  'storedBytes',
  'LoadBalancerArns',
];
const VOLATILE = new RegExp(`^(${VOLATILE_NAMES.join('|')})$`);

/** Revisions, and what CloudFormation puts at the end of names. */
const RANDOM = /(?<=:task-definition\/[^:]+):\d+|(?<=\w)-[A-Z0-9]{12}\b/g;

/**
 * Each property of what an account holds, by its path, and what exists besides. Only that of which something in the
 * config can be switched on and off is asked for its properties.
 */
export async function takeProperties(names: ResourceNames): Promise<ReadonlyMap<string, string>> {
  const requests = { ...service(names), ...data(names), ...operations(), 'what exists': takeListing() };
  const answers = await Promise.all(
    Object.entries(requests).map(async ([name, answer]) => [name, await answer] as const),
  );
  return new Map(answers.flatMap(([name, answer]) => [...leaves(answer, name)]));
}

/** A line for each property that is in one of the two only, or differs. */
export function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = paths.filter((path) => before.get(path) !== after.get(path));
  return differing.map((path) => `${path}: ${before.get(path) ?? 'nothing'} -> ${after.get(path) ?? 'nothing'}`);
}

/** Paths and values, as JSON, below a value. */
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
  const { ecs, elb, scaling, batch } = sdk;
  const services = ecs.describeServices({ cluster, services: [name] });
  const ServiceNamespace = 'ecs';
  const balancer = elb.describeLoadBalancers({}).then(({ LoadBalancers: [first] = [] }) => first?.LoadBalancerArn);
  const group = elb.describeTargetGroups({});
  return {
    service: services,
    task: services
      .then(({ services: [first] = [] }) => ecs.describeTaskDefinition({ taskDefinition: first?.taskDefinition }))
      .then(({ taskDefinition }) => taskDefinition),
    cluster: ecs.describeClusters({ clusters: [cluster], include: ['SETTINGS', 'CONFIGURATIONS'] }),
    'scalable targets': scaling.describeScalableTargets({ ServiceNamespace }),
    'scaling policies': scaling.describeScalingPolicies({ ServiceNamespace }),
    'load balancer': balancer.then((LoadBalancerArn) => elb.describeLoadBalancerAttributes({ LoadBalancerArn })),
    listeners: balancer.then((LoadBalancerArn) => elb.describeListeners({ LoadBalancerArn })),
    'target group': group,
    'target group attributes': group.then(({ TargetGroups: [first] = [] }) =>
      elb.describeTargetGroupAttributes({ TargetGroupArn: first?.TargetGroupArn }),
    ),
    'compute environments': batch.describeComputeEnvironments({}),
    queues: batch.describeJobQueues({}),
    'job definition': batch
      .describeJobDefinitions({ status: 'ACTIVE' })
      .then(({ jobDefinitions = [] }) => jobDefinitions.toSorted((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0]),
    certificates: sdk.acm.listCertificates({}),
  };
}

function data(names: ResourceNames) {
  const { s3, ecr } = sdk;
  const bucket = { Bucket: bucketOf(names) };
  const registries = ecr.describeRepositories({});
  // A property that is not set is an error.
  const unset = () => undefined;
  return {
    database: sdk.rds.describeDBInstances({}),
    'bucket versioning': s3.getBucketVersioning(bucket),
    'bucket lifecycle': s3.getBucketLifecycleConfiguration(bucket).catch(unset),
    'bucket CORS': s3.getBucketCors(bucket).catch(unset),
    'bucket policy': s3.getBucketPolicy(bucket).catch(unset),
    'bucket tags': s3.getBucketTagging(bucket).catch(unset),
    'bucket encryption': s3.getBucketEncryption(bucket),
    files: s3.listObjectVersions(bucket),
    'bucket access': s3.getPublicAccessBlock(bucket),
    registries,
    'registry lifecycles': registries.then(({ repositories = [] }) =>
      Promise.all(repositories.map(({ repositoryName }) => ecr.getLifecyclePolicy({ repositoryName }))),
    ),
    secrets: sdk.secrets.listSecrets({ IncludePlannedDeletion: true }),
  };
}

function operations() {
  const { scheduler } = sdk;
  return {
    stack: sdk.cloudFormation.describeStacks({}),
    roles: sdk.iam.getAccountAuthorizationDetails({ Filter: ['Role'], MaxItems: 1000 }),
    'security groups': sdk.ec2.describeSecurityGroups({}),
    logs: sdk.logs.describeLogGroups({}),
    alarms: sdk.cloudWatch.describeAlarms({}),
    rules: sdk.events.listRules({}),
    functions: sdk.lambda.listFunctions({}),
    schedules: scheduler
      .listSchedules({})
      .then(({ Schedules = [] }) => Promise.all(Schedules.map(({ Name }) => scheduler.getSchedule({ Name })))),
  };
}
