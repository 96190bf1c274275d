import { Batch, type ComputeEnvironmentDetail, type JobDefinition } from '@aws-sdk/client-batch';
import {
  type AwsVpcConfiguration,
  type ContainerDefinition,
  ECS,
  type KeyValuePair,
  type Secret,
} from '@aws-sdk/client-ecs';
import { readAll, readFirst } from './aws';
import { mustExist } from './aws-errors';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { describeService } from './web-service';

/** A container on Fargate, as ECS and AWS Batch describe it. */
export interface Container {
  /** ARN of its task definition, or of its job definition. */
  readonly definitionArn: string;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly image: string;
  readonly environment: readonly KeyValuePair[];
  readonly secrets: readonly Partial<Secret>[];
  readonly logGroup: string;
  readonly hasPublicAddress: boolean;
  readonly subnets: string[];
  readonly securityGroups: string[];
}

/** Fields that the container of a task definition and that of a job definition have in common. */
interface CommonDefinition extends Pick<ContainerDefinition, 'image' | 'environment'> {
  readonly secrets?: readonly Partial<Secret>[];
  readonly logConfiguration?: { readonly options?: Record<string, string> };
}

/** Container of the web tasks. */
export async function readWebContainer(stack: DeployedStack): Promise<Container> {
  const service = await describeService(stack);
  const answer = await stack.client(ECS).describeTaskDefinition({ taskDefinition: service.taskDefinition });
  const taskDefinition = answer.taskDefinition ?? {};
  return {
    definitionArn: taskDefinition.taskDefinitionArn ?? '',
    executionRoleArn: taskDefinition.executionRoleArn ?? '',
    taskRoleArn: taskDefinition.taskRoleArn ?? '',
    ...commonFields(taskDefinition.containerDefinitions?.[0]),
    ...networkFields(service.networkConfiguration?.awsvpcConfiguration),
  };
}

/** Container of the next import job: the newest active revision, even if it was registered by hand. */
export async function readJobContainer(stack: DeployedStack): Promise<Container> {
  const revisions = await activeRevisions(stack, physicalIdOf(stack, 'AWS::Batch::JobDefinition'));
  const newestRevision = revisions[0];
  const definition = newestRevision?.containerProperties;
  const { computeResources } = await describeComputeEnvironment(stack);
  return {
    definitionArn: newestRevision?.jobDefinitionArn ?? '',
    executionRoleArn: definition?.executionRoleArn ?? '',
    taskRoleArn: definition?.jobRoleArn ?? '',
    ...commonFields(definition),
    ...networkFields({
      assignPublicIp: definition?.networkConfiguration?.assignPublicIp,
      subnets: computeResources?.subnets,
      securityGroups: computeResources?.securityGroupIds,
    }),
  };
}

function commonFields(definition: CommonDefinition | undefined) {
  const { image = '', environment = [], secrets = [], logConfiguration } = mustExist('container', definition);
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  return { image, environment, secrets, logGroup };
}

function networkFields(configuration: Partial<AwsVpcConfiguration> = {}) {
  const { assignPublicIp, subnets = [], securityGroups = [] } = configuration;
  return { hasPublicAddress: assignPublicIp === 'ENABLED', subnets, securityGroups };
}

/** The active revisions of a job definition, the newest first: a job that names no revision runs that one. */
export async function activeRevisions(stack: DeployedStack, arn: string): Promise<JobDefinition[]> {
  const jobDefinitionName = arn.split('/').at(-1)?.split(':')[0];
  const pages = stack.client(Batch).paginateDescribeJobDefinitions({ jobDefinitionName, status: 'ACTIVE' });
  const definitions = await readAll(pages, 'jobDefinitions');
  return definitions.sort((first, second) => (second.revision ?? 0) - (first.revision ?? 0));
}

/** The compute environment of the import jobs. */
export async function describeComputeEnvironment(stack: DeployedStack): Promise<ComputeEnvironmentDetail> {
  const computeEnvironments = [physicalIdOf(stack, 'AWS::Batch::ComputeEnvironment')];
  const pages = stack.client(Batch).paginateDescribeComputeEnvironments({ computeEnvironments });
  return await readFirst('compute environment', pages, 'computeEnvironments');
}

/** An image in ECR. */
export interface ImageName {
  readonly repositoryName: string;
  /** Tag or digest. */
  readonly reference: string;
}

/** `123456789012.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with `@sha256:…`. */
const IMAGE_URI = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)[:@](.+)$/;

/** Repository and reference of an image's URI; both are empty if the image is not in ECR. */
export function parseImageUri(uri: string): ImageName {
  const [, repositoryName = '', reference = ''] = IMAGE_URI.exec(uri) ?? [];
  return { repositoryName, reference };
}

/** A secret of Secrets Manager that a container reads as a variable. */
export interface SecretReference {
  readonly secretArn: string;
  /** Key of the secret's JSON object; empty if the variable gets the whole secret. */
  readonly jsonKey: string;
}

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, and behind it perhaps `:<key>:<stage>:<version>`. */
export function parseSecretReference(valueFrom = ''): SecretReference {
  const parts = valueFrom.split(':');
  return { secretArn: parts.slice(0, 7).join(':'), jsonKey: parts[7] ?? '' };
}
