import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '../../lib/config/names';
import { awsClient, readAll } from '../deployed/aws';
import { pause } from '../program/pause';
import { healthCheckFilter } from './health-check-filter';

type Show = (line: string) => void;

/** An event of a log, or of a service. */
interface LoggedEvent {
  readonly id?: string;
  readonly message?: string;
}

const SECONDS_BETWEEN_QUESTIONS = 0.3;

/** Shows what tasks and jobs log, and the events of the service, until the signal. */
export async function followLogs(names: ResourceNames, show: Show, signal: AbortSignal): Promise<void> {
  const isShown = healthCheckFilter();
  const readLogs = async () => {
    const webEvents = await readLogEvents(names.logGroups.app);
    const importEvents = await readLogEvents(names.logGroups.batch);
    return [...webEvents, ...importEvents];
  };
  const showLine = (line: string) => {
    if (isShown(line)) show(line.trimEnd());
  };
  await Promise.all([followEvents(readLogs, showLine, signal), followServiceEvents(names, show, signal)]);
}

/** Shows the events of the web service, until the signal. */
export async function followServiceEvents(
  { cluster, service }: ResourceNames,
  show: Show,
  signal: AbortSignal,
): Promise<void> {
  const client = awsClient(ECSClient, {});
  const readServiceEvents = async () => {
    const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const newestFirst: LoggedEvent[] = services[0]?.events ?? [];
    return [...newestFirst].reverse();
  };
  await followEvents(readServiceEvents, show, signal);
}

/** Shows each event once, until the signal. */
async function followEvents(
  readEvents: () => Promise<readonly LoggedEvent[]>,
  show: Show,
  signal: AbortSignal,
): Promise<void> {
  const shownIds = new Set<string>();
  while (!signal.aborted) {
    const events = await readEvents();
    for (const { id = '', message = '' } of events) {
      if (!shownIds.has(id)) show(message);
      shownIds.add(id);
    }
    await pause(SECONDS_BETWEEN_QUESTIONS);
  }
}

async function readLogEvents(logGroupName: string): Promise<LoggedEvent[]> {
  const pages = paginateFilterLogEvents({ client: awsClient(CloudWatchLogsClient, {}) }, { logGroupName });
  try {
    const events = await readAll(pages, 'events');
    return events.map(({ eventId, message }) => ({ id: eventId, message }));
  } catch (error) {
    // An environment without jobs has no such group.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}
