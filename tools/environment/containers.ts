import {
  BatchClient,
  paginateDescribeComputeEnvironments,
  paginateDescribeJobDefinitions,
} from '@aws-sdk/client-batch';
import { type ContainerDefinition, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { type DeployedStack, idOf, list, the } from './deployed-stack';
import { describeService } from './web-service';

/** What ECS and AWS Batch know of a container on Fargate. */
export interface Container extends Required<Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'>> {
  /** The task or job definition. */
  readonly arn: string;
  readonly executionRole: string;
  readonly taskRole: string;
  readonly logGroup: string;
  readonly hasPublicAddress: boolean;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
}

type Definition = Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'> & {
  readonly logConfiguration?: { readonly options?: Record<string, string> };
};
type Rest = Pick<Container, 'arn' | 'executionRole' | 'taskRole' | 'subnets' | 'groups'>;

function container(definition: Definition | undefined, publicAddress: string | undefined, rest: Rest): Container {
  const { image = '', environment = [], secrets = [], logConfiguration } = the('container', definition);
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  return { ...rest, image, environment, secrets, logGroup, hasPublicAddress: publicAddress === 'ENABLED' };
}

/** What the web tasks run. */
export async function webContainer(stack: DeployedStack): Promise<Container> {
  const { taskDefinition, networkConfiguration } = await describeService(stack);
  const asked = new DescribeTaskDefinitionCommand({ taskDefinition });
  const found = (await stack.client(ECSClient).send(asked)).taskDefinition;
  const network = networkConfiguration?.awsvpcConfiguration;
  return container(found?.containerDefinitions?.[0], network?.assignPublicIp, {
    arn: found?.taskDefinitionArn ?? '',
    executionRole: found?.executionRoleArn ?? '',
    taskRole: found?.taskRoleArn ?? '',
    subnets: network?.subnets ?? [],
    groups: network?.securityGroups ?? [],
  });
}

/** What the next import job runs: the newest active revision, whoever registered it. */
export async function jobContainer(stack: DeployedStack): Promise<Container> {
  const jobDefinitionName = idOf(stack, 'AWS::Batch::JobDefinition').split('/').at(-1)?.split(':')[0];
  const wanted = { jobDefinitionName, status: 'ACTIVE' };
  const active = await list(stack, BatchClient, paginateDescribeJobDefinitions, wanted, 'jobDefinitions');
  const [newest] = active.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
  const found = newest?.containerProperties;
  const { computeResources } = await computeEnvironment(stack);
  return container(found, found?.networkConfiguration?.assignPublicIp, {
    arn: newest?.jobDefinitionArn ?? '',
    executionRole: found?.executionRoleArn ?? '',
    taskRole: found?.jobRoleArn ?? '',
    subnets: computeResources?.subnets ?? [],
    groups: computeResources?.securityGroupIds ?? [],
  });
}

export async function computeEnvironment(stack: DeployedStack) {
  const wanted = { computeEnvironments: [idOf(stack, 'AWS::Batch::ComputeEnvironment')] };
  return the(
    'compute environment',
    (await list(stack, BatchClient, paginateDescribeComputeEnvironments, wanted, 'computeEnvironments'))[0],
  );
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
