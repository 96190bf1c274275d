import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { CONTAINER_NAME } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { type DeployedStack, readStack } from '../deployed/deployed-stack';
import { isRealAws } from '../deployed/real-aws';
import { requireProgram, runInTerminal } from './programs';
import { findRunningTask, requireExecuteCommand, requireWorker, type RunningTask } from './running-task';
import { words } from './words';

const SHELL = '/bin/sh';

/**
 * Opens a shell in a running task. Returns the exit code of the command.
 *
 * @param workerName - Name of a worker of the config; a web task unless given.
 */
export async function runShell(environmentName: EnvironmentName, workerName?: string): Promise<number> {
  requireExecuteCommand(environmentName);
  if (workerName !== undefined) requireWorker(environmentName, workerName);
  if (isRealAws()) {
    await requireProgram('aws');
    await requireProgram('session-manager-plugin');
  }
  const stack = await readStack(environmentName);
  const task = await findRunningTask(stack, workerName);
  return isRealAws() ? await openOnAws(stack, task) : await openHere(task);
}

async function openOnAws({ region }: DeployedStack, { cluster, taskId }: RunningTask): Promise<number> {
  const target = ['--cluster', cluster, '--task', taskId, '--container', CONTAINER_NAME, '--region', region];
  return await runInTerminal('aws', ['ecs', 'execute-command', ...target, '--interactive', '--command', SHELL]);
}

/** File of packages/local-aws/server/runtime/containers.py. */
interface LocalContainer {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Opens a shell on this machine with the folder, the variables and the role of a task of the local AWS. */
async function openHere({ taskId }: RunningTask): Promise<number> {
  // This variable leads into the folder of the local AWS.
  const localAws = dirname(process.env['AWS_CONFIG_FILE'] ?? '');
  const file = join(localAws, 'tasks', taskId, `${CONTAINER_NAME}.json`);
  if (!existsSync(file)) throw new CannotTellError(words.noProgramHere({ taskId }));
  const { directory, environment } = JSON.parse(readFileSync(file, 'utf8')) as LocalContainer;
  const { TERM = 'dumb' } = process.env;
  await runInTerminal(SHELL, [], { directory, env: { ...environment, TERM } });
  return 0;
}
