import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { runCheckRole } from '../../../tools/deploy/check-role';

const folder = temporaryFolder('check-role-');
const write = (name: string, ...lines: readonly string[]) => {
  writeFileSync(join(folder, `${name}.ts`), ['export const x = {', ...lines, '};', ''].join('\n'));
};
write('dev', "  account: '123456789012',", "  network: { account: '210987654321' },");
write('unnamed', '  account: undefined,');
write('computed', '  account: process.env.ACCOUNT,', "  // account: '210987654321',");
write('twice', "  account: '210987654321',", "  account: '123456789012',");

const check = (role: string, environment = 'dev') => runCheckRole(environment, role, folder);
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

test.each(['unnamed', 'computed', 'twice'])(
  'where the config names no account in one literal (%s), every role is',
  (name) => {
    const { exitCode, stderr } = check(arn('210987654321'), name);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`and lib/config/${name}.ts names none. Write its number there`);
  },
);

test.each(['staging', '../config/dev', ''])('%j is no environment', async (name) => {
  expect(await outcomeOf(() => check(arn('123456789012'), name))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is no environment') as unknown,
  });
});
