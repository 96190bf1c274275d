import { Batch } from '@aws-sdk/client-batch';
import { Part } from '@infra/commands/app';
import { readAll } from '@infra/operate/deployed/pages';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { findChangesByHand } from '../../../changed-by-hand/changed-by-hand';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { describeComputeEnvironment } from '@infra/operate/deployed/import-jobs';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import { hasUserImport, type Question } from '../../question';
import { fixOf } from '../changes-by-hand';
import { IMPORT_JOBS } from '../containers/container-kind';
import { containerQuestions } from '../containers/container-questions';
import { words as healthWords } from '../../words';
import { words } from './words';

/** Questions on the queue of the import jobs, and on what their containers need (guide 6.5, 6.6). */
export const JOB_QUEUE_QUESTIONS: readonly Question[] = [
  {
    id: 'queue',
    statement: words.queue.statement,
    firstAskedBy: 'doctor',
    applies: hasUserImport,
    ask: checkJobQueue,
  },
  ...containerQuestions(IMPORT_JOBS),
];

async function checkJobQueue(environment: Environment): Promise<Answer> {
  const jobQueues = [physicalIdOf(environment, Part.jobQueue)];
  const pages = environment.client(Batch).paginateDescribeJobQueues({ jobQueues });
  const queues = await readAll(pages, 'jobQueues');
  const queue = queues[0];
  const computeEnvironment = await describeComputeEnvironment(environment);
  const maximumVcpus = computeEnvironment.computeResources?.maxvCpus ?? 0;
  const configuredVcpus = environment.config.userImport?.maxvCpus ?? 0;

  const faults: string[] = [];
  if (!queue) faults.push(words.queue.isGone);
  if (queue && !takesJobs(queue)) faults.push(words.queue.queueIs({ state: stateText(queue) }));
  if (!takesJobs(computeEnvironment)) {
    faults.push(words.queue.computeEnvironmentIs({ state: stateText(computeEnvironment) }));
  }
  const hasFewerVcpus = maximumVcpus < configuredVcpus;
  if (hasFewerVcpus) {
    faults.push(words.queue.fewerVcpus({ maximumVcpus, configuredVcpus }));
  }
  if (faults.length === 0) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.queue.takesNoJobs({ faults: healthWords.list({ items: faults }) }),
    fix:
      computeEnvironment.status === INVALID
        ? validateCommand(environment, computeEnvironment)
        : await fixOfQueue(environment),
  });
}

const TYPES: ReadonlySet<string> = new Set([Part.jobQueue.type, Part.computeEnvironment.type]);

/** Commands that undo what was changed by hand; without such a change, the config differs from what is deployed. */
async function fixOfQueue(environment: Environment): Promise<string> {
  const { changes } = await findChangesByHand(environment, ({ type }) => TYPES.has(type));
  return changes.length > 0 ? fixOf(changes) : `npx cdk deploy ${environment.details.StackName ?? ''}`;
}

const INVALID = 'INVALID';

/** AWS Batch tries an update of an INVALID compute environment again; no property of the template says that it is one. */
function validateCommand({ region }: Environment, { computeEnvironmentName = '' }: BatchResource): string {
  const options = `--compute-environment ${computeEnvironmentName} --state ENABLED`;
  return words.queue.validateAgain({ command: awsCommand(region, 'batch update-compute-environment', options) });
}

/** Queue or compute environment of AWS Batch. */
interface BatchResource {
  readonly computeEnvironmentName?: string;
  /** `ENABLED` or `DISABLED`, as it was configured. */
  readonly state?: string;
  /** `VALID` if AWS Batch can use the resource. */
  readonly status?: string;
  readonly statusReason?: string;
}

function takesJobs({ state, status }: BatchResource): boolean {
  return state === 'ENABLED' && status === 'VALID';
}

/** State, status and reason as AWS Batch gives them. */
function stateText({ state = '', status = '', statusReason = '' }: BatchResource): string {
  return `${state} ${status} ${statusReason}`.trim();
}
