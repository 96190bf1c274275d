import { Intrinsics } from '@infra/common/intrinsics';
import { constructPath } from '@infra/common/template';
import { entriesOf, valueAtPath } from '@infra/common/values';
import type { StackPart } from '@infra/commands/app';
import { accountOf, type DeployedStack } from './deployed-stack';

/**
 * Takes the place of a part of the template's value that only AWS knows. It is an object, and no text, so that `Fn::Join` and
 * `Fn::Sub` cannot join it into a text, in which it would no longer be recognized.
 */
const UNRESOLVED: unknown = Object.freeze({ known: 'by AWS only' });

/** True if only AWS knows a value, or a part of it. */
export function isUnresolved(value: unknown): boolean {
  return JSON.stringify(value).includes(JSON.stringify(UNRESOLVED));
}

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

/** The resources of the deployed template. One without a physical id does not exist, and is left out. */
export function deployedResourcesOf(stack: DeployedStack): DeployedResource[] {
  const { template, physicalIds } = stack;
  const intrinsics = intrinsicsOf(stack);
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

/** Texts of a list that the template gives to a part of the stack, such as ids of subnets; none that only AWS knows. */
export function textsInTemplate(stack: DeployedStack, part: StackPart, keys: readonly string[]): string[] {
  const resource = deployedResourcesOf(stack).find(({ path, type }) => path === part.path && type === part.type);
  const list = valueAtPath(resource?.properties, ...keys);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

/** Resolves the template's functions by the stack's parameters and by the physical ids of its resources. */
function intrinsicsOf(stack: DeployedStack): Intrinsics {
  const { template, physicalIds } = stack;
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
  return {
    'AWS::AccountId': accountOf({ details }),
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': details.StackName,
    'AWS::StackId': details.StackId,
  };
}

/** Functions that make a resource's attribute from its physical id, by `<type>.<attribute>`. */
function attributesOf(pseudoParameters: PseudoParameters): Readonly<Record<string, (physicalId: string) => string>> {
  const region = pseudoParameters['AWS::Region'];
  const account = pseudoParameters['AWS::AccountId'];
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  return {
    'AWS::Batch::ComputeEnvironment.ComputeEnvironmentArn': (id) => id,
    'AWS::Batch::JobQueue.JobQueueArn': (id) => id,
    'AWS::EC2::SecurityGroup.GroupId': (id) => id,
    'AWS::ECR::Repository.Arn': (id) => arn('ecr', `repository/${id}`),
    'AWS::ECS::Service.Name': (id) => id.split('/').at(-1) ?? '',
    'AWS::IAM::Role.Arn': (id) => `arn:aws:iam::${account}:role/${id}`,
    'AWS::Logs::LogGroup.Arn': (id) => arn('logs', `log-group:${id}:*`),
    'AWS::S3::Bucket.Arn': (id) => `arn:aws:s3:::${id}`,
    'AWS::WAFv2::WebACL.Arn': (id) => arn('wafv2', webAclPath(id)),
  };
}

/** Path of a web ACL in its ARN. Its physical id is `<name>|<id>|REGIONAL`. */
function webAclPath(physicalId: string): string {
  const [name = '', id = ''] = physicalId.split('|');
  return `regional/webacl/${name}/${id}`;
}
