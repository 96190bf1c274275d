import { Batch, type JobStatus, type JobSummary } from '@aws-sdk/client-batch';
import { count } from '@infra/common/words';
import { tail } from '../../../deployed/deployed-stack';
import { list } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo, WAITS_LONG } from '../../../deployed/times';
import { has, look, well, when, wrong, wrongIf } from '../question';
import { containerQuestions, type Kind } from './containers';

const QUEUE = 'AWS::Batch::JobQueue';
const imports = when(has(QUEUE));

const jobs: Kind = {
  who: 'import jobs',
  tagOption: '--batch',
  container: (it) => it.jobs(),
  // A deployment leaves a revision alone that it did not make.
  fix: (it, { arn }) => it.aws('batch deregister-job-definition', `--job-definition ${arn.split('/').at(-1) ?? ''}`),
  applies: has(QUEUE),
};

/** From the queue to what jobs need. */
export const USER_IMPORT = [
  imports.cause('queue', 'The queue takes jobs', async (it) => {
    const [queue] = await list(it.client(Batch).paginateDescribeJobQueues({ jobQueues: [it.id(QUEUE)] }), 'jobQueues');
    const environment = await it.computeEnvironment();
    const { maxvCpus: most = 0 } = environment.computeResources ?? {};
    const { maxvCpus: least = 0 } = it.config.userImport ?? {};
    const state = (what: string, { state, status, statusReason }: NonNullable<typeof queue> | typeof environment) =>
      (state !== 'ENABLED' || status !== 'VALID') && [`the ${what} is`, state, status, statusReason].join(' ').trim();
    const faults = [
      queue ? state('queue', queue) : 'the queue is gone',
      state('compute environment', environment),
      most < least && `all jobs together may have ${most} vCPUs, not ${least}`,
    ];
    return wrongIf(faults, (what) => `Import jobs stay RUNNABLE: ${what}.`, it.redeploy);
  }),
  ...containerQuestions(jobs),
];

/** The jobs that waited or failed, for which nothing before was the cause. */
export const JOBS = [
  imports.cause('jobs-start', 'Import jobs start', async (it) => {
    const [waits = [], ...work] = await jobsOf(it, 'RUNNABLE', 'STARTING', 'RUNNING');
    const long = waits.filter((job) => job.statusReason || it.now.getTime() - (job.createdAt ?? 0) > WAITS_LONG);
    const [first] = long.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
    if (!first) return undefined;
    const { maxvCpus = 0 } = (await it.computeEnvironment()).computeResources ?? {};
    const others = `${count(work.flat().length, 'other')} at work, and all together may have ${maxvCpus} vCPUs.`;
    const since = `${count(long.length, 'import job')} RUNNABLE, since ${inTokyo(first.createdAt ?? 0)}`;
    return wrong(
      `${since}; ${others} ${first.statusReason ?? ''}`.trim(),
      `wait until others are done, or raise userImport.maxvCpus in lib/config/${it.environment}.ts`,
    );
  }),
  /** One that a later one has followed well is no trouble any more; AWS Batch forgets one a week after its end. */
  imports.status('import', "ProofLink's own import runs to its end", async (it) => {
    const { image, arn } = await it.jobs();
    const version = `${tail(image)} (${arn.split('/').at(-1) ?? ''})`;
    const time = ({ stoppedAt = 0, createdAt = 0 }: JobSummary) => stoppedAt || createdAt;
    const [last] = (await jobsOf(it, 'SUCCEEDED', 'FAILED')).flat().sort((one, other) => time(other) - time(one));
    if (!last) return look(`${version}: none has run within a week. Run one: ${it.prooflink('import', '<file.csv>')}`);
    if (last.status === 'SUCCEEDED') return well(`${version}: the last one ended well, ${inTokyo(time(last))}.`);
    const { jobName = '', jobId = '', statusReason = '', container } = last;
    const code = container?.exitCode === undefined ? '' : `, exit code ${container.exitCode}`;
    return wrong(
      `The import ${jobName} failed at ${inTokyo(time(last))}: ${statusReason || (container?.reason ?? '')}${code}.`,
      `what its log says: ${it.prooflink('import', `--job ${jobId}`)}`,
    );
  }),
];

async function jobsOf(it: Environment, ...states: JobStatus[]): Promise<JobSummary[][]> {
  const of = (jobStatus: JobStatus) => it.client(Batch).paginateListJobs({ jobQueue: it.id(QUEUE), jobStatus });
  return await Promise.all(states.map((state) => list(of(state), 'jobSummaryList')));
}
