import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { accountPlanSentence } from '../../src/prepare/account-plan';

const pathOfRun = process.env['PATH'];
const folder = temporaryFolder('aws-cli-');

afterEach(() => {
  process.env['PATH'] = pathOfRun;
});

/** Puts a shell script in the place of the AWS CLI. */
function replaceAwsCli(script: readonly string[]): void {
  const program = join(folder, 'aws');
  writeFileSync(program, ['#!/bin/sh', ...script, ''].join('\n'));
  chmodSync(program, 0o755);
  process.env['PATH'] = `${folder}:${pathOfRun ?? ''}`;
}

/** Script that prints a plan for the one command that asks for it, and fails on every other. */
const answerPlan = (plan: object): string[] => [
  '[ "$1 $2 $3 $4" = "freetier get-account-plan-state --region us-east-1" ] || exit 9',
  `echo '${JSON.stringify(plan)}'`,
];

/** Exit code of the AWS CLI for a command that it does not know. */
const UNKNOWN_COMMAND = 252;

test('an account on the Free plan: until when, what AWS refuses, and the command that upgrades it', async () => {
  replaceAwsCli(
    answerPlan({
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

test('an account on the paid plan has nothing to upgrade', async () => {
  replaceAwsCli(answerPlan({ accountPlanType: 'PAID' }));
  expect(await accountPlanSentence()).toBe('Its plan is the paid one.');
});

test.each([
  { title: 'AWS answers a plan that this program does not know', script: answerPlan({ accountPlanType: 'TEAM' }) },
  { title: 'the AWS CLI is too old for the command', script: [`exit ${UNKNOWN_COMMAND}`] },
  { title: 'the AWS CLI prints None, its text for no value, instead of JSON', script: ['echo None'] },
])('if $title, the plan is called unknown, and not taken for one that can deploy prod', async ({ script }) => {
  replaceAwsCli(script);
  expect(await accountPlanSentence()).toContain('Its plan is not known.');
});

test('without the AWS CLI, the command is named that asks for the plan', async () => {
  process.env['PATH'] = join(folder, 'no-programs');
  expect(await accountPlanSentence()).toContain('Ask AWS: aws freetier get-account-plan-state --region us-east-1\n');
});
