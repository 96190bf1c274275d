import type { CostedStack } from '../src/environment-cost';
import type { Resource, Template } from '@infra/common/template';
import { writeAssembly } from '@infra/change-review/testing';
import { template } from '../../../test/support/assembly';
import type { TestEnvironment } from '../../../test/support/environments';
import { Part, stackId } from '@infra/commands/app';

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

/** A cloud assembly of environments and the delivery, without what a team has added. */
export function assemblyOfApp(): string {
  const environments = (['dev', 'prod', 'testlean'] as const).map(
    (name) => [stackId(name), templateOfApp(name)] as const,
  );
  const templates = [...environments, [stackId('delivery'), template('delivery')] as const];
  const stacks = templates.map(([name, content]) => [name, { template: { ...content } }] as const);
  return writeAssembly({ stacks: Object.fromEntries(stacks) });
}

/** Dev's template with changes. */
export function changed({ added, properties = {}, without }: TemplateChange): Template {
  const devTemplate = templateOfApp('dev');
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
