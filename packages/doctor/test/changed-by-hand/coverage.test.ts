import { everyEnvironment, type TestStack } from '@infra/testing/environments';
import { Part } from '@infra/commands/app';
import { template } from '@infra/testing/assembly';
import { pathOf } from '@infra/testing/template';
import { COVERAGE, coverageOf, isHealedByRevertDrift } from '../../src/changed-by-hand/coverage';

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

test.each([
  { title: 'what a team has added', type: 'AWS::SQS::Queue', comparedBy: 'CloudFormation', isHealed: true },
  { title: 'a secret', type: 'AWS::SecretsManager::Secret', comparedBy: 'change set', isHealed: true },
  { title: 'a schedule', type: 'AWS::Scheduler::Schedule', comparedBy: 'doctor', isHealed: false },
  { title: 'a custom resource', type: 'Custom::AWS', comparedBy: 'nothing', isHealed: false },
  { title: 'what the CDK adds to each stack', type: 'AWS::CDK::Metadata', comparedBy: 'nothing', isHealed: false },
])('$title is compared by: $comparedBy; revert-drift takes it back: $isHealed', ({ type, comparedBy, isHealed }) => {
  expect(coverageOf(type).comparedBy).toBe(comparedBy);
  expect(isHealedByRevertDrift(type)).toBe(isHealed);
});
