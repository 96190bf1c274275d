import fc from 'fast-check';
import { bentEnvironment } from './support/bends';
import { holdsFor, removeTemplates, seed, tellSeed } from './support/property';
import { wildBends } from './support/wild';

beforeAll(tellSeed);
afterAll(removeTemplates);
jest.setTimeout(120_000);

test('500 wild environments, any of their values replaced with odd ones, end no other way', () => {
  const wild = bentEnvironment({ minLength: 1, maxLength: 12 }, wildBends);
  fc.assert(holdsFor(wild), { seed, numRuns: 500 });
});
