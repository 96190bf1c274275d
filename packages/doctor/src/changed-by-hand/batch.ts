import { Batch } from '@aws-sdk/client-batch';
import { isRecord, omitKeys } from '@infra/common/values';
import { activeRevisions } from '@infra/operate/deployed/import-jobs';
import { readAll } from '@infra/operate/deployed/pages';
import type { Comparison } from './comparison';

/** State of a job queue that is being deleted, or was deleted. */
const DELETION_STATUS = /^DELET/;

/** Comparison of a job queue. */
export const JOB_QUEUE: Comparison = {
  expects: ({ properties: { State, ComputeEnvironmentOrder } }) => ({ State, ComputeEnvironmentOrder }),
  read: async ({ environment, physicalId }) => {
    const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues: [physicalId] });
    const queues = await readAll(pages, 'jobQueues');
    // AWS Batch still lists a queue for a while after its deletion.
    const queue = queues.find(({ status = '' }) => !DELETION_STATUS.test(status));
    if (!queue) return undefined;
    const order = queue.computeEnvironmentOrder ?? [];
    return {
      State: queue.state,
      ComputeEnvironmentOrder: order.map(({ order: Order, computeEnvironment: ComputeEnvironment }) => ({
        Order,
        ComputeEnvironment,
      })),
    };
  },
  fix: ({ physicalId, properties }, actual) => {
    const { JobQueueName, State, Priority, ComputeEnvironmentOrder } = properties;
    const settings = { State, Priority, ComputeEnvironmentOrder: withApiNames(ComputeEnvironmentOrder) };
    if (!actual) return ['batch create-job-queue', { JobQueueName, ...settings }];
    return ['batch update-job-queue', { JobQueue: physicalId, ...settings }];
  },
};

/**
 * Comparison of a job definition, which only asks whether a revision is left: another one is registered again. A question
 * compares a revision that was registered by hand.
 */
export const JOB_DEFINITION: Comparison = {
  expects: () => ({}),
  read: async ({ environment, physicalId }) => {
    const [revision] = await activeRevisions(environment, physicalId);
    return revision;
  },
  fix: ({ properties }) => {
    const definition = omitKeys(properties, 'ResourceRetentionPolicy', 'Tags');
    return ['batch register-job-definition', { CliInputJson: withApiNames(definition) }];
  },
};

/** Objects in a template whose keys are names of their own. */
const MAPS: ReadonlySet<string> = new Set(['Options', 'Parameters']);

/** A template's value with the property names of AWS Batch's API, which begin in lower case. */
function withApiNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withApiNames);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const apiName = name.charAt(0).toLowerCase() + name.slice(1);
    return [apiName, MAPS.has(name) ? inner : withApiNames(inner)] as const;
  });
  return Object.fromEntries(entries);
}
