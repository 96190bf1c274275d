import type { DeployedStack } from '../../src/deployed/deployed-stack';
import { Part, type PartName, type StackPart } from '@infra/commands/app';
import type { Resource } from '@infra/testing/template';

/** Physical ids of the parts of a stack. */
type PartIds = Readonly<Partial<Record<PartName, string>>>;

/** Physical id of a resource that a team has added, and that is no part: no tool may ask for it. */
const STRANGER = 'stranger';

/**
 * A stack as `readStack` reads it, with these parts. Each part is behind another resource of its type, as a team may have
 * added one: a tool that takes the first of a type finds that one.
 *
 * @param tasks - Parts of jobs and workers by their physical ids.
 */
export function stackWith(
  ids: PartIds,
  tasks: Readonly<Record<string, StackPart>> = {},
): Pick<DeployedStack, 'template' | 'physicalIds'> {
  const Resources: Record<string, Resource> = {};
  const physicalIds = new Map<string, string>();
  const add = (logicalId: string, physicalId: string, path: string, Type: string) => {
    Resources[logicalId] = { Type, Metadata: { 'aws:cdk:path': `ProoflinkDev/${path}/Resource` } };
    physicalIds.set(logicalId, physicalId);
  };
  for (const [name, physicalId] of Object.entries(ids)) {
    const { path, type } = Part[name as PartName];
    add(`${STRANGER}${name}`, STRANGER, `Stranger/${name}`, type);
    add(name, physicalId, path, type);
  }
  for (const [physicalId, { path, type }] of Object.entries(tasks)) add(path, physicalId, path, type);
  return { template: { Resources }, physicalIds };
}

/** Answers of CloudFormation for the stack that `stackWith` makes. */
export function stackAnswers(...parts: Parameters<typeof stackWith>) {
  const { template, physicalIds } = stackWith(...parts);
  const summaries = [...physicalIds].map(([LogicalResourceId, PhysicalResourceId]) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType: template.Resources[LogicalResourceId]?.Type,
    ResourceStatus: 'CREATE_COMPLETE',
  }));
  return {
    ListStackResources: { StackResourceSummaries: summaries },
    GetTemplate: { TemplateBody: JSON.stringify(template) },
  };
}
