import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { randomRuns, searchFactor } from '@infra/common/random-tests';
import fc from 'fast-check';
import { createStacks, type EnvironmentConfig } from '@infra/commands/app';
import { ConfigError, show } from '@infra/testing/app-rules';
import { runFolder } from '@infra/testing/run-folder';
import { withFields } from '@infra/testing/config';
import { testEnvironments } from '@infra/testing/environments';
import { newApp } from '@infra/testing/synth';
import type { Template } from '@infra/testing/template';
import { type ConfigField, fieldsAndSectionsOf, isWithin } from '@infra/testing/config-fields';
import { whyNotDeployable } from './support/deployable';
import { isBroken, oddLike, oddText } from './support/odd-values';

/** Folder of the templates; a single one, since CDK stages assets once a process. */
const outdir = mkdtempSync(join(runFolder, 'random-configs-'));

/** A tests' environment with changes, perhaps under another name. */
interface ChangedEnvironment {
  readonly base: keyof typeof testEnvironments;
  readonly name: string;
  /** Fields and sections with other values. */
  readonly changes: readonly ConfigField[];
}

const fieldsOfAll = Object.values<EnvironmentConfig>(testEnvironments).flatMap(fieldsAndSectionsOf);

/** Changes of one field each: to an odd value of its type, or to the value of another environment. */
function changesOf(base: ChangedEnvironment['base']): fc.Arbitrary<ConfigField>[] {
  return fieldsAndSectionsOf(testEnvironments[base]).map(({ path, value }) => {
    const valuesOfAll = fieldsOfAll.filter((field) => field.path === path).map((field) => field.value);
    const borrowedValue = fc.constantFrom(...valuesOfAll);
    const oddValue = oddLike(value);
    const newValue = oddValue ? fc.oneof(oddValue, borrowedValue) : borrowedValue;
    return newValue.map((changedValue) => ({ path, value: changedValue }));
  });
}

/** An environment with one to four changes, of which none is a part of another. */
function changedFrom(base: ChangedEnvironment['base']): fc.Arbitrary<ChangedEnvironment> {
  return fc.record<ChangedEnvironment>({
    base: fc.constant(base),
    name: fc.oneof({ weight: 9, arbitrary: fc.constant(base) }, oddText),
    changes: fc.uniqueArray(fc.oneof(...changesOf(base)), {
      minLength: 1,
      maxLength: 4,
      comparator: (first, second) => isWithin(first.path, second.path) || isWithin(second.path, first.path),
    }),
  });
}

const bases = Object.keys(testEnvironments) as ChangedEnvironment['base'][];
const environments = fc.oneof(...bases.map(changedFrom));

const counts = { synthesized: 0, refused: 0 };

function sectionOf(field: string): string {
  return field.split(/[.[]/, 1)[0] ?? '';
}

/** Faults: another exception, a template that cannot be deployed, a message that names no field that was changed. */
function faultsOf({ base, name, changes }: ChangedEnvironment): string[] {
  const changedValues = Object.fromEntries(changes.map(({ path, value }) => [path, value]));
  const config = withFields(testEnvironments[base], changedValues);
  const brokenFields = changes.filter(({ value }) => isBroken(value)).map(({ path }) => path);
  try {
    const synthesized = synthesize(name, config);
    counts.synthesized += 1;
    return [...brokenFields.map((field) => `${field} was not refused`), ...whyNotDeployable(synthesized, config)];
  } catch (error) {
    if (!(error instanceof ConfigError)) return [`another exception: ${String(error)}`];
    counts.refused += 1;
    return faultsOfMessage(error, name, brokenFields);
  }
}

/** Synthesizes an environment alone. */
function synthesize(name: string, config: EnvironmentConfig): Template {
  const app = newApp({ outdir });
  const [stack] = createStacks(app, { [name]: config });
  return app.synth().getStackArtifact(stack?.artifactId ?? '').template as Template;
}

/** Characters that a terminal obeys, but for the line breaks between rules. */
const CONTROL_CHARACTER = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** Faults of a refusal: a broken field that it does not name, a line in two, a character that a terminal obeys. */
function faultsOfMessage(error: ConfigError, name: string, brokenFields: readonly string[]): string[] {
  const { brokenRules, message } = error;
  const namedFields = brokenRules.map((line) => line.slice(show(name).length + 2).split(':', 1)[0] ?? '');
  const namedSections = namedFields.map(sectionOf);
  // Another mode of the tasks makes the missing fields of that mode the first thing to say.
  const unnamed = brokenFields.filter((field) => !namedSections.includes(sectionOf(field)));
  const faults = unnamed.map((field) => `${field} is not named`);
  if (message.split('\n').length !== brokenRules.length + 1) faults.push('a line is broken in two');
  if (CONTROL_CHARACTER.test(message)) faults.push('a character that a terminal obeys');
  return faults;
}

jest.setTimeout(240_000 * searchFactor);

test('300 environments, with odd values and others’ values, are deployable or refused by the fields that are wrong', () => {
  const property = fc.property(environments, (environment) => {
    expect(faultsOf(environment)).toEqual([]);
  });
  fc.assert(property, randomRuns(300));
});

test('both ends were reached often, so that neither is unproved', () => {
  expect(counts.synthesized).toBeGreaterThan(30);
  expect(counts.refused).toBeGreaterThan(50);
});
