import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const budget = { amount: 60, email: 'ops@proofs.jp' };

refuses('AWS Budgets mails for the first cent, which exceeds the budget', dev, [
  { field: 'budget', values: [{ ...budget, amount: 0 }], says: '0 is not a whole number from 1 to 1000000' },
]);

refuses('a budget is in whole dollars, though AWS Budgets would take cents', dev, [
  { field: 'budget', values: [{ ...budget, amount: 49.5 }], says: '49.5 is not a whole number' },
]);

refuses('mail about an expensive account reaches no one: the address is none', dev, [
  { field: 'budget', values: [{ ...budget, email: 'ops' }], says: 'ops is not an email address; write a single one' },
]);

takes('a budget with an amount and an address', dev, [{ field: 'budget', values: [budget] }]);
takes('an environment without a budget', dev, [{ field: 'budget', values: [undefined] }]);
