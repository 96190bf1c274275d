import type { DifferenceType, PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isRecord, parseJson } from '@infra/common/values';

/** Facts on a resource that decide whether a difference is by design. */
type ComparedDrift = Partial<Pick<StackResourceDrift, 'ResourceType' | 'ExpectedProperties'>>;

/** A difference that is no change by hand. */
interface DriftByDesign {
  readonly type: string;
  /** JSON pointer to the property, as CloudFormation reports it. */
  readonly path: RegExp;
  /** By default any. */
  readonly differenceType?: DifferenceType;
  /** True if the actual value is by design. By default, any value is. */
  readonly isByDesign?: (drift: ComparedDrift, actual: string) => boolean;
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
    // False: aws-cloudformation/cloudformation-coverage-roadmap, issue 965 of 2021-10-28, open on 2026-12-01.
    type: 'AWS::S3::Bucket',
    path: /^\/LifecycleConfiguration\/Rules\/\d+\/ExpiredObjectDeleteMarker$/,
    differenceType: 'REMOVE',
  },
  {
    // False: the same, issue 458 of 2020-05-01. AWS sets attributes about which the template is silent.
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    path: /^\/TargetGroupAttributes\/\d+$/,
    differenceType: 'ADD',
  },
  {
    // False: the same, issue 1455 of 2022-12-18.
    type: 'AWS::ECS::TaskDefinition',
    path: /^\/ContainerDefinitions\/\d+\/StopTimeout$/,
    differenceType: 'REMOVE',
  },
];

/** True if a difference is no change by hand. */
export function isDriftByDesign(drift: ComparedDrift, difference: Partial<PropertyDifference>): boolean {
  const { PropertyPath = '', ActualValue = '', DifferenceType } = difference;
  return DRIFTS_BY_DESIGN.some(({ type, path, differenceType, isByDesign }) => {
    if (type !== drift.ResourceType || !path.test(PropertyPath)) return false;
    if (differenceType !== undefined && differenceType !== DifferenceType) return false;
    return isByDesign?.(drift, ActualValue) ?? true;
  });
}

/** True if the storage is larger than deployed, and at most as large as the template allows it to grow. */
function hasGrownWithinBounds({ ExpectedProperties = '' }: ComparedDrift, actual: string): boolean {
  const expected = parseJson(ExpectedProperties);
  if (!isRecord(expected)) return false;
  // Without a maximum, the storage does not grow by itself.
  const { AllocatedStorage, MaxAllocatedStorage = AllocatedStorage } = expected;
  const actualSize = Number(actual);
  return Number(AllocatedStorage) < actualSize && actualSize <= Number(MaxAllocatedStorage);
}
