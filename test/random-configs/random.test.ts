import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { randomRuns, searchFactor } from '@infra/common/random-tests';
import fc from 'fast-check';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { show } from '../../lib/config/rules/check';
import { ConfigError } from '../../lib/config/validate';
import { createStacks } from '../../lib/create-stacks';
import { runFolder, template } from '../support/assembly';
import { withFields } from '../support/config';
import { testEnvironments } from '../support/environments';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';
import { whyNotDeployable } from './support/deployable';
import { nodesOf, within } from './support/leaves';
import { lint } from './support/lint';
import { isBroken, oddLike, oddText } from './support/odd-values';

/** Folder of the templates; a single one, since CDK stages assets once a process. */
const outdir = mkdtempSync(join(runFolder, 'random-configs-'));

/** One field of a config, or a section, with another value. */
type Change = readonly [field: string, value: unknown];

interface Changed {
  readonly base: keyof typeof testEnvironments;
  readonly name: string;
  readonly changes: readonly Change[];
}

const allNodes = Object.values<EnvironmentConfig>(testEnvironments).flatMap((config) => nodesOf(config));

/** A field with an odd value of its type, or with that of another environment. */
function changesOf(base: Changed['base']): fc.Arbitrary<Change>[] {
  return nodesOf(testEnvironments[base]).map(([field, value]) => {
    const odd = oddLike(value);
    const others = allNodes.filter(([other]) => other === field).map(([, other]) => other);
    return fc.oneof(...(odd ? [odd] : []), fc.constantFrom(...others)).map((other): Change => [field, other]);
  });
}

const environments = fc.oneof(
  ...(Object.keys(testEnvironments) as Changed['base'][]).map((base) =>
    fc.record<Changed>({
      base: fc.constant(base),
      name: fc.oneof({ weight: 9, arbitrary: fc.constant(base) }, oddText),
      changes: fc.uniqueArray(fc.oneof(...changesOf(base)), {
        ...{ minLength: 1, maxLength: 4 },
        comparator: ([one], [other]) => within(one, other) || within(other, one),
      }),
    }),
  ),
);

const counts = { synthesized: 0, refused: 0 };
/** Some of the templates: all of them would fill the memory. */
const sample: Template[] = [];

const section = (field: string) => field.split(/[.[]/, 1)[0];

/** Faults: another exception, a template that cannot be deployed, a message that names no field that was changed. */
function faultsOf({ base, name, changes }: Changed): string[] {
  const config = withFields(testEnvironments[base], Object.fromEntries(changes));
  const broken = changes.filter(([, value]) => isBroken(value)).map(([field]) => field);
  try {
    const app = newApp({ outdir });
    const [stack] = createStacks(app, { [name]: config });
    const synthesized = app.synth().getStackArtifact(stack?.artifactId ?? '').template as Template;
    if (counts.synthesized++ % 8 === 0 && sample.length < 4) sample.push(synthesized);
    return [...broken.map((field) => `${field} was not refused`), ...whyNotDeployable(synthesized, config)];
  } catch (error) {
    if (!(error instanceof ConfigError)) return [`another exception: ${String(error)}`];
    counts.refused += 1;
    const named = error.brokenRules.map((line) => line.slice(show(name).length + 2).split(':', 1)[0] ?? '');
    return [
      ...broken
        // Another mode of the tasks makes the missing fields of that mode the first thing to say.
        .filter((field) => !named.some((one) => section(one) === section(field)))
        .map((field) => `${field} is not named`),
      ...(error.message.split('\n').length === named.length + 1 ? [] : ['a line is broken in two']),
      ...(/(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(error.message)
        ? ['a character that a terminal obeys']
        : []),
    ];
  }
}

jest.setTimeout(240_000 * searchFactor);

test('300 environments, with odd values and others’ values, are deployable or refused by the fields that are wrong', () => {
  const property = fc.property(environments, (changed) => {
    expect(faultsOf(changed)).toEqual([]);
  });
  fc.assert(property, randomRuns(300));
});

test('both ends were reached often, so that neither is unproved', () => {
  expect(counts.synthesized).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(50);
});

test('cfn-lint finds nothing in a sample of the templates, nor in those that CI’s own lint does not see', () => {
  expect(sample).toHaveLength(4);
  expect(lint([...sample, template('delivery'), template('testlarge')])).toBe('');
});
