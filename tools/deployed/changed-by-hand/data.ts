import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { readAll } from '../aws';
import type { Row } from './row';

/** Resources that hold data. */
export const DATA: Readonly<Record<string, Row>> = {
  'AWS::RDS::DBSubnetGroup': {
    expects: ['SubnetIds'],
    read: async ({ environment, id: DBSubnetGroupName }) => {
      const pages = environment.client(RDS).paginateDescribeDBSubnetGroups({ DBSubnetGroupName });
      const [group] = await readAll(pages, 'DBSubnetGroups');
      return group && { SubnetIds: group.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier) };
    },
    fix: ({ id: DBSubnetGroupName, properties: { SubnetIds } }) => [
      'rds modify-db-subnet-group',
      { DBSubnetGroupName, SubnetIds },
    ],
  },
  // Only whether it is there: a value takes the right to read it, which a diagnosis does not need.
  'AWS::SecretsManager::Secret': {
    expects: ['Description'],
    read: async ({ environment, id: SecretId }) => {
      const secret = await environment.client(SecretsManager).describeSecret({ SecretId });
      return secret.DeletedDate === undefined ? secret : undefined;
    },
    fix: ({ id: SecretId, properties: { Description } }, actual) =>
      actual
        ? ['secretsmanager update-secret', { SecretId, Description }]
        : ['secretsmanager restore-secret', { SecretId }],
    lost: 'nothing brings it back: change the id of the secret in lib/constructs, which makes another one, and deploy',
  },
};
