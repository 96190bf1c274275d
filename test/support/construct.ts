import { type ISecurityGroup, type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import { resourceNames } from '../../lib/config/names';
import type { ApplicationTaskProps } from '../../lib/constructs/application-task';
import type { BatchContainerProps } from '../../lib/constructs/batch-job';
import { ContainerRoles } from '../../lib/constructs/container-roles';
import { newApp } from './synth';

export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';

/** The physical names of the environment `test`. */
export const names = resourceNames('test');

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];

class TestStack extends Stack {
  /** With a concrete account the CDK would look the zones up. */
  public override get availabilityZones(): string[] {
    return ZONES;
  }
}

/** An empty stack in which a test builds one construct, with the feature flags of cdk.json. */
export function newStack(): Stack {
  return new TestStack(newApp(), 'Test', { env: { account: ACCOUNT, region: REGION } });
}

/** A VPC outside of the stack, with a public and a private subnet in each of two zones. */
export function importVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ZONES,
    publicSubnetIds: ['subnet-public-a', 'subnet-public-c'],
    publicSubnetRouteTableIds: ['rtb-public-a', 'rtb-public-c'],
    isolatedSubnetIds: ['subnet-private-a', 'subnet-private-c'],
    isolatedSubnetRouteTableIds: ['rtb-private-a', 'rtb-private-c'],
  });
}

/** A security group outside of the stack. */
export function importSecurityGroup(stack: Stack): ISecurityGroup {
  return SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1');
}

/** The ARN of a secret outside of the stack. */
export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-abcdef`;
}

/** A secret outside of the stack. */
function importSecret(stack: Stack, name: string): ISecret {
  return Secret.fromSecretCompleteArn(stack, name, secretArn(name));
}

/** Props of a task of the application, without settings. */
export function application(stack: Stack): Omit<ApplicationTaskProps, 'container'> {
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'files');
  return {
    family: 'test',
    size: { cpu: 512, memory: Size.gibibytes(1) },
    databaseVariable: undefined,
    settings: undefined,
    cpuArchitecture: 'X86_64',
    roles: new ContainerRoles(stack, 'Roles', {
      executionRoleName: undefined,
      executionRoleDescription: 'Execution role',
      taskRoleName: undefined,
      policyName: 'TaskPolicy',
      bucket,
      logGroup: LogGroup.fromLogGroupName(stack, 'RoleLogs', 'logs'),
    }),
    bucket,
    databaseUrl: importSecret(stack, 'database-url'),
    sessionSecret: importSecret(stack, 'session'),
    settingsSecret: importSecret(stack, 'settings'),
    applicationUrl: 'https://test.example.com',
    keepAlive: Duration.seconds(65),
    extraEnvironment: {},
  };
}

/** Props of the container of a job. */
export function jobContainer(stack: Stack): BatchContainerProps {
  return {
    names,
    cpuArchitecture: 'X86_64',
    repository: Repository.fromRepositoryName(stack, 'Repository', 'test-batch'),
    imageTag: 'latest',
    bucket: Bucket.fromBucketName(stack, 'Bucket', 'files'),
    databaseUrl: importSecret(stack, 'database-url'),
    settingsSecret: importSecret(stack, 'settings'),
    logRetention: RetentionDays.TWO_WEEKS,
    removalPolicy: RemovalPolicy.DESTROY,
  };
}
