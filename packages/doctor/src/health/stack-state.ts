import type { Environment } from '@infra/operate/deployed/environment';
import { isStackInProgress } from '@infra/operate/deployed/deployed-stack';
import { commandsBeforeDeploy } from '@infra/operate/deployed/stack-remedy';
import { words } from './words';

/** Steps before a deployment that CloudFormation would otherwise refuse, one a line; `undefined` if none is needed. */
export async function stepsBeforeDeploy(environment: Environment): Promise<string | undefined> {
  const { config, details } = environment;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  if (isStackInProgress(environment)) return words.waitForStack({ stackName, stackStatus });
  const commands = await commandsBeforeDeploy(environment, config);
  return commands.length > 0 ? commands.join('\n') : undefined;
}
