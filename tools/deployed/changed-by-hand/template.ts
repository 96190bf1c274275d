import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Intrinsics } from '@infra/common/intrinsics';
import { CannotTellError } from '@infra/common/outcome';
import type { Template } from '@infra/common/template';
import { entries, json } from '@infra/common/values';
import { NOT_KNOWN } from './compare';
import { type DeployedStack } from '../deployed-stack';
import { readAll } from '../aws';

/** A resource of the deployed template. */
export interface StandingResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** As CloudFormation resolved them, `NOT_KNOWN` where only AWS knows a part. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The resources of the deployed template, with what they are called. */
export async function standingResources(environment: DeployedStack): Promise<StandingResource[]> {
  const cloudFormation = environment.client(CloudFormation);
  const { StackName = '' } = environment.description;
  const [{ TemplateBody = '' }, listed] = await Promise.all([
    cloudFormation.getTemplate({ StackName }),
    readAll(cloudFormation.paginateListStackResources({ StackName }), 'StackResourceSummaries'),
  ]);
  const template = json(TemplateBody) as Template | undefined;
  if (!template)
    throw new CannotTellError(`The template of ${StackName} is not JSON, so that nothing can be compared.`);
  const ids = new Map(listed.map((each) => [each.LogicalResourceId ?? '', each.PhysicalResourceId ?? '']));
  const intrinsics = intrinsicsOf(template, environment, ids);
  return Object.entries(template.Resources)
    .filter(([id]) => ids.has(id))
    .map(([logicalId, { Type, Properties = {} }]) => ({
      logicalId,
      physicalId: ids.get(logicalId) ?? '',
      type: Type,
      properties: intrinsics.resolve(Properties) as Record<string, unknown>,
    }));
}

function intrinsicsOf(template: Template, environment: DeployedStack, ids: ReadonlyMap<string, string>): Intrinsics {
  const { region, parameters, description } = environment;
  const given = entries(parameters);
  const account = description.StackId?.split(':')[4];
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const pseudo: Readonly<Record<string, string | undefined>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws' ? 'amazonaws.com' : 'amazonaws.com.cn',
    'AWS::StackName': description.StackName,
    'AWS::StackId': description.StackId,
  };
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  /** The attributes that follow from what `Ref` returns. */
  const attributes: Readonly<Record<string, (id: string) => string>> = {
    'AWS::Batch::ComputeEnvironment.ComputeEnvironmentArn': (id) => id,
    'AWS::Batch::JobQueue.JobQueueArn': (id) => id,
    'AWS::EC2::SecurityGroup.GroupId': (id) => id,
    'AWS::ECR::Repository.Arn': (id) => arn('ecr', `repository/${id}`),
    'AWS::ECS::Service.Name': (id) => id.split('/').at(-1) ?? '',
    'AWS::IAM::Role.Arn': (id) => `arn:${partition}:iam::${account}:role/${id}`,
    'AWS::Logs::LogGroup.Arn': (id) => arn('logs', `log-group:${id}:*`),
    'AWS::S3::Bucket.Arn': (id) => `arn:${partition}:s3:::${id}`,
  };
  return new Intrinsics(template, {
    ref: (name) => pseudo[name] ?? given.get(name) ?? ids.get(name),
    attribute: (id, name) => {
      const physicalId = ids.get(id);
      const type = template.Resources[id]?.Type ?? '';
      return physicalId === undefined ? undefined : attributes[`${type}.${name}`]?.(physicalId);
    },
    otherwise: () => NOT_KNOWN,
  });
}
