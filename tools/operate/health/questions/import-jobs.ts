import { Batch, type JobStatus, type JobSummary } from '@aws-sdk/client-batch';
import { count } from '@infra/common/words';
import { familyAndRevision, lastPart } from '../../../deployed/arn';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo, WAITS_LONG } from '../../../deployed/times';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { hasResource, type Question } from '../question';

const JOB_QUEUE = 'AWS::Batch::JobQueue';

/** The jobs that waited or failed, for which nothing before was the cause. */
export const IMPORT_JOB_QUESTIONS: readonly Question[] = [
  {
    id: 'jobs-start',
    statement: 'Import jobs start',
    depth: 'cause',
    applies: hasResource(JOB_QUEUE),
    ask: checkJobsStart,
  },
  {
    id: 'import',
    statement: "ProofLink's own import runs to its end",
    depth: 'status',
    applies: hasResource(JOB_QUEUE),
    ask: checkLastImport,
  },
];

async function checkJobsStart(environment: Environment): Promise<Answer | undefined> {
  const [runnable, starting, running] = await Promise.all([
    readJobs(environment, 'RUNNABLE'),
    readJobs(environment, 'STARTING'),
    readJobs(environment, 'RUNNING'),
  ]);
  const waiting = runnable.filter((job) => waitsLong(job, environment.now));
  waiting.sort((first, second) => creationOf(first) - creationOf(second));
  const oldest = waiting[0];
  if (!oldest) return undefined;
  const { computeResources } = await environment.describeComputeEnvironment();
  const start = inTokyo(creationOf(oldest));
  const waitingText = `${count(waiting.length, 'import job')} RUNNABLE, since ${start}`;
  const othersText = `${count(starting.length + running.length, 'other')} at work`;
  const limitText = `all together may have ${computeResources?.maxvCpus ?? 0} vCPUs`;
  const reason = oldest.statusReason ?? '';
  return wrongAnswer(
    `${waitingText}; ${othersText}, and ${limitText}. ${reason}`.trim(),
    `wait until others are done, or raise userImport.maxvCpus in lib/config/${environment.environmentName}.ts`,
  );
}

function waitsLong(job: JobSummary, now: Date): boolean {
  // AWS Batch gives a reason if the job cannot start.
  if (job.statusReason) return true;
  const milliseconds = now.getTime() - creationOf(job);
  return milliseconds > WAITS_LONG;
}

function creationOf({ createdAt = 0 }: JobSummary): number {
  return createdAt;
}

/** A failure that a later success follows is no trouble any more; AWS Batch forgets a job a week after its end. */
async function checkLastImport(environment: Environment): Promise<Answer> {
  const { image, definitionArn } = await environment.jobContainer();
  const imageTag = lastPart(image);
  const version = `${imageTag} (${familyAndRevision(definitionArn)})`;
  const lastJob = await readLastJob(environment);
  if (!lastJob) {
    const importCommand = environment.prooflinkCommand('import', '<file.csv>');
    return lookAnswer(`${version}: none has run within a week. Run one: ${importCommand}`);
  }
  const end = inTokyo(endOf(lastJob));
  if (lastJob.status === 'SUCCEEDED') return wellAnswer(`${version}: the last one ended well, ${end}.`);
  const { jobName = '', jobId = '' } = lastJob;
  return wrongAnswer(
    `The import ${jobName} failed at ${end}: ${failureOf(lastJob)}.`,
    `what its log says: ${environment.prooflinkCommand('import', `--job ${jobId}`)}`,
  );
}

async function readLastJob(environment: Environment): Promise<JobSummary | undefined> {
  const [succeeded, failed] = await Promise.all([readJobs(environment, 'SUCCEEDED'), readJobs(environment, 'FAILED')]);
  const endedJobs = [...succeeded, ...failed];
  endedJobs.sort((first, second) => endOf(second) - endOf(first));
  return endedJobs[0];
}

function endOf({ stoppedAt = 0, createdAt = 0 }: JobSummary): number {
  return stoppedAt || createdAt;
}

function failureOf({ statusReason, container }: JobSummary): string {
  const reason = statusReason || (container?.reason ?? '');
  const exitCode = container?.exitCode;
  return exitCode === undefined ? reason : `${reason}, exit code ${exitCode}`;
}

async function readJobs(environment: Environment, jobStatus: JobStatus): Promise<JobSummary[]> {
  const jobQueue = environment.physicalId(JOB_QUEUE);
  const pages = environment.client(Batch).paginateListJobs({ jobQueue, jobStatus });
  return await readAll(pages, 'jobSummaryList');
}
