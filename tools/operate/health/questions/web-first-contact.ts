import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ManagedAgent } from '@aws-sdk/client-ecs';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { hasResource, isRealAws, type Question } from '../question';
import { onlyWithWebTasks } from './only-with-web-tasks';
import { serviceOptions } from './web-task-count';

const DAY = 24 * 3_600_000;

/** Features of the web tasks that only their use proves. */
export const WEB_FIRST_CONTACT_QUESTIONS: readonly Question[] = [
  {
    id: 'log-lines',
    statement: 'Its log lines arrive',
    depth: 'contact',
    ask: onlyWithWebTasks(checkLogLines),
  },
  {
    id: 'shell',
    statement: 'A shell opens in a task',
    depth: 'contact',
    applies: ({ config }) => config.webService.executeCommand && isRealAws(),
    ask: onlyWithWebTasks(checkExecuteCommand),
  },
  {
    id: 'scaling',
    statement: 'The number of tasks follows the load',
    depth: 'contact',
    applies: hasResource('AWS::ApplicationAutoScaling::ScalableTarget'),
    ask: checkScaling,
  },
];

/** `lastEventTimestamp` of a stream is late by up to an hour: this reads the lines themselves. */
async function checkLogLines(environment: Environment): Promise<Answer> {
  const logGroupName = environment.names.logGroups.app;
  const startTime = environment.now.getTime() - DAY;
  const pages = environment.client(CloudWatchLogs).paginateFilterLogEvents({ logGroupName, startTime });
  for await (const { events = [] } of pages) {
    const line = events[0];
    if (line) return wellAnswer(`One is of ${inTokyo(line.timestamp ?? 0)}.`);
  }
  return lookAnswer(
    `No line within a day, though tasks run: does the application write any? aws logs tail ${logGroupName}`,
  );
}

/** Checks the agents of ECS Exec, of which each container of a task has one. */
async function checkExecuteCommand(environment: Environment): Promise<Answer> {
  const agents = await readExecAgents(environment);
  if (agents.length === 0) return wrongAnswer('No task runs.');
  if (agents.every(isRunning)) return wellAnswer('Its agent runs in every task.');
  const brokenAgent = agents.find((agent) => !isRunning(agent));
  if (brokenAgent?.lastStatus === 'PENDING') {
    return lookAnswer('Its agent is still starting: ask again in a minute.');
  }
  const reasons = [brokenAgent?.lastStatus ?? 'a task has none', brokenAgent?.reason];
  return wrongAnswer(
    `Its agent does not run: ${reasons.filter(Boolean).join(', ')}. ` +
      'A task that was started before ECS Exec was on needs a restart.',
    environment.awsCommand('ecs update-service', `${serviceOptions(environment)} --force-new-deployment`),
  );
}

/** An item for each container: its agent, or `undefined` if it has none. */
async function readExecAgents(environment: Environment): Promise<(ManagedAgent | undefined)[]> {
  const tasks = await environment.describeTasks();
  const containers = tasks.flatMap((task) => task.containers ?? []);
  return containers.map(({ managedAgents = [] }) => managedAgents.find(({ name }) => name === 'ExecuteCommandAgent'));
}

function isRunning(agent: ManagedAgent | undefined): boolean {
  return agent?.lastStatus === 'RUNNING';
}

async function checkScaling(environment: Environment): Promise<Answer> {
  const { cluster, service } = environment.webService;
  const pages = environment.client(ApplicationAutoScaling).paginateDescribeScalingActivities({
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster}/${service}`,
  });
  const activities = await readAll(pages, 'ScalingActivities');
  const newest = activities[0];
  if (newest?.StatusCode === 'Failed') {
    return wrongAnswer(`The last change failed: ${newest.StatusMessage ?? ''}`);
  }
  const changeByLoad = activities.find(({ StatusCode, Cause = '' }) => {
    return StatusCode === 'Successful' && /alarm/i.test(Cause);
  });
  if (!changeByLoad) {
    return lookAnswer(
      'No load has changed it yet. CloudWatch: CPUUtilization of the service, and the tasks that it asks for.',
    );
  }
  const { Description = '', StartTime = 0 } = changeByLoad;
  return wellAnswer(`${Description} ${inTokyo(StartTime)}`);
}
