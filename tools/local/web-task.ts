import { stripVTControlCharacters } from 'node:util';
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '../../lib/config/names';
import { HEALTH_CHECK_PATH } from '../../lib/contract';
import { awsClient, readAll } from '../deployed/aws';
import { pause } from '../program/pause';

type Show = (line: string) => void;
/** A line, known by an id of its own. */
type Said = readonly [id: string | undefined, line: string | undefined];

const SECONDS_BETWEEN = 0.3;

/** Starts the web task anew, with what is deployed. */
export async function restartWebTask({ cluster, service }: ResourceNames): Promise<void> {
  await awsClient(ECSClient, {}).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
}

/** Shows what tasks and jobs log, and what ECS says of the service, until the signal. */
export async function follow(names: ResourceNames, show: Show, signal: AbortSignal): Promise<void> {
  const isNews = healthChecks();
  const { app, batch } = names.logGroups;
  const logged = async () => [...(await eventsIn(app)), ...(await eventsIn(batch))];
  const showNews = (line: string) => {
    if (isNews(line)) show(line.trimEnd());
  };
  await Promise.all([showNew(logged, showNews, signal), followService(names, show, signal)]);
}

/** Shows what ECS says of the service, until the signal. */
export async function followService({ cluster, service }: ResourceNames, show: Show, signal: AbortSignal) {
  const client = awsClient(ECSClient, {});
  const said = async () => {
    const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return (services?.[0]?.events ?? []).map(({ id, message }): Said => [id, message]).reverse();
  };
  await showNew(said, show, signal);
}

async function showNew(list: () => Promise<readonly Said[]>, show: Show, signal: AbortSignal): Promise<void> {
  const shown = new Set<string>();
  while (!signal.aborted) {
    for (const [id = '', line = ''] of await list()) {
      if (!shown.has(id)) show(line);
      shown.add(id);
    }
    await pause(SECONDS_BETWEEN);
  }
}

async function eventsIn(logGroupName: string): Promise<Said[]> {
  const pages = paginateFilterLogEvents({ client: awsClient(CloudWatchLogsClient, {}) }, { logGroupName });
  try {
    return (await readAll(pages, 'events')).map(({ eventId, message }): Said => [eventId, message]);
  } catch (error) {
    // An environment without jobs has no such group.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

/** Selects the lines of a log to show: health checks of an access log only where the answer changes. */
export function healthChecks(): (line: string) => boolean {
  const check = new RegExp(`\\bGET ${HEALTH_CHECK_PATH}\\b.*?(?: ([1-5]\\d\\d)\\b|$)`);
  let last: string | undefined;
  return (line) => {
    const [found, code = ''] = check.exec(stripVTControlCharacters(line)) ?? [];
    const isNews = found === undefined || code !== last;
    if (found !== undefined) last = code;
    return isNews;
  };
}
