import { spawnSync } from 'node:child_process';
import { outcomeOf } from '@infra/common/outcome';
import { type RoleUser, runCheckRole } from '../../../workflows/deploy/check-role';
import { bareEnvironment } from '../../support/bare-environment';
import { dev, prod } from '../../../../test/support/configs';
import { deliveredEnvironments, testDelivery } from '../../../../test/support/environments';
import { synthesize } from '../../../../test/support/synth';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const roleIn = (account: string) => `arn:aws:iam::${account}:role/prooflink-delivery-drift`;

const delivered = synthesize(deliveredEnvironments, testDelivery);
const twoAccounts = synthesize({ dev: { ...dev, account: HERE }, prod: { ...prod, account: ELSEWHERE } }, testDelivery);
const unnamed = synthesize({ dev, prod });

/** Checks a role, by default the one that looks for drift in dev, where both environments have one account. */
function check(options: Partial<Parameters<typeof runCheckRole>[0]>) {
  return runCheckRole({
    user: 'drift',
    assemblyFolder: delivered,
    stackName: 'ProoflinkDev',
    role: roleIn(HERE),
    ...options,
  });
}

test('a role of the account of the stack is accepted', () => {
  expect(check({ role: roleIn(HERE) })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('where each environment has its account, a role of the account of the stack is accepted', () => {
  const ofProd = check({
    user: 'deploy',
    assemblyFolder: twoAccounts,
    stackName: 'ProoflinkProd',
    role: roleIn(ELSEWHERE),
  });
  expect(ofProd).toMatchObject({ exitCode: 0, stderr: '' });
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
  const { exitCode, stderr } = check({ role });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(reason);
});

test('where the config names no account, every role is refused', () => {
  const { exitCode, stderr } = check({ assemblyFolder: unnamed });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('and the config of ProoflinkDev names no account');
});

/** Fields of the outputs of a stack in a query of the AWS CLI. */
const OUTPUT_QUERY = /"?Stacks\[0\]\.Outputs\[\?OutputKey=='(\w+)'\]\.OutputValue"?/g;

interface MissingVariable {
  readonly user: RoleUser;
  readonly stack: string;
  readonly assembly: string;
  /** Call that sets the variable. */
  readonly set: string;
  /** Call that asks for its value. */
  readonly from: string;
}

const MISSING: readonly MissingVariable[] = [
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
];

test.each(MISSING)(
  'a missing variable of $user for $stack is refused with the command that sets it',
  ({ user, stack, assembly, set, from }) => {
    const { exitCode, stderr } = check({ role: '', user, assemblyFolder: assembly, stackName: stack });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('No role is named');
    const [, command = ''] = stderr.split('\n\n');
    const programs = 'aws() { echo "$*"; }; gh() { echo "gh $*"; };';
    const { stdout } = spawnSync('bash', ['-c', `${programs} ${command}`], {
      encoding: 'utf8',
      env: bareEnvironment(),
    });
    expect(stdout).toContain(set);
    expect(stdout.replaceAll(OUTPUT_QUERY, '$1')).toContain(from);
  },
);

test('a stack that the assembly has not is not known', async () => {
  const { exitCode, stderr } = await outcomeOf(() => check({ stackName: 'ProoflinkStaging' }));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('has no stack ProoflinkStaging, but: ');
});
