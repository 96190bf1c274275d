import { Batch } from '@aws-sdk/client-batch';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { type Answer, wrongIfAny } from '../answer';
import { hasResource, type Question } from '../question';
import { IMPORT_JOBS } from './containers/kind';
import { containerQuestions } from './containers/questions';

const JOB_QUEUE = 'AWS::Batch::JobQueue';

/** From the queue to what import jobs need. */
export const JOB_QUEUE_QUESTIONS: readonly Question[] = [
  {
    id: 'queue',
    statement: 'The queue takes jobs',
    depth: 'cause',
    applies: hasResource(JOB_QUEUE),
    ask: checkJobQueue,
  },
  ...containerQuestions(IMPORT_JOBS),
];

async function checkJobQueue(environment: Environment): Promise<Answer | undefined> {
  const jobQueues = [environment.physicalId(JOB_QUEUE)];
  const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues });
  const queue = (await readAll(pages, 'jobQueues'))[0];
  const computeEnvironment = await environment.describeComputeEnvironment();
  const faults = [
    queue ? faultOf('queue', queue) : 'the queue is gone',
    faultOf('compute environment', computeEnvironment),
    faultOfVcpus(environment, computeEnvironment.computeResources?.maxvCpus ?? 0),
  ];
  return wrongIfAny(faults, (faultList) => `Import jobs stay RUNNABLE: ${faultList}.`, environment.redeployCommand);
}

/** Resources of AWS Batch have a state that a person sets, and a status that AWS reports. */
interface BatchResource {
  readonly state?: string;
  readonly status?: string;
  readonly statusReason?: string;
}

function faultOf(name: string, { state, status, statusReason }: BatchResource): string | undefined {
  if (state === 'ENABLED' && status === 'VALID') return undefined;
  return [`the ${name} is`, state, status, statusReason].join(' ').trim();
}

function faultOfVcpus({ config }: Environment, maximum: number): string | undefined {
  const configured = config.userImport?.maxvCpus ?? 0;
  if (maximum >= configured) return undefined;
  return `all jobs together may have ${maximum} vCPUs, not ${configured}`;
}
