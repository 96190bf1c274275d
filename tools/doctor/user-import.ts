import { BatchClient, DescribeJobQueuesCommand, type JobSummary } from '@aws-sdk/client-batch';
import { jobsOf } from '../shared/health/user-import';
import { inTokyo } from '../shared/times';
import { count } from '../shared/words';
import type { Cause, Check } from './check';
import { type Containers, containerChecks, taskRights } from './containers';
import { wayToDatabase } from './database';
import type { Facts } from './facts';

/** Fargate mostly starts a job within a minute or two. */
const WAITS_LONG = 10 * 60_000;
const DAY = 24 * 3_600_000;

/** From the queue to the jobs that waited or failed, for which nothing before was the cause. */
export function userImportChecks(facts: Facts): Check[] {
  const { environment, region } = facts.stack;
  const jobs: Containers = {
    who: 'import jobs',
    image: { parameter: 'BatchImageTag', option: '--batch' },
    definition: facts.jobDefinition,
    network: async () => {
      const { subnets = [], securityGroupIds: groups = [] } = (await facts.computeEnvironment()).computeResources ?? {};
      return { subnets, groups };
    },
    // A redeploy would not take a revision away that it did not make.
    mend: ({ arn }) =>
      `aws batch deregister-job-definition --region ${region} --job-definition ${arn.split('/').at(-1) ?? ''}` +
      ` if somebody registered it by hand; otherwise lib/constructs/user-import.ts`,
  };
  return [
    { question: 'Does the queue take jobs?', ask: () => queue(facts) },
    ...containerChecks(facts, jobs),
    wayToDatabase(facts, jobs),
    { question: 'May the import jobs use their bucket?', ask: () => taskRights(facts, jobs) },
    { question: 'Do import jobs start?', ask: () => waiting(facts) },
    { question: 'Did the last import job end well?', ask: () => failed(facts, environment) },
  ];
}

async function queue(facts: Facts): Promise<Cause | undefined> {
  const jobQueues = [facts.id('AWS::Batch::JobQueue')];
  const batch = new BatchClient(facts.stack.clientConfig);
  const [found] = (await batch.send(new DescribeJobQueuesCommand({ jobQueues }))).jobQueues ?? [];
  const environment = await facts.computeEnvironment();
  const most = environment.computeResources?.maxvCpus;
  const { maxvCpus } = facts.config.userImport ?? {};
  const faults = [
    ...(found ? [] : ['the queue is gone']),
    ...(found && (found.state !== 'ENABLED' || found.status !== 'VALID')
      ? [`the queue is ${found.state ?? ''} and ${found.status ?? ''} ${found.statusReason ?? ''}`.trimEnd()]
      : []),
    ...(environment.state !== 'ENABLED' || environment.status !== 'VALID'
      ? [
          `the compute environment is ${environment.state ?? ''} and ${environment.status ?? ''} ${environment.statusReason ?? ''}`.trimEnd(),
        ]
      : []),
    ...(most !== undefined && maxvCpus !== undefined && most < maxvCpus
      ? [`all jobs together may have ${most} vCPUs, not ${maxvCpus}`]
      : []),
  ];
  if (faults.length === 0) return undefined;
  return { says: `Import jobs stay RUNNABLE: ${faults.join(', ')}.`, mend: facts.redeploy };
}

async function waiting(facts: Facts): Promise<Cause | undefined> {
  const [waits, starts, runs] = await Promise.all(
    (['RUNNABLE', 'STARTING', 'RUNNING'] as const).map((status) => jobsOf(facts.stack, status)),
  );
  const long = (waits ?? []).filter(
    ({ createdAt = 0, statusReason }) => statusReason || facts.now.getTime() - createdAt > WAITS_LONG,
  );
  const [first] = long.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
  if (!first) return undefined;
  const most = (await facts.computeEnvironment()).computeResources?.maxvCpus ?? 0;
  const others = (starts?.length ?? 0) + (runs?.length ?? 0);
  const says = first.statusReason ? ` Batch says: ${first.statusReason}` : '';
  return {
    says:
      `${count(long.length, 'import job')} RUNNABLE, since ${inTokyo(first.createdAt ?? 0)}; ${count(others, 'other')} at work, ` +
      `and all together may have ${most} vCPUs.${says}`,
    mend: `wait until others are done, or raise userImport.maxvCpus in lib/config/${facts.stack.environment}.ts`,
  };
}

async function failed({ stack, now }: Facts, environment: string): Promise<Cause | undefined> {
  const ended = (await Promise.all((['SUCCEEDED', 'FAILED'] as const).map((status) => jobsOf(stack, status)))).flat();
  const time = ({ stoppedAt = 0, createdAt = 0 }: JobSummary) => stoppedAt || createdAt;
  const [last] = ended.sort((one, other) => time(other) - time(one));
  if (last?.status !== 'FAILED' || time(last) < now.getTime() - DAY) return undefined;
  const { jobName = '', jobId = '', statusReason = '', container } = last;
  const code = container?.exitCode === undefined ? '' : `, exit code ${container.exitCode}`;
  return {
    says: `The import ${jobName} failed at ${inTokyo(time(last))}: ${statusReason}${code}.`,
    mend: `what its log says: npm run prooflink -- import ${environment} --job ${jobId}`,
  };
}
