import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Asked, ids } from './ask';

/** Resources that hold data. */
export function askData(): Asked {
  const rds = new RDSClient({});
  return {
    'AWS::RDS::DBInstance': ids(rds.send(new DescribeDBInstancesCommand({})), ({ DBInstances }) =>
      DBInstances?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
    ),
    'AWS::RDS::DBSubnetGroup': ids(rds.send(new DescribeDBSubnetGroupsCommand({})), ({ DBSubnetGroups }) =>
      DBSubnetGroups?.map(({ DBSubnetGroupName }) => DBSubnetGroupName),
    ),
    'a snapshot of a database': ids(rds.send(new DescribeDBSnapshotsCommand({})), ({ DBSnapshots }) =>
      DBSnapshots?.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier),
    ),
    'AWS::S3::Bucket': ids(new S3Client({ forcePathStyle: true }).send(new ListBucketsCommand({})), ({ Buckets }) =>
      Buckets?.map(({ Name }) => Name),
    ),
    'AWS::ECR::Repository': ids(new ECRClient({}).send(new DescribeRepositoriesCommand({})), ({ repositories }) =>
      repositories?.map(({ repositoryName }) => repositoryName),
    ),
    'AWS::SecretsManager::Secret': ids(
      // A secret whose deletion is planned only still blocks its name.
      new SecretsManagerClient({}).send(new ListSecretsCommand({ IncludePlannedDeletion: true, MaxResults: 100 })),
      ({ SecretList }) => SecretList?.map(({ ARN }) => ARN),
    ),
    'AWS::SSM::Parameter': ids(new SSMClient({}).send(new DescribeParametersCommand({ MaxResults: 50 })), (answer) =>
      answer.Parameters?.map(({ Name }) => Name),
    ),
  };
}
