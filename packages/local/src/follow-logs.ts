import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchClient, ClientException, paginateListJobs } from '@aws-sdk/client-batch';
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';
import { pause } from '@infra/commands/pause';
import { words } from './words';
import { newHealthCheckFilter } from './health-check-filter';

type ShowLine = (line: string) => void;

/** An event of a log group, or of an ECS service. */
interface LoggedEvent {
  /** Text that no other event has. */
  readonly id: string;
  readonly message: string;
}

const POLL_INTERVAL_SECONDS = 0.3;

/** Shows the logs of tasks and jobs, the events of the web service and the failed jobs, until the signal is aborted. */
export async function followLogs(names: ResourceNames, showLine: ShowLine, signal: AbortSignal): Promise<void> {
  await Promise.all([
    followLogGroups(names, showLine, signal),
    followServiceEvents(names, showLine, signal),
    followFailedJobs(names, showLine, signal),
  ]);
}

/**
 * Shows the logs of tasks and jobs until the signal is aborted. Each poll reads the log groups from their beginning, which
 * is acceptable on a local AWS only.
 */
async function followLogGroups({ logGroups }: ResourceNames, showLine: ShowLine, signal: AbortSignal): Promise<void> {
  const client = awsClient(CloudWatchLogsClient, {});
  const readLogs = async () => {
    const webEvents = await readLogEvents(client, logGroups.app);
    const importEvents = await readLogEvents(client, logGroups.batch);
    return [...webEvents, ...importEvents];
  };
  // The filter remembers the last health check, and must see each line once, in their order.
  const passesFilter = newHealthCheckFilter();
  const showLogLine = (line: string) => {
    if (passesFilter(line)) showLine(line.trimEnd());
  };
  await followEvents(readLogs, showLogLine, signal);
}

/** Shows the events of the web service until the signal is aborted. */
export async function followServiceEvents(
  { cluster, service }: ResourceNames,
  showLine: ShowLine,
  signal: AbortSignal,
): Promise<void> {
  const client = awsClient(ECSClient, {});
  await followEvents(() => readServiceEvents(client, cluster, service), showLine, signal);
}

/** Shows each job that failed, until the signal is aborted. A job that could not start has no log. */
async function followFailedJobs({ jobQueue }: ResourceNames, showLine: ShowLine, signal: AbortSignal): Promise<void> {
  const client = awsClient(BatchClient, {});
  await followEvents(() => readFailedJobs(client, jobQueue), showLine, signal);
}

/** Reads events again and again until the signal is aborted, and a last time then; shows each event once. */
async function followEvents(
  readEvents: () => Promise<readonly LoggedEvent[]>,
  showLine: ShowLine,
  signal: AbortSignal,
): Promise<void> {
  const shownIds = new Set<string>();
  for (;;) {
    // The last events come with the end: a release ends as soon as ECS has completed the deployment.
    const isLastLook = signal.aborted;
    const events = await readEvents();
    for (const { id, message } of events) {
      if (!shownIds.has(id)) showLine(message);
      shownIds.add(id);
    }
    if (isLastLook) return;
    await pause(POLL_INTERVAL_SECONDS);
  }
}

/** Shows what the local load balancer finds, each kind once, until the signal is aborted. */
export async function followFindings(directory: string, showLine: ShowLine, signal: AbortSignal): Promise<void> {
  const file = join(directory, 'findings');
  const readFindings = () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    const findings = lines.map((line) => JSON.parse(line) as Finding);
    return Promise.resolve(findings.map((finding) => ({ id: finding.kind, message: findingText(finding) })));
  };
  await followEvents(readFindings, showLine, signal);
}

/** Line of packages/local-aws/server/runtime/only-here.mjs. */
interface Finding {
  readonly kind: 'secure-cookie' | 'own-address' | 'closed-early';
  readonly request: string;
  readonly cookie?: string;
  readonly location?: string;
}

function findingText({ kind, request, cookie = '', location = '' }: Finding): string {
  if (kind === 'secure-cookie') return words.findings.secureCookie({ request, cookie });
  if (kind === 'own-address') return words.findings.ownAddress({ request, location });
  return words.findings.closedEarly({ request });
}

async function readLogEvents(client: CloudWatchLogsClient, logGroupName: string): Promise<LoggedEvent[]> {
  const pages = paginateFilterLogEvents({ client }, { logGroupName });
  try {
    const events = await readAll(pages, 'events');
    return events.map(({ eventId, timestamp, message }) => loggedEvent(eventId, timestamp, message));
  } catch (error) {
    // An environment without a user import has no log group for jobs.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

async function readFailedJobs(client: BatchClient, jobQueue: string): Promise<LoggedEvent[]> {
  try {
    const jobs = await readAll(paginateListJobs({ client }, { jobQueue, jobStatus: 'FAILED' }), 'jobSummaryList');
    return jobs.map(({ jobId = '', jobName = '', statusReason = '' }) => ({
      id: jobId,
      message: words.session.jobFailed({ jobId, jobName, statusReason }),
    }));
  } catch (error) {
    // An environment without a user import has no job queue.
    if (error instanceof ClientException) return [];
    throw error;
  }
}

async function readServiceEvents(client: ECSClient, cluster: string, service: string): Promise<LoggedEvent[]> {
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [webService] = services;
  const eventsNewestFirst = webService?.events ?? [];
  const events = [...eventsNewestFirst].reverse();
  return events.map(({ id, createdAt, message }) => loggedEvent(id, createdAt?.getTime(), message));
}

/** Without an id from AWS, its time and text identify an event. */
function loggedEvent(id: string | undefined, time: number | undefined, message = ''): LoggedEvent {
  return { id: id ?? `${time} ${message}`, message };
}
