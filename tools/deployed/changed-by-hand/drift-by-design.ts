import type { DifferenceType, PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
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

/** An answer of CloudFormation that is wrong: nothing was changed. */
interface FalseDrift {
  readonly type: string;
  /** JSON pointer to the property, as CloudFormation reports it. */
  readonly path: RegExp;
  readonly differenceType: DifferenceType;
  /** Number of the report in aws-cloudformation/cloudformation-coverage-roadmap, which was open on 2026-12-01. */
  readonly issue: number;
  /** Date of the report. */
  readonly date: string;
}

const KNOWN_FALSE_DRIFTS: readonly FalseDrift[] = [
  {
    type: 'AWS::S3::Bucket',
    path: /^\/LifecycleConfiguration\/Rules\/\d+\/ExpiredObjectDeleteMarker$/,
    differenceType: 'REMOVE',
    issue: 965,
    date: '2021-10-28',
  },
  {
    // Attributes that the template does not set, and AWS does.
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    path: /^\/TargetGroupAttributes\/\d+$/,
    differenceType: 'ADD',
    issue: 458,
    date: '2020-05-01',
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    path: /^\/ContainerDefinitions\/\d+\/StopTimeout$/,
    differenceType: 'REMOVE',
    issue: 1455,
    date: '2022-12-18',
  },
];

/** The reason for which a difference is no change by hand; `undefined` if it is one. */
export function whyNotByHand(drift: StackResourceDrift, difference: PropertyDifference): string | undefined {
  const { PropertyPath: path = '', ActualValue: actual = '' } = difference;
  const byDesign = DRIFTS_BY_DESIGN.find((entry) => entry.type === drift.ResourceType && entry.path === path);
  if (byDesign && (byDesign.isByDesign?.(drift, actual) ?? true)) return byDesign.why;
  const knownFalse = KNOWN_FALSE_DRIFTS.find((entry) => {
    return (
      entry.type === drift.ResourceType && entry.path.test(path) && entry.differenceType === difference.DifferenceType
    );
  });
  return knownFalse && words.changedByHand.knownToBeFalse(knownFalse);
}
