import { IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { type Environment, list } from '../environment/environment';

/** Asks IAM itself what a role may not, so that no policy is read here. */
export async function refusals(
  it: Environment,
  PolicySourceArn: string,
  wanted: readonly (readonly [actions: string[], on: string])[],
): Promise<string[]> {
  const refused = wanted.map(async ([ActionNames, on]) => {
    const asked = { PolicySourceArn, ActionNames, ResourceArns: [on] };
    const results = await list(it, IAMClient, paginateSimulatePrincipalPolicy, asked, (page) => page.EvaluationResults);
    const denied = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
    const what = on.split(':').slice(5).join(':') || on;
    return denied.map(({ EvalActionName = '' }) => `${EvalActionName} on ${what}`);
  });
  return (await Promise.all(refused)).flat();
}
