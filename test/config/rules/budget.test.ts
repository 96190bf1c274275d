import { testAccepted, testRules } from '../../support/config';

testRules('budget: AWS refuses it, or nobody is told', [
  ['budget', { amount: 0, email: 'ops@proofs.jp' }, '0 is not a whole number from 1 to 1000000'],
  ['budget', { amount: 49.5, email: 'ops@proofs.jp' }, '49.5 is not a whole number'],
  ['budget', { amount: 60, email: 'ops' }, 'ops is not an email address; write a single one'],
]);

testAccepted('budget: what AWS takes', [
  ['budget', { amount: 60, email: 'ops@proofs.jp' }],
  ['budget', undefined],
]);
