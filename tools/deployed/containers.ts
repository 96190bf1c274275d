import { Batch, type JobDefinition } from '@aws-sdk/client-batch';
import { type AwsVpcConfiguration, type ContainerDefinition, ECS } from '@aws-sdk/client-ecs';
import { type DeployedStack, readFirst, physicalIdOf, mustExist } from './deployed-stack';
import { readAll } from './aws';
import { describeService } from './web-service';

/** A container on Fargate, as ECS and AWS Batch describe it; `arn` is its task or job definition's. */
export type Container = ReturnType<typeof container>;

interface Definition extends Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'> {
  readonly logConfiguration?: { readonly options?: Record<string, string> };
}

function container(
  definition: Definition | undefined,
  [arn = '', executionRole = '', taskRole = '']: readonly (string | undefined)[],
  { assignPublicIp, subnets = [], securityGroups = [] }: Partial<AwsVpcConfiguration> = {},
) {
  const { image = '', environment = [], secrets = [], logConfiguration } = mustExist('container', definition);
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  const network = { hasPublicAddress: assignPublicIp === 'ENABLED', subnets, securityGroups };
  return { arn, executionRole, taskRole, image, environment, secrets, logGroup, ...network };
}

/** Container of the web tasks. */
export async function readWebContainer(stack: DeployedStack): Promise<Container> {
  const { taskDefinition, networkConfiguration } = await describeService(stack);
  const { taskDefinition: found = {} } = await stack.client(ECS).describeTaskDefinition({ taskDefinition });
  const parts = [found.taskDefinitionArn, found.executionRoleArn, found.taskRoleArn];
  return container(found.containerDefinitions?.[0], parts, networkConfiguration?.awsvpcConfiguration);
}

/** Container of the next import job: the newest active revision, by whomever registered. */
export async function readJobContainer(stack: DeployedStack): Promise<Container> {
  const [{ jobDefinitionArn, containerProperties: found } = {}] = await activeRevisions(
    stack,
    physicalIdOf(stack, 'AWS::Batch::JobDefinition'),
  );
  const { subnets, securityGroupIds: securityGroups } =
    (await describeComputeEnvironment(stack)).computeResources ?? {};
  const network = { ...found?.networkConfiguration, subnets, securityGroups };
  return container(found, [jobDefinitionArn, found?.executionRoleArn, found?.jobRoleArn], network);
}

/** The active revisions of a job definition, the newest first: a job that names no revision runs that one. */
export async function activeRevisions(stack: DeployedStack, arn: string): Promise<JobDefinition[]> {
  const jobDefinitionName = arn.split('/').at(-1)?.split(':')[0];
  const pages = stack.client(Batch).paginateDescribeJobDefinitions({ jobDefinitionName, status: 'ACTIVE' });
  const found = await readAll(pages, 'jobDefinitions');
  return found.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
}

export async function describeComputeEnvironment(stack: DeployedStack) {
  const computeEnvironments = [physicalIdOf(stack, 'AWS::Batch::ComputeEnvironment')];
  const pages = stack.client(Batch).paginateDescribeComputeEnvironments({ computeEnvironments });
  return await readFirst('compute environment', pages, 'computeEnvironments');
}

/** `123456789012.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with `@sha256:…`. */
export function registryOf(image: string): { readonly repository: string; readonly reference: string } {
  const [, repository = '', reference = ''] = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)[:@](.+)$/.exec(image) ?? [];
  return { repository, reference };
}

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, and behind it perhaps `:<key>:<stage>:<version>`. */
export function secretOf(valueFrom = ''): { readonly arn: string; readonly key: string } {
  const parts = valueFrom.split(':');
  return { arn: parts.slice(0, 7).join(':'), key: parts[7] ?? '' };
}
