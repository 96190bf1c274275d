import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Variable } from '../../../../../lib/contract';
import { familyAndRevision, lastPart } from '../../../../deployed/arn';
import { readAll } from '../../../../deployed/aws';
import { type Container, parseImageUri, parseSecretReference } from '../../../../deployed/containers';
import type { Environment } from '../../../../deployed/environment';
import { wrongAnswer, wrongIfAny } from '../../answer';
import { bucketOf } from './bucket';
import type { ContainerCheck } from './kind';

/** A definition that was registered by hand may name another image, role, bucket, secret or log group. */
export const checkDefinition: ContainerCheck = (environment, container, kind) => {
  const definition = familyAndRevision(container.definitionArn);
  return wrongIfAny(
    definitionFaults(environment, container),
    (faults) => `The ${kind.noun} run ${definition}, with what the stack did not make: ${faults}.`,
    kind.restoreDefinition(environment, container),
  );
};

/** Parts of a definition that are not the stack's, or missing. */
function definitionFaults(environment: Environment, container: Container): string[] {
  const { repositoryName } = parseImageUri(container.image);
  const executionRole = lastPart(container.executionRoleArn);
  const taskRole = lastPart(container.taskRoleArn);
  const bucket = bucketOf(container);
  const hasDatabaseUrl = container.secrets.some(({ name }) => name === Variable.databaseUrl);
  const isOfStack = (type: string, physicalId: string) => environment.ids(type).includes(physicalId);

  const faults: string[] = [];
  if (!isOfStack('AWS::ECR::Repository', repositoryName)) {
    faults.push(`the image ${container.image}`);
  }
  if (!isOfStack('AWS::IAM::Role', executionRole)) {
    faults.push(`the execution role ${executionRole || '(none)'}`);
  }
  if (!isOfStack('AWS::IAM::Role', taskRole)) {
    faults.push(`the task role ${taskRole || '(none)'}`);
  }
  if (!isOfStack('AWS::S3::Bucket', bucket)) {
    faults.push(`the bucket ${bucket || '(none)'}`);
  }
  if (!hasDatabaseUrl) faults.push('no DATABASE_URL');
  for (const { valueFrom } of container.secrets) {
    const { secretArn } = parseSecretReference(valueFrom);
    if (!isOfStack('AWS::SecretsManager::Secret', secretArn)) {
      faults.push(`the secret ${lastPart(secretArn)}`);
    }
  }
  if (!isOfStack('AWS::Logs::LogGroup', container.logGroup)) {
    faults.push(`the log group ${container.logGroup || '(none)'}`);
  }
  return faults;
}

export const checkPublicAddress: ContainerCheck = (environment, container, kind) => {
  if (container.hasPublicAddress) return undefined;
  return wrongAnswer(
    `The ${kind.noun} get no public address: they reach neither ECR nor Secrets Manager.`,
    kind.restoreDefinition(environment, container),
  );
};

export const checkLogGroup: ContainerCheck = async (environment, { logGroup }, { noun }) => {
  const pages = environment.client(CloudWatchLogs).paginateDescribeLogGroups({ logGroupNamePrefix: logGroup });
  const logGroups = await readAll(pages, 'logGroups');
  if (logGroups.some(({ logGroupName }) => logGroupName === logGroup)) return undefined;
  return wrongAnswer(
    `The log group ${logGroup} is gone: the ${noun} do not start without it.`,
    environment.redeployCommand,
  );
};
