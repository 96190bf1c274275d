import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const budget = { amount: 60, email: 'ops@proofs.jp' };

refuses('AWS refuses it, or no mail is sent', dev, [
  ['budget', '0 is not a whole number from 1 to 1000000', { ...budget, amount: 0 }],
  ['budget', '49.5 is not a whole number', { ...budget, amount: 49.5 }],
  ['budget', 'ops is not an email address; write a single one', { ...budget, email: 'ops' }],
]);

takes('what AWS takes', dev, [['budget', budget, undefined]]);
