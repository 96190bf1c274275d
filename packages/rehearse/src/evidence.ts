import { CONTAINER_NAME, resourceNames, WEB_LOG_PREFIX } from '@infra/commands/app';
import { errorText } from '@infra/operate/deployed/aws-errors';
import { type DeployedStack, readStack } from '@infra/operate/deployed/deployed-stack';
import { readLastLines } from '@infra/operate/deployed/log-stream';
import { taskIdOf } from '@infra/operate/deployed/migration-tasks';
import { stopReasonOf } from '@infra/operate/deployed/stop-reason';
import { describeService, describeTasks } from '@infra/operate/deployed/web-service';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { eventLine, type Place, readEvents } from './own-stack';
import { words } from './words';

const MOST_TASKS = 3;
const LAST_LINES = 20;

/** Reads what AWS has on a stage that failed or was refuted: events of the stack and of ECS, and tasks that ended. */
export async function readEvidence(place: Place, since: Date): Promise<string[]> {
  const stackEvents = await linesOf('CloudFormation', async () => {
    const events = await readEvents(place, OWN_STACK_NAME, since);
    return events.filter(({ ResourceStatusReason }) => ResourceStatusReason !== undefined).map(eventLine);
  });
  const webLines = await linesOf('ECS', async () => {
    const stack = await readStack(REHEARSAL);
    return [...(await serviceEvents(stack, since)), ...(await stoppedTasks(stack, since))];
  });
  return [...stackEvents, ...webLines];
}

/** Lines of one service; AWS may refuse to show them, such as those of a stack that is not there. */
async function linesOf(service: string, read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read();
  } catch (error) {
    return [words.noEvidence({ service, reason: errorText(error) })];
  }
}

async function serviceEvents(stack: DeployedStack, since: Date): Promise<string[]> {
  const { events = [] } = await describeService(stack);
  const newEvents = events.filter(({ createdAt }) => createdAt !== undefined && createdAt >= since).reverse();
  return newEvents.map(({ createdAt, message = '' }) => `${createdAt?.toISOString() ?? ''} ${message}`);
}

/** Why tasks ended, and the last lines of their logs. */
async function stoppedTasks(stack: DeployedStack, since: Date): Promise<string[]> {
  const tasks = await describeTasks(stack, 'STOPPED');
  const newTasks = tasks.filter(({ createdAt }) => createdAt !== undefined && createdAt >= since);
  const lines: string[] = [];
  for (const task of newTasks.slice(0, MOST_TASKS)) {
    const taskId = taskIdOf(task);
    const logStream = `${WEB_LOG_PREFIX}/${CONTAINER_NAME}/${taskId}`;
    const logLines = await readLastLines(stack, resourceNames(REHEARSAL).logGroups.app, logStream, LAST_LINES);
    lines.push(`${taskId} ${stopReasonOf(task)}`, ...logLines.map((line) => `  ${line}`));
  }
  return lines;
}
