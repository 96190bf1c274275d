import type { DifferenceType, PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { whyNotByHand } from '../../../deployed/changed-by-hand/drift-by-design';
import { isOfficeHoursSchedule } from '../../../deployed/schedules';
import { template } from '../../../../test/support/assembly';
import { pathOf } from '../../../../test/support/template';

const SERVICE = 'AWS::ECS::Service';
const DATABASE = 'AWS::RDS::DBInstance';
const BOUNDED = '{"AllocatedStorage":"100","MaxAllocatedStorage":500}';

function why(type: string, path: string, actual: string, expectedProperties?: string): string | undefined {
  const drift = { ResourceType: type, ExpectedProperties: expectedProperties } as StackResourceDrift;
  return whyNotByHand(drift, { PropertyPath: path, ActualValue: actual } as PropertyDifference);
}

test('tasks that office hours stopped, or that scaling started, are no drift', () => {
  const reason = 'office hours and scaling decide how many tasks run';
  expect(why(SERVICE, '/DesiredCount', '0')).toBe(reason);
  expect(why(SERVICE, '/DesiredCount', '4')).toBe(reason);
});

test('storage that grew by itself is no drift', () => {
  expect(why(DATABASE, '/AllocatedStorage', '150', BOUNDED)).toBe('storage grows by itself up to its maximum');
});

test('storage that grew to its very maximum is no drift: a deployment would shrink it, which RDS refuses', () => {
  expect(why(DATABASE, '/AllocatedStorage', '500', BOUNDED)).toBe('storage grows by itself up to its maximum');
});

test.each([
  { title: 'storage above its maximum', type: DATABASE, path: '/AllocatedStorage', actual: '600', expected: BOUNDED },
  { title: 'storage that became smaller', type: DATABASE, path: '/AllocatedStorage', actual: '20', expected: BOUNDED },
  { title: 'storage without a maximum', type: DATABASE, path: '/AllocatedStorage', actual: '150', expected: '{}' },
  { title: 'a shell into the tasks', type: SERVICE, path: '/EnableExecuteCommand', actual: 'true', expected: '{}' },
  { title: 'a count of something else', type: 'AWS::S3::Bucket', path: '/DesiredCount', actual: '0', expected: '{}' },
])('$title is drift', ({ type, path, actual, expected }) => {
  expect(why(type, path, actual, expected)).toBeUndefined();
});

interface Difference {
  readonly type: string;
  readonly path: string;
  readonly differenceType: DifferenceType;
}

function whyOf({ type, path, differenceType }: Difference): string | undefined {
  const difference = { PropertyPath: path, DifferenceType: differenceType } as PropertyDifference;
  return whyNotByHand({ ResourceType: type } as StackResourceDrift, difference);
}

const MARKER = '/LifecycleConfiguration/Rules/2/ExpiredObjectDeleteMarker';

test.each<Difference & { title: string; report: string }>([
  {
    title: 'a removed delete marker of a lifecycle rule',
    report: '965, 2021-10-28',
    type: 'AWS::S3::Bucket',
    path: MARKER,
    differenceType: 'REMOVE',
  },
  {
    title: 'an added attribute of a target group, which the template does not set',
    report: '458, 2020-05-01',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    path: '/TargetGroupAttributes/3',
    differenceType: 'ADD',
  },
  {
    title: 'a removed stop timeout of a container',
    report: '1455, 2022-12-18',
    type: 'AWS::ECS::TaskDefinition',
    path: '/ContainerDefinitions/1/StopTimeout',
    differenceType: 'REMOVE',
  },
])('$title is known to be false, with the number of the report and its date', ({ report, ...difference }) => {
  expect(whyOf(difference)).toBe(
    `CloudFormation's answer is known to be false (aws-cloudformation/cloudformation-coverage-roadmap ${report})`,
  );
});

test.each<Difference & { title: string }>([
  {
    title: 'a delete marker with another value',
    type: 'AWS::S3::Bucket',
    path: MARKER,
    differenceType: 'NOT_EQUAL',
  },
  {
    title: 'a removed lifecycle rule',
    type: 'AWS::S3::Bucket',
    path: '/LifecycleConfiguration/Rules/2',
    differenceType: 'REMOVE',
  },
  {
    title: 'a changed attribute of a target group, which the template sets',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    path: '/TargetGroupAttributes/0/Value',
    differenceType: 'NOT_EQUAL',
  },
])('$title is drift', (difference) => {
  expect(whyOf(difference)).toBeUndefined();
});

test('office hours change the number of tasks and stop the database, and nothing else that would have to be by design', () => {
  const targets = Object.values(template('dev').Resources)
    .filter((resource) => isOfficeHoursSchedule(pathOf(resource)))
    .map(({ Properties }) => JSON.stringify(Properties?.Target));
  const changed = targets.map((target) => {
    if (/ssm:startAutomationExecution/.test(target)) return /AWS-(?:Start|Stop)RdsInstance/.exec(target)?.[0];
    const parameters = [...target.matchAll(/\\"(\w+)\\":/g)].map(([, name]) => name);
    return [...new Set(parameters)].join();
  });
  const count = 'Cluster,Service,DesiredCount';
  expect(changed.sort()).toEqual(['AWS-StartRdsInstance', 'AWS-StopRdsInstance', count, count]);
});
