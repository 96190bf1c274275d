import { createStacks, type EnvironmentConfig } from '@infra/commands/app';
import { ConfigError } from '@infra/testing/app-rules';
import { newApp } from '@infra/testing/synth';
import type { Template } from '@infra/testing/template';
import { type TestEnvironment, testEnvironments } from '@infra/testing/environments';
import { fieldsOf, isWithin } from '@infra/testing/config-fields';
import { changedParts, type Synthesized } from './support/changed-parts';
import { withOther } from './support/other-value';

/** Vulnerabilities for which `release` refuses an image. Only `release` reads them: no template and no review shows them. */
const REFUSED_VULNERABILITIES = 'imageRegistry.refuse';

/** Fields of an environment to change: all of prod's, those that only one of dev and prod has set, and those that only others set. */
function changedFieldsOf(name: TestEnvironment): string[] {
  const fields = fieldsOf(testEnvironments[name]).filter(({ path }) => !isWithin(path, REFUSED_VULNERABILITIES));
  if (name === 'prod') return fields.map(({ path }) => path);
  const { prod, dev } = testEnvironments;
  const fieldsBefore = name === 'dev' ? fieldsOf(prod) : [...fieldsOf(dev), ...fieldsOf(prod)];
  const setBefore = fieldsBefore.filter(({ value }) => value !== undefined);
  const changed = fields.filter(({ path, value }) => {
    // A list is set before if an item of it is.
    const isSetBefore = setBefore.some((field) => isWithin(field.path, path));
    return value === undefined ? isSetBefore && name === 'dev' : !isSetBefore;
  });
  return changed.map(({ path }) => path);
}

/** Synthesizes one environment alone, or returns the rules that its config breaks. */
function synthesized(name: string, config: EnvironmentConfig): Synthesized | readonly string[] {
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  try {
    createStacks(app, { [name]: config });
  } catch (error) {
    if (error instanceof ConfigError) return error.brokenRules;
    throw error;
  }
  const [stack] = app.synth().stacks;
  if (!stack) throw new Error('There is no stack');
  return {
    template: stack.template as Template,
    environment: stack.environment.name,
    terminationProtection: stack.terminationProtection ?? false,
  };
}

/** A field with the resources that a change of it changes, or with the rule that refuses every other value. */
function effectOf(name: TestEnvironment, before: Synthesized, field: string): string {
  const after = synthesized(name, withOther(name, testEnvironments[name], field));
  if (!('template' in after)) return `${field}: refused\n  ${after.join('\n  ')}`;
  return [`${field}:`, ...changedParts(before, after)].join('\n  ');
}

// Read what each field changes, and what it replaces, before you take a new snapshot.
test.each(Object.keys(testEnvironments) as TestEnvironment[])(
  'a change of one field of %s changes the resources that the snapshot has, and no others',
  (name) => {
    const before = synthesized(name, testEnvironments[name]);
    if (!('template' in before)) throw new Error(before.join());
    const effects = changedFieldsOf(name).map((field) => effectOf(name, before, field));
    expect(effects.filter((effect) => effect.endsWith(':'))).toEqual([]);
    expect(effects.join('\n')).toMatchSnapshot();
  },
  // It synthesizes a stack for each field.
  300_000,
);
