import type { CostedStack } from '../../../tools/cost/environment-cost';
import type { Resource, Template } from '@infra/common/template';
import { template } from '../../support/assembly';

type Properties = Record<string, unknown>;

/** Dev's template with other resources, or with other properties in those of a type. */
export function changed(changes: {
  readonly added?: Readonly<Record<string, { Type: string; Properties?: Properties }>>;
  readonly properties?: Readonly<Record<string, Properties>>;
  readonly without?: string;
}): Template {
  const { Resources }: Template = template('dev');
  const kept = Object.entries(Resources).filter(([, { Type }]) => Type !== changes.without);
  const altered = kept.map(([id, resource]): [string, Resource] => [
    id,
    { ...resource, Properties: { ...resource.Properties, ...changes.properties?.[resource.Type] } },
  ]);
  const resources: Template['Resources'] = Object.fromEntries(altered);
  return { ...template('dev'), Resources: { ...resources, ...changes.added } };
}

/** Other properties for the resources of a type of AWS. */
export const having = (type: string, properties: Properties) => ({ properties: { [`AWS::${type}`]: properties } });

/** One more resource of a type of AWS, called Added. */
export const adding = (type: string, Properties?: Properties) => ({
  added: { Added: { Type: `AWS::${type}`, Properties } },
});

export function stackOf(template: Template, name = 'ProoflinkDev', region = 'ap-northeast-1'): CostedStack {
  return { name, environment: `aws://unknown-account/${region}`, template };
}
