import { type JobSummary, paginateDescribeJobQueues } from '@aws-sdk/client-batch';
import { jobsOf, WAITS_LONG } from '../shared/health/user-import';
import { itemsOf } from '../shared/aws';
import { inTokyo } from '../shared/times';
import { count } from '@infra/common/words';
import { cause, type Check, type Found } from './check';
import type { Containers } from './container';
import { containerChecks } from './containers';
import type { Facts } from './facts';
import { taskRights } from './rights';

const DAY = 24 * 3_600_000;

/** From the queue to the jobs that waited or failed, for which nothing before was the cause. */
export function userImportChecks(facts: Facts): Check[] {
  const jobs: Containers = {
    who: 'import jobs',
    tagOption: '--batch',
    definition: facts.jobDefinition,
    network: async () => {
      const { computeResources } = await facts.computeEnvironment();
      return { subnets: computeResources?.subnets ?? [], groups: computeResources?.securityGroupIds ?? [] };
    },
    // A deployment leaves a revision alone that it did not make.
    mend: ({ arn }) => facts.aws('batch deregister-job-definition', `--job-definition ${arn.split('/').at(-1) ?? ''}`),
  };
  return [
    ['Does the queue take jobs?', () => queue(facts)],
    ...containerChecks(facts, jobs),
    ['May the import jobs use their bucket?', () => taskRights(facts, jobs)],
    ['Do import jobs start?', () => waiting(facts)],
    ['Did the last import job end well?', () => failed(facts)],
  ];
}

async function queue({ batch: client, computeEnvironment, config, id, redeploy }: Facts): Found {
  const asked = paginateDescribeJobQueues({ client }, { jobQueues: [id('AWS::Batch::JobQueue')] });
  const [itself] = await itemsOf(asked, (page) => page.jobQueues);
  const environment = await computeEnvironment();
  const { maxvCpus: most = 0 } = environment.computeResources ?? {};
  const { maxvCpus: wanted = 0 } = config.userImport ?? {};
  const state = (what: string, { state, status, statusReason }: NonNullable<typeof itself> | typeof environment) =>
    state === 'ENABLED' && status === 'VALID' ? '' : [`the ${what} is`, state, status, statusReason].join(' ').trim();
  const faults = [
    itself ? state('queue', itself) : 'the queue is gone',
    state('compute environment', environment),
    most < wanted ? `all jobs together may have ${most} vCPUs, not ${wanted}` : '',
  ].filter(Boolean);
  return faults.length === 0 ? undefined : cause(`Import jobs stay RUNNABLE: ${faults.join(', ')}.`, redeploy);
}

async function waiting({ computeEnvironment, now, stack }: Facts): Found {
  const [waits = [], starts = [], runs = []] = await Promise.all(
    (['RUNNABLE', 'STARTING', 'RUNNING'] as const).map((status) => jobsOf(stack, status)),
  );
  const long = waits.filter((job) => job.statusReason || now.getTime() - (job.createdAt ?? 0) > WAITS_LONG);
  const [first] = long.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
  if (!first) return undefined;
  const { maxvCpus = 0 } = (await computeEnvironment()).computeResources ?? {};
  const others = `${count(starts.length + runs.length, 'other')} at work, and all together may have ${maxvCpus} vCPUs.`;
  const since = `${count(long.length, 'import job')} RUNNABLE, since ${inTokyo(first.createdAt ?? 0)}`;
  return cause(
    `${since}; ${others} ${first.statusReason ?? ''}`.trim(),
    `wait until others are done, or raise userImport.maxvCpus in lib/config/${stack.environment}.ts`,
  );
}

/** One that a later one has followed well is no trouble any more. */
async function failed({ now, stack }: Facts): Found {
  const ended = await Promise.all((['SUCCEEDED', 'FAILED'] as const).map((status) => jobsOf(stack, status)));
  const time = ({ stoppedAt = 0, createdAt = 0 }: JobSummary) => stoppedAt || createdAt;
  const [last] = ended.flat().sort((one, other) => time(other) - time(one));
  if (last?.status !== 'FAILED' || time(last) < now.getTime() - DAY) return undefined;
  const { jobName = '', jobId = '', statusReason = '', container } = last;
  const code = container?.exitCode === undefined ? '' : `, exit code ${container.exitCode}`;
  return cause(
    `The import ${jobName} failed at ${inTokyo(time(last))}: ${statusReason}${code}.`,
    `what its log says: npm run prooflink -- import ${stack.environment} --job ${jobId}`,
  );
}
