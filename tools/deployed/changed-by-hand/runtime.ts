import { ApplicationAutoScaling, type ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { isRecord, objects, without } from '@infra/common/values';
import { readAll } from '../aws';
import { activeRevisions } from '../containers';
import { UNRESOLVED_TEXT } from './aws-cli-options';
import type { ComparedResource, Comparison } from './comparison';
import { differencesBetween } from './differences';

/** Names of a scalable target. */
interface ScalableTargetNames {
  readonly ServiceNamespace: ServiceNamespace;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

/**
 * Names of the scalable target that a resource is, or that a scaling policy refers to: its `ScalingTargetId` is
 * `service/cluster/name|ecs:service:DesiredCount|ecs`.
 */
function scalableTargetOf({ properties }: ComparedResource): ScalableTargetNames {
  const id = properties['ScalingTargetId'];
  if (typeof id !== 'string') return properties as unknown as ScalableTargetNames;
  const [ResourceId = '', ScalableDimension = '', namespace] = id.split('|');
  return { ServiceNamespace: namespace as ServiceNamespace, ResourceId, ScalableDimension };
}

function namesOf({ ServiceNamespace, ResourceId, ScalableDimension }: ScalableTargetNames): ScalableTargetNames {
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

const UNSUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Revision in the ARN of a job definition, `…:job-definition/name:1`. */
function revisionIn(arn: string): number {
  return Number(arn.split(':').at(-1));
}

function jobDefinitionName(arn: string): string {
  return arn.split('/').at(-1)?.split(':')[0] ?? '';
}

/** Properties as AWS Batch writes them in its API; options of a log driver keep their names. */
function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`,
    name === 'Options' ? inner : toCamelCase(inner),
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** Comparisons of scaling, schedules, job queues and job definitions. */
export const RUNTIME: Readonly<Record<string, Comparison>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    expects: ({ properties: { MinCapacity, MaxCapacity } }) => ({
      MinCapacity,
      MaxCapacity,
      SuspendedState: UNSUSPENDED,
    }),
    read: async (compared) => {
      const { ServiceNamespace, ResourceId, ScalableDimension } = scalableTargetOf(compared);
      const scaling = compared.environment.client(ApplicationAutoScaling);
      const pages = scaling.paginateDescribeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] });
      const targets = await readAll(pages, 'ScalableTargets');
      const target = targets.find((candidate) => candidate.ScalableDimension === ScalableDimension);
      return target && { ...target, SuspendedState: { ...UNSUSPENDED, ...target.SuspendedState } };
    },
    fix: (compared) => {
      const { MinCapacity, MaxCapacity } = compared.properties;
      const target = namesOf(scalableTargetOf(compared));
      return [
        'application-autoscaling register-scalable-target',
        { ...target, MinCapacity, MaxCapacity, SuspendedState: UNSUSPENDED },
      ];
    },
  },

  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    expects: ['PolicyType', 'TargetTrackingScalingPolicyConfiguration'],
    read: async (compared) => {
      const { ServiceNamespace, ResourceId } = scalableTargetOf(compared);
      const PolicyNames = [compared.properties.PolicyName];
      const scaling = compared.environment.client(ApplicationAutoScaling);
      const pages = scaling.paginateDescribeScalingPolicies({ ServiceNamespace, ResourceId, PolicyNames });
      const [policy] = await readAll(pages, 'ScalingPolicies');
      return policy;
    },
    fix: (compared) => {
      const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = compared.properties;
      const target = namesOf(scalableTargetOf(compared));
      return [
        'application-autoscaling put-scaling-policy',
        { ...target, PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration },
      ];
    },
  },

  'AWS::Scheduler::Schedule': {
    expects: ['ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'FlexibleTimeWindow', 'Target'],
    read: ({ environment, physicalId }) => environment.client(Scheduler).getSchedule({ Name: physicalId }),
    fix: ({ physicalId, properties }, actual) => [
      actual ? 'scheduler update-schedule' : 'scheduler create-schedule',
      { CliInputJson: { ...properties, Name: physicalId } },
    ],
  },

  'AWS::Batch::JobQueue': {
    expects: ['State', 'Priority', 'ComputeEnvironmentOrder'],
    read: async ({ environment, physicalId }) => {
      const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues: [physicalId] });
      const [queue] = await readAll(pages, 'jobQueues');
      return queue;
    },
    fix: ({ properties: { JobQueueName, State, Priority, ComputeEnvironmentOrder } }, actual) => {
      const name = actual ? { JobQueue: JobQueueName } : { JobQueueName };
      const order = objects(ComputeEnvironmentOrder).map(orderText);
      return [
        actual ? 'batch update-job-queue' : 'batch create-job-queue',
        { ...name, State, Priority, ComputeEnvironmentOrder: order },
      ];
    },
  },

  'AWS::Batch::JobDefinition': {
    expects: ({ physicalId }) => ({ Revision: revisionIn(physicalId) }),
    read: async ({ environment, physicalId, properties }) => {
      const active = await activeRevisions(environment, physicalId);
      const [newest] = active;
      if (!newest) return undefined;
      const revision = revisionIn(physicalId);
      const isRetired = !active.some((definition) => definition.revision === revision);
      const expected = { ContainerProperties: properties['ContainerProperties'] };
      // Once the stack's revision is retired, a newer one that says the same replaces it.
      const isReplaced = isRetired && differencesBetween(expected, newest).length === 0;
      return { revision: isReplaced ? revision : newest.revision, isRetired };
    },
    fix: ({ physicalId, properties }, actual) => {
      const name = jobDefinitionName(physicalId);
      if (actual && actual['isRetired'] !== true) {
        return ['batch deregister-job-definition', { JobDefinition: `${name}:${String(actual['revision'])}` }];
      }
      const definition = {
        ...without(properties, 'ResourceRetentionPolicy'),
        JobDefinitionName: name,
        Type: String(properties['Type']).toLowerCase(),
      };
      return ['batch register-job-definition', { CliInputJson: toCamelCase(definition) }];
    },
  },
};

/** An item of `ComputeEnvironmentOrder` in the AWS CLI's shorthand. */
function orderText({ Order, ComputeEnvironment }: Readonly<Record<string, unknown>>): string {
  const arn = typeof ComputeEnvironment === 'string' ? ComputeEnvironment : UNRESOLVED_TEXT;
  return `order=${String(Order)},computeEnvironment=${arn}`;
}
