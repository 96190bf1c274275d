import { spawnSync } from 'node:child_process';
import { outcomeOf } from '@infra/common/outcome';
import { type RoleUser, runCheckRole } from '../../../../tools/workflows/deploy/check-role';
import { bareEnvironment } from '../../../support/bare-environment';
import { dev, prod } from '../../../support/configs';
import { deliveredEnvironments, testDelivery } from '../../../support/environments';
import { synthesize } from '../../../support/synth';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const roleIn = (account: string) => `arn:aws:iam::${account}:role/prooflink-delivery-drift`;

const delivered = synthesize(deliveredEnvironments, testDelivery);
const twoAccounts = synthesize({ dev: { ...dev, account: HERE }, prod: { ...prod, account: ELSEWHERE } }, testDelivery);
const unnamed = synthesize({ dev, prod });

const check = (role: string, assemblyFolder = delivered, user: RoleUser = 'drift', stackName = 'ProoflinkDev') =>
  runCheckRole({ user, assemblyFolder, stackName, role });

test('a role of the account of the stack is accepted', () => {
  expect(check(roleIn(HERE))).toMatchObject({ exitCode: 0, stderr: '' });
  expect(check(roleIn(ELSEWHERE), twoAccounts, 'deploy', 'ProoflinkProd')).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  {
    title: 'a role of another account',
    role: roleIn(ELSEWHERE),
    reason: `${roleIn(ELSEWHERE)} belongs to account ${ELSEWHERE}, and the config of ProoflinkDev names ${HERE}`,
  },
  { title: 'a user', role: `arn:aws:iam::${HERE}:user/drift`, reason: 'is not the ARN of a role' },
  { title: 'a second line', role: `${roleIn(HERE)}\nx`, reason: 'is not the ARN of a role' },
  { title: 'another partition', role: roleIn(HERE).replace('aws', 'aws-cn'), reason: 'is not the ARN of a role' },
])('$title is refused: whoever may write variables would answer with an account of his own', ({ role, reason }) => {
  const { exitCode, stderr } = check(role);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(reason);
});

test('where the config names no account, every role is refused', () => {
  const { exitCode, stderr } = check(roleIn(HERE), unnamed);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('and the config of ProoflinkDev names no account');
});

test.each<{ user: RoleUser; stack: string; assembly: string; set: string; from: string }>([
  {
    user: 'drift',
    stack: 'ProoflinkDev',
    assembly: delivered,
    set: 'gh variable set DRIFT_ROLE_ARN --body',
    from: '--stack-name ProoflinkDelivery --region ap-northeast-1 --query DriftRoleArn',
  },
  {
    user: 'deploy',
    stack: 'ProoflinkProd',
    assembly: delivered,
    set: 'gh variable set DEPLOY_ROLE_ARN --env prod --body',
    from: '--stack-name ProoflinkDelivery --region ap-northeast-1 --query DeployRoleArnProd',
  },
  {
    user: 'diff',
    stack: 'ProoflinkProd',
    assembly: twoAccounts,
    set: 'gh variable set DIFF_ROLE_ARN_PROD --body',
    from: '--stack-name ProoflinkDeliveryProd --region ap-northeast-1 --query DiffRoleArn',
  },
])('a missing variable of $user for $stack is refused with the command that sets it', (expected) => {
  const { exitCode, stderr } = check('', expected.assembly, expected.user, expected.stack);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('No role is named');
  const [, command = ''] = stderr.split('\n\n');
  const programs = 'aws() { echo "$*"; }; gh() { echo "gh $*"; };';
  const { stdout } = spawnSync('bash', ['-c', `${programs} ${command}`], { encoding: 'utf8', env: bareEnvironment() });
  expect(stdout).toContain(expected.set);
  expect(stdout.replaceAll(/"?Stacks\[0\]\.Outputs\[\?OutputKey=='(\w+)'\]\.OutputValue"?/g, '$1')).toContain(
    expected.from,
  );
});

test('a stack that the assembly has not is not known', async () => {
  const { exitCode, stderr } = await outcomeOf(() => check(roleIn(HERE), delivered, 'drift', 'ProoflinkStaging'));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('has no stack ProoflinkStaging, but: ');
});
