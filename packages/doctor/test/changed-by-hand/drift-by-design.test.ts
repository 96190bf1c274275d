import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { isDriftByDesign } from '../../src/changed-by-hand/drift-by-design';

interface Difference {
  readonly title: string;
  readonly type: string;
  readonly path: string;
  readonly kind?: PropertyDifference['DifferenceType'];
  readonly expected?: string;
  readonly actual?: string;
  readonly expectedProperties?: string;
}

function isByDesign(row: Difference): boolean {
  const { type, path, kind = 'NOT_EQUAL', expected, actual, expectedProperties } = row;
  const drift = { ResourceType: type, ExpectedProperties: expectedProperties } as StackResourceDrift;
  const values = { ExpectedValue: expected, ActualValue: actual };
  const difference = { PropertyPath: path, DifferenceType: kind, ...values } as PropertyDifference;
  return isDriftByDesign(drift, difference);
}

const STORAGE = { type: 'AWS::RDS::DBInstance', path: '/AllocatedStorage' };
const FROM_100_TO_500 = '{"AllocatedStorage":"100","MaxAllocatedStorage":500}';
const MARKER = '/LifecycleConfiguration/Rules/2/ExpiredObjectDeleteMarker';
const SERVICE = 'service/cluster/service';
const SCALING = { type: 'AWS::ApplicationAutoScaling::ScalingPolicy', path: '/ScalingTargetId', expected: SERVICE };
const ALARM = {
  type: 'AWS::CloudWatch::Alarm',
  path: '/Dimensions/0/Value',
  expected: 'arn:aws:events:ap-northeast-1:1:rule/failed',
};

test.each<Difference>([
  {
    title: 'storage that grew to its very maximum: a deployment would shrink it, which RDS refuses',
    ...STORAGE,
    actual: '500',
    expectedProperties: FROM_100_TO_500,
  },
  { title: 'a lifecycle rule without its delete marker', type: 'AWS::S3::Bucket', path: MARKER, kind: 'REMOVE' },
  {
    title: 'the target of a scaling policy, whose Ref is read as its first part',
    ...SCALING,
    actual: `${SERVICE}|ecs:service:DesiredCount|ecs`,
  },
  { title: 'the rule that an alarm watches, whose Ref is read as its ARN', ...ALARM, actual: 'failed' },
])('$title is no change by hand', (difference) => {
  expect(isByDesign(difference)).toBe(true);
});

test.each<Difference>([
  { title: 'storage above its maximum', ...STORAGE, actual: '600', expectedProperties: FROM_100_TO_500 },
  { title: 'storage that became smaller', ...STORAGE, actual: '20', expectedProperties: FROM_100_TO_500 },
  { title: 'a policy of another target', ...SCALING, actual: `${SERVICE}-2|ecs:service:DesiredCount|ecs` },
  { title: 'an alarm that watches another rule', ...ALARM, actual: 'other' },
  { title: 'a delete marker with another value', type: 'AWS::S3::Bucket', path: MARKER },
])('$title is a change by hand', (difference) => {
  expect(isByDesign(difference)).toBe(false);
});
