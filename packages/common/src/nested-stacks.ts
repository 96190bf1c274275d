import { dirname, resolve } from 'node:path';
import type { SynthesizedStack } from './assembly';
import { constructPath, type Resource, type Template } from './template';
import { omitKeys } from './values';

/** A stack that is nested in another one: its resource there, and the file of its template. */
interface NestedStack {
  readonly id: string;
  readonly resource: Resource;
  readonly templateFile: string;
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Path of the template in the assembly, which the CDK writes into the metadata of the resource. */
const ASSET_PATH = 'aws:asset:path';

/** End of the path of a nested stack's resource, within the construct that people know. */
const WRAPPERS = /\.NestedStack\/[^/]+\.NestedStackResource$/;

/** The stacks nested in a template whose own templates lie in the assembly. */
export function nestedStacksIn({ Resources }: Template, templateFile: string): NestedStack[] {
  return Object.entries(Resources).flatMap(([id, resource]) => {
    const path = resource.Metadata?.[ASSET_PATH];
    if (resource.Type !== NESTED_STACK || typeof path !== 'string') return [];
    return [{ id, resource, templateFile: resolve(dirname(templateFile), path) }];
  });
}

/** A template without the addresses of the nested templates that are read themselves. */
export function withoutAddresses(template: Template, nestedStacks: readonly NestedStack[]): Template {
  const resources = nestedStacks.map(({ id, resource }): [string, Resource] => {
    return [id, { ...resource, Properties: omitKeys(resource.Properties ?? {}, 'TemplateURL') }];
  });
  return { ...template, Resources: { ...template.Resources, ...Object.fromEntries(resources) } };
}

/** A nested stack as a stack of its own: it is deployed with its parent, which passes its parameters. */
export function asStack({ id, resource }: NestedStack, parent: SynthesizedStack, template: Template): SynthesizedStack {
  const [name = id] = constructPath(id, resource).replace(WRAPPERS, '').split('/').slice(-1);
  return {
    name: `${parent.name}/${name}`,
    environment: parent.environment,
    terminationProtection: false,
    tags: parent.tags,
    artifact: { parameters: resource.Properties?.['Parameters'] },
    template,
    nested: { deletionPolicy: resource['DeletionPolicy'] },
  };
}
