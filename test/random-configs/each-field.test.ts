import { review } from '@infra/change-review/testing';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { changeOf, faultsOf, isRefused, synthesized } from './support/change-shows';
import { leavesOf, within } from './support/leaves';
import { whereFieldsShow } from './support/where-fields-show';

/** Fields whose change may be more than a look, one way or the other. To add one, read the review. */
const MORE_THAN_A_LOOK = [
  // Fields that cannot change without a replacement, or at all.
  /^region$/,
  /^network\./,
  /^database\.(fromSnapshot|databaseName|encryption|engineVersion|allocatedStorage|multiAz|iops|storageThroughput)$/,
  /^loadBalancer\.domain(\.domainName|\.hostedZoneId)?$/,
  // Safeguards.
  /^(terminationProtection|keepData|logRetention|alarms)$/,
  /^alarms\.email$/,
  /^database\.(backups\.retention|deletionProtection|maxAllocatedStorage|sslMode)$/,
  /^fileStorage\.(versioning|noncurrentVersionExpiration|importExpiration)$/,
  /^imageRegistry\./,
  /^loadBalancer\.(openPorts|allowedRanges(\[0\])?|domain\.sslPolicy)$/,
  /^webService\.(executeCommand|tasks\.mode)$/,
  // Fields that add roles, secrets or parameters.
  /^(webService|userImport)\.(settings|migration|schedule)$/,
  /^budget$/,
];

/** Safeguards beside those that are 'on': their loss must not be folded away. */
const SAFEGUARDS =
  /^(keepData|alarms(\.\w+)?|database\.backups\.retention|webService\.(executeCommand|containerInsights))$/;

/** Dev and prod; of the others, the fields that neither has. */
const fieldsOf = (name: TestEnvironment) => {
  const fields = (one: TestEnvironment) => leavesOf(testEnvironments[one]).map(([field]) => field);
  const known = name === 'dev' || name === 'prod' ? [] : [...fields('dev'), ...fields('prod')];
  return fields(name).filter((field) => !known.some((one) => within(one, field)));
};

describe.each([
  { name: 'dev', other: 'prod' },
  { name: 'prod', other: 'dev' },
  { name: 'testopen', other: 'prod' },
  { name: 'testlean', other: 'dev' },
  { name: 'testweekdays', other: 'dev' },
] as const)(
  'whoever changes one field of $name sees it where the field is for and nowhere else, and is told in the review',
  ({ name, other }) => {
    test.each(fieldsOf(name))('%s', (field) => {
      const row = whereFieldsShow[field] ?? whereFieldsShow[field.replace(/\[\d+\]$|(?<=\.variables\.)\w+$/, '*')];
      if (!row) throw new Error(`${field} has no row in where-fields-show.ts: say where a change of it shows`);
      const change = changeOf({ field, here: testEnvironments[name], there: testEnvironments[other] }, row);
      const [before, after] = [synthesized(name, change.before), synthesized(name, change.after)];
      expect(faultsOf(row, change.values, before, after)).toEqual([]);
      if (isRefused(before) || isRefused(after) || !(name === 'dev' || name === 'prod')) return;
      const folders = [before.folder, after.folder] as const;
      const [there = false, back = false] = [folders, [...folders].reverse() as [string, string]].map((sides) =>
        isShown(review(...sides, { markdown: true }).stdout, field),
      );
      const [from, to] = change.values;
      if (from === 'on') expect(there).toBe(true);
      if (to === 'on') expect(back).toBe(true);
      if (SAFEGUARDS.test(field)) expect(there || back).toBe(true);
    });
  },
);

/** True if a review has something open. Each finding says what it means, beside its values, and what to do. */
function isShown(markdown: string, field: string): boolean {
  const [, open = ''] = /^([^]*?)(?:<details>|$)/.exec(markdown) ?? [];
  expect(markdown).not.toContain('**No change.**');
  if (!MORE_THAN_A_LOOK.some((each) => each.test(field))) expect(open).not.toMatch(/⛔|⚠️/);
  for (const finding of open.split(/\n(?=- (?:⛔|⚠️|👀) )/).slice(1)) {
    expect(finding).toMatch(/\*\*: \S/);
    expect(finding).toMatch(/\n {2}- Do: \S/);
  }
  return /⛔|⚠️|👀/.test(open);
}
