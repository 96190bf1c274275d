import { DATA, OTHER_DATA } from './support/pairs/data';
import { HARMLESS } from './support/pairs/harmless';
import { NETWORK } from './support/pairs/network';
import { OTHER_RIGHTS, RIGHTS } from './support/pairs/rights';
import { RUNNING, STACK } from './support/pairs/service';
import { type Change, check, reviewChange } from './support/real-stack';

describe.each([
  ['data and deployments', [...DATA, ...OTHER_DATA]],
  ['the stack itself', STACK],
  ['the network', NETWORK],
  ['rights', [...RIGHTS, ...OTHER_RIGHTS]],
  ['what runs, and secrets', RUNNING],
])('dangerous: %s', (_group, pairs) => {
  it.each(pairs)('$what ($level)', check);
});

describe('harmless, folded away, and never silent', () => {
  it.each(HARMLESS)('$what, and undone it is $back', check);
});

const EMPTIES = 'FileStorage/Bucket/AutoDeleteObjectsCustomResource';
it.each<readonly [string, Change]>([
  ['goes', (s) => s.remove(EMPTIES)],
  ['has another id', (s) => s.rename(EMPTIES, 'Renamed')],
  ['names another bucket', (s) => s.set(EMPTIES, { BucketName: 'other' })],
])('dangerous: what empties a bucket %s', (_what, change) => {
  expect(reviewChange('dev', change).there).toMatch(
    /⛔.*its handler is told to delete, and does so to what it named: `FileStorage\/Bucket`/,
  );
});
