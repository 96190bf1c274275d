import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsByReference } from '@infra/testing/authorization-reference';
import { everyEnvironment, type TestStack } from '@infra/testing/environments';
import { template } from '@infra/testing/assembly';
import { ROOT } from '@infra/testing/prooflink';
import { COVERAGE, isComparedByCloudFormation } from '../src/changed-by-hand/coverage';
import { NEVER_ALLOWED, READ_BY_CLOUDFORMATION } from '@infra/operate/test/read-by-cloudformation';

const policy = JSON.parse(readFileSync(join(ROOT, 'docs/read-only-policy.json'), 'utf8')) as {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string }[];
};
/** Actions of the commands' own calls, against which a life of packages/proofs holds them (roles.test.ts); and CloudFormation's. */
const [commands, cloudFormation, ...furtherStatements] = policy.Statement;

/**
 * IAM's actions of the further calls that CloudFormation sends with the rights of the commands, when it compares a resource;
 * without those that pass a role or reveal a value, which the policy never allows.
 */
function comparingActions(): string[] {
  const actions = Object.values(READ_BY_CLOUDFORMATION).flatMap((list) => list.split(' '));
  const further = actions.filter((action) => !NEVER_ALLOWED.includes(action) && !commands?.Action.includes(action));
  return [...new Set(further)].sort();
}

describe('docs/read-only-policy.json', () => {
  test('allows each call by which CloudFormation compares a resource, or the resource is not compared; and no other call', () => {
    expect(cloudFormation).toMatchObject({ Effect: 'Allow', Action: comparingActions() });
  });

  test('has these two statements alone, in the current version of the policy language', () => {
    expect(policy.Version).toBe('2012-10-17');
    expect(furtherStatements).toEqual([]);
  });

  test('allows no call that changes something: its user may only look', () => {
    const reads = /:(Describe|List|Get|BatchGet|Detect|Filter|Simulate|View)[A-Za-z]+$/;
    const actions = policy.Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !reads.test(action))).toEqual([]);
  });

  test('names no action that AWS’s service authorization reference lacks: IAM accepts it, and allows nothing', async () => {
    expect(await faultsByReference(policy.Statement)).toEqual([]);
  });

  test('has up to 6,144 characters without white space: IAM refuses a larger managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  });
});

test('each type that CloudFormation is asked to compare has its calls in read-by-cloudformation.ts: without them it fails', () => {
  // A team's further types lack them: doctor says then which right is missing.
  const stackNames = Object.keys(everyEnvironment) as TestStack[];
  const resources = stackNames.flatMap((stackName) => Object.values(template(stackName).Resources));
  const types = new Set(resources.map(({ Type }) => Type).filter(isComparedByCloudFormation));
  const ours = [...types].filter((type) => Object.hasOwn(COVERAGE, type));
  expect(ours.sort()).toEqual(Object.keys(READ_BY_CLOUDFORMATION).sort());
});
