import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const budget = { amount: 60, email: 'ops@proofs.jp' };

refuses('AWS refuses it, or no mail is sent', dev, [
  { field: 'budget', values: [{ ...budget, amount: 0 }], says: '0 is not a whole number from 1 to 1000000' },
  { field: 'budget', values: [{ ...budget, amount: 49.5 }], says: '49.5 is not a whole number' },
  { field: 'budget', values: [{ ...budget, email: 'ops' }], says: 'ops is not an email address; write a single one' },
]);

takes('what AWS takes', dev, [{ field: 'budget', values: [budget, undefined] }]);
