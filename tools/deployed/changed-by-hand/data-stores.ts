import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { readAll } from '../pages';
import type { Comparison } from './comparison';

/** Comparisons of the database's subnet group and of secrets. */
export const DATA_STORE_COMPARISONS: Readonly<Record<string, Comparison>> = {
  'AWS::RDS::DBSubnetGroup': {
    expects: ['SubnetIds'],
    read: async ({ environment, physicalId }) => {
      const pages = environment.client(RDS).paginateDescribeDBSubnetGroups({ DBSubnetGroupName: physicalId });
      const [group] = await readAll(pages, 'DBSubnetGroups');
      return group && { SubnetIds: group.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier) };
    },
    fix: ({ physicalId, properties: { SubnetIds } }) => [
      'rds modify-db-subnet-group',
      { DBSubnetGroupName: physicalId, SubnetIds },
    ],
  },

  // The value is not compared: that takes the permission to read it, which a diagnosis does not need.
  'AWS::SecretsManager::Secret': {
    expects: ['Description'],
    read: async ({ environment, physicalId }) => {
      const secret = await environment.client(SecretsManager).describeSecret({ SecretId: physicalId });
      const isScheduledForDeletion = secret.DeletedDate !== undefined;
      return isScheduledForDeletion ? undefined : secret;
    },
    fix: ({ physicalId, properties: { Description } }, { actual }) => {
      if (!actual) return ['secretsmanager restore-secret', { SecretId: physicalId }];
      return ['secretsmanager update-secret', { SecretId: physicalId, Description }];
    },
    adviceIfLost:
      'nothing brings it back: change the id of the secret in lib/constructs, which makes another one, and deploy',
  },
};
