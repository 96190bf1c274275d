import { CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Service } from '@aws-sdk/client-ecs';
import type { EnvironmentConfig } from '../../lib/config/environment';
import type { ResourceNames } from '../../lib/config/names';
import { awsClient, itemsOf } from '../shared/aws';
import type { DeployedStack } from '../shared/deployed-stack';
import { Parameter } from '../../lib/contract';

/** What rows ask about. */
export interface Contact {
  readonly stack: DeployedStack;
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  /** The web service, asked for once. */
  readonly service: () => Promise<Service>;
  readonly now: Date;
}

/** How a row ends: it is so, it is not, or a person must look, since no API knows or it is too early. */
export interface Answer {
  readonly result: 'pass' | 'fail' | 'look';
  /** What was found, and what to do or to look at. */
  readonly says: string;
}

/** What only AWS can prove, as the table of docs/proofs.md has it. */
export interface Row {
  readonly sees: string;
  readonly told: string;
  /** Whether the environment has it; every one has it unless said. */
  readonly applies?: (contact: Contact) => boolean;
  readonly ask: (contact: Contact) => Promise<Answer>;
}

export const pass = (says: string): Answer => ({ result: 'pass', says });
export const fail = (says: string): Answer => ({ result: 'fail', says });
export const look = (says: string): Answer => ({ result: 'look', says });

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Why there is no web task to ask about; nothing where there should be one. */
export async function noTaskYet({ stack, service }: Contact): Promise<Answer | undefined> {
  const { environment, parameters } = stack;
  if ((parameters[Parameter.appImageTag] ?? '') === '')
    return look('There is no image tag yet: push an image, release it, and ask again.');
  if (((await service()).desiredCount ?? 0) > 0) return undefined;
  return look(`No task is wanted now. Ask again after: npm run prooflink -- start ${environment}`);
}

/** The values of metrics of the last hours, by the ids of the queries; a page may end within those of one. */
export async function metricValues(
  { stack, now }: Contact,
  MetricDataQueries: MetricDataQuery[],
  hours: number,
): Promise<(id: string) => number[]> {
  const client = awsClient(CloudWatchClient, stack);
  const asked = { MetricDataQueries, StartTime: new Date(now.getTime() - hours * HOUR), EndTime: now };
  const results = await itemsOf(paginateGetMetricData({ client }, asked), (page) => page.MetricDataResults);
  return (id) => results.flatMap(({ Id, Values = [] }) => (Id === id ? Values : []));
}
