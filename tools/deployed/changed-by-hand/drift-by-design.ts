import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isRecord } from '@infra/common/values';
import { words } from '../words';

/** A property that the app, or AWS on the app's request, changes after the deployment. */
interface DriftByDesign {
  readonly type: string;
  /** JSON pointer to the property, as CloudFormation reports it. */
  readonly path: string;
  /** True if the actual value is by design. Without this function, any value is. */
  readonly isByDesign?: (drift: StackResourceDrift, actual: string) => boolean;
  /** The reason for the change, as the end of a sentence after "as". */
  readonly why: string;
}

/**
 * Changes that never count as drift. A stopped database needs no entry: CloudFormation compares properties, and being
 * stopped is not one. The bounds of scaling need none either: only a deployment changes them.
 */
const DRIFTS_BY_DESIGN: readonly DriftByDesign[] = [
  {
    type: 'AWS::ECS::Service',
    path: '/DesiredCount',
    why: words.changedByHand.taskCountByDesign(),
  },
  {
    type: 'AWS::RDS::DBInstance',
    path: '/AllocatedStorage',
    isByDesign: hasGrownWithinBounds,
    why: words.changedByHand.storageByDesign(),
  },
];

/** True if the storage is larger than deployed, and at most as large as the template allows it to grow. */
function hasGrownWithinBounds({ ExpectedProperties = '{}' }: StackResourceDrift, actual: string): boolean {
  const expected: unknown = JSON.parse(ExpectedProperties);
  if (!isRecord(expected)) return false;
  const { AllocatedStorage, MaxAllocatedStorage } = expected;
  // Without a maximum, the storage does not grow by itself.
  if (AllocatedStorage === undefined || MaxAllocatedStorage === undefined) return false;
  const actualSize = Number(actual);
  return Number(AllocatedStorage) < actualSize && actualSize <= Number(MaxAllocatedStorage);
}

/** The reason for which a property may differ from the template; `undefined` if it was changed by hand. */
export function whyByDesign(drift: StackResourceDrift, path: string, actual: string): string | undefined {
  const candidate = DRIFTS_BY_DESIGN.find((entry) => entry.type === drift.ResourceType && entry.path === path);
  if (!candidate) return undefined;
  const isByDesign = candidate.isByDesign?.(drift, actual) ?? true;
  return isByDesign ? candidate.why : undefined;
}
