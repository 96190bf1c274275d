import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '../../lib/config/names';
import { awsClient } from '../deployed/aws-client';
import { readAll } from '../deployed/pages';
import { pause } from '../program/pause';
import { newHealthCheckFilter } from './health-check-filter';

type ShowLine = (line: string) => void;

/** An event of a log group, or of an ECS service. */
interface LoggedEvent {
  readonly id?: string;
  readonly message?: string;
}

const POLL_INTERVAL_SECONDS = 0.3;

/** Shows the logs of tasks and jobs, and the events of the web service, until the signal is aborted. */
export async function followLogs(names: ResourceNames, showLine: ShowLine, signal: AbortSignal): Promise<void> {
  const isToBeShown = newHealthCheckFilter();
  const readLogs = async () => {
    const webEvents = await readLogEvents(names.logGroups.app);
    const importEvents = await readLogEvents(names.logGroups.batch);
    return [...webEvents, ...importEvents];
  };
  const showLogLine = (line: string) => {
    if (isToBeShown(line)) showLine(line.trimEnd());
  };
  await Promise.all([followEvents(readLogs, showLogLine, signal), followServiceEvents(names, showLine, signal)]);
}

/** Shows the events of the web service until the signal is aborted. */
export async function followServiceEvents(
  { cluster, service }: ResourceNames,
  showLine: ShowLine,
  signal: AbortSignal,
): Promise<void> {
  const client = awsClient(ECSClient, {});
  const readServiceEvents = async () => {
    const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const [webService] = services;
    // ECS lists the newest event first.
    const eventsNewestFirst: LoggedEvent[] = webService?.events ?? [];
    return [...eventsNewestFirst].reverse();
  };
  await followEvents(readServiceEvents, showLine, signal);
}

/** Reads events again and again until the signal is aborted, and shows each event once. */
async function followEvents(
  readEvents: () => Promise<readonly LoggedEvent[]>,
  showLine: ShowLine,
  signal: AbortSignal,
): Promise<void> {
  const shownIds = new Set<string>();
  while (!signal.aborted) {
    const events = await readEvents();
    for (const { id = '', message = '' } of events) {
      if (!shownIds.has(id)) showLine(message);
      shownIds.add(id);
    }
    await pause(POLL_INTERVAL_SECONDS);
  }
}

async function readLogEvents(logGroupName: string): Promise<LoggedEvent[]> {
  const pages = paginateFilterLogEvents({ client: awsClient(CloudWatchLogsClient, {}) }, { logGroupName });
  try {
    const events = await readAll(pages, 'events');
    return events.map(({ eventId, message }) => ({ id: eventId, message }));
  } catch (error) {
    // An environment without a user import has no log group for jobs.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}
