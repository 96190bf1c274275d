import { Batch } from '@aws-sdk/client-batch';
import {
  type AwsVpcConfiguration,
  type ContainerDefinition,
  ECS,
  type KeyValuePair,
  type Secret,
} from '@aws-sdk/client-ecs';
import { isRecord, objectsOf, omitKeys } from '@infra/common/values';
import { CONTAINER_NAME, Part } from '@infra/commands/app';
import { applicationContainer } from './application-container';
import { definitionName } from './arn';
import { mustExist } from './aws-errors';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { activeRevisions, describeComputeEnvironment } from './import-jobs';
import { readFirst } from './pages';
import { describeService } from './web-service';

/** A container on Fargate: that of the web tasks, as ECS describes it, or that of the import jobs, as AWS Batch does. */
export interface Container {
  /** ARN of its task definition, or of its job definition. */
  readonly definitionArn: string;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly image: string;
  readonly variables: readonly KeyValuePair[];
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

/** Reads the application's container of the web tasks: the task definition that the service uses. */
export async function readWebContainer(stack: DeployedStack): Promise<Container> {
  const service = await describeService(stack);
  const answer = await stack.client(ECS).describeTaskDefinition({ taskDefinition: service.taskDefinition });
  const taskDefinition = answer.taskDefinition ?? {};
  return {
    definitionArn: taskDefinition.taskDefinitionArn ?? '',
    executionRoleArn: taskDefinition.executionRoleArn ?? '',
    taskRoleArn: taskDefinition.taskRoleArn ?? '',
    ...commonFields(applicationContainer(taskDefinition.containerDefinitions)),
    ...networkFields(service.networkConfiguration?.awsvpcConfiguration),
  };
}

/**
 * Reads the container of the next import job: the newest active revision, even if it was registered by hand, since a job
 * that names no revision runs that one.
 */
export async function readJobContainer(stack: DeployedStack): Promise<Container> {
  const definitionOfStack = physicalIdOf(stack, Part.jobDefinition);
  const newestFirst = await activeRevisions(stack, definitionOfStack);
  const newestRevision = mustExist(definitionName(definitionOfStack), newestFirst[0]);
  const definition = newestRevision.containerProperties;
  const { computeResources } = await describeComputeEnvironment(stack);
  return {
    definitionArn: newestRevision.jobDefinitionArn ?? '',
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

function commonFields(
  definition: CommonDefinition | undefined,
): Pick<Container, 'image' | 'variables' | 'secrets' | 'logGroup'> {
  const { image = '', environment = [], secrets = [], logConfiguration } = mustExist(CONTAINER_NAME, definition);
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  return { image, variables: environment, secrets, logGroup };
}

function networkFields(
  configuration: Partial<AwsVpcConfiguration> = {},
): Pick<Container, 'hasPublicAddress' | 'subnets' | 'securityGroups'> {
  const { assignPublicIp, subnets = [], securityGroups = [] } = configuration;
  return { hasPublicAddress: assignPublicIp === 'ENABLED', subnets, securityGroups };
}

/** Content of a revision of a task definition or job definition, without what AWS adds to each revision. */
export type Definition = Readonly<Record<string, unknown>>;

/** Reads a revision of a task definition, even if it was deregistered. */
export async function readTaskDefinition(stack: DeployedStack, arn: string): Promise<Definition> {
  const { taskDefinition = {} } = await stack.client(ECS).describeTaskDefinition({ taskDefinition: arn });
  return withNamedVariables(
    omitKeys(
      taskDefinition,
      'taskDefinitionArn',
      'revision',
      'status',
      'registeredAt',
      'registeredBy',
      'deregisteredAt',
      'requiresAttributes',
      'compatibilities',
    ),
  ) as Definition;
}

/** Reads a revision of a job definition, even if it was deregistered. */
export async function readJobDefinition(stack: DeployedStack, arn: string): Promise<Definition> {
  const pages = stack.client(Batch).paginateDescribeJobDefinitions({ jobDefinitions: [arn] });
  const definition = await readFirst(`${Part.jobDefinition.type} ${arn}`, pages, 'jobDefinitions');
  return withNamedVariables(omitKeys(definition, 'jobDefinitionArn', 'revision', 'status', 'tags')) as Definition;
}

/** Lists of a definition whose items are variables of the container. */
const VARIABLE_LISTS: ReadonlySet<string> = new Set(['environment', 'secrets']);

/** A copy in which objects take the place of lists of variables: `{ PORT: '3000' }` for `[{ name: 'PORT', … }]`. */
function withNamedVariables(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNamedVariables);
  if (!isRecord(value) || value instanceof Date) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    return [name, VARIABLE_LISTS.has(name) ? variablesByName(inner) : withNamedVariables(inner)] as const;
  });
  return Object.fromEntries(entries);
}

function variablesByName(variables: unknown): object {
  const entries = objectsOf(variables).map(({ name, value, valueFrom }) => [String(name), value ?? valueFrom]);
  return Object.fromEntries(entries) as object;
}
