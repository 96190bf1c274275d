import { createHash } from 'node:crypto';
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type ImageProgram, programAnnotations } from '../../src/images';
import type { LocalAws } from '../../src/local-aws';

/** What SDK clients need for a local AWS, as an administrator. */
export function clientConfig(aws: LocalAws) {
  return {
    endpoint: aws.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

/** An account in which containers can run: repository, log group, an execution role and a task role. */
export async function prepareAccount(aws: LocalAws) {
  const config = clientConfig(aws);
  const [ecr, iam, logs] = [new ECRClient(config), new IAMClient(config), new CloudWatchLogsClient(config)];
  const repository = await ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' }));
  const uri = repository.repository?.repositoryUri ?? '';
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'app' }));

  const policy = (Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const grant = async (RoleName: string, may: Readonly<Record<string, string>>): Promise<void> => {
    const statements = Object.entries(may).map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
    const PolicyDocument = policy(statements);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'rights', PolicyDocument }));
  };
  const execution = { 'ecr:*': '*', 'logs:*': '*', 'secretsmanager:*': '*' };

  /** Makes a role that may do the given things, for tasks unless another service is given. */
  const role = async (
    RoleName: string,
    may: Readonly<Record<string, string>>,
    Service = 'ecs-tasks.amazonaws.com',
  ): Promise<string> => {
    const trust = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
    const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy([trust]) }));
    await grant(RoleName, may);
    return made.Role?.Arn ?? '';
  };

  return {
    role,
    executionRole: await role('execution', execution),

    /** Changes the execution role's policy, which is then not in force at once. */
    grantAnew: () => grant('execution', { ...execution, 'kms:Decrypt': '*' }),

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
      await ecr.send(new PutImageCommand({ repositoryName: 'app', imageTag, imageManifest }));
      return `${uri}:${imageTag}`;
    },

    logConfiguration: {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': 'app', 'awslogs-region': config.region, 'awslogs-stream-prefix': 'web' },
    },

    async logged(logStreamName: string): Promise<unknown[]> {
      const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName: 'app', logStreamName }));
      return events.map(({ message }) => message);
    },
  };
}

/** Asks until the answer is as wanted; the test's own timeout ends it. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
