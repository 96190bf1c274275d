import fc from 'fast-check';
import { changedEnvironment } from './support/changes';
import { holdsFor, seed, tellSeed } from './support/property';
import { oddChanges } from './support/odd-values';

beforeAll(tellSeed);
jest.setTimeout(120_000);

test('150 environments, any of their values replaced with odd ones, end no other way', () => {
  const environments = changedEnvironment({ minLength: 1, maxLength: 12 }, oddChanges);
  fc.assert(holdsFor(environments), { seed, numRuns: 150 });
});
