import type { CostedStack } from '../src/environment-cost';
import type { Resource, Template } from '@infra/common/template';
import { template } from '../../../test/support/assembly';

type Properties = Readonly<Record<string, unknown>>;

/** Changes of dev's template. */
export interface TemplateChange {
  /** Further resources, by logical id. */
  readonly added?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
  /** Other properties, by the type of the resources that get them. */
  readonly properties?: Readonly<Record<string, Properties>>;
  /** Type of the resources that are left out. */
  readonly without?: string;
}

/** Dev's template with changes. */
export function changed({ added, properties = {}, without }: TemplateChange): Template {
  const devTemplate: Template = template('dev');
  const resources: Record<string, Resource> = {};
  for (const [logicalId, resource] of Object.entries(devTemplate.Resources)) {
    if (resource.Type === without) continue;
    resources[logicalId] = { ...resource, Properties: { ...resource.Properties, ...properties[resource.Type] } };
  }
  return { ...devTemplate, Resources: { ...resources, ...added } };
}

/** Other properties for the resources of a type of AWS. */
export const having = (type: string, properties: Properties): TemplateChange => ({
  properties: { [`AWS::${type}`]: properties },
});

/** One more resource of a type of AWS, called Added. */
export const adding = (type: string, Properties?: Properties): TemplateChange => ({
  added: { Added: { Type: `AWS::${type}`, Properties } },
});

export function stackOf(stackTemplate: Template, name = 'ProoflinkDev', region = 'ap-northeast-1'): CostedStack {
  return { name, environment: `aws://unknown-account/${region}`, template: stackTemplate };
}
