import { dirname, resolve } from 'node:path';
import type { SynthesizedStack } from './assembly';
import { constructPath, type Resource, type Template } from './template';

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

/** Hash of a published template, in its address. */
const HASH = /[0-9a-f]{64}/g;

/** True for a nested stack whose own template lies in the assembly. */
export function isReadNestedStack({ Type, Metadata }: Resource): boolean {
  return Type === NESTED_STACK && typeof Metadata?.[ASSET_PATH] === 'string';
}

/** The stacks nested in a template whose own templates lie in the assembly. */
export function nestedStacksIn({ Resources }: Template, templateFile: string): NestedStack[] {
  return Object.entries(Resources).flatMap(([id, resource]) => {
    if (!isReadNestedStack(resource)) return [];
    return [{ id, resource, templateFile: resolve(dirname(templateFile), String(resource.Metadata?.[ASSET_PATH])) }];
  });
}

/** A template without the hashes of the nested templates that are read themselves. Another address is a change. */
export function withoutHashes(template: Template, nestedStacks: readonly NestedStack[]): Template {
  const resources = nestedStacks.map(({ id, resource }): [string, Resource] => {
    const url = JSON.stringify(resource.Properties?.['TemplateURL'] ?? '').replaceAll(HASH, '');
    return [id, { ...resource, Properties: { ...resource.Properties, TemplateURL: JSON.parse(url) as unknown } }];
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
