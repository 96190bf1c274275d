import type { Environment } from '../../deployed/environment';
import { en } from '../en';

/** States in which CloudFormation refuses a deployment until the failed one is rolled back. */
const STATES_TO_ROLL_BACK: ReadonlySet<string> = new Set(['CREATE_FAILED', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED']);

/** Command that rolls a failed deployment back; `undefined` if there is nothing to roll back. */
export function rollbackCommand({ details }: Environment): string | undefined {
  const { StackName = '', StackStatus = '' } = details;
  return STATES_TO_ROLL_BACK.has(StackStatus) ? `npx cdk rollback ${StackName}` : undefined;
}

/** Step before a deployment that CloudFormation would otherwise refuse; `undefined` if none is needed. */
export function stepBeforeDeploy(environment: Environment): string | undefined {
  const { isStackInProgress, details } = environment;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  if (isStackInProgress) return en.health.waitForStack({ stackName, stackStatus });
  if (stackStatus === 'DELETE_FAILED') return `npx cdk destroy ${stackName}`;
  return rollbackCommand(environment);
}
