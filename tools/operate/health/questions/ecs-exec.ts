import type { Container, ManagedAgent } from '@aws-sdk/client-ecs';
import { applicationContainer } from '../../../deployed/application-container';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';
import { words } from './words';
import { onlyWithWebTasks } from './only-with-web-tasks';

/** Question on ECS Exec, by which a person opens a shell in a web task. It works only if its agent runs in the container. */
export const ECS_EXEC: Question = {
  id: 'shell',
  statement: words.statements.shell,
  confirms: ['shell-opens'],
  firstAskedBy: 'first-contact',
  applies: ({ config }) => config.webService.executeCommand && isRealAws(),
  ask: onlyWithWebTasks(checkEcsExec),
};

async function checkEcsExec(environment: Environment): Promise<Answer> {
  const tasks = await environment.describeTasks();
  const containers = tasks.flatMap((task) => applicationContainer(task.containers) ?? []);
  if (containers.length === 0) return wrongAnswer({ says: words.shell.noTask() });

  // The sentences follow the statement: "its" agent is that of the shell.
  // A broken agent is reported before a starting one: only the starting one will run without a fix.
  const brokenContainer = containers.find(isBroken);
  if (brokenContainer) {
    const { lastStatus: status, reason } = execAgent(brokenContainer) ?? {};
    return wrongAnswer({
      says: words.shell.agentDoesNotRun({ status, reason }),
      fix: environment.prooflinkCommand('restart'),
    });
  }
  if (containers.some(isStarting)) return personMustLook({ says: words.shell.agentStarts() });
  return wellAnswer(words.shell.agentRuns());
}

/** The agent of ECS Exec in a container; `undefined` if the container has none. */
function execAgent({ managedAgents = [] }: Container): ManagedAgent | undefined {
  return managedAgents.find(({ name }) => name === 'ExecuteCommandAgent');
}

function isStarting(container: Container): boolean {
  return execAgent(container)?.lastStatus === 'PENDING';
}

/** True if the agent of a container is missing or has stopped. */
function isBroken(container: Container): boolean {
  const isRunning = execAgent(container)?.lastStatus === 'RUNNING';
  return !isRunning && !isStarting(container);
}
