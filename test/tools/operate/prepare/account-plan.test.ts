import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { accountPlanSentence } from '../../../../tools/operate/prepare/account-plan';

const before = process.env['PATH'];
const folder = temporaryFolder('aws-cli-');

afterEach(() => {
  process.env['PATH'] = before;
});

/** Puts a program in the place of the AWS CLI. */
function replaceAwsCli(lines: readonly string[]): void {
  const program = join(folder, 'aws');
  writeFileSync(program, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(program, 0o755);
  process.env['PATH'] = `${folder}:${before ?? ''}`;
}

const answering = (state: object): string[] => [
  '[ "$1 $2 $3 $4" = "freetier get-account-plan-state --region us-east-1" ] || exit 9',
  `echo '${JSON.stringify(state)}'`,
];

test('an account on the Free plan: until when, what AWS refuses, and the command that upgrades it', async () => {
  replaceAwsCli(
    answering({
      accountPlanType: 'FREE',
      accountPlanStatus: 'ACTIVE',
      accountPlanRemainingCredits: { amount: 87.5, unit: 'USD' },
      accountPlanExpirationDate: '2027-05-20T00:00:00.000Z',
    }),
  );
  expect(await accountPlanSentence()).toBe(
    'It is on the Free plan, until 2027-05-20, or until its credits (USD 87.5 left) are used: AWS closes it then.\n' +
      'Until then RDS refuses more than a day of backups, and most classes: dev can be deployed, prod cannot. To upgrade:\n' +
      '  aws freetier upgrade-account-plan --account-plan-type PAID --region us-east-1',
  );
});

test.each([
  { title: 'on the paid plan', aws: answering({ accountPlanType: 'PAID' }), says: 'Its plan is the paid one.' },
  { title: 'on a plan that is new', aws: answering({ accountPlanType: 'TEAM' }), says: 'Its plan is not known.' },
  { title: 'where the AWS CLI is too old', aws: ['exit 252'], says: 'Its plan is not known.' },
  { title: 'where it answers no JSON', aws: ['echo None'], says: 'Its plan is not known.' },
])('an account $title', async ({ aws, says }) => {
  replaceAwsCli(aws);
  expect(await accountPlanSentence()).toContain(says);
});

test('without the AWS CLI, the command that asks', async () => {
  process.env['PATH'] = folder.concat('/nothing');
  expect(await accountPlanSentence()).toContain('Ask AWS: aws freetier get-account-plan-state --region us-east-1\n');
});
