import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { valueAt, withField } from '../support/config';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { differences, type Synthesized } from './support/difference';
import { leavesOf, within } from './support/leaves';
import { withOther } from './support/other-value';
import { synthesized } from './support/synthesized';

/** Fields that cannot change without a replacement, or at all. */
const REPLACING: readonly string[] = [
  'region',
  'network',
  'database.fromSnapshot',
  'database.databaseName',
  'database.encryption',
  'database.engineVersion',
  'database.allocatedStorage',
  'database.multiAz',
  'database.iops',
  'database.storageThroughput',
  'loadBalancer.domain',
  'loadBalancer.domain.domainName',
  'loadBalancer.domain.hostedZoneId',
];

/** Fields that guard data, or keep others out. */
const GUARDING: readonly string[] = [
  'terminationProtection',
  'keepData',
  'logRetention',
  'alarms',
  'alarms.email',
  'database.backups.retention',
  'database.deletionProtection',
  'database.maxAllocatedStorage',
  'database.sslMode',
  'fileStorage.versioning',
  'fileStorage.noncurrentVersionExpiration',
  'fileStorage.importExpiration',
  'imageRegistry',
  'loadBalancer.firewall',
  'loadBalancer.openPorts',
  'loadBalancer.allowedRanges',
  'loadBalancer.allowedRanges[0]',
  'loadBalancer.domain.sslPolicy',
  'webService.executeCommand',
  'webService.tasks.mode',
];

/** Fields that add roles, secrets or parameters. */
const ADDING: readonly string[] = [
  'webService.settings',
  'webService.migration',
  'webService.schedule',
  'userImport.settings',
  'userImport.migration',
  'userImport.schedule',
  'budget',
];

/** Fields whose change may be more than a look, one way or the other. To add one, read the review. */
const MORE_THAN_A_LOOK: ReadonlySet<string> = new Set([...REPLACING, ...GUARDING, ...ADDING]);

/** Sections each of whose fields may be more than a look. */
const SECTIONS_OF_MORE_THAN_A_LOOK: readonly string[] = ['network', 'imageRegistry'];

function mayBeMoreThanALook(field: string): boolean {
  return MORE_THAN_A_LOOK.has(field) || SECTIONS_OF_MORE_THAN_A_LOOK.some((section) => within(field, section));
}

/** Safeguards beside those that are 'on': their loss must not be folded away. */
const SAFEGUARDS: readonly string[] = [
  'keepData',
  'database.backups.retention',
  'loadBalancer.firewall',
  'webService.executeCommand',
  'webService.containerInsights',
];

function isSafeguard(field: string): boolean {
  return SAFEGUARDS.includes(field) || within(field, 'alarms');
}

/** Section that only `release` reads, so that no template and no review shows it. */
const ONLY_FOR_RELEASE = 'imageRegistry.refuse';

/** Dev and prod; of the others, the fields that neither has or sets. */
function fieldsOf(name: TestEnvironment): string[] {
  const leaves = leavesOf(testEnvironments[name]).filter(([field]) => !within(field, ONLY_FOR_RELEASE));
  if (name === 'dev' || name === 'prod') return leaves.map(([field]) => field);
  const ofGuide = [...leavesOf(testEnvironments.dev), ...leavesOf(testEnvironments.prod)];
  const setInGuide = ofGuide.filter(([, value]) => value !== undefined).map(([field]) => field);
  const setHere = leaves.filter(([, value]) => value !== undefined).map(([field]) => field);
  return setHere.filter((field) => !setInGuide.some((other) => within(other, field)));
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

describe.each(Object.keys(testEnvironments) as TestEnvironment[])(
  'a change of one field of %s shows in its places and nowhere else, and in the review',
  (name) => {
    test.each(fieldsOf(name))('%s', (field) => {
      const after = synthesized(name, changedIn(name, field));
      // Each place with its values, or the rule that refuses every other value. Read them before a new one is taken.
      const places = 'template' in after ? differences(unchanged(name), after) : after;
      expect(places).not.toEqual([]);
      expect(places.join('\n')).toMatchSnapshot();
    });
  },
);

const mask = new SecretMask();

/** The review of a change from one synthesized stack to another. */
function reviewOf(before: Synthesized, after: Synthesized): string {
  const base = readAssembly(before.folder, mask);
  const head = readAssembly(after.folder, mask);
  return renderMarkdown(compareAssemblies(base, head, ''), false);
}

/** Findings of a review that are not folded away. */
function openFindingsOf(review: string): string {
  const [, open = ''] = /^([^]*?)(?:<details>|$)/.exec(review) ?? [];
  return open;
}

describe.each(['dev', 'prod'] as const)('the review of a change of one field of %s, and of the way back', (name) => {
  test.each(fieldsOf(name))('%s', (field) => {
    const changed = changedIn(name, field);
    const before = unchanged(name);
    const after = synthesized(name, changed);
    if (!('template' in after)) return;
    const change = reviewOf(before, after);
    const wayBack = reviewOf(after, before);
    for (const review of [change, wayBack]) checkReview(review, field);
    const changeIsOpen = /⛔|⚠️|👀/.test(openFindingsOf(change));
    const wayBackIsOpen = /⛔|⚠️|👀/.test(openFindingsOf(wayBack));
    // A safeguard that is lost is never folded away.
    if (valueAt(testEnvironments[name], field) === 'on') expect(changeIsOpen).toBe(true);
    if (valueAt(changed, field) === 'on') expect(wayBackIsOpen).toBe(true);
    if (isSafeguard(field)) expect(changeIsOpen || wayBackIsOpen).toBe(true);
  });
});

/** Expects a change, no level that the field cannot have, and findings that say what they mean and what to do. */
function checkReview(review: string, field: string): void {
  const open = openFindingsOf(review);
  expect(review).not.toContain('**No change.**');
  if (!mayBeMoreThanALook(field)) expect(open).not.toMatch(/⛔|⚠️/);
  for (const finding of open.split(/\n(?=- (?:⛔|⚠️|👀) )/).slice(1)) {
    expect(finding).toMatch(/\*\*: \S/);
    expect(finding).toMatch(/\n {2}- Do: \S/);
  }
}

test.each(['dev', 'prod'] as const)('the images that %s refuses are in no template', (name) => {
  const scanning = withField(testEnvironments[name], 'imageRegistry.scanOnPush', 'on');
  const accepted = { id: 'CVE-2026-12345', until: '2026-12-31', why: 'the package is never called' };
  const refusing = withField(scanning, ONLY_FOR_RELEASE, { severity: 'HIGH', accepted: [accepted] });
  const before = synthesized(name, scanning);
  const after = synthesized(name, refusing);
  if (!('template' in before && 'template' in after)) throw new Error('a rule refuses the config');
  expect(differences(before, after)).toEqual([]);
});
