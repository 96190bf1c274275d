import { CloudFormation, type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { errorTextWithoutRequest } from '../remembered-answers';
import { words } from '../words';
import type { Environment } from '../environment';
import { RESTORING_CHAPTER } from '../restoring-chapter';
import type { DeployedResource } from './deployed-resources';
import { isDriftByDesign } from './drift-by-design';
import { type Change, deletion, failedComparison, type Findings, NO_FINDINGS } from './findings';
import { maskDifference } from './masked-difference';
import { readableName } from './property-name';

/** Asks CloudFormation to compare one resource. An answer takes a second or two. */
export async function detectDrift(environment: Environment, resource: DeployedResource): Promise<Findings> {
  const { client, details, redeployCommand } = environment;
  const { StackResourceDrift: drift } = await client(CloudFormation).detectStackResourceDrift({
    StackName: details.StackName,
    LogicalResourceId: resource.logicalId,
  });
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
      return NO_FINDINGS;
    case 'DELETED':
      return deletion(resource, fixForDeleted(resource, redeployCommand));
    case 'MODIFIED':
      return findingsIn(drift, resource, redeployCommand);
    default: {
      const status = drift?.StackResourceDriftStatus;
      return failedComparison(resource, drift?.DriftStatusReason ?? words.changedByHand.otherAnswer({ status }));
    }
  }
}

/** Findings if CloudFormation refused to compare a resource: it does not support its type, or something failed. */
export function findingsOfRefusal(error: unknown, resource: DeployedResource): Findings {
  const isUnsupported = error instanceof Error && error.message.includes('Drift detection is not supported');
  if (isUnsupported) return { ...NO_FINDINGS, neverCompared: [resource] };
  return failedComparison(resource, errorTextWithoutRequest(error));
}

/** A deployment would create an empty database in the place of a deleted one. */
function fixForDeleted({ type }: DeployedResource, redeployCommand: string): string {
  return type === 'AWS::RDS::DBInstance' ? RESTORING_CHAPTER : redeployCommand;
}

/** Changes by hand in CloudFormation's answer, without secrets. */
function findingsIn(drift: StackResourceDrift, resource: DeployedResource, fix: string): Findings {
  const mask = new SecretMask();
  const changes: Change[] = [];
  let grownStorage: string | undefined;
  for (const difference of drift.PropertyDifferences ?? []) {
    const notSet = words.changedByHand.notSet();
    const { path, expected = notSet, actual = notSet } = maskDifference(drift, difference, mask);
    if (path === '/AllocatedStorage') grownStorage = actual;
    if (isDriftByDesign(drift, difference)) continue;
    const property = readableName(path, drift.ExpectedProperties);
    changes.push({ ...resource, property, expected, actual, fix });
  }
  return { ...NO_FINDINGS, changes, grownStorage };
}
