import { IAM, InvalidInputException } from '@aws-sdk/client-iam';
import { awsClient } from '../deployed/aws-client';
import { errorText } from '../deployed/aws-errors';
import { words } from './words';
import type { PreparedPart } from './prepared-part';

/** A role with which a service of AWS acts in this account. */
export interface ServiceLinkedRole extends PreparedPart {
  /** True if the role was created just now; it is not in force at once. */
  readonly isNew: boolean;
}

/**
 * Service principals by the names of their roles. Without this command, a service creates its role when it is first called,
 * and that call often fails, since the new role is not in force yet.
 */
const SERVICE_PRINCIPALS = {
  AWSServiceRoleForECS: 'ecs.amazonaws.com',
  AWSServiceRoleForRDS: 'rds.amazonaws.com',
  AWSServiceRoleForBatch: 'batch.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
  AWSServiceRoleForApplicationAutoScaling_ECSService: 'ecs.application-autoscaling.amazonaws.com',
} as const;

/**
 * Creates the roles that the account lacks.
 *
 * @param region - Any region: IAM is global, but the SDK's client needs one.
 */
export async function createServiceLinkedRoles(region: string): Promise<ServiceLinkedRole[]> {
  const iam = awsClient(IAM, { region });
  const roles = Object.entries(SERVICE_PRINCIPALS);
  return await Promise.all(roles.map(([roleName, principal]) => createRole(iam, roleName, principal)));
}

async function createRole(iam: IAM, name: string, principal: string): Promise<ServiceLinkedRole> {
  try {
    await iam.createServiceLinkedRole({ AWSServiceName: principal });
    return { name, isReady: true, isNew: true, result: words.made };
  } catch (error) {
    // The input is fixed and valid. IAM calls it invalid only if the role "has been taken in this account".
    if (error instanceof InvalidInputException) {
      return { name, isReady: true, isNew: false, result: words.wasThere };
    }
    return { name, isReady: false, isNew: false, result: words.notMade({ reason: errorText(error) }) };
  }
}
