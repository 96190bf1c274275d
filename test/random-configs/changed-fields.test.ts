import fc from 'fast-check';
import { template } from '../support/assembly';
import { changeOf, changedEnvironment, fieldsOf } from './support/changes';
import { lint } from './support/lint';
import { holdsFor, type Outcome, seed, tellSeed } from './support/property';

/** What the run leaves behind, for the tests that look at all of it. */
const outcomes: Outcome[] = [];

beforeAll(tellSeed);
jest.setTimeout(120_000);

test('600 environments, dev or prod changed in one to three places, are deployable or refused by the changed fields', () => {
  const environments = changedEnvironment({ minLength: 1, maxLength: 3 }, (base) =>
    fieldsOf(base).map((field) => changeOf(field)),
  );
  const remember = (outcome: Outcome) => outcomes.push(outcome);
  fc.assert(holdsFor(environments, remember), { seed, numRuns: 600 });
});

test('both ends were reached often, so that neither stands unproved', () => {
  const synthesized = outcomes.filter(({ template }) => template).length;
  expect(synthesized).toBeGreaterThan(75);
  expect(outcomes.length - synthesized).toBeGreaterThan(150);
});

test('cfn-lint finds nothing in a sample of the templates, nor in the delivery’s, which CI’s own lint does not see', () => {
  const templates = outcomes.flatMap(({ template }) => template ?? []);
  const step = Math.ceil(templates.length / 8);
  const sample = templates.filter((_, index) => index % step === 0);
  expect(lint([...sample, template('delivery')])).toBe('');
});
