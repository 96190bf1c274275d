import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import {
  ASSUMED_SECONDS,
  ASSUMED_SECONDS_OF_STACK_DELETION,
  ASSUMED_SECONDS_OTHERWISE,
  assumedSeconds,
  isShort,
  resourceDurations,
} from '../../../../operate/rehearse/report/resource-durations';

const PACE = readFileSync(join(__dirname, '../../../../../packages/local-aws/server/cloudformation/pace.py'), 'utf8');

test('the assumed durations are those of the local AWS, or the report compares with figures of nobody', () => {
  const [, slowTypes = ''] = /^SLOW = \{\n([^}]+)\}/m.exec(PACE) ?? [];
  const [, longSeconds] = /^LONG = (\d+)$/m.exec(PACE) ?? [];
  const [, otherSeconds] = /SLOW\.get\(resource_type, (\d+)\)/.exec(PACE) ?? [];
  const slow = [...slowTypes.matchAll(/'([\w:]+)': (\d+),/g)].map(([, type, seconds]) => [type, Number(seconds)]);
  expect(ASSUMED_SECONDS).toEqual(Object.fromEntries(slow));
  expect(ASSUMED_SECONDS_OTHERWISE).toBe(Number(otherSeconds));
  expect(ASSUMED_SECONDS_OF_STACK_DELETION).toBe(Number(longSeconds));
});

const ASSUMPTIONS = [
  { title: 'a slow type', type: 'AWS::RDS::DBInstance', action: 'CREATE', seconds: 300 },
  { title: 'any other type', type: 'AWS::EC2::VPC', action: 'UPDATE', seconds: 10 },
  { title: 'a whole deletion', type: 'AWS::CloudFormation::Stack', action: 'DELETE', seconds: 60 },
  { title: 'a resource in a deletion', type: 'AWS::RDS::DBInstance', action: 'DELETE', seconds: undefined },
  { title: 'a whole deployment', type: 'AWS::CloudFormation::Stack', action: 'CREATE', seconds: undefined },
] as const;

test.each(ASSUMPTIONS)('the local AWS assumes for $title: $seconds', ({ type, action, seconds }) => {
  expect(assumedSeconds({ type, action })).toBe(seconds);
});

const LENGTHS = [
  { title: 'shorter than the shortest assumption', type: 'AWS::EC2::VPC', action: 'CREATE', seconds: 9, short: true },
  { title: 'as long as that', type: 'AWS::EC2::VPC', action: 'CREATE', seconds: 10, short: false },
  { title: 'of a type that is assumed slow', type: 'AWS::ECS::Service', action: 'UPDATE', seconds: 1, short: false },
  { title: 'a short deletion', type: 'AWS::ECS::Service', action: 'DELETE', seconds: 3, short: true },
] as const;

test.each(LENGTHS)('an operation $title is short: $short', ({ type, action, seconds, short }) => {
  expect(isShort({ type, action, seconds })).toBe(short);
});

/** An event of the database, seconds after a start. */
function databaseEvent(status: string, seconds: number): StackEvent {
  return {
    StackId: undefined,
    StackName: undefined,
    EventId: undefined,
    LogicalResourceId: 'Database',
    ResourceType: 'AWS::RDS::DBInstance',
    ResourceStatus: status as StackEvent['ResourceStatus'],
    Timestamp: new Date(seconds * 1000),
  };
}

test('a duration is from the first IN_PROGRESS to the end, though AWS lists the newest event first, and IN_PROGRESS twice', () => {
  const events = [
    databaseEvent('CREATE_COMPLETE', 412),
    databaseEvent('CREATE_IN_PROGRESS', 20),
    databaseEvent('CREATE_IN_PROGRESS', 12),
  ];
  expect(resourceDurations(events)).toEqual([{ type: 'AWS::RDS::DBInstance', action: 'CREATE', seconds: 400 }]);
});

test('a failed creation and the deletion behind it are two operations, and one without an end is none', () => {
  const events = [
    databaseEvent('CREATE_IN_PROGRESS', 0),
    databaseEvent('CREATE_FAILED', 5),
    databaseEvent('DELETE_IN_PROGRESS', 10),
    databaseEvent('DELETE_COMPLETE', 100),
    databaseEvent('CREATE_IN_PROGRESS', 200),
  ];
  expect(resourceDurations(events)).toEqual([
    { type: 'AWS::RDS::DBInstance', action: 'CREATE', seconds: 5 },
    { type: 'AWS::RDS::DBInstance', action: 'DELETE', seconds: 90 },
  ]);
});
