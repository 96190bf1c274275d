import { Batch } from '@aws-sdk/client-batch';
import { Part } from '@infra/commands/app';
import { readAll } from '@infra/operate/deployed/pages';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { revertDriftCommand } from '../../../revert-drift-command';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { describeComputeEnvironment } from '@infra/operate/deployed/import-jobs';
import { type Answer, wrongIfAny } from '../../answer';
import { hasUserImport, type Question } from '../../question';
import { IMPORT_JOBS } from '../containers/container-kind';
import { containerQuestions } from '../containers/container-questions';
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
  const enablingCommands = commandsToEnable(environment, queue, computeEnvironment);
  const isFixedByEnabling = enablingCommands.length > 0 && !hasFewerVcpus;
  const commands = isFixedByEnabling ? enablingCommands : [...enablingCommands, revertDriftCommand(environment)];
  return wrongIfAny({
    faults,
    describe: (faultList) => words.queue.takesNoJobs({ faults: faultList }),
    fix: commands.join('\n'),
  });
}

/** Commands that enable what was disabled by hand: CloudFormation is not known to compare a queue. */
function commandsToEnable(
  { region }: Environment,
  queue: BatchResource | undefined,
  computeEnvironment: BatchResource,
): string[] {
  const commands: string[] = [];
  if (queue?.state === 'DISABLED') {
    const options = `--job-queue ${queue.jobQueueName ?? ''} --state ENABLED`;
    commands.push(awsCommand(region, 'batch update-job-queue', options));
  }
  if (computeEnvironment.state === 'DISABLED') {
    const options = `--compute-environment ${computeEnvironment.computeEnvironmentName ?? ''} --state ENABLED`;
    commands.push(awsCommand(region, 'batch update-compute-environment', options));
  }
  return commands;
}

/** Queue or compute environment of AWS Batch. */
interface BatchResource {
  readonly jobQueueName?: string;
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
