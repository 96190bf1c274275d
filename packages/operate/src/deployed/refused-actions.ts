import { type ContextEntry, IAM } from '@aws-sdk/client-iam';
import type { DeployedStack } from './deployed-stack';
import { readAll } from './pages';
import { words } from './words';

/** Actions that a role needs on a resource. */
export interface WantedActions {
  readonly actions: readonly string[];
  readonly resourceArn: string;
  /** For `iam:PassRole`: the service to which the role on which it acts is passed, such as `ssm.amazonaws.com`. */
  readonly passedToService?: string;
}

/**
 * Those of the wanted actions that a role may not take, each as `<action> on <resource>`. IAM simulates the role's policies;
 * none is read here.
 */
export async function refusedActions(
  stack: DeployedStack,
  roleArn: string,
  wantedActions: readonly WantedActions[],
): Promise<string[]> {
  const refused = wantedActions.map((wanted) => refusedOf(stack, roleArn, wanted));
  return (await Promise.all(refused)).flat();
}

async function refusedOf(
  stack: DeployedStack,
  roleArn: string,
  { actions, resourceArn, passedToService }: WantedActions,
): Promise<string[]> {
  const pages = stack.client(IAM).paginateSimulatePrincipalPolicy({
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ResourceArns: [resourceArn],
    ContextEntries: passedToService === undefined ? undefined : [passedToServiceEntry(passedToService)],
  });
  const results = await readAll(pages, 'EvaluationResults');
  const refused = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  const resource = resourcePartOf(resourceArn);
  return refused.map(({ EvalActionName: action = '' }) => words.refusedAction({ action, resource }));
}

/** Value for a simulation without which IAM refuses an action that a condition limits to a service. */
function passedToServiceEntry(service: string): ContextEntry {
  return {
    ContextKeyName: 'iam:PassedToService',
    ContextKeyType: 'string',
    ContextKeyValues: [service],
  };
}

/** Part of an ARN after account and region; any other text, such as `*`, is returned unchanged. */
function resourcePartOf(arn: string): string {
  const resourceParts = arn.split(':').slice(5);
  return resourceParts.join(':') || arn;
}
