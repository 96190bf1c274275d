import { createHash } from 'node:crypto';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type ImageProgram, programAnnotations } from '../../src/images';
import type { Account } from './account';
import { trusting } from './resources';

/** Resource by action. */
type Permissions = Readonly<Record<string, string>>;

const EXECUTION_PERMISSIONS: Permissions = {
  'ecr:*': '*',
  'logs:*': '*',
  'secretsmanager:*': '*',
};

function policyOf(permissions: Permissions): string {
  const statements = Object.entries(permissions).map(([action, resource]) => ({
    Effect: 'Allow',
    Action: action,
    Resource: resource,
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Manifest of an image that runs Node in this folder. */
function manifestOf(imageTag: string, program: Partial<ImageProgram>): string {
  const digest = `sha256:${createHash('sha256').update(imageTag).digest('hex')}`;
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 1, digest },
    layers: [],
    annotations: programAnnotations({ directory: process.cwd(), entrypoint: ['node'], ...program }),
  });
}

/** Repository, log group, secret, network and execution role for containers. */
export async function prepareAccount(account: Account) {
  const ec2 = new EC2(account.client);
  const ecr = new ECR(account.client);
  const iam = new IAM(account.client);
  const logs = new CloudWatchLogs(account.client);
  const secretsManager = new SecretsManager(account.client);

  const { repository } = await ecr.createRepository({ repositoryName: 'app' });
  await logs.createLogGroup({ logGroupName: 'app' });
  const secret = await secretsManager.createSecret({ Name: 'a', SecretString: '{"part":"a part"}' });
  const { Subnets = [] } = await ec2.describeSubnets({});
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});

  async function grant(roleName: string, permissions: Permissions): Promise<void> {
    await iam.putRolePolicy({
      RoleName: roleName,
      PolicyName: 'rights',
      PolicyDocument: policyOf(permissions),
    });
  }

  /** Creates a role with these permissions, for tasks by default; returns its ARN. */
  async function role(
    roleName: string,
    permissions: Permissions,
    service = 'ecs-tasks.amazonaws.com',
  ): Promise<string> {
    const { Role } = await iam.createRole({
      RoleName: roleName,
      AssumeRolePolicyDocument: JSON.stringify(trusting(service)),
    });
    await grant(roleName, permissions);
    return Role?.Arn ?? '';
  }

  return {
    role,
    secret: secret.ARN ?? '',
    vpc: Subnets[0]?.VpcId,
    subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
    securityGroups: [SecurityGroups[0]?.GroupId ?? ''],
    executionRole: await role('execution', EXECUTION_PERMISSIONS),

    /** Changes the execution role's policy, which is then not in force yet. */
    changeExecutionPolicy: () => grant('execution', { ...EXECUTION_PERMISSIONS, 'kms:Decrypt': '*' }),

    /** Pushes an image that runs Node in this folder; returns its name. */
    async push(imageTag: string, program: Partial<ImageProgram> = {}): Promise<string> {
      await ecr.putImage({
        repositoryName: 'app',
        imageTag,
        imageManifest: manifestOf(imageTag, program),
      });
      return `${repository?.repositoryUri}:${imageTag}`;
    },

    logConfiguration: {
      logDriver: 'awslogs' as const,
      options: {
        'awslogs-group': 'app',
        'awslogs-region': 'ap-northeast-1',
        'awslogs-stream-prefix': 'web',
      },
    },

    /** Lines in a log stream. */
    async logged(logStreamName = ''): Promise<unknown[]> {
      const { events = [] } = await logs.getLogEvents({ logGroupName: 'app', logStreamName });
      return events.map(({ message }) => message);
    },
  };
}
