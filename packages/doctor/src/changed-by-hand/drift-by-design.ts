import type { DifferenceType, PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isRecord, parseJson } from '@infra/common/values';

/** Facts on a resource that decide whether a difference is by design. */
type ComparedDrift = Partial<Pick<StackResourceDrift, 'ResourceType' | 'ExpectedProperties'>>;

/** A difference that is no change by hand. */
export interface DriftByDesign {
  readonly type: string;
  /** JSON pointer to the property, as CloudFormation reports it. */
  readonly path: RegExp;
  /** By default any. */
  readonly differenceType?: DifferenceType;
  /** True if the values are by design. By default, any are. */
  readonly isByDesign?: (drift: ComparedDrift, difference: Partial<PropertyDifference>) => boolean;
  /** Issue of aws-cloudformation/cloudformation-coverage-roadmap by which the answer is false: nothing differs. */
  readonly falseBy?: number;
}

/**
 * Differences that never count: what the app changes by itself, and answers of CloudFormation that are known to be false. A
 * stopped database needs no entry: CloudFormation compares properties, and being stopped is not one.
 */
const DRIFTS_BY_DESIGN: readonly DriftByDesign[] = [
  {
    // Office hours and scaling decide how many tasks run.
    type: 'AWS::ECS::Service',
    path: /^\/DesiredCount$/,
  },
  {
    // Storage grows by itself up to its maximum.
    type: 'AWS::RDS::DBInstance',
    path: /^\/AllocatedStorage$/,
    isByDesign: hasGrownWithinBounds,
  },
  {
    // Reported on 2021-10-28, open on 2026-12-01.
    falseBy: 965,
    type: 'AWS::S3::Bucket',
    path: /^\/LifecycleConfiguration\/Rules\/\d+\/ExpiredObjectDeleteMarker$/,
    differenceType: 'REMOVE',
  },
  {
    // Reported on 2020-05-01: AWS sets attributes about which the template is silent.
    falseBy: 458,
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    path: /^\/TargetGroupAttributes\/\d+$/,
    differenceType: 'ADD',
  },
  {
    // Reported on 2022-12-18.
    falseBy: 1455,
    type: 'AWS::ECS::TaskDefinition',
    path: /^\/ContainerDefinitions\/\d+\/StopTimeout$/,
    differenceType: 'REMOVE',
  },
  {
    // A change set that reverts drift reads a Ref as the first part of the resource's primary identifier.
    falseBy: 2505,
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    path: /^\/ScalingTargetId$/,
    isByDesign: (_, { ExpectedValue = '', ActualValue = '' }) => ActualValue.startsWith(`${ExpectedValue}|`),
  },
  {
    falseBy: 2505,
    type: 'AWS::CloudWatch::Alarm',
    path: /^\/Dimensions\/\d+\/Value$/,
    isByDesign: (_, { ExpectedValue = '', ActualValue = '' }) => ExpectedValue.endsWith(`:rule/${ActualValue}`),
  },
];

/** True if a difference is no change by hand. */
export function isDriftByDesign(drift: ComparedDrift, difference: Partial<PropertyDifference>): boolean {
  return driftByDesign(drift, difference) !== undefined;
}

/** The reason for which a difference is no change by hand; `undefined` if it is one. */
export function driftByDesign(
  drift: ComparedDrift,
  difference: Partial<PropertyDifference>,
): DriftByDesign | undefined {
  const { PropertyPath = '', DifferenceType } = difference;
  return DRIFTS_BY_DESIGN.find(({ type, path, differenceType, isByDesign }) => {
    if (type !== drift.ResourceType || !path.test(PropertyPath)) return false;
    if (differenceType !== undefined && differenceType !== DifferenceType) return false;
    return isByDesign?.(drift, difference) ?? true;
  });
}

/** True if the storage is larger than deployed, and at most as large as the template allows it to grow. */
function hasGrownWithinBounds(
  { ExpectedProperties = '' }: ComparedDrift,
  { ActualValue }: Partial<PropertyDifference>,
): boolean {
  const expected = parseJson(ExpectedProperties);
  if (!isRecord(expected)) return false;
  // Without a maximum, the storage does not grow by itself.
  const { AllocatedStorage, MaxAllocatedStorage = AllocatedStorage } = expected;
  const actualSize = Number(ActualValue);
  return Number(AllocatedStorage) < actualSize && actualSize <= Number(MaxAllocatedStorage);
}
