import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const budget = { amount: 60, email: 'ops@proofs.jp' };

refuses('the first cent exceeds the budget, and it mails at once', dev, [
  { field: 'budget', values: [{ ...budget, amount: 0 }], says: '0 is not a whole number from 1 to 1000000' },
]);

refuses('a budget is in whole dollars', dev, [
  { field: 'budget', values: [{ ...budget, amount: 49.5 }], says: '49.5 is not a whole number' },
]);

refuses('AWS Budgets mails to no one when the account becomes expensive', dev, [
  { field: 'budget', values: [{ ...budget, email: 'ops' }], says: 'ops is not an email address; write a single one' },
]);

takes('a budget with an amount and an address', dev, [{ field: 'budget', values: [budget] }]);
takes('an environment without a budget', dev, [{ field: 'budget', values: [undefined] }]);
