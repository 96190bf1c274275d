import { createHash } from 'node:crypto';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type ImageProgram, programAnnotations } from '../../src/images';
import type { Account } from './account';
import { trusting } from './resources';

type Permissions = Readonly<Record<string, string>>;

/** Repository, log group, secret, network and execution role for containers. */
export async function prepareAccount(account: Account) {
  const config = account.client;
  const [ec2, ecr, iam, logs] = [new EC2(config), new ECR(config), new IAM(config), new CloudWatchLogs(config)];
  const { repository } = await ecr.createRepository({ repositoryName: 'app' });
  await logs.createLogGroup({ logGroupName: 'app' });
  const SecretString = '{"part":"a part"}';
  const { ARN: secret = '' } = await new SecretsManager(config).createSecret({ Name: 'a', SecretString });
  const { Subnets = [] } = await ec2.describeSubnets({});
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});

  const grant = async (RoleName: string, permissions: Permissions): Promise<void> => {
    const Statement = Object.entries(permissions).map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.putRolePolicy({ RoleName, PolicyName: 'rights', PolicyDocument });
  };
  const execution = { 'ecr:*': '*', 'logs:*': '*', 'secretsmanager:*': '*' };

  /** Creates a role with these permissions, for tasks by default. */
  const role = async (RoleName: string, permissions: Permissions, service = 'ecs-tasks.amazonaws.com') => {
    const AssumeRolePolicyDocument = JSON.stringify(trusting(service));
    const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument });
    await grant(RoleName, permissions);
    return Role?.Arn ?? '';
  };

  return {
    role,
    secret,
    vpc: Subnets[0]?.VpcId,
    subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
    securityGroups: [SecurityGroups[0]?.GroupId ?? ''],
    executionRole: await role('execution', execution),

    /** Changes the execution role's policy, which is then not in force yet. */
    changeExecutionPolicy: () => grant('execution', { ...execution, 'kms:Decrypt': '*' }),

    /** Pushes an image that runs Node in this folder; returns its name. */
    async push(imageTag: string, program: Partial<ImageProgram> = {}): Promise<string> {
      const digest = `sha256:${createHash('sha256').update(imageTag).digest('hex')}`;
      const imageManifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 1, digest },
        layers: [],
        annotations: programAnnotations({ directory: process.cwd(), entrypoint: ['node'], ...program }),
      });
      await ecr.putImage({ repositoryName: 'app', imageTag, imageManifest });
      return `${repository?.repositoryUri}:${imageTag}`;
    },

    logConfiguration: {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': 'app', 'awslogs-region': 'ap-northeast-1', 'awslogs-stream-prefix': 'web' },
    },

    async logged(logStreamName = ''): Promise<unknown[]> {
      const { events = [] } = await logs.getLogEvents({ logGroupName: 'app', logStreamName });
      return events.map(({ message }) => message);
    },
  };
}
