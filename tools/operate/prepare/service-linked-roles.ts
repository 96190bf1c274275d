import { IAM, InvalidInputException } from '@aws-sdk/client-iam';
import { awsClient } from '../../deployed/aws';

/** A part of the preparation, and how it ended. */
export interface Step {
  readonly what: string;
  readonly done: boolean;
  readonly says: string;
}

/**
 * The roles with which AWS's services act for this account. A service makes its role when it is first called, and then
 * often fails, since a new role is not in force yet.
 */
const ROLES = {
  AWSServiceRoleForECS: 'ecs.amazonaws.com',
  AWSServiceRoleForRDS: 'rds.amazonaws.com',
  AWSServiceRoleForBatch: 'batch.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
  AWSServiceRoleForApplicationAutoScaling_ECSService: 'ecs.application-autoscaling.amazonaws.com',
} as const;

/** Makes the roles that the account lacks. */
export async function makeServiceLinkedRoles(region: string): Promise<Step[]> {
  const iam = awsClient(IAM, { region });
  return Promise.all(
    Object.entries(ROLES).map(async ([what, AWSServiceName]) => {
      try {
        await iam.createServiceLinkedRole({ AWSServiceName });
        return { what, done: true, says: 'made' };
      } catch (error) {
        // The name is fixed, so that all that can be invalid is that it "has been taken in this account".
        if (error instanceof InvalidInputException) return { what, done: true, says: 'was there' };
        const { name, message } = error as Error;
        return { what, done: false, says: `not made: ${name}: ${message}` };
      }
    }),
  );
}
