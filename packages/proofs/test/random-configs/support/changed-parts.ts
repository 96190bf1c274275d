import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { pathOf, type Template } from '@infra/testing/template';

/** Parts of a synthesized stack that tests need. */
export interface Synthesized {
  readonly template: Template;
  /** Target of the deployment, as `aws://account/region`. */
  readonly environment: string;
  readonly terminationProtection: boolean;
}

/** Words for what CloudFormation does with a resource that changes, by the CDK's comparison. */
const WORDS: Readonly<Record<ResourceImpact, string>> = {
  [ResourceImpact.WILL_UPDATE]: 'updated',
  [ResourceImpact.WILL_CREATE]: 'created',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'may be replaced',
  [ResourceImpact.WILL_DESTROY]: 'deleted',
  [ResourceImpact.WILL_ORPHAN]: 'kept, outside of the stack',
  [ResourceImpact.WILL_IMPORT]: 'imported',
  [ResourceImpact.NO_CHANGE]: 'a policy or metadata changes',
};

/** Parts in which two stacks differ: resources by construct path, with what happens to them, outputs, and the stack itself. */
export function changedParts(before: Synthesized, after: Synthesized): string[] {
  const { resources, outputs, parameters, conditions } = fullDiff(before.template, after.template);
  const parts: string[] = [];
  resources.forEachDifference((logicalId, { changeImpact }) => {
    const resource = after.template.Resources[logicalId] ?? before.template.Resources[logicalId];
    if (resource) parts.push(`${pathOf(resource)}: ${WORDS[changeImpact]}`);
  });
  const changedSections = { Outputs: outputs, Parameters: parameters, Conditions: conditions };
  for (const [section, { logicalIds }] of Object.entries(changedSections)) {
    if (logicalIds.length > 0) parts.push(`${section}: ${logicalIds.join(', ')}`);
  }
  if (before.environment !== after.environment) parts.push('Stack: another account or region');
  if (before.terminationProtection !== after.terminationProtection) parts.push('Stack: termination protection');
  return parts;
}
