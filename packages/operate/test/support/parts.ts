import type { DeployedStack } from '../../src/deployed/deployed-stack';
import { Part, type PartName } from '@infra/commands/app';
import type { Resource } from '@infra/testing/template';

/** Physical ids of the parts of a stack. */
type PartIds = Readonly<Partial<Record<PartName, string>>>;

/** Physical id of a resource that a team has added, and that is no part: no tool may ask for it. */
const STRANGER = 'stranger';

/**
 * A stack as `readStack` reads it, with these parts. Each part is behind another resource of its type, as a team may have
 * added one: a tool that takes the first of a type finds that one.
 */
export function stackWith(ids: PartIds): Pick<DeployedStack, 'template' | 'physicalIds'> {
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
  return { template: { Resources }, physicalIds };
}

/** Answers of CloudFormation for the stack that `stackWith` makes. */
export function stackAnswers(ids: PartIds) {
  const { template, physicalIds } = stackWith(ids);
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
