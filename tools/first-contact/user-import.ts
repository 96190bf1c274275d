import { BatchClient, type JobSummary, paginateDescribeComputeEnvironments } from '@aws-sdk/client-batch';
import { awsClient, itemsOf } from '../shared/aws';
import { jobsOf } from '../shared/health/user-import';
import { inTokyo } from '../shared/times';
import { type Answer, type Contact, fail, HOUR, look, pass, type Row } from './row';

/** Batch starts a Fargate job within minutes, or tells nobody why it does not. */
const LONGEST_WAIT = HOUR / 4;

/** AWS Batch remembers a job for a week. */
async function importRuns({ stack, now }: Contact): Promise<Answer> {
  const [environment = ''] = stack.ids('AWS::Batch::ComputeEnvironment');
  const [waiting, failed, succeeded] = await Promise.all([
    jobsOf(stack, 'RUNNABLE'),
    jobsOf(stack, 'FAILED'),
    jobsOf(stack, 'SUCCEEDED'),
  ]);
  const stuck = waiting.find(({ createdAt = 0 }) => createdAt < now.getTime() - LONGEST_WAIT);
  if (stuck) {
    const client = awsClient(BatchClient, stack);
    const wanted = paginateDescribeComputeEnvironments({ client }, { computeEnvironments: [environment] });
    const [it] = await itemsOf(wanted, (page) => page.computeEnvironments);
    const compute = [it?.state, it?.status, it?.statusReason].filter(Boolean).join(', ');
    return fail(
      `The job ${stuck.jobId ?? ''} has waited since ${inTokyo(stuck.createdAt ?? 0)}. Its environment: ${compute}.`,
    );
  }
  const [good, bad] = [succeeded, failed].map((list) => list.sort((one, other) => ended(other) - ended(one))[0]);
  if (bad && ended(bad) > (good ? ended(good) : 0))
    return fail(`The last job, ${bad.jobId ?? ''}, failed: ${bad.statusReason ?? bad.container?.reason ?? ''}`);
  if (good) return pass(`The last one ended well, ${inTokyo(ended(good))}.`);
  return look(`None has run within a week. Run one: npm run prooflink -- import ${stack.environment} <file.csv>`);
}

function ended({ stoppedAt = 0, createdAt = 0 }: JobSummary): number {
  return stoppedAt || createdAt;
}

/** The import of users. */
export const USER_IMPORT: readonly Row[] = [
  {
    sees: "ProofLink's own import runs to its end",
    told: 'jobs of the queue, within a week',
    applies: ({ stack }) => stack.ids('AWS::Batch::JobQueue').length > 0,
    ask: importRuns,
  },
];
