import { createHash } from 'node:crypto';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ResourceNames } from '../../../lib/config/names';
import { LOCAL_ACCOUNT } from '@infra/local-aws';

const STREAM = 'ecs/prooflink-app/1';

/** Puts something of what users and tasks leave into bucket and log: two versions of a file, a deleted one, an event. */
export async function leaveData(names: ResourceNames): Promise<void> {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = bucketOf(names);
  for (const Body of ['first', 'second']) {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'evidences/report.pdf', Body }));
  }
  await s3.send(new PutObjectCommand({ Bucket, Key: 'imports/users.csv', Body: 'ann@example.com,Ann' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'imports/old.csv', Body: 'name' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'imports/old.csv' }));
  const logs = new CloudWatchLogsClient({});
  const stream = { logGroupName: names.logGroups.app, logStreamName: STREAM };
  await logs.send(new CreateLogStreamCommand(stream));
  const logEvents = [{ timestamp: Date.now(), message: 'started' }];
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
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

/** The name of the bucket. */
export function bucketOf(names: ResourceNames): string {
  return `${names.bucketPrefix}${LOCAL_ACCOUNT}`;
}

async function database(names: ResourceNames) {
  const wanted = { DBInstanceIdentifier: names.dbInstance };
  const [db] = (await new RDSClient({}).send(new DescribeDBInstancesCommand(wanted))).DBInstances ?? [];
  return [db?.DbiResourceId, db?.InstanceCreateTime, db?.Endpoint?.Address, db?.DBInstanceStatus];
}

async function files(names: ResourceNames) {
  const s3 = new S3Client({ forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const bucket = Buckets.find(({ Name }) => Name === bucketOf(names));
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket: bucketOf(names) }));
  return {
    made: bucket?.CreationDate,
    versions: versions.Versions?.map(({ Key, VersionId, ETag }) => [Key, VersionId, ETag]),
    deleted: versions.DeleteMarkers?.map(({ Key, VersionId }) => [Key, VersionId]),
  };
}

async function images(names: ResourceNames) {
  const ecr = new ECRClient({});
  const wanted = { repositoryNames: Object.values(names.repositories) };
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand(wanted));
  return Promise.all(
    repositories.map(async ({ repositoryName, createdAt }) => {
      const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }));
      return [repositoryName, createdAt, imageIds.map(({ imageTag, imageDigest }) => [imageTag, imageDigest]).sort()];
    }),
  );
}

async function secrets(names: ResourceNames) {
  const manager = new SecretsManagerClient({});
  const { SecretList = [] } = await manager.send(new ListSecretsCommand({ MaxResults: 100 }));
  const own = SecretList.filter(({ Tags = [] }) =>
    Tags.some(({ Value }) => `prooflink-${Value ?? ''}` === names.prefix),
  );
  return Promise.all(
    own.map(async ({ ARN }) => {
      const { SecretString = '' } = await manager.send(new GetSecretValueCommand({ SecretId: ARN }));
      return [ARN, createHash('sha256').update(secretPart(SecretString)).digest('hex')];
    }),
  );
}

/** CloudFormation writes the database's address beside the password, and takes it away with the stack. */
function secretPart(text: string): string {
  return (text.startsWith('{') && (JSON.parse(text) as { password?: string }).password) || text;
}

async function logged(names: ResourceNames) {
  const logs = new CloudWatchLogsClient({});
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const own = Object.values(names.logGroups);
  const stream = { logGroupName: names.logGroups.app, logStreamName: STREAM };
  const { events = [] } = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
  return {
    groups: logGroups
      .filter((it) => own.includes(it.logGroupName ?? ''))
      .map((it) => [it.logGroupName, it.creationTime]),
    events: events.map(({ message }) => message),
  };
}
