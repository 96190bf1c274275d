import { createHash } from 'node:crypto';
import type { ResourceNames } from '@infra/commands/app';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { sdk } from './sdk';

const STREAM = 'ecs/prooflink-app/1';

/** The name of the bucket. */
export const bucketOf = (names: ResourceNames): string => `${names.bucketPrefix}${LOCAL_ACCOUNT}`;

/** Leaves data as users and tasks do: two versions of a file, a deleted file, and an event in the log. */
export async function leaveData(names: ResourceNames): Promise<void> {
  const Bucket = bucketOf(names);
  for (const [Key, Body] of [
    ['evidences/report.pdf', 'first'],
    ['evidences/report.pdf', 'second'],
    ['imports/users.csv', 'ann@example.com,Ann'],
    ['imports/old.csv', 'name'],
  ] as const) {
    await sdk.s3.putObject({ Bucket, Key, Body });
  }
  await sdk.s3.deleteObject({ Bucket, Key: 'imports/old.csv' });
  const stream = { logGroupName: names.logGroups.app, logStreamName: STREAM };
  await sdk.logs.createLogStream(stream);
  await sdk.logs.putLogEvents({ ...stream, logEvents: [{ timestamp: Date.now(), message: 'started' }] });
}

/**
 * Resources that hold data, with what distinguishes them from others of the same name: creation time, id, contents.
 * Two of these are equal only if nothing was replaced, deleted and made again, or emptied.
 */
export async function holdings(names: ResourceNames): Promise<Record<string, unknown>> {
  return {
    database: await database(names),
    files: await files(names),
    images: await images(names),
    secrets: await secrets(names),
    logs: await logged(names),
  };
}

async function database({ dbInstance: DBInstanceIdentifier }: ResourceNames) {
  const { DBInstances: [db] = [] } = await sdk.rds.describeDBInstances({ DBInstanceIdentifier });
  return [db?.DbiResourceId, db?.InstanceCreateTime, db?.Endpoint?.Address, db?.DBInstanceStatus];
}

async function files(names: ResourceNames) {
  const { Buckets = [] } = await sdk.s3.listBuckets({});
  const { Versions, DeleteMarkers } = await sdk.s3.listObjectVersions({ Bucket: bucketOf(names) });
  return {
    made: Buckets.find(({ Name }) => Name === bucketOf(names))?.CreationDate,
    versions: Versions?.map(({ Key, VersionId, ETag }) => [Key, VersionId, ETag]),
    deleted: DeleteMarkers?.map(({ Key, VersionId }) => [Key, VersionId]),
  };
}

async function images(names: ResourceNames) {
  const repositoryNames = Object.values(names.repositories);
  const { repositories = [] } = await sdk.ecr.describeRepositories({ repositoryNames });
  return Promise.all(
    repositories.map(async ({ repositoryName, createdAt }) => {
      const { imageIds = [] } = await sdk.ecr.listImages({ repositoryName });
      return [repositoryName, createdAt, imageIds.map(({ imageTag, imageDigest }) => [imageTag, imageDigest]).sort()];
    }),
  );
}

async function secrets(names: ResourceNames) {
  const { SecretList = [] } = await sdk.secrets.listSecrets({ MaxResults: 100 });
  const secretsOfStack = SecretList.filter(({ Tags = [] }) =>
    Tags.some(({ Value }) => `prooflink-${Value ?? ''}` === names.prefix),
  );
  return Promise.all(
    secretsOfStack.map(async ({ ARN }) => {
      const { SecretString = '' } = await sdk.secrets.getSecretValue({ SecretId: ARN });
      return [ARN, createHash('sha256').update(secretPart(SecretString)).digest('hex')];
    }),
  );
}

/** CloudFormation writes the database's address beside the password, and takes it away with the stack. */
function secretPart(text: string): string {
  return (text.startsWith('{') && (JSON.parse(text) as { password?: string }).password) || text;
}

async function logged(names: ResourceNames) {
  const { logGroups = [] } = await sdk.logs.describeLogGroups({});
  const groupsOfStack = logGroups.filter(({ logGroupName = '' }) =>
    Object.values(names.logGroups).includes(logGroupName),
  );
  const stream = { logGroupName: names.logGroups.app, logStreamName: STREAM };
  const { events = [] } = await sdk.logs.getLogEvents({ ...stream, startFromHead: true });
  return {
    groups: groupsOfStack.map(({ logGroupName, creationTime }) => [logGroupName, creationTime]),
    events: events.map(({ message }) => message),
  };
}
