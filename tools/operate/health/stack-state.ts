import type { Environment } from '../../deployed/environment';
import { commandsBeforeDeploy } from '../../deployed/stack-remedy';
import { words } from './words';

/** Steps before a deployment that CloudFormation would otherwise refuse, one a line; `undefined` if none is needed. */
export async function stepsBeforeDeploy(environment: Environment): Promise<string | undefined> {
  const { config, isStackInProgress, details } = environment;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  if (isStackInProgress) return words.waitForStack({ stackName, stackStatus });
  const commands = await commandsBeforeDeploy(environment, config);
  return commands.length > 0 ? commands.join('\n') : undefined;
}
