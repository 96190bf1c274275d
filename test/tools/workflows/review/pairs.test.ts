import { type Assembly, readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { type Change, RealStack } from '../../../support/real-stack';
import { DATA, OTHER_DATA } from './support/pairs/data';
import { HARMLESS } from './support/pairs/harmless';
import { NETWORK } from './support/pairs/network';
import type { Pair } from './support/pairs/pair';
import { OTHER_RIGHTS, RIGHTS } from './support/pairs/rights';
import { RUNNING } from './support/pairs/service';

const mask = new SecretMask();
const read = (stack: RealStack) => readAssembly(stack.write(), mask);
const unchanged = { dev: read(new RealStack('dev')), prod: read(new RealStack('prod')) };

/** The part of a comment that is not folded, for a change to a stack and for its undoing. Both sides may be prepared. */
function reviewChange(change: Change, prepare?: Change, name: 'dev' | 'prod' = 'prod') {
  const [old, now] = [new RealStack(name), new RealStack(name)];
  prepare?.(old);
  prepare?.(now);
  change(now);
  const [before, after] = [prepare ? read(old) : unchanged[name], read(now)];
  const open = (base: Assembly, head: Assembly) =>
    renderMarkdown(compareAssemblies(base, head, ''), false).replace(/<details>[^]*?<\/details>/g, '');
  return { there: open(before, after), back: () => open(after, before) };
}

const LEVELS: Readonly<Record<string, Pair['level']>> = { '⛔': 'risk', '⚠️': 'weaker', '👀': 'look' };

/** The most urgent level of what a comment has open. */
const levelOf = (open: string): Pair['level'] => LEVELS[/⛔|⚠️|👀/.exec(open)?.[0] ?? ''] ?? 'harmless';

describe.each([
  ['data and deployments', [...DATA, ...OTHER_DATA]],
  ['the network', NETWORK],
  ['rights', [...RIGHTS, ...OTHER_RIGHTS]],
  ['what runs, secrets, and the stack', RUNNING],
])('dangerous: %s', (_group, pairs) => {
  it.each(pairs)('$what ($level)', ({ what, level, change, prepare }) => {
    const { there } = reviewChange(change, prepare);
    expect(there).toMatch(what);
    expect(levelOf(there)).toBe(level);
  });
});

describe('harmless, folded away, and never silent', () => {
  it.each(HARMLESS)('$what', ({ change, isUndone }) => {
    const { there, back } = reviewChange(change);
    expect(there).toContain('No data is at risk, and nothing is opened or weakened.');
    if (isUndone) expect(levelOf(back())).toBe('harmless');
  });
});

const EMPTIES = 'FileStorage/Bucket/AutoDeleteObjectsCustomResource';
it.each<readonly [string, Change]>([
  ['goes', (s) => s.remove(EMPTIES)],
  ['has another id', (s) => s.rename(EMPTIES, 'Renamed')],
  ['names another bucket', (s) => s.set(EMPTIES, { BucketName: 'other' })],
])('dangerous: what empties a bucket %s', (_what, change) => {
  expect(reviewChange(change, undefined, 'dev').there).toMatch(
    /⛔.*sends Delete to the handler of this custom resource, which may delete or change resources that it referred to: `FileStorage\/Bucket`/,
  );
});
