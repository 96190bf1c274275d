import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ECSClient, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { stripVTControlCharacters } from 'node:util';
import type { ResourceNames } from '../../lib/config/names';
import { HEALTH_CHECK_PATH } from '../../lib/contract';
import { awsClient, itemsOf } from '../shared/aws';
import { pause } from '../shared/pause';

const SECONDS_BETWEEN = 0.3;

async function describe(names: ResourceNames): Promise<Service | undefined> {
  const wanted = { cluster: names.cluster, services: [names.service] };
  return (await awsClient(ECSClient, {}).send(new DescribeServicesCommand(wanted))).services?.[0];
}

/** Starts the web task anew, with what is deployed. */
export async function restartWebTask(names: ResourceNames): Promise<void> {
  const again = { cluster: names.cluster, service: names.service, forceNewDeployment: true };
  await awsClient(ECSClient, {}).send(new UpdateServiceCommand(again));
}

async function eventsIn(client: CloudWatchLogsClient, logGroupName: string): Promise<FilteredLogEvent[]> {
  try {
    return await itemsOf(paginateFilterLogEvents({ client }, { logGroupName }), (page) => page.events);
  } catch (error) {
    // An environment without jobs has no such group.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

/** Shows what tasks and jobs log, and what ECS says of the service, until the signal. */
export async function follow(names: ResourceNames, show: (line: string) => void, signal: AbortSignal): Promise<void> {
  await Promise.all([followLogs(names, show, signal), followService(names, show, signal)]);
}

async function followLogs(names: ResourceNames, show: (line: string) => void, signal: AbortSignal): Promise<void> {
  const client = awsClient(CloudWatchLogsClient, {});
  const shown = new Set<string>();
  const isNews = healthChecks();
  while (!signal.aborted) {
    for (const logGroupName of [names.logGroups.app, names.logGroups.batch]) {
      for (const { eventId = '', message = '' } of await eventsIn(client, logGroupName)) {
        if (!shown.has(eventId) && isNews(message)) show(message.trimEnd());
        shown.add(eventId);
      }
    }
    await pause(SECONDS_BETWEEN);
  }
}

/** Shows what ECS says of the service, until the signal. */
export async function followService(
  names: ResourceNames,
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const shown = new Set<string>();
  while (!signal.aborted) {
    for (const { id = '', message = '' } of ((await describe(names))?.events ?? []).reverse()) {
      if (!shown.has(id)) show(message);
      shown.add(id);
    }
    await pause(SECONDS_BETWEEN);
  }
}

/** Tells which lines of a log are news: health checks of an access log only where the answer changes. */
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
