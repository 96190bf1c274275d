import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { ECSClient, ListServiceDeploymentsCommand, type ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import * as environments from '../../lib/config';
import { resourceNames, stackId } from '../../lib/config/names';
import { awsClient, itemsOf } from '../shared/aws';
import type { EnvironmentName } from '../shared/environment-argument';
import { SecretMask } from '@infra/common/secret-mask';
import { inTokyo } from '../shared/times';
import { visible } from '@infra/common/untrusted-text';
import { isRecord } from '@infra/common/values';

const DAY = 24 * 60 * 60 * 1000;

/** What the function noted of a deployment, a line of its log (lib/constructs/migration/index.js). */
export interface Note {
  readonly migration: 'started' | 'succeeded' | 'failed' | 'skipped';
  readonly deployment: string;
  readonly image?: string;
  readonly task?: string;
  readonly exitCode?: number;
  readonly says?: string;
  readonly lines?: readonly string[];
  readonly time: number;
}

/** Where the answers on an environment's migrations come from. */
export interface MigrationSources {
  /** Whether the last deploy was rolled back. */
  readonly rolledBack: () => Promise<boolean>;
  /** The newest deployment of the service that became stable. */
  readonly serving: () => Promise<{ readonly arn: string; readonly began: number } | undefined>;
  /** The function's log: since when it is there, and for how many days it keeps what stands in it. */
  readonly log: () => Promise<{ readonly made: number; readonly days: number } | undefined>;
  /** Oldest first. */
  readonly notes: () => Promise<readonly Note[]>;
}

/** Whether the migration of what serves is proved, and the words for it. */
export interface Proof {
  readonly proved: boolean;
  readonly says: string;
}

/** What is known of the migration that a rolled back deploy failed with; `undefined` where it was none. */
export async function failedMigration(sources: MigrationSources): Promise<string | undefined> {
  if (!(await sources.rolledBack())) return undefined;
  const last = (await sources.notes()).findLast(({ migration }) => migration === 'failed' || migration === 'succeeded');
  if (last?.migration !== 'failed') return undefined;
  const { image = 'the image', exitCode, says, lines = [], time } = last;
  const code = exitCode === undefined ? '' : `exit code ${exitCode}. `;
  const text = [
    `The migration of ${image} failed on ${inTokyo(time)}, and its release was turned back: ${code}${says ?? ''}`,
    ...(lines.length > 0 ? ['What it said last:', ...lines.map((line) => `  ${visible(line)}`)] : []),
    'The version before goes on. What to do: docs/runbook.md, "A migration that failed".',
  ];
  return new SecretMask().maskLines(text.join('\n'));
}

/**
 * Whether the migration of what serves has run, or had nothing to run. ECS calls the function; that it did so cannot be
 * seen in the service, which would run without it, too.
 */
export async function proofOfMigration(sources: MigrationSources, logGroup: string): Promise<Proof> {
  const [serving, log] = [await sources.serving(), await sources.log()];
  if (!serving) return { proved: true, says: 'Nothing was released yet that would have had a migration.' };
  if (!log) return { proved: true, says: 'Its migration is not deployed yet.' };
  const note = (await sources.notes()).findLast(
    ({ deployment, migration }) => deployment === serving.arn && migration !== 'started',
  );
  if (note?.migration === 'succeeded') return { proved: true, says: 'Its migration ran: exit code 0.' };
  if (note?.migration === 'skipped') return { proved: true, says: `No migration ran. ${note.says ?? ''}` };
  if (serving.began < log.made)
    return { proved: true, says: 'It is older than its migration, which the next image runs.' };
  if (Date.now() - serving.began > log.days * DAY) {
    return { proved: true, says: `Whether its migration ran is not known any more: ${log.days} days are kept.` };
  }
  return {
    proved: false,
    says:
      `But there is no proof that its migration ran: ${logGroup} says nothing of the deployment of ` +
      `${inTokyo(serving.began)}. ECS did not call the function, or turned nothing back when it failed. ` +
      'What to do: docs/runbook.md, "A release without its migration".',
  };
}

/** Asks AWS. */
export function migrationsOf(environment: EnvironmentName): MigrationSources {
  const { region } = environments[environment];
  const { cluster, service, logGroups } = resourceNames(environment);
  const logs = awsClient(CloudWatchLogsClient, { region });
  return {
    rolledBack: async () => {
      const client = awsClient(CloudFormationClient, { region });
      const pages = paginateDescribeStacks({ client }, { StackName: stackId(environment) });
      const [stack] = await itemsOf(pages, (page) => page.Stacks);
      return /ROLLBACK/.test(stack?.StackStatus ?? '');
    },
    serving: async () => {
      const client = awsClient(ECSClient, { region });
      const found: ServiceDeploymentBrief[] = [];
      for (let nextToken: string | undefined, more = true; more; more = nextToken !== undefined) {
        const wanted = { cluster, service, status: ['SUCCESSFUL' as const], nextToken };
        // eslint-disable-next-line aws/all-pages -- the SDK has no paginator for it: the loop is one
        const page = await client.send(new ListServiceDeploymentsCommand(wanted));
        found.push(...(page.serviceDeployments ?? []));
        nextToken = page.nextToken;
      }
      const [last] = found
        .map(({ serviceDeploymentArn: arn = '', createdAt }) => ({ arn, began: createdAt?.getTime() ?? 0 }))
        .sort((one, other) => other.began - one.began);
      return last;
    },
    log: async () => {
      const pages = paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: logGroups.migration });
      const groups = await itemsOf(pages, (page) => page.logGroups);
      const found = groups.find((group) => group.logGroupName === logGroups.migration);
      return found && { made: found.creationTime ?? 0, days: found.retentionInDays ?? Infinity };
    },
    notes: async () => {
      const wanted = { logGroupName: logGroups.migration, filterPattern: 'migration' };
      const events = await itemsOf(paginateFilterLogEvents({ client: logs }, wanted), (page) => page.events);
      return events.flatMap(({ message = '', timestamp = 0 }) => noteIn(message, timestamp));
    },
  };
}

/** Lambda writes time, request and level before what a function prints. */
function noteIn(message: string, time: number): Note[] {
  const json = /\{"migration":.*\}/.exec(message)?.[0];
  const read: unknown = json === undefined ? undefined : JSON.parse(json);
  return isRecord(read) ? [{ ...(read as unknown as Omit<Note, 'time'>), time }] : [];
}
