import { Batch, type JobStatus, type JobSummary } from '@aws-sdk/client-batch';
import { count } from '@infra/common/words';
import { lastPart } from '../../../deployed/deployed-stack';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo, WAITS_LONG } from '../../../deployed/times';
import { has, look, well, when, wrong, wrongIf } from '../question';
import { containerQuestions, type Kind } from './containers';

const QUEUE = 'AWS::Batch::JobQueue';
const imports = when(has(QUEUE));

const jobs: Kind = {
  who: 'import jobs',
  tagOption: '--batch',
  container: (environment) => environment.jobContainer(),
  // A deployment leaves a revision alone that it did not make.
  fix: (environment, { arn }) =>
    environment.awsCommand('batch deregister-job-definition', `--job-definition ${arn.split('/').at(-1) ?? ''}`),
  applies: has(QUEUE),
};

/** Parts of AWS Batch have a state that a person sets, and a status that AWS reports. */
interface BatchPart {
  readonly state?: string;
  readonly status?: string;
  readonly statusReason?: string;
}

function faultOf(name: string, { state, status, statusReason }: BatchPart): string | undefined {
  if (state === 'ENABLED' && status === 'VALID') return undefined;
  return [`the ${name} is`, state, status, statusReason].join(' ').trim();
}

/** From the queue to what jobs need. */
export const USER_IMPORT = [
  imports.cause('queue', 'The queue takes jobs', async (environment) => {
    const jobQueues = [environment.physicalId(QUEUE)];
    const [queue] = await readAll(environment.client(Batch).paginateDescribeJobQueues({ jobQueues }), 'jobQueues');
    const computeEnvironment = await environment.describeComputeEnvironment();
    const { maxvCpus = 0 } = computeEnvironment.computeResources ?? {};
    const { maxvCpus: wantedvCpus = 0 } = environment.config.userImport ?? {};
    const faults = [
      queue ? faultOf('queue', queue) : 'the queue is gone',
      faultOf('compute environment', computeEnvironment),
      maxvCpus < wantedvCpus && `all jobs together may have ${maxvCpus} vCPUs, not ${wantedvCpus}`,
    ];
    return wrongIf(faults, (what) => `Import jobs stay RUNNABLE: ${what}.`, environment.redeployCommand);
  }),
  ...containerQuestions(jobs),
];

/** The jobs that waited or failed, for which nothing before was the cause. */
export const JOBS = [
  imports.cause('jobs-start', 'Import jobs start', async (environment) => {
    const [waits = [], ...work] = await jobsOf(environment, 'RUNNABLE', 'STARTING', 'RUNNING');
    const long = waits.filter(
      (job) => job.statusReason || environment.now.getTime() - (job.createdAt ?? 0) > WAITS_LONG,
    );
    const [first] = long.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
    if (!first) return undefined;
    const { maxvCpus = 0 } = (await environment.describeComputeEnvironment()).computeResources ?? {};
    const others = `${count(work.flat().length, 'other')} at work, and all together may have ${maxvCpus} vCPUs.`;
    const since = `${count(long.length, 'import job')} RUNNABLE, since ${inTokyo(first.createdAt ?? 0)}`;
    return wrong(
      `${since}; ${others} ${first.statusReason ?? ''}`.trim(),
      `wait until others are done, or raise userImport.maxvCpus in lib/config/${environment.environmentName}.ts`,
    );
  }),
  /** One that a later one has followed well is no trouble any more; AWS Batch forgets one a week after its end. */
  imports.status('import', "ProofLink's own import runs to its end", async (environment) => {
    const { image, arn } = await environment.jobContainer();
    const version = `${lastPart(image)} (${arn.split('/').at(-1) ?? ''})`;
    const time = ({ stoppedAt = 0, createdAt = 0 }: JobSummary) => stoppedAt || createdAt;
    const [last] = (await jobsOf(environment, 'SUCCEEDED', 'FAILED'))
      .flat()
      .sort((one, other) => time(other) - time(one));
    if (!last)
      return look(
        `${version}: none has run within a week. Run one: ${environment.prooflinkCommand('import', '<file.csv>')}`,
      );
    if (last.status === 'SUCCEEDED') return well(`${version}: the last one ended well, ${inTokyo(time(last))}.`);
    const { jobName = '', jobId = '', statusReason = '', container } = last;
    const code = container?.exitCode === undefined ? '' : `, exit code ${container.exitCode}`;
    return wrong(
      `The import ${jobName} failed at ${inTokyo(time(last))}: ${statusReason || (container?.reason ?? '')}${code}.`,
      `what its log says: ${environment.prooflinkCommand('import', `--job ${jobId}`)}`,
    );
  }),
];

async function jobsOf(environment: Environment, ...states: JobStatus[]): Promise<JobSummary[][]> {
  const of = (jobStatus: JobStatus) =>
    environment.client(Batch).paginateListJobs({ jobQueue: environment.physicalId(QUEUE), jobStatus });
  return await Promise.all(states.map((state) => readAll(of(state), 'jobSummaryList')));
}
