import { join } from 'node:path';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalAws } from '@infra/local-aws';
import type { ResourceNames } from '../../lib/config/names';
import { Variable } from '../../lib/contract';
import { awsClient } from '../shared/aws';

/** The command that opens the local database; its password ends with the local AWS. */
export async function databaseShell({ directory }: Pick<LocalAws, 'directory'>, names: ResourceNames): Promise<string> {
  const wanted = new DescribeTaskDefinitionCommand({ taskDefinition: names.taskFamily });
  const { taskDefinition } = await awsClient(ECSClient, {}).send(wanted);
  const secrets = taskDefinition?.containerDefinitions?.[0]?.secrets ?? [];
  const SecretId = secrets.find(({ name }) => name === Variable.databaseUrl)?.valueFrom;
  const { SecretString = '' } = await awsClient(SecretsManagerClient, {}).send(new GetSecretValueCommand({ SecretId }));
  const authority = /sslmode=verify/.test(SecretString) ? `PGSSLROOTCERT='${join(directory, 'authority.pem')}' ` : '';
  return `${authority}psql '${SecretString}'`;
}
