import type { Container, ManagedAgent } from '@aws-sdk/client-ecs';
import { applicationContainer } from '../../../deployed/application-container';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';
import { onlyWithWebTasks } from './only-with-web-tasks';

/** Question on ECS Exec, by which a person opens a shell in a web task. It works only if its agent runs in the container. */
export const ECS_EXEC: Question = {
  id: 'shell',
  statement: 'A shell opens in a task',
  confirms: ['shell-opens'],
  firstAskedBy: 'first-contact',
  applies: ({ config }) => config.webService.executeCommand && isRealAws(),
  ask: onlyWithWebTasks(checkEcsExec),
};

async function checkEcsExec(environment: Environment): Promise<Answer> {
  const tasks = await environment.describeTasks();
  const containers = tasks.flatMap((task) => applicationContainer(task.containers) ?? []);
  if (containers.length === 0) return wrongAnswer({ says: 'No task runs.' });

  // The sentences follow the statement: "its" agent is that of the shell.
  // A broken agent is reported before a starting one: only the starting one will run without a fix.
  const brokenContainer = containers.find(isBroken);
  if (brokenContainer) {
    return wrongAnswer({
      says:
        `Its agent does not run: ${faultText(brokenContainer)}. ` +
        'A task that was started before ECS Exec was on needs a restart.',
      fix: environment.prooflinkCommand('restart'),
    });
  }
  if (containers.some(isStarting)) {
    return personMustLook({ says: 'Its agent is still starting: ask again in a minute.' });
  }
  return wellAnswer('Its agent runs in every task.');
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

function faultText(container: Container): string {
  const agent = execAgent(container);
  const status = agent?.lastStatus ?? 'a task has none';
  return agent?.reason ? `${status}, ${agent.reason}` : status;
}
