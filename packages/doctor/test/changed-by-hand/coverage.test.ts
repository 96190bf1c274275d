import { everyEnvironment, type TestStack } from '@infra/testing/environments';
import { Part } from '@infra/commands/app';
import { template } from '@infra/testing/assembly';
import { pathOf } from '@infra/testing/template';
import { COVERAGE, coverageOf } from '../../src/changed-by-hand/coverage';

const rows = Object.entries(COVERAGE);

/** Constructs of the app; a team adds others. */
const CONSTRUCTS = ['SecurityGroups', ...Object.values(Part).map(({ path }) => path.replace(/\/.*/, ''))];

const stackNames = Object.keys(everyEnvironment) as TestStack[];
const resources = stackNames.flatMap((stackName) => Object.values(template(stackName).Resources));

test('each type of the app’s constructs has a row: without one, nobody has asked what reverting it does', () => {
  const ours = resources.filter((resource) => CONSTRUCTS.includes(pathOf(resource).replace(/\/.*/, '')));
  const types = new Set(ours.map(({ Type }) => Type).filter((type) => !type.startsWith('Custom::')));
  // A rule of the listener, and a function that the bucket calls, are a team's: the app has none.
  types.delete('AWS::ElasticLoadBalancingV2::ListenerRule');
  types.delete('AWS::Lambda::Permission');
  expect([...types].filter((type) => !Object.hasOwn(COVERAGE, type))).toEqual([]);
});

test.each(rows)('%s is the type of a resource', (type) => {
  expect(resources.map(({ Type }) => Type)).toContain(type);
});

test('what a team has added is compared by CloudFormation; a custom resource, and what the CDK adds to each stack, by nothing', () => {
  expect(coverageOf('AWS::SQS::Queue')).toMatchObject({ comparedBy: 'CloudFormation' });
  for (const type of ['Custom::AWS', 'AWS::CDK::Metadata']) {
    expect(coverageOf(type)).toMatchObject({ comparedBy: 'nothing' });
  }
});
