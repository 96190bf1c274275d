import { createHash } from 'node:crypto';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { type ImageProgram, programAnnotations } from '../../src/images';
import type { LocalAws } from '../../src/local-aws';
import { clientConfig } from './account';

/** Repository, log group and execution role for containers. */
export async function prepareAccount(aws: LocalAws) {
  const config = clientConfig(aws);
  const [ecr, iam, logs] = [new ECR(config), new IAM(config), new CloudWatchLogs(config)];
  const repository = await ecr.createRepository({ repositoryName: 'app' });
  const uri = repository.repository?.repositoryUri ?? '';
  await logs.createLogGroup({ logGroupName: 'app' });

  const policy = (Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const grant = async (RoleName: string, permissions: Readonly<Record<string, string>>): Promise<void> => {
    const statements = Object.entries(permissions).map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
    const PolicyDocument = policy(statements);
    await iam.putRolePolicy({ RoleName, PolicyName: 'rights', PolicyDocument });
  };
  const execution = { 'ecr:*': '*', 'logs:*': '*', 'secretsmanager:*': '*' };

  /** Creates a role with these permissions, for tasks by default. */
  const role = async (
    RoleName: string,
    permissions: Readonly<Record<string, string>>,
    Service = 'ecs-tasks.amazonaws.com',
  ): Promise<string> => {
    const trust = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
    const made = await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy([trust]) });
    await grant(RoleName, permissions);
    return made.Role?.Arn ?? '';
  };

  return {
    role,
    executionRole: await role('execution', execution),

    /** Changes the execution role's policy, which is then not in force yet. */
    changeExecutionPolicy: () => grant('execution', { ...execution, 'kms:Decrypt': '*' }),

    /** Pushes an image with a program; returns its name. */
    async push(imageTag: string, program: ImageProgram): Promise<string> {
      const digest = `sha256:${createHash('sha256').update(imageTag).digest('hex')}`;
      const imageManifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 1, digest },
        layers: [],
        annotations: programAnnotations(program),
      });
      await ecr.putImage({ repositoryName: 'app', imageTag, imageManifest });
      return `${uri}:${imageTag}`;
    },

    logConfiguration: {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': 'app', 'awslogs-region': config.region, 'awslogs-stream-prefix': 'web' },
    },

    async logged(logStreamName: string): Promise<unknown[]> {
      const { events = [] } = await logs.getLogEvents({ logGroupName: 'app', logStreamName });
      return events.map(({ message }) => message);
    },
  };
}

/** Polls until the answer is as wanted, up to the test's timeout. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
