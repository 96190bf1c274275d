import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { whyByDesign } from '../../../deployed/changed-by-hand/drift-by-design';
import { isOfficeHoursSchedule } from '../../../deployed/schedules';
import { template } from '../../../../test/support/assembly';
import { pathOf } from '../../../../test/support/template';

const SERVICE = 'AWS::ECS::Service';
const DATABASE = 'AWS::RDS::DBInstance';
const BOUNDED = '{"AllocatedStorage":"100","MaxAllocatedStorage":500}';

function why(type: string, path: string, actual: string, expectedProperties?: string): string | undefined {
  const drift = { ResourceType: type, ExpectedProperties: expectedProperties } as StackResourceDrift;
  return whyByDesign(drift, path, actual);
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
