import fc from 'fast-check';
import type * as core from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../lib/config/environment';
import type * as validate from '../../lib/config/validate';
import { type BaseName, type Change, changeOf, changedEnvironment, fieldsOf, within } from './support/changes';
import { fields } from './support/fields';
import { holdsFor, seed, tellSeed } from './support/property';

/** The field whose rules the validator has lost. */
let mockLost = '';

jest.mock('../../lib/config/validate', () => {
  const { brokenRules, ConfigError } = jest.requireActual<typeof validate>('../../lib/config/validate');
  const { within: lies } = jest.requireActual<{ within: typeof within }>('./support/changes');
  return {
    ConfigError,
    assertValid: (environments: Readonly<Record<string, EnvironmentConfig>>) => {
      const lines = Object.entries(environments)
        .flatMap(([name, config]) => brokenRules(name, config))
        .filter((line) => !lies(line.split(': ')[1] ?? '', mockLost));
      if (lines.length > 0) throw new ConfigError(lines);
    },
  };
});

// The validator alone is on trial here: without the resources each field takes a moment.
jest.mock('../../lib/prooflink-stack', () => ({
  ProoflinkStack: jest.requireActual<typeof core>('aws-cdk-lib/core').Stack,
}));

beforeAll(tellSeed);

const ruled = Object.entries(fields).flatMap(([field, { broken }]) => (broken ? [{ field, broken }] : []));

describe('the property fails, and shrinks to the one field, when the validator loses the rules of', () => {
  test.each(ruled)('$field', ({ field, broken }) => {
    mockLost = field;
    const changes = (base: BaseName) => (fieldsOf(base).includes(field) ? [changeOf(field, { broken })] : []);
    const { counterexample, errorInstance } = fc.check(
      holdsFor(changedEnvironment({ minLength: 1, maxLength: 3 }, changes)),
      {
        seed,
        numRuns: 20,
      },
    );
    // Not named where another rule still refuses the config, for what follows from the change.
    expect([`Error: ${field} was not refused`, `Error: ${field} is not named`]).toContain(String(errorInstance));
    expect(counterexample?.[0].changes.map((change: Change) => change.field)).toEqual([field]);
  });
});

test('with all its rules, the validator refuses the same changes', () => {
  mockLost = 'nothing';
  const changes = (base: BaseName) =>
    ruled.filter(({ field }) => fieldsOf(base).includes(field)).map(({ field, broken }) => changeOf(field, { broken }));
  fc.assert(holdsFor(changedEnvironment({ minLength: 1, maxLength: 3 }, changes)), { seed, numRuns: 300 });
});

test('a failure is told as an environment and its changes', () => {
  mockLost = 'network.cidr';
  const changes = () => [changeOf('network.cidr', { broken: fc.constant('10.0.0.0/33') })];
  const details = fc.check(holdsFor(changedEnvironment({ minLength: 1, maxLength: 1 }, changes)), { seed });
  // Either base: which of the two comes first is the seed's choice.
  expect(fc.defaultReportMessage(details)).toMatch(
    /Counterexample: \[(dev|prod) with network\.cidr = "10\.0\.0\.0\/33"\]/,
  );
});
