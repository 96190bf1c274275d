import { IAM, NoSuchEntityException } from '@aws-sdk/client-iam';
import * as environments from '../../../../lib/config';
import { deliveredAccounts } from '../../../../lib/config/delivered-accounts';
import { delivery } from '../../../../lib/config/delivery';
import { capitalize, deliveryRoleNames, stackId } from '../../../../lib/config/names';
import { undefinedIf } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** Question on the roles that workflows of GitHub assume: to compare pull requests, to look for drift, and to deploy. */
export const DELIVERY_ROLES: Question = {
  id: 'github',
  statement: 'GitHub gets its roles, and the comment and the issue appear',
  firstAskedBy: 'first-contact',
  applies: ({ environmentName }) => delivery.repository !== undefined && delivery.environments[environmentName],
  ask: checkDeliveryRoles,
};

async function checkDeliveryRoles(environment: Environment): Promise<Answer> {
  const { environmentName } = environment;
  const roleNames = [deliveryRoleNames.diff, deliveryRoleNames.drift, deliveryRoleNames.deploy(environmentName)];
  const unusedRoleNames: string[] = [];
  for (const roleName of roleNames) {
    const request = environment.client(IAM).getRole({ RoleName: roleName });
    const response = await request.catch(undefinedIf(NoSuchEntityException));
    if (!response) {
      return wrongAnswer({
        says: `There is no role ${roleName} (docs/delivery.md).`,
        fix: `npx cdk deploy ${deliveryStackName(environmentName)}`,
      });
    }
    const isUsed = response.Role?.RoleLastUsed?.LastUsedDate !== undefined;
    if (!isUsed) unusedRoleNames.push(roleName);
  }
  if (unusedRoleNames.length === 0) {
    return wellAnswer('It took each of them. A pull request shows the comment.');
  }
  // GitHub takes the role `diff` for a pull request, `drift` for drift.yml, and `deploy` for a deployment.
  const actions = 'Open a pull request; gh workflow run drift.yml; deploy from GitHub.';
  return personMustLook({ says: `Never taken: ${unusedRoleNames.join(', ')}. ${actions}` });
}

/**
 * Stack with the roles in an environment's account, as lib/create-stacks.ts names it: `ProoflinkDelivery`, or
 * `ProoflinkDeliveryProd` where prod has an account of its own.
 */
function deliveryStackName(environmentName: string): string {
  const accounts = deliveredAccounts(delivery, environments);
  const account = accounts.find(({ names }) => names.includes(environmentName));
  const hasStackPerAccount = accounts.length > 1;
  const suffix = hasStackPerAccount && account ? account.names.map(capitalize).join('') : '';
  return `${stackId('delivery')}${suffix}`;
}
