import { IAM, NoSuchEntityException } from '@aws-sdk/client-iam';
import { delivery } from '../../../../lib/config/delivery';
import { deliveryRoleNames } from '../../../../lib/config/names';
import { undefinedIf } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

export const DELIVERY_ROLES: Question = {
  id: 'github',
  statement: 'GitHub gets its roles, and the comment and the issue appear',
  depth: 'contact',
  applies: ({ environmentName }) => delivery.repository !== undefined && delivery.environments[environmentName],
  ask: checkDeliveryRoles,
};

async function checkDeliveryRoles(environment: Environment): Promise<Answer> {
  const { diff, drift, deploy } = deliveryRoleNames;
  const roleNames = [diff, drift, deploy(environment.environmentName)];
  const unusedRoles: string[] = [];
  for (const RoleName of roleNames) {
    const answer = await environment.client(IAM).getRole({ RoleName }).catch(undefinedIf(NoSuchEntityException));
    if (!answer)
      return wrongAnswer(`There is no role ${RoleName} (docs/delivery.md).`, 'npx cdk deploy ProoflinkDelivery');
    const isUsed = answer.Role?.RoleLastUsed?.LastUsedDate !== undefined;
    if (!isUsed) unusedRoles.push(RoleName);
  }
  if (unusedRoles.length === 0) return wellAnswer('It took each of them. A pull request shows the comment.');
  return lookAnswer(
    `Never taken: ${unusedRoles.join(', ')}. Open a pull request; gh workflow run drift.yml; deploy from GitHub.`,
  );
}
