import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '@infra/commands/app';
import { valueAt } from '@infra/testing/config';
import { type TestEnvironment, testEnvironments } from '@infra/testing/environments';
import { fieldsOf, isWithin } from '@infra/testing/config-fields';
import { changedParts, type Synthesized } from './support/changed-parts';
import { isAccepted, withOther } from './support/other-value';
import { synthesized } from './support/synthesized';

/** Safeguards with other values than 'on' or off with a reason (lib/config/safeguard.ts), such as a period or a mode. */
const OTHER_SAFEGUARDS: readonly string[] = [
  'keepData',
  'database.backups.retention',
  'loadBalancer.firewall',
  'webService.executeCommand',
  'webService.containerInsights',
];

function isOtherSafeguard(field: string): boolean {
  return OTHER_SAFEGUARDS.includes(field) || isWithin(field, 'alarms');
}

/** Vulnerabilities for which `release` refuses an image. Only `release` reads them: no template and no review shows them. */
const REFUSED_VULNERABILITIES = 'imageRegistry.refuse';

/** Fields of an environment to change: all of dev's and prod's, and of the others those that these two leave unset. */
function changedFieldsOf(name: TestEnvironment): string[] {
  const fields = fieldsOf(testEnvironments[name]).filter(({ path }) => !isWithin(path, REFUSED_VULNERABILITIES));
  if (name === 'dev' || name === 'prod') return fields.map(({ path }) => path);
  const fieldsOfGuide = [...fieldsOf(testEnvironments.dev), ...fieldsOf(testEnvironments.prod)];
  const setInGuide = fieldsOfGuide.filter(({ value }) => value !== undefined);
  // A list is set in the guide's environments if an item of it is.
  const isSetInGuide = (path: string) => setInGuide.some((field) => isWithin(field.path, path));
  const setHere = fields.filter(({ value }) => value !== undefined);
  const onlySetHere = setHere.filter(({ path }) => !isSetInGuide(path));
  return onlySetHere.map(({ path }) => path);
}

const changedConfigs = new Map<string, EnvironmentConfig>();

/** An environment's config with another value in a field: the same one at each call, so that it is synthesized once. */
function changedIn(name: TestEnvironment, field: string): EnvironmentConfig {
  const key = `${name}: ${field}`;
  const config = changedConfigs.get(key) ?? withOther(name, testEnvironments[name], field);
  changedConfigs.set(key, config);
  return config;
}

/** An environment as it is. */
function unchanged(name: TestEnvironment): Synthesized {
  const result = synthesized(name, testEnvironments[name]);
  if (!('template' in result)) throw new Error(result.join());
  return result;
}

/** A field with the resources that a change of it changes, or with the rule that refuses every other value. */
function effectOf(name: TestEnvironment, field: string): string {
  const after = synthesized(name, changedIn(name, field));
  if (!('template' in after)) return `${field}: refused\n  ${after.join('\n  ')}`;
  return [`${field}:`, ...changedParts(unchanged(name), after)].join('\n  ');
}

// Read what each field changes, and what it replaces, before you take a new snapshot.
test.each(Object.keys(testEnvironments) as TestEnvironment[])(
  'a change of one field of %s changes the resources that the snapshot has, and no others',
  (name) => {
    const effects = changedFieldsOf(name).map((field) => effectOf(name, field));
    expect(effects.filter((effect) => effect.endsWith(':'))).toEqual([]);
    expect(effects.join('\n')).toMatchSnapshot();
  },
  // It synthesizes a stack for each field.
  300_000,
);

const mask = new SecretMask();
const assembliesByFolder = new Map<string, Assembly>();

/** The assembly of a synthesized stack, read once: many fields are changed in the same one. */
function assemblyOf({ folder }: Synthesized): Assembly {
  const assembly = assembliesByFolder.get(folder) ?? readAssembly(folder, mask);
  assembliesByFolder.set(folder, assembly);
  return assembly;
}

/** The review that a pull request shows of a change from one synthesized stack to another. */
function reviewOf(before: Synthesized, after: Synthesized): string {
  const configDiff = '';
  return renderMarkdown(compareAssemblies(assemblyOf(before), assemblyOf(after), configDiff));
}

/** Reviews of one field's change, and of its way back. */
interface FieldReviews {
  readonly change: string;
  readonly wayBack: string;
}

const reviewsOfFields = new Map<string, FieldReviews>();

/** The reviews of a field: the same ones at each call, so that they are made once. */
function reviewsOf({ environment, field }: ReviewedField): FieldReviews {
  const key = `${environment}: ${field}`;
  const reviews = reviewsOfFields.get(key) ?? makeReviews(environment, field);
  reviewsOfFields.set(key, reviews);
  return reviews;
}

function makeReviews(environment: ReviewedField['environment'], field: string): FieldReviews {
  const before = unchanged(environment);
  const after = synthesized(environment, changedIn(environment, field));
  if (!('template' in after)) throw new Error(`A rule refuses the change: ${after.join()}`);
  return { change: reviewOf(before, after), wayBack: reviewOf(after, before) };
}

/** The part of a review that a reader sees without unfolding anything. */
function visiblePartOf(review: string): string {
  const [visible = ''] = review.split('<details>', 1);
  return visible;
}

/** Findings that a reader sees, each with its text and its advice. */
function visibleFindingsOf(review: string): string[] {
  return visiblePartOf(review)
    .split(/\n(?=- (?:⛔|⚠️|👀) )/)
    .slice(1);
}

interface ReviewedField {
  readonly environment: 'dev' | 'prod';
  readonly field: string;
}

/** Fields of an environment that can have another value: no rule refuses it. */
function reviewedFieldsOf(environment: ReviewedField['environment']): ReviewedField[] {
  const fields = changedFieldsOf(environment);
  const changeable = fields.filter((field) => isAccepted(environment, changedIn(environment, field)));
  return changeable.map((field) => ({ environment, field }));
}

const fieldsOfProd = reviewedFieldsOf('prod');
/** Each field once: dev's are those that prod lacks, such as the office hours. */
const reviewedFields = [
  ...fieldsOfProd,
  ...reviewedFieldsOf('dev').filter(({ field }) => !fieldsOfProd.some((other) => other.field === field)),
];

describe('the review of a change of one field, and of the way back', () => {
  test.each(reviewedFields)('shows a change of $field of $environment: it would be deployed unseen', (row) => {
    const { change, wayBack } = reviewsOf(row);
    for (const review of [change, wayBack]) expect(review).not.toContain('**No change.**');
  });
});

describe('the review never folds the loss of a safeguard away', () => {
  const safeguardsOn = reviewedFields.filter(({ environment, field }) => {
    return valueAt(testEnvironments[environment], field) === 'on';
  });

  test.each(safeguardsOn)('$field of $environment is switched off', (row) => {
    expect(visibleFindingsOf(reviewsOf(row).change)).not.toEqual([]);
  });

  const otherSafeguards = reviewedFields.filter(({ field }) => isOtherSafeguard(field));

  // The other value may be the stronger one, such as a longer period: then the way back weakens the safeguard.
  test.each(otherSafeguards)('$field of $environment gets weaker, by its change or by the way back', (row) => {
    const { change, wayBack } = reviewsOf(row);
    expect([...visibleFindingsOf(change), ...visibleFindingsOf(wayBack)]).not.toEqual([]);
  });
});
