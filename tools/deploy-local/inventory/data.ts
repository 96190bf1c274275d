import { DescribeRepositoriesCommand, ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import type { ResourceNames } from '../../../lib/config/names';
import { LOCAL_ACCOUNT } from '../../local-aws';
import { count } from '../../shared/words';
import type { Section } from '../table';
import { only, onOff } from './ask';

/** The database, the bucket and the registries. */
export async function data(names: ResourceNames): Promise<Section[]> {
  return [await database(names), await bucket(names), await registries(names)];
}

async function database(names: ResourceNames): Promise<Section> {
  const wanted = { DBInstanceIdentifier: names.dbInstance };
  const db = only((await new RDSClient({}).send(new DescribeDBInstancesCommand(wanted))).DBInstances, 'database');
  const grows = (db.MaxAllocatedStorage ?? 0) > (db.AllocatedStorage ?? 0);
  const growth = grows ? `, grows to ${db.MaxAllocatedStorage ?? 0} GiB` : '';
  return {
    title: 'Database',
    rows: [
      [names.dbInstance, `${db.Engine ?? ''} ${db.EngineVersion ?? ''}, ${db.DBInstanceClass ?? ''}`],
      ['storage', `${db.StorageType ?? ''}, ${db.AllocatedStorage ?? 0} GiB${growth}`],
      ['zones', db.MultiAZ ? 'Multi-AZ' : `one, ${db.AvailabilityZone ?? ''}`],
      ['endpoint', `${db.Endpoint?.Address ?? ''}:${db.Endpoint?.Port ?? ''}, ${access(db.PubliclyAccessible)}`],
      ['database, user', `${db.DBName ?? ''}, ${db.MasterUsername ?? ''}`],
      ['subnet group', db.DBSubnetGroup?.DBSubnetGroupName ?? ''],
      ['backups kept', count(db.BackupRetentionPeriod ?? 0, 'day')],
      ['encryption', onOff(db.StorageEncrypted)],
      ['deletion protection', onOff(db.DeletionProtection)],
      ['Performance Insights', onOff(db.PerformanceInsightsEnabled)],
    ],
  };
}

function access(isPublic: boolean | undefined): string {
  return isPublic ? 'PUBLIC' : 'not public';
}

async function bucket(names: ResourceNames): Promise<Section> {
  const s3 = new S3Client({ forcePathStyle: true });
  const it = { Bucket: `${names.bucketPrefix}${LOCAL_ACCOUNT}` };
  const { Status = 'Disabled' } = await s3.send(new GetBucketVersioningCommand(it));
  const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand(it));
  const encryption = (await s3.send(new GetBucketEncryptionCommand(it))).ServerSideEncryptionConfiguration;
  const { CORSRules = [] } = await s3.send(new GetBucketCorsCommand(it));
  const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand(it));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command(it));
  const blocked = block && Object.values(block).every(Boolean);
  return {
    title: 'Files',
    rows: [
      [it.Bucket, blocked ? 'all public access blocked' : 'PUBLIC ACCESS POSSIBLE'],
      ['encryption', encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'none'],
      ['versioning', Status.toLowerCase()],
      ['folders', Contents.map(({ Key }) => Key).join(', ')],
      ['CORS origins', CORSRules.flatMap(({ AllowedOrigins }) => AllowedOrigins).join('\n')],
      ['lifecycle rules', Rules.map(({ ID }) => ID).join('\n')],
    ],
  };
}

async function registries(names: ResourceNames): Promise<Section> {
  const ecr = new ECRClient({});
  const repositoryNames = Object.values(names.repositories);
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames }));
  const rows = repositories.map(async (repository): Promise<[string, string]> => {
    const { repositoryName = '', imageTagMutability = '', imageScanningConfiguration: scanning } = repository;
    const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }));
    const tags = imageIds.map(({ imageTag }) => imageTag ?? '(untagged)').join(', ') || 'empty';
    const scan = `scan on push ${onOff(scanning?.scanOnPush)}`;
    return [repositoryName, `tags ${imageTagMutability.toLowerCase()}, ${scan}; images: ${tags}`];
  });
  return { title: 'Image registries', rows: await Promise.all(rows) };
}
