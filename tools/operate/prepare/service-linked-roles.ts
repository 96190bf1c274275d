import { IAM, InvalidInputException } from '@aws-sdk/client-iam';
import { awsClient } from '../../deployed/aws';
import type { PreparedPart } from './prepared-part';

/**
 * Principals of the roles with which AWS's services act for this account. A service creates its role when it is first
 * called, and then often fails, since a new role is not in force yet.
 */
const SERVICE_PRINCIPALS = {
  AWSServiceRoleForECS: 'ecs.amazonaws.com',
  AWSServiceRoleForRDS: 'rds.amazonaws.com',
  AWSServiceRoleForBatch: 'batch.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
  AWSServiceRoleForApplicationAutoScaling_ECSService: 'ecs.application-autoscaling.amazonaws.com',
} as const;

/** Creates the roles that the account lacks. */
export async function createServiceLinkedRoles(region: string): Promise<PreparedPart[]> {
  const iam = awsClient(IAM, { region });
  const roles = Object.entries(SERVICE_PRINCIPALS);
  return await Promise.all(roles.map(([roleName, principal]) => createRole(iam, roleName, principal)));
}

async function createRole(iam: IAM, roleName: string, principal: string): Promise<PreparedPart> {
  try {
    await iam.createServiceLinkedRole({ AWSServiceName: principal });
    return { name: roleName, isReady: true, result: 'made' };
  } catch (error) {
    // The name is fixed, so that all that can be invalid is that it "has been taken in this account".
    if (error instanceof InvalidInputException) {
      return { name: roleName, isReady: true, result: 'was there' };
    }
    const { name: errorName, message } = error as Error;
    return { name: roleName, isReady: false, result: `not made: ${errorName}: ${message}` };
  }
}
