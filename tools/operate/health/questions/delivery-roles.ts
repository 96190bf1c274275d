import { IAM, NoSuchEntityException } from '@aws-sdk/client-iam';
import * as environments from '../../../../lib/config';
import { deliveredAccounts } from '../../../../lib/config/delivered-accounts';
import { delivery } from '../../../../lib/config/delivery';
import { deliveryRoleNames, stackId } from '../../../../lib/config/names';
import { undefinedIf } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import type { EnvironmentName } from '../../../program/environment-argument';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/**
 * Question on the roles that workflows of GitHub assume: to comment on a pull request what it changes, to open an issue on
 * drift, to deploy, and to release. GitHub shows the comment and the issue; IAM shows if the roles exist, and were ever used.
 */
export const DELIVERY_ROLES: Question = {
  id: 'github',
  statement: words.statements.github,
  confirms: ['github-roles'],
  firstAskedBy: 'first-contact',
  applies: ({ environmentName }) => isDeployedFromGithub(environmentName),
  ask: checkDeliveryRoles,
};

/** True if the config names a repository, and allows to deploy the environment from it. */
function isDeployedFromGithub(environmentName: EnvironmentName): boolean {
  const isDelivered: Readonly<Record<string, boolean>> = delivery.environments;
  return delivery.repository !== undefined && isDelivered[environmentName] === true;
}

async function checkDeliveryRoles(environment: Environment): Promise<Answer> {
  const { environmentName } = environment;
  const roleNames = [
    deliveryRoleNames.drift,
    deliveryRoleNames.deploy(environmentName),
    deliveryRoleNames.release(environmentName),
  ];
  const unusedRoleNames: string[] = [];
  for (const roleName of roleNames) {
    const request = environment.client(IAM).getRole({ RoleName: roleName });
    const response = await request.catch(undefinedIf(NoSuchEntityException));
    if (!response) {
      return wrongAnswer({
        says: words.github.noRole({ roleName }),
        fix: `npx cdk deploy ${deliveryStackName(environmentName)}`,
      });
    }
    const isUsed = response.Role?.RoleLastUsed?.LastUsedDate !== undefined;
    if (!isUsed) unusedRoleNames.push(roleName);
  }
  if (unusedRoleNames.length === 0) return wellAnswer(words.github.rolesAreUsed());
  return personMustLook({ says: words.github.unusedRoles({ roleNames: unusedRoleNames }) });
}

/** Name of the stack with the roles in the account of an environment. */
function deliveryStackName(environmentName: EnvironmentName): string {
  const accounts = deliveredAccounts(delivery, environments);
  const account = accounts.find(({ names }) => names.includes(environmentName));
  return account?.stackId ?? stackId('delivery');
}
