import { CloudFormation, type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { parseJson } from '@infra/common/values';
import { words } from './words';
import type { Environment } from '@infra/operate/deployed/environment';
import { revertDriftCommand } from '../revert-drift-command';
import { RESTORING_CHAPTER } from '@infra/operate/deployed/restoring-chapter';
import type { DeployedResource } from '@infra/operate/deployed/deployed-resources';
import { textOf } from './differences';
import { isDriftByDesign } from './drift-by-design';
import { type Change, deletion, failedComparison, type Findings, NO_FINDINGS, refusedComparison } from './findings';
import { childOf, readableName } from './property-name';

/** Asks CloudFormation to compare one resource. An answer takes a second or two. */
export async function detectDrift(environment: Environment, resource: DeployedResource): Promise<Findings> {
  const { client, details } = environment;
  const deployCommand = revertDriftCommand(environment);
  const { StackResourceDrift: drift } = await client(CloudFormation).detectStackResourceDrift({
    StackName: details.StackName,
    LogicalResourceId: resource.logicalId,
  });
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
      return NO_FINDINGS;
    case 'DELETED':
      return deletion(resource, fixForDeleted(resource, deployCommand));
    case 'MODIFIED':
      return findingsIn(drift, resource, deployCommand);
    default: {
      const status = drift?.StackResourceDriftStatus;
      return failedComparison(resource, drift?.DriftStatusReason ?? words.otherAnswer({ status }));
    }
  }
}

/** Findings if CloudFormation refused to compare a resource: it does not support its type, or something failed. */
export function findingsOfRefusal(error: unknown, resource: DeployedResource): Findings {
  const isUnsupported = error instanceof Error && error.message.includes('Drift detection is not supported');
  if (isUnsupported) return { ...NO_FINDINGS, neverCompared: [resource] };
  return refusedComparison(resource, error);
}

/** A deployment would create an empty database in the place of a deleted one. */
function fixForDeleted({ type }: DeployedResource, deployCommand: string): string {
  return type === 'AWS::RDS::DBInstance' ? RESTORING_CHAPTER : deployCommand;
}

/** Changes by hand in CloudFormation's answer, without secrets. */
function findingsIn(drift: StackResourceDrift, resource: DeployedResource, fix: string): Findings {
  const mask = new SecretMask();
  const changes: Change[] = [];
  let grownStorage: string | undefined;
  for (const difference of drift.PropertyDifferences ?? []) {
    const { PropertyPath: path = '', ExpectedValue, ActualValue } = difference;
    const expected = valueText(mask, path, ExpectedValue, drift.ExpectedProperties);
    const actual = valueText(mask, path, ActualValue, drift.ActualProperties);
    if (path === '/AllocatedStorage') grownStorage = actual;
    if (isDriftByDesign(drift, difference)) continue;
    changes.push({ ...resource, property: readableName(path, drift.ExpectedProperties), expected, actual, fix });
  }
  return { ...NO_FINDINGS, changes, grownStorage };
}

/**
 * A reported value without secrets. These are recognized by the names around them: all properties are masked, and the value
 * is then taken from them. A value that the properties do not have is hidden.
 * @param path - JSON pointer, which writes `~1` for a slash and `~0` for a tilde in a name.
 * @param value - JSON of the value, or a text as it is; `null` if it is not set.
 * @param propertiesJson - JSON of all properties of the resource.
 */
function valueText(mask: SecretMask, path: string, value = 'null', propertiesJson = ''): string {
  if (value === 'null') return words.notSet;
  const names = path.split('/').slice(1);
  const steps = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const maskedProperties = mask.mask(parseJson(propertiesJson));
  return textOf(steps.reduce(childOf, maskedProperties) ?? mask.hide(value));
}
