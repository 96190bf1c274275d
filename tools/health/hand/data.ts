import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { list } from '../../shared/aws';
import { properties, quoted, type Row, texts } from './row';

/** Resources that hold data. */
export const DATA: Readonly<Record<string, Row>> = {
  'AWS::RDS::DBSubnetGroup': {
    expects: properties('SubnetIds'),
    read: async ({ environment, id: DBSubnetGroupName }) => {
      const pages = environment.client(RDS).paginateDescribeDBSubnetGroups({ DBSubnetGroupName });
      const [group] = await list(pages, 'DBSubnetGroups');
      return group && { SubnetIds: group.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier) };
    },
    fix: ({ id, properties: { SubnetIds } }) =>
      `rds modify-db-subnet-group --db-subnet-group-name ${id} --subnet-ids ${texts(SubnetIds).join(' ')}`,
  },
  // Only whether it is there: a value takes the right to read it, which nobody needs for a diagnosis.
  'AWS::SecretsManager::Secret': {
    expects: properties('Description'),
    read: async ({ environment, id: SecretId }) => {
      const secret = await environment.client(SecretsManager).describeSecret({ SecretId });
      return secret.DeletedDate === undefined ? secret : undefined;
    },
    fix: ({ id, properties: { Description } }, actual) =>
      actual
        ? `secretsmanager update-secret --secret-id ${id} --description ${quoted(Description)}`
        : `secretsmanager restore-secret --secret-id ${id}`,
    lost: 'nothing brings it back: change the id of the secret in lib/constructs, which makes another one, and deploy',
  },
};
