import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isRecord } from '@infra/common/values';

/** A property that AWS changes on the app's request, or that CloudFormation does not read back. */
interface Design {
  readonly type: string;
  readonly path: string;
  readonly holds?: (drift: StackResourceDrift, actual: string) => boolean;
  readonly why: string;
}

/**
 * Changes that never count as drift. A stopped database needs none: CloudFormation compares properties, and being stopped
 * is not one. Nor do scaling bounds: only a deployment moves them.
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
    holds: (drift, actual) => {
      const expected: unknown = JSON.parse(drift.ExpectedProperties ?? '{}');
      if (!isRecord(expected)) return false;
      const [from, most] = [Number(expected.AllocatedStorage), Number(expected.MaxAllocatedStorage)];
      return from < Number(actual) && Number(actual) <= most;
    },
    why: 'storage grows by itself up to its maximum',
  },
  {
    type: 'AWS::Batch::JobDefinition',
    path: '/Timeout',
    holds: (_, actual) => actual === '' || actual === 'null',
    why: 'CloudFormation does not read it back',
  },
];

/** Types that drift detection may not read: it would read the secret itself, which `ReadOnlyAccess` forbids. */
export const UNREADABLE: readonly (string | undefined)[] = [
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
];

/** Why the app wants a property to differ; `undefined` if it was changed by hand. */
export function byDesign(drift: StackResourceDrift, path: string, actual: string): string | undefined {
  return DESIGNS.find(
    (design) => design.type === drift.ResourceType && design.path === path && (design.holds?.(drift, actual) ?? true),
  )?.why;
}
