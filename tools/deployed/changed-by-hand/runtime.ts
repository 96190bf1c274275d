import { ApplicationAutoScaling, type ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { isRecord, objectsOf, omitKeys } from '@infra/common/values';
import { readAll } from '../pages';
import { activeRevisions } from '../import-jobs';
import { UNRESOLVED_TEXT } from './aws-cli-options';
import type { ComparedResource, Comparison } from './comparison';
import { differencesBetween } from './differences';

/** Names by which Application Auto Scaling identifies a scalable target: here, the number of web tasks. */
interface ScalableTargetNames {
  readonly ServiceNamespace: ServiceNamespace;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

/** Names of the scalable target that a resource of type ScalableTarget is. */
function namesOfTarget({ properties }: ComparedResource): ScalableTargetNames {
  const { ServiceNamespace, ResourceId, ScalableDimension } = properties as unknown as ScalableTargetNames;
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

/**
 * Names of the scalable target that a scaling policy belongs to. The policy's `ScalingTargetId` contains them:
 * `service/<cluster>/<service>|ecs:service:DesiredCount|ecs`. Without such an id, they are properties of the policy.
 */
function namesOfPolicyTarget(policy: ComparedResource): ScalableTargetNames {
  const targetId = policy.properties['ScalingTargetId'];
  if (typeof targetId !== 'string') return namesOfTarget(policy);
  const [ResourceId = '', ScalableDimension = '', namespace] = targetId.split('|');
  return { ServiceNamespace: namespace as ServiceNamespace, ResourceId, ScalableDimension };
}

/** State of a scalable target that scales. The template does not set it: it is Application Auto Scaling's default. */
const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Revision in the ARN of a job definition, `…:job-definition/<name>:<revision>`. */
function revisionInArn(arn: string): number {
  return Number(arn.split(':').at(-1));
}

/** Name in the ARN of a job definition. */
function nameInArn(arn: string): string {
  return arn.split('/').at(-1)?.split(':')[0] ?? '';
}

/**
 * A template's properties as the API of AWS Batch names them: `jobRoleArn` for `JobRoleArn`. The options of a log driver
 * are no properties of AWS Batch, so that they keep their names.
 */
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
export const RUNTIME_COMPARISONS: Readonly<Record<string, Comparison>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    expects: ({ properties: { MinCapacity, MaxCapacity } }) => ({
      MinCapacity,
      MaxCapacity,
      SuspendedState: NOT_SUSPENDED,
    }),
    read: async (compared) => {
      const { ServiceNamespace, ResourceId, ScalableDimension } = namesOfTarget(compared);
      const scaling = compared.environment.client(ApplicationAutoScaling);
      const pages = scaling.paginateDescribeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] });
      const targets = await readAll(pages, 'ScalableTargets');
      const target = targets.find((candidate) => candidate.ScalableDimension === ScalableDimension);
      return target && { ...target, SuspendedState: { ...NOT_SUSPENDED, ...target.SuspendedState } };
    },
    fix: (compared) => {
      const { MinCapacity, MaxCapacity } = compared.properties;
      return [
        'application-autoscaling register-scalable-target',
        { ...namesOfTarget(compared), MinCapacity, MaxCapacity, SuspendedState: NOT_SUSPENDED },
      ];
    },
  },

  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    expects: ['PolicyType', 'TargetTrackingScalingPolicyConfiguration'],
    read: async (compared) => {
      const { ServiceNamespace, ResourceId } = namesOfPolicyTarget(compared);
      const PolicyNames = [compared.properties.PolicyName];
      const scaling = compared.environment.client(ApplicationAutoScaling);
      const pages = scaling.paginateDescribeScalingPolicies({ ServiceNamespace, ResourceId, PolicyNames });
      const [policy] = await readAll(pages, 'ScalingPolicies');
      return policy;
    },
    fix: (compared) => {
      const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = compared.properties;
      const target = namesOfPolicyTarget(compared);
      return [
        'application-autoscaling put-scaling-policy',
        { ...target, PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration },
      ];
    },
  },

  'AWS::Scheduler::Schedule': {
    expects: ['ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'FlexibleTimeWindow', 'Target'],
    read: ({ environment, physicalId }) => environment.client(Scheduler).getSchedule({ Name: physicalId }),
    fix: ({ physicalId, properties }, { actual }) => [
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
    fix: ({ properties: { JobQueueName, State, Priority, ComputeEnvironmentOrder } }, { actual }) => {
      // The two operations have different parameters for the queue's name.
      const name = actual ? { JobQueue: JobQueueName } : { JobQueueName };
      const order = objectsOf(ComputeEnvironmentOrder).map(orderText);
      return [
        actual ? 'batch update-job-queue' : 'batch create-job-queue',
        { ...name, State, Priority, ComputeEnvironmentOrder: order },
      ];
    },
  },

  'AWS::Batch::JobDefinition': {
    expects: ({ physicalId }) => ({ Revision: revisionInArn(physicalId) }),
    read: readNewestRevision,
    fix: ({ physicalId, properties }, { actual }) => {
      const name = nameInArn(physicalId);
      const isStackRevisionActive = actual?.['isStackRevisionActive'] === true;
      // The stack's revision is the newest one again without the revision that was added by hand.
      if (isStackRevisionActive) {
        return ['batch deregister-job-definition', { JobDefinition: `${name}:${String(actual['revision'])}` }];
      }
      // A deregistered revision cannot be activated again: an equal one is registered.
      const definition = {
        ...omitKeys(properties, 'ResourceRetentionPolicy'),
        JobDefinitionName: name,
        Type: String(properties['Type']).toLowerCase(),
      };
      return ['batch register-job-definition', { CliInputJson: toCamelCase(definition) }];
    },
  },
};

/**
 * Reads the newest active revision of a job definition, which is the one that jobs run: by default that of the stack, or
 * one that was added by hand. `undefined` if no revision is active.
 */
async function readNewestRevision({ environment, physicalId, properties }: ComparedResource) {
  const newestFirst = await activeRevisions(environment, physicalId);
  const newest = newestFirst[0];
  if (!newest) return undefined;
  const stackRevision = revisionInArn(physicalId);
  const isStackRevisionActive = newestFirst.some(({ revision }) => revision === stackRevision);
  const expected = { ContainerProperties: properties['ContainerProperties'] };
  // After the stack's revision was deregistered, a newer one with equal properties counts as that of the stack.
  const isReplaced = !isStackRevisionActive && differencesBetween(expected, newest).length === 0;
  return { revision: isReplaced ? stackRevision : newest.revision, isStackRevisionActive };
}

/** An item of `ComputeEnvironmentOrder` in the AWS CLI's shorthand syntax. */
function orderText({ Order, ComputeEnvironment }: Readonly<Record<string, unknown>>): string {
  const arn = typeof ComputeEnvironment === 'string' ? ComputeEnvironment : UNRESOLVED_TEXT;
  return `order=${String(Order)},computeEnvironment=${arn}`;
}
