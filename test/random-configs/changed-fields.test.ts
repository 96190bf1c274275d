import fc from 'fast-check';
import { template } from '../support/assembly';
import type { Template } from '../support/template';
import { changeOf, changedEnvironment, fieldsOf } from './support/changes';
import { lint } from './support/lint';
import { holdsFor, type Outcome, seed, tellSeed } from './support/property';

/** Results of the environments, and some of the templates: all of them would fill the memory. */
const counts = { synthesized: 0, refused: 0 };
const sample: Template[] = [];

function remember({ template: synthesized }: Outcome): void {
  if (!synthesized) counts.refused += 1;
  else if (counts.synthesized++ % 8 === 0 && sample.length < 4) sample.push(synthesized);
}

beforeAll(tellSeed);
jest.setTimeout(120_000);

test('200 environments, dev or prod changed in one to three places, are deployable or refused by the changed fields', () => {
  const environments = changedEnvironment({ minLength: 1, maxLength: 3 }, (base) =>
    fieldsOf(base).map((field) => changeOf(field)),
  );
  fc.assert(holdsFor(environments, remember), { seed, numRuns: 200 });
});

test('both ends were reached often, so that neither stands unproved', () => {
  expect(counts.synthesized).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(50);
});

test('cfn-lint finds nothing in a sample of the templates, nor in those that CI’s own lint does not see', () => {
  expect(sample).toHaveLength(4);
  expect(lint([...sample, template('delivery'), template('testlarge')])).toBe('');
});
