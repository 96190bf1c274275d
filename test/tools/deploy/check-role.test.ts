import { runCheckRole } from '../../../tools/deploy/check-role';
import { dev } from '../../support/configs/dev';
import { deliveredEnvironments } from '../../support/environments';

const check = (
  role: string,
  environment = 'dev',
  environments: Parameters<typeof runCheckRole>[2] = deliveredEnvironments,
) => runCheckRole(environment, role, environments);
const arn = (account: string) => `arn:aws:iam::${account}:role/prooflink-delivery-drift`;

test('a role of the environment’s account is taken', () => {
  expect(check(arn('123456789012'))).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  ['another account', arn('210987654321'), 'is of account 210987654321, and lib/config/dev.ts names 123456789012'],
  ['nothing', '', '"" is not the ARN of a role'],
  ['a user', 'arn:aws:iam::123456789012:user/drift', 'is not the ARN of a role'],
  ['a second line', `${arn('123456789012')}\nx`, 'is not the ARN of a role'],
  ['another partition', arn('123456789012').replace('aws', 'aws-cn'), 'is not the ARN of a role'],
])('%s is refused', (_, role, says) => {
  const { exitCode, stderr } = check(role);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(says);
});

test('where the config names no account, every role is refused', () => {
  const { exitCode, stderr } = check(arn('123456789012'), 'dev', { dev });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('account of lib/config/dev.ts is undefined. Write the number of dev');
  expect(check(arn('123456789012'), 'toString').exitCode).toBe(1);
});
