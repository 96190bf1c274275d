import { type Assembly, readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { mostUrgentLevel, withoutDetails } from '@infra/change-review/testing';
import { type Change, RealStack } from '@infra/cost/test/support/real-stack';
import { DATA } from './support/pairs/data';
import { HARMLESS } from './support/pairs/harmless';
import { NETWORK } from './support/pairs/network';
import { RIGHTS } from './support/pairs/rights';
import { RUNNING } from './support/pairs/running';

const mask = new SecretMask();
const read = (stack: RealStack) => readAssembly(stack.write(), mask);
const unchanged = { dev: read(new RealStack('dev')), prod: read(new RealStack('prod')) };

/** Both sides of a change to a real stack. */
interface Sides {
  readonly base: Assembly;
  readonly head: Assembly;
}

function change(apply: Change, environment: 'dev' | 'prod' = 'prod'): Sides {
  const stack = new RealStack(environment);
  apply(stack);
  return { base: unchanged[environment], head: read(stack) };
}

/** Applies a change to a stack that has something in addition to the real one. */
function changeExtended(apply: Change, extend: Change): Sides {
  const base = new RealStack('prod');
  extend(base);
  const head = new RealStack('prod');
  extend(head);
  apply(head);
  return { base: read(base), head: read(head) };
}

/** The part of the review's comment that is not folded. */
function review({ base, head }: Sides): string {
  const comment = renderMarkdown(compareAssemblies(base, head, ''));
  return withoutDetails(comment);
}

const DANGEROUS = [
  { group: 'data and deployments', pairs: DATA },
  { group: 'the network', pairs: NETWORK },
  { group: 'rights', pairs: RIGHTS },
  { group: 'capacity, the engine and secrets', pairs: RUNNING },
];

describe.each(DANGEROUS)('dangerous: $group', ({ pairs }) => {
  it.each(pairs)('$title', ({ level, says, change: apply, onBothSides }) => {
    const open = review(onBothSides ? changeExtended(apply, onBothSides) : change(apply));
    for (const sentence of [says].flat()) expect(open).toMatch(sentence);
    expect(mostUrgentLevel(open)).toBe(level);
  });
});

describe('harmless, folded away, and never silent', () => {
  it.each(HARMLESS)('$title', ({ change: apply }) => {
    const open = review(change(apply));
    expect(open).toContain('No data is at risk, and nothing is opened or weakened.');
  });
});

describe('harmless the other way round, too', () => {
  const reversible = HARMLESS.filter(({ direction }) => direction === 'both ways');

  it.each(reversible)('$title, undone', ({ change: apply }) => {
    const { base, head } = change(apply);
    const open = review({ base: head, head: base });
    expect(mostUrgentLevel(open)).toBe('harmless');
  });
});

test('a title has one pair: a red line alone says which change it is about', () => {
  const titles = [...DANGEROUS.flatMap(({ pairs }) => pairs), ...HARMLESS].map(({ title }) => title);
  const repeated = titles.filter((title, index) => titles.indexOf(title) !== index);
  expect(repeated).toEqual([]);
});
