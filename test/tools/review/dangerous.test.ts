import { DATA_1 } from './support/pairs/data-1';
import { DATA_2 } from './support/pairs/data-2';
import { STACK } from './support/pairs/stack';
import { NETWORK_1 } from './support/pairs/network-1';
import { NETWORK_2 } from './support/pairs/network-2';
import { RIGHTS_1 } from './support/pairs/rights-1';
import { RIGHTS_2 } from './support/pairs/rights-2';
import { RIGHTS_3 } from './support/pairs/rights-3';
import { SECRETS } from './support/pairs/secrets';
import { SERVICE } from './support/pairs/service';
import { levelOf, reviewChange } from './support/real-stack';

describe.each([
  ['data and deployments', [...DATA_1, ...DATA_2]],
  ['the stack itself', [...STACK]],
  ['the network', [...NETWORK_1, ...NETWORK_2]],
  ['rights', [...RIGHTS_1, ...RIGHTS_2]],
  ['secrets', [...SECRETS]],
  ['what runs', [...SERVICE]],
])('dangerous: %s', (_group, pairs) => {
  it.each(pairs)('%s (%s)', (_what, level, tells, change) => {
    const outcome = reviewChange('prod', change);
    expect({ level: levelOf(outcome), exitCode: outcome.exitCode }).toEqual({
      level,
      exitCode: level === 'risk' ? 1 : 0,
    });
    expect(outcome.open).toMatch(tells);
  });
});

it.each(RIGHTS_3)(
  'dangerous: rights, where the base is another one: %s (%s)',
  (_what, level, tells, change, prepare) => {
    const outcome = reviewChange('prod', change, prepare);
    expect(levelOf(outcome)).toBe(level);
    expect(outcome.open).toMatch(tells);
  },
);
