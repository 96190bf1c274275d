import { Batch, type JobStatus, type JobSummary } from '@aws-sdk/client-batch';
import { Part, type StackPart } from '@infra/commands/app';
import { definitionName, familyAndRevision } from '@infra/operate/deployed/arn';
import { readAll } from '@infra/operate/deployed/pages';
import type { Environment } from '@infra/operate/deployed/environment';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { readJobContainer } from '@infra/operate/deployed/containers';
import { LONG_WAIT_MS } from '@infra/operate/deployed/long-wait';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, NOTHING_WRONG, personMustLook, wellAnswer, wrongAnswer } from '../../answer';
import { hasUserImport, type Question } from '../../question';
import { tagInUri } from '../image-tag';
import { OUT_OF_MEMORY, raiseMemory } from '../web/out-of-memory';
import { words } from './words';

/**
 * Questions on the import jobs themselves. They come after the questions on what a job needs, such as its queue and the
 * database: those name the cause if there is one.
 */
export const IMPORT_JOB_QUESTIONS: readonly Question[] = [
  {
    id: 'jobs-start',
    statement: words.start.statement,
    firstAskedBy: 'doctor',
    applies: hasUserImport,
    ask: checkJobsStart,
  },
  {
    id: 'import',
    // "Own": the import that ProofLink's team builds. On a local AWS, that of the sample application may run in its place.
    statement: words.lastImport.statement,
    confirms: ['import-ends'],
    firstAskedBy: 'status',
    applies: hasUserImport,
    ask: checkLastImport,
  },
];

/** Checks that no job is stuck in RUNNABLE, the status of a job that waits for vCPUs. */
async function checkJobsStart(environment: Environment): Promise<Answer> {
  const runnable = onlyImports(environment, await readJobs(environment, 'RUNNABLE'));
  const stuckJobs = runnable.filter((job) => isStuck(job, environment.now));
  stuckJobs.sort((first, second) => creationTime(first) - creationTime(second));
  const oldestJob = stuckJobs[0];
  if (!oldestJob) return NOTHING_WRONG;
  const since = formatInTokyo(creationTime(oldestJob));
  return wrongAnswer({
    says: words.start.stuck({ jobCount: stuckJobs.length, since, reason: oldestJob.statusReason ?? '' }),
    fix: words.start.wait({ environmentName: environment.environmentName }),
  });
}

/** True if a RUNNABLE job has waited too long, or cannot start, for which AWS Batch gives a reason. */
function isStuck(job: JobSummary, now: Date): boolean {
  if (job.statusReason) return true;
  const waitingTime = now.getTime() - creationTime(job);
  return waitingTime > LONG_WAIT_MS;
}

function creationTime({ createdAt = 0 }: JobSummary): number {
  return createdAt;
}

/** Checks the job that ended last. An earlier failure does not count; AWS Batch lists a job for a week after its end. */
async function checkLastImport(environment: Environment): Promise<Answer> {
  const { image, definitionArn } = await readJobContainer(environment);
  const nextJob = { imageTag: tagInUri(image), jobDefinition: familyAndRevision(definitionArn) };
  const lastJob = await readLastJob(environment);
  if (!lastJob) {
    const importCommand = prooflinkCommand(environment.environmentName, 'import', '<file.csv>');
    return personMustLook({ says: words.lastImport.none(nextJob), fix: importCommand });
  }
  const time = formatInTokyo(endTime(lastJob));
  if (lastJob.status === 'SUCCEEDED') return wellAnswer(words.lastImport.succeeded({ ...nextJob, time }));
  const { jobId = '' } = lastJob;
  const jobName = lastJob.jobName || jobId;
  return wrongAnswer({
    says: words.lastImport.failed({ jobName, time, reason: failureText(lastJob) }),
    fix: fixForFailedImport(environment, lastJob),
  });
}

function fixForFailedImport(environment: Environment, { jobId = '', startedAt, container }: JobSummary): string {
  if (OUT_OF_MEMORY.test(container?.reason ?? '')) {
    return raiseMemory(environment, 'userImport.size.memory');
  }
  // AWS Batch gives a job its log stream when it starts.
  if (!startedAt) {
    return words.lastImport.noLog({
      importCommand: prooflinkCommand(environment.environmentName, 'import', '<file.csv>'),
    });
  }
  return words.lastImport.readLog({
    logCommand: prooflinkCommand(environment.environmentName, 'import', `--job ${jobId}`),
  });
}

/** The job that ended last, whether it succeeded or failed; `undefined` if none ended within a week. */
async function readLastJob(environment: Environment): Promise<JobSummary | undefined> {
  const [succeeded, failed] = await Promise.all([readJobs(environment, 'SUCCEEDED'), readJobs(environment, 'FAILED')]);
  const endedJobs = onlyImports(environment, [...succeeded, ...failed]);
  endedJobs.sort((first, second) => endTime(second) - endTime(first));
  return endedJobs[0];
}

/** Time of a job's end; of its creation if it was cancelled before it started. */
export function endTime({ stoppedAt = 0, createdAt = 0 }: JobSummary): number {
  return stoppedAt || createdAt;
}

export function failureText({ statusReason, container }: JobSummary): string {
  const reason = [statusReason, container?.reason].filter(Boolean).join(': ');
  const exitCode = container?.exitCode;
  return exitCode === undefined ? reason : words.lastImport.withExitCode({ reason, exitCode });
}

/** The jobs of the import's definition, of any revision: a team may have added other jobs to the queue. */
function onlyImports(environment: Environment, jobs: readonly JobSummary[]): JobSummary[] {
  const importDefinition = definitionName(physicalIdOf(environment, Part.jobDefinition));
  return jobs.filter(({ jobDefinition }) => definitionName(jobDefinition) === importDefinition);
}

/** Reads the jobs of a queue, that of imports unless given, which share its vCPUs. */
export async function readJobs(
  environment: Environment,
  jobStatus: JobStatus,
  queue: StackPart = Part.jobQueue,
): Promise<JobSummary[]> {
  const jobQueue = physicalIdOf(environment, queue);
  const pages = environment.client(Batch).paginateListJobs({ jobQueue, jobStatus });
  return await readAll(pages, 'jobSummaryList');
}
