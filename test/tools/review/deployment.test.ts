import { readFileSync } from 'node:fs';
import { review, writeAssembly } from '@infra/change-review/testing';
import { BUCKET, denied, deployedHead, type FakeStack, fetchDeployed } from './support/fetch-deployed';

const STACK = 'ProoflinkProd';
const GRANT = {
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'all',
    Roles: ['prooflink-prod-ecs-task-role'],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] },
  },
};

/** The review of a deployment's own assembly against what is deployed, as the workflow calls it. */
async function reviewed(resources: Record<string, unknown>, deployed: FakeStack, stack = STACK) {
  const assembly = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, [STACK]: { resources } } });
  const fetched = await fetchDeployed(assembly, { [STACK]: deployed }, undefined, STACK);
  return { fetched, ...review(assembly, assembly, '--markdown', '--deployed', fetched.file, '--stack', stack) };
}

test('of one environment’s stack alone is asked and told', async () => {
  const { fetched, exitCode, stdout } = await reviewed(BUCKET, deployedHead);
  expect(fetched.asked.slice(1)).toEqual([`DescribeStacks ${STACK}`, `GetTemplate ${STACK} Original`]);
  expect(Object.keys(JSON.parse(readFileSync(fetched.file, 'utf8')) as object)).toEqual([STACK]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`\`${STACK}\` against what is deployed: no change`);
  expect(stdout).not.toContain('ProoflinkDev');
});

test('what code makes of a deployment alone, and showed no pull request, stands before the approval', async () => {
  const { stdout } = await reviewed({ ...BUCKET, Grant: GRANT }, deployedHead);
  expect(stdout).toContain('iam:*');
  expect(stdout).toMatch(/finding.* opened or weakened in `ProoflinkProd` against what is deployed/);
});

test('data at risk is for whoever approves, and stops nothing', async () => {
  const { exitCode, stdout } = await reviewed({}, deployedHead);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Approve this deployment only if that is meant.');
  expect(stdout).not.toContain('allow-destructive');
});

test('what could not be told stops it, as does a stack that is not there', async () => {
  expect((await reviewed(BUCKET, denied)).exitCode).toBe(2);
  const { exitCode, stderr } = await reviewed(BUCKET, deployedHead, 'ProoflinkStaging');
  expect([exitCode, stderr]).toEqual([2, 'There is no stack ProoflinkStaging: ProoflinkDev, ProoflinkProd.\n']);
  const other = await fetchDeployed(writeAssembly({ stacks: { ProoflinkDev: {} } }), {}, undefined, STACK);
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('There is no stack ProoflinkProd')]);
});
