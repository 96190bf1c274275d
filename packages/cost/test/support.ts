import type { CostedStack } from '../src/environment-cost';
import type { Resource, Template } from '@infra/common/template';
import { template } from '@infra/testing/assembly';
import type { TestEnvironment } from '@infra/testing/environments';
import { Part } from '@infra/commands/app';

type Properties = Readonly<Record<string, unknown>>;

/** Changes of dev's template. */
export interface TemplateChange {
  /** Further resources, by logical id. */
  readonly added?: Readonly<Record<string, Resource>>;
  /** Other properties, by the type of the resources that get them. */
  readonly properties?: Readonly<Record<string, Properties>>;
}

/** Constructs of the app. What a team adds beside them has a price of its own, which no sum of these tests has. */
const CONSTRUCTS: ReadonlySet<string | undefined> = new Set([
  ...Object.values(Part).map(({ path }) => path.split('/')[0]),
  'CustomResourceLogs',
  'SecurityGroups',
]);

/** The CDK's own resources: functions of custom resources, and its metadata. */
const OF_THE_CDK = /^(Custom::|AWS679f|CDKMetadata)/;

/** An environment's template without what a team has added to it. */
export function templateOfApp(environment: TestEnvironment): Template {
  const whole: Template = template(environment);
  const own = Object.entries(whole.Resources).filter(([, { Metadata }]) => {
    const construct = String(Metadata?.['aws:cdk:path']).split('/')[1] ?? '';
    return CONSTRUCTS.has(construct) || OF_THE_CDK.test(construct);
  });
  return { ...whole, Resources: Object.fromEntries(own) };
}

/** Dev's template with changes. */
export function changed({ added, properties = {} }: TemplateChange): Template {
  const devTemplate = templateOfApp('dev');
  const resources: Record<string, Resource> = {};
  for (const [logicalId, resource] of Object.entries(devTemplate.Resources)) {
    resources[logicalId] = { ...resource, Properties: { ...resource.Properties, ...properties[resource.Type] } };
  }
  return { ...devTemplate, Resources: { ...resources, ...added } };
}

/** Dev's template with another instance class of its database. */
export const withClass = (DBInstanceClass: string): Template =>
  changed({ properties: { 'AWS::RDS::DBInstance': { DBInstanceClass } } });

export function stackOf(stackTemplate: Template, name = 'ProoflinkDev', region = 'ap-northeast-1'): CostedStack {
  return { name, environment: `aws://unknown-account/${region}`, template: stackTemplate };
}
