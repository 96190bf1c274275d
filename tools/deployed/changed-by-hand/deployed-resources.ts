import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Intrinsics } from '@infra/common/intrinsics';
import { CannotTellError } from '@infra/common/outcome';
import { constructPath, type Template } from '@infra/common/template';
import { entriesOf, parseJson } from '@infra/common/values';
import { readAll } from '../pages';
import type { DeployedStack } from '../deployed-stack';
import { UNRESOLVED } from './differences';

/** A resource of the deployed template that exists. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** Path of its construct in the stack, `Web/Service`. */
  readonly path: string;
  /** The template's properties with their functions resolved; a part that only AWS knows is `UNRESOLVED`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Physical ids by logical ids. */
type PhysicalIds = ReadonlyMap<string, string>;

/** Reads the resources of the deployed template. One without a physical id does not exist, and is left out. */
export async function readDeployedResources(stack: DeployedStack): Promise<DeployedResource[]> {
  const template = await readTemplate(stack);
  const physicalIds = await readPhysicalIds(stack);
  const intrinsics = intrinsicsOf(template, stack, physicalIds);
  const resources: DeployedResource[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const physicalId = physicalIds.get(logicalId);
    if (physicalId === undefined) continue;
    resources.push({
      logicalId,
      physicalId,
      type: resource.Type,
      path: constructPath(logicalId, resource),
      properties: intrinsics.resolve(resource.Properties ?? {}) as Record<string, unknown>,
    });
  }
  return resources;
}

async function readTemplate({ client, details: { StackName } }: DeployedStack): Promise<Template> {
  const { TemplateBody = '' } = await client(CloudFormation).getTemplate({ StackName });
  const template = parseJson(TemplateBody) as Template | undefined;
  if (template) return template;
  throw new CannotTellError(`The template of ${StackName} is not JSON, so that nothing can be compared.`);
}

async function readPhysicalIds({ client, details: { StackName } }: DeployedStack): Promise<PhysicalIds> {
  const pages = client(CloudFormation).paginateListStackResources({ StackName });
  const summaries = await readAll(pages, 'StackResourceSummaries');
  return new Map(
    summaries.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]),
  );
}

/** Resolves the template's functions by the stack's parameters and by the physical ids of its resources. */
function intrinsicsOf(template: Template, stack: DeployedStack, physicalIds: PhysicalIds): Intrinsics {
  const parameters = entriesOf(stack.parameters);
  const pseudoParameters = pseudoParametersOf(stack);
  const attributes = attributesOf(pseudoParameters);
  return new Intrinsics(template, {
    ref: (name) => pseudoParameters[name] ?? parameters.get(name) ?? physicalIds.get(name),
    attribute: (logicalId, name) => {
      const physicalId = physicalIds.get(logicalId);
      const type = template.Resources[logicalId]?.Type ?? '';
      return physicalId === undefined ? undefined : attributes[`${type}.${name}`]?.(physicalId);
    },
    otherwise: () => UNRESOLVED,
  });
}

type PseudoParameters = Readonly<Record<string, string | undefined>>;

function pseudoParametersOf({ region, details }: DeployedStack): PseudoParameters {
  const isChina = region.startsWith('cn-');
  return {
    'AWS::AccountId': details.StackId?.split(':')[4],
    'AWS::Region': region,
    'AWS::Partition': isChina ? 'aws-cn' : 'aws',
    'AWS::URLSuffix': isChina ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': details.StackName,
    'AWS::StackId': details.StackId,
  };
}

/** Functions that make a resource's attribute from its physical id, by `<type>.<attribute>`. */
function attributesOf(pseudoParameters: PseudoParameters): Readonly<Record<string, (physicalId: string) => string>> {
  const partition = pseudoParameters['AWS::Partition'];
  const region = pseudoParameters['AWS::Region'];
  const account = pseudoParameters['AWS::AccountId'];
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return {
    'AWS::Batch::ComputeEnvironment.ComputeEnvironmentArn': (id) => id,
    'AWS::Batch::JobQueue.JobQueueArn': (id) => id,
    'AWS::EC2::SecurityGroup.GroupId': (id) => id,
    'AWS::ECR::Repository.Arn': (id) => arn('ecr', `repository/${id}`),
    'AWS::ECS::Service.Name': (id) => id.split('/').at(-1) ?? '',
    'AWS::IAM::Role.Arn': (id) => `arn:${partition}:iam::${account}:role/${id}`,
    'AWS::Logs::LogGroup.Arn': (id) => arn('logs', `log-group:${id}:*`),
    'AWS::S3::Bucket.Arn': (id) => `arn:${partition}:s3:::${id}`,
  };
}
