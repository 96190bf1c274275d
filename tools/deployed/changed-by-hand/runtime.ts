import { ApplicationAutoScaling, type ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { isRecord, objects, without } from '@infra/common/values';
import { activeRevisions } from '../containers';
import { readAll } from '../aws';
import { differences } from './compare';
import { type Asked, HOLE, type Row } from './row';

/** Parts of a scaling policy's `ScalingTargetId`: `service/cluster/name|ecs:service:DesiredCount|ecs`. */
function target({ properties: { ScalingTargetId, ...it } }: Asked) {
  const parts = typeof ScalingTargetId === 'string' ? ScalingTargetId.split('|') : [];
  const [ResourceId = it['ResourceId'], ScalableDimension = it['ScalableDimension'], namespace] = parts;
  const ServiceNamespace = (namespace ?? it['ServiceNamespace']) as ServiceNamespace;
  return { ServiceNamespace, ResourceId: ResourceId as string, ScalableDimension };
}

const UNSUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

const revisionOf = (arn: string) => Number(arn.split(':').at(-1));
const nameOf = (arn: string) => arn.split('/').at(-1)?.split(':')[0] ?? '';

/** Keys as Batch writes them; options of a log driver stay as they are. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`,
      key === 'Options' ? inner : camelCased(inner),
    ]),
  );
}

/** Scaling, schedules, job queues and job definitions. */
export const RUNTIME: Readonly<Record<string, Row>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    expects: ({ properties: { MinCapacity, MaxCapacity } }) => ({
      MinCapacity,
      MaxCapacity,
      SuspendedState: UNSUSPENDED,
    }),
    read: async (asked) => {
      const { ResourceId, ScalableDimension, ServiceNamespace } = target(asked);
      const wanted = { ServiceNamespace, ResourceIds: [ResourceId] };
      const pages = asked.environment.client(ApplicationAutoScaling).paginateDescribeScalableTargets(wanted);
      const found = await readAll(pages, 'ScalableTargets');
      const own = found.find((each) => each.ScalableDimension === ScalableDimension);
      return own && { ...own, SuspendedState: { ...UNSUSPENDED, ...own.SuspendedState } };
    },
    fix: (asked) => {
      const { MinCapacity, MaxCapacity } = asked.properties;
      const bounds = { ...target(asked), MinCapacity, MaxCapacity, SuspendedState: UNSUSPENDED };
      return ['application-autoscaling register-scalable-target', bounds];
    },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    expects: ['PolicyType', 'TargetTrackingScalingPolicyConfiguration'],
    read: async (asked) => {
      const { ResourceId, ServiceNamespace } = target(asked);
      const wanted = { ServiceNamespace, ResourceId, PolicyNames: [asked.properties.PolicyName] };
      const pages = asked.environment.client(ApplicationAutoScaling).paginateDescribeScalingPolicies(wanted);
      return (await readAll(pages, 'ScalingPolicies'))[0];
    },
    fix: (asked) => {
      const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = asked.properties;
      const policy = { ...target(asked), PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration };
      return ['application-autoscaling put-scaling-policy', policy];
    },
  },
  'AWS::Scheduler::Schedule': {
    expects: ['ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'FlexibleTimeWindow', 'Target'],
    read: ({ environment, id }) => environment.client(Scheduler).getSchedule({ Name: id }),
    fix: ({ id, properties }, actual) => [
      `scheduler ${actual ? 'update' : 'create'}-schedule`,
      { CliInputJson: { ...properties, Name: id } },
    ],
  },
  'AWS::Batch::JobQueue': {
    expects: ['State', 'Priority', 'ComputeEnvironmentOrder'],
    read: async ({ environment, id }) => {
      const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues: [id] });
      return (await readAll(pages, 'jobQueues'))[0];
    },
    fix: ({ properties: { JobQueueName, State, Priority, ComputeEnvironmentOrder: all } }, actual) => {
      const ComputeEnvironmentOrder = objects(all).map(
        ({ Order, ComputeEnvironment: arn }) =>
          `order=${String(Order)},computeEnvironment=${typeof arn === 'string' ? arn : HOLE}`,
      );
      const queue = actual ? { JobQueue: JobQueueName } : { JobQueueName };
      const options = { ...queue, State, Priority, ComputeEnvironmentOrder };
      return [`batch ${actual ? 'update' : 'create'}-job-queue`, options];
    },
  },
  'AWS::Batch::JobDefinition': {
    expects: ({ id }) => ({ Revision: revisionOf(id) }),
    read: async (asked) => {
      const active = await activeRevisions(asked.environment, asked.id);
      const [newest] = active;
      const isRetired = !active.some(({ revision }) => revision === revisionOf(asked.id));
      const content = { ContainerProperties: asked.properties['ContainerProperties'] };
      // Once the stack's revision is retired, a newer one that says the same replaces it.
      const stands = newest && isRetired && differences(content, newest).length === 0;
      return newest && { revision: stands ? revisionOf(asked.id) : newest.revision, isRetired };
    },
    fix: ({ id, properties }, actual) => {
      const name = nameOf(id);
      if (actual && actual['isRetired'] !== true)
        return ['batch deregister-job-definition', { JobDefinition: `${name}:${String(actual['revision'])}` }];
      const definition = { ...without(properties, 'ResourceRetentionPolicy'), JobDefinitionName: name };
      const input = camelCased({ ...definition, Type: String(properties['Type']).toLowerCase() });
      return ['batch register-job-definition', { CliInputJson: input }];
    },
  },
};
