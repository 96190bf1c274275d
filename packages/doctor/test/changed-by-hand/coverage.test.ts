import { everyEnvironment, type TestStack } from '@infra/testing/environments';
import { template } from '@infra/testing/assembly';
import { COVERAGE, coverageOf } from '../../src/changed-by-hand/coverage';

const rows = Object.entries(COVERAGE);

test('each type of an environment has a row: without one, nobody has asked what reverting it does', () => {
  const stackNames = Object.keys(everyEnvironment) as TestStack[];
  const resources = stackNames.flatMap((stackName) => Object.values(template(stackName).Resources));
  const types = new Set(resources.map(({ Type }) => Type).filter((type) => !type.startsWith('Custom::')));
  expect(rows.map(([type]) => type).sort()).toEqual([...types].sort());
});

test.each(rows)('%s: revert-drift heals it only if its change set compares it', (_, { comparedBy, healedBy }) => {
  const isInChangeSet = comparedBy === 'CloudFormation' || comparedBy === 'change set';
  expect(healedBy === 'revert-drift').toBe(isInChangeSet);
});

test.each(rows)('%s: it has a comparison and a command of its service if doctor compares it', (_, row) => {
  expect(row.comparison !== undefined).toBe(row.comparedBy === 'doctor');
  expect(row.healedBy === 'service command').toBe(row.comparedBy === 'doctor');
});

test('what a team has added is compared by CloudFormation, and a custom resource by nothing', () => {
  expect(coverageOf('AWS::SQS::Queue')).toMatchObject({ comparedBy: 'CloudFormation', healedBy: 'revert-drift' });
  expect(coverageOf('Custom::AWS')).toMatchObject({ comparedBy: 'nothing', healedBy: 'person' });
});
