import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { words } from '../words';
import { readAll } from '../pages';
import { RESTORING_CHAPTER } from '../restoring-chapter';
import type { Comparison } from './comparison';

/** Comparisons of the database, of its subnet group and of secrets. */
export const DATA_STORE_COMPARISONS: Readonly<Record<string, Comparison>> = {
  // CloudFormation compares what the template sets. About the parameter group the template is silent.
  'AWS::RDS::DBInstance': {
    expects: ({ properties }) => {
      if ('DBParameterGroupName' in properties) return {};
      const [majorVersion = ''] = String(properties['EngineVersion']).split('.');
      return { DBParameterGroupName: `default.postgres${majorVersion}` };
    },
    read: async ({ environment, physicalId }) => {
      const pages = environment.client(RDS).paginateDescribeDBInstances({ DBInstanceIdentifier: physicalId });
      const [database] = await readAll(pages, 'DBInstances');
      return database && { DBParameterGroupName: database.DBParameterGroups?.[0]?.DBParameterGroupName };
    },
    fix: ({ physicalId }, { actual, difference }) => {
      if (!actual || !difference) return undefined;
      const DBParameterGroupName = difference.expected;
      return ['rds modify-db-instance', { DBInstanceIdentifier: physicalId, DBParameterGroupName }];
    },
    adviceIfLost: RESTORING_CHAPTER,
  },

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
    adviceIfLost: words.changedByHand.lostSecret(),
  },
};
