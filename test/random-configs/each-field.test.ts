import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { valueAt } from '../support/config';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { differences } from './support/difference';
import { leavesOf, within } from './support/leaves';
import { withOther } from './support/other-value';
import { synthesized } from './support/synthesized';

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

/** Dev and prod; of the others, the fields that neither has or sets. */
const fieldsOf = (name: TestEnvironment) => {
  if (name === 'dev' || name === 'prod') return leavesOf(testEnvironments[name]).map(([field]) => field);
  const known = [...leavesOf(testEnvironments.dev), ...leavesOf(testEnvironments.prod)]
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field);
  return leavesOf(testEnvironments[name])
    .filter(([field, value]) => value !== undefined && !known.some((one) => within(one, field)))
    .map(([field]) => field);
};

const mask = new SecretMask();
describe.each(Object.keys(testEnvironments) as TestEnvironment[])(
  'a change of one field of %s shows in its places and nowhere else, and in the review',
  (name) => {
    test.each(fieldsOf(name))('%s', (field) => {
      const config = testEnvironments[name];
      const changed = withOther(name, config, field);
      const [before, after] = [synthesized(name, config), synthesized(name, changed)];
      if (!('template' in before)) throw new Error(before.join());
      // Each place with its values, or the rule that refuses every other value. Read them before a new one is taken.
      const shown = 'template' in after ? differences(before, after) : after;
      expect(shown).not.toEqual([]);
      expect(shown.join('\n')).toMatchSnapshot();
      if (!('template' in after) || !(name === 'dev' || name === 'prod')) return;
      const [one, two] = [readAssembly(before.folder, mask), readAssembly(after.folder, mask)];
      const isOpen = (base: Assembly, head: Assembly) =>
        isShown(renderMarkdown(compareAssemblies(base, head, ''), false), field);
      const [there, back] = [isOpen(one, two), isOpen(two, one)];
      if (valueAt(config, field) === 'on') expect(there).toBe(true);
      if (valueAt(changed, field) === 'on') expect(back).toBe(true);
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
