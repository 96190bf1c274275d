import { ApplicationAutoScaling, type ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { isRecord, objects, without } from '@infra/common/values';
import { activeRevisions } from '../../environment/containers';
import { list } from '../../shared/aws';
import { differences } from './compare';
import { type Asked, properties, quoted, type Row, text } from './row';

/** Parts of a scaling policy's `ScalingTargetId`: `service/cluster/name|ecs:service:DesiredCount|ecs`. */
function target({ properties: { ScalingTargetId, ResourceId, ScalableDimension, ServiceNamespace } }: Asked) {
  const [resource, dimension, namespace] = text(ScalingTargetId).split('|');
  return {
    ResourceId: resource || text(ResourceId),
    ScalableDimension: dimension ?? text(ScalableDimension),
    ServiceNamespace: (namespace ?? text(ServiceNamespace)) as ServiceNamespace,
  };
}

function scaling(asked: Asked, operation: string, options: string): string {
  const { ResourceId, ScalableDimension, ServiceNamespace } = target(asked);
  const where = `--service-namespace ${ServiceNamespace} --resource-id ${ResourceId}`;
  return `application-autoscaling ${operation} ${where} --scalable-dimension ${ScalableDimension} ${options}`;
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
    expects: (asked) => ({ ...properties('MinCapacity', 'MaxCapacity')(asked), SuspendedState: UNSUSPENDED }),
    read: async (asked) => {
      const { ResourceId, ScalableDimension, ServiceNamespace } = target(asked);
      const wanted = { ServiceNamespace, ResourceIds: [ResourceId] };
      const pages = asked.environment.client(ApplicationAutoScaling).paginateDescribeScalableTargets(wanted);
      const found = await list(pages, 'ScalableTargets');
      const own = found.find((each) => each.ScalableDimension === ScalableDimension);
      return own && { ...own, SuspendedState: { ...UNSUSPENDED, ...own.SuspendedState } };
    },
    fix: (asked) => {
      const { MinCapacity, MaxCapacity } = asked.properties;
      const bounds = `--min-capacity ${String(MinCapacity)} --max-capacity ${String(MaxCapacity)}`;
      return scaling(asked, 'register-scalable-target', `${bounds} --suspended-state ${quoted(UNSUSPENDED)}`);
    },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    expects: properties('PolicyType', 'TargetTrackingScalingPolicyConfiguration'),
    read: async (asked) => {
      const { ResourceId, ServiceNamespace } = target(asked);
      const wanted = { ServiceNamespace, ResourceId, PolicyNames: [text(asked.properties['PolicyName'])] };
      const pages = asked.environment.client(ApplicationAutoScaling).paginateDescribeScalingPolicies(wanted);
      return (await list(pages, 'ScalingPolicies'))[0];
    },
    fix: (asked) => {
      const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = asked.properties;
      const policy = `--policy-name ${text(PolicyName)} --policy-type ${text(PolicyType)}`;
      const tracking = quoted(TargetTrackingScalingPolicyConfiguration);
      const options = `${policy} --target-tracking-scaling-policy-configuration ${tracking}`;
      return scaling(asked, 'put-scaling-policy', options);
    },
  },
  'AWS::Scheduler::Schedule': {
    expects: properties('ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'FlexibleTimeWindow', 'Target'),
    read: ({ environment, id }) => environment.client(Scheduler).getSchedule({ Name: id }),
    fix: ({ id, properties }, actual) =>
      `scheduler ${actual ? 'update' : 'create'}-schedule --cli-input-json ${quoted({ ...properties, Name: id })}`,
  },
  'AWS::Batch::JobQueue': {
    expects: properties('State', 'Priority', 'ComputeEnvironmentOrder'),
    read: async ({ environment, id }) => {
      const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues: [id] });
      return (await list(pages, 'jobQueues'))[0];
    },
    fix: ({ properties: { JobQueueName, State, Priority, ComputeEnvironmentOrder } }, actual) => {
      const order = objects(ComputeEnvironmentOrder).map(
        ({ Order, ComputeEnvironment }) => `order=${String(Order)},computeEnvironment=${text(ComputeEnvironment)}`,
      );
      const queue = actual ? 'update-job-queue --job-queue' : 'create-job-queue --job-queue-name';
      const options = `--state ${text(State)} --priority ${String(Priority)}`;
      return `batch ${queue} ${text(JobQueueName)} ${options} --compute-environment-order ${order.join(' ')}`;
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
      if (actual && actual['isRetired'] !== true) {
        return `batch deregister-job-definition --job-definition ${nameOf(id)}:${String(actual['revision'])}`;
      }
      const definition = without(properties, 'ResourceRetentionPolicy');
      const input = camelCased({
        ...definition,
        JobDefinitionName: nameOf(id),
        Type: text(properties['Type']).toLowerCase(),
      });
      return `batch register-job-definition --cli-input-json ${quoted(input)}`;
    },
  },
};
