import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isRecord } from '@infra/common/values';

/** A property that AWS changes on the app's request, or that CloudFormation does not read back. */
interface Design {
  readonly type: string;
  readonly path: string;
  /** True if the actual value is by design; any is, unless given. */
  readonly holds?: (drift: StackResourceDrift, actual: string) => boolean;
  readonly why: string;
}

/**
 * Changes that never count as drift. A stopped database needs no row: CloudFormation compares properties, and being
 * stopped is not one. Nor do scaling bounds: only a deployment moves them.
 */
const DESIGNS: readonly Design[] = [
  {
    type: 'AWS::ECS::Service',
    path: '/DesiredCount',
    why: 'office hours and scaling decide how many tasks run',
  },
  {
    type: 'AWS::RDS::DBInstance',
    path: '/AllocatedStorage',
    holds: hasGrownWithinBounds,
    why: 'storage grows by itself up to its maximum',
  },
];

function hasGrownWithinBounds({ ExpectedProperties = '{}' }: StackResourceDrift, actual: string): boolean {
  const expected: unknown = JSON.parse(ExpectedProperties);
  if (!isRecord(expected)) return false;
  const deployed = Number(expected.AllocatedStorage);
  const maximum = Number(expected.MaxAllocatedStorage);
  return deployed < Number(actual) && Number(actual) <= maximum;
}

/** Returns why the app wants a property to differ; undefined if it was changed by hand. */
export function whyByDesign(drift: StackResourceDrift, path: string, actual: string): string | undefined {
  const design = DESIGNS.find((candidate) => candidate.type === drift.ResourceType && candidate.path === path);
  const isByDesign = design !== undefined && (design.holds?.(drift, actual) ?? true);
  return isByDesign ? design.why : undefined;
}
