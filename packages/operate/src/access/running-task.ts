import { type Container, ECS, type Task } from '@aws-sdk/client-ecs';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { statusAdvice } from '../deployed/advice';
import { applicationContainer } from '../deployed/application-container';
import type { DeployedStack } from '../deployed/deployed-stack';
import { readAll } from '../deployed/pages';
import { prooflinkCommand } from '../deployed/printed-commands';
import { isRealAws } from '../deployed/real-aws';
import { namesOfTask } from '../deployed/web-service';
import { words } from './words';

/** A running task into which ECS Exec leads. */
export interface RunningTask {
  readonly cluster: string;
  readonly taskId: string;
  /** Id of the application's container, as Session Manager needs it. */
  readonly runtimeId: string;
}

/** Refuses an environment whose config switches ECS Exec off. */
export function requireExecuteCommand(environmentName: string): void {
  if (configOf(environmentName).webService.executeCommand) return;
  throw new CannotTellError(words.switchedOff({ environmentName }));
}

/** Refuses a name that is not that of a worker of the config. */
export function requireWorker(environmentName: EnvironmentName, name: string): void {
  const { workers = [] } = configOf(environmentName);
  if (workers.some((worker) => worker.name === name)) return;
  throw new CannotTellError(words.unknownTask({ environmentName, name, names: workers.map((worker) => worker.name) }));
}

/**
 * Finds a running task of a service of the stack.
 *
 * @param workerName - Name of a worker of the config; the web service unless given.
 * @throws CannotTellError if none runs, or ECS Exec leads into none.
 */
export async function findRunningTask(stack: DeployedStack, workerName?: string): Promise<RunningTask> {
  const { environmentName } = stack;
  const { cluster, service: serviceName } = namesOfTask(stack, workerName);
  const ecs = stack.client(ECS);
  const taskArns = await readAll(ecs.paginateListTasks({ cluster, serviceName }), 'taskArns');
  const { tasks = [] } = taskArns.length > 0 ? await ecs.describeTasks({ cluster, tasks: taskArns }) : {};
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  if (running.length === 0) {
    throw new CannotTellError(words.noTask({ serviceName, advice: statusAdvice(environmentName) }));
  }
  // A local AWS has no agents: its tasks are programs of this machine.
  const task = isRealAws() ? running.find(isOpenToExec) : running[0];
  if (!task) {
    const command = prooflinkCommand(environmentName, 'restart');
    throw new CannotTellError(words.noAgent({ serviceName, command }));
  }
  return { cluster, taskId: task.taskArn?.split('/').at(-1) ?? '', runtimeId: containerOf(task)?.runtimeId ?? '' };
}

/** A task that started before ECS Exec was switched on has no agent; that of a new task takes seconds to start. */
function isOpenToExec(task: Task): boolean {
  const agents = containerOf(task)?.managedAgents ?? [];
  return agents.some(({ name, lastStatus }) => name === 'ExecuteCommandAgent' && lastStatus === 'RUNNING');
}

function containerOf(task: Task): Container | undefined {
  return applicationContainer(task.containers);
}
