import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

refuses('ECR refuses the lifecycle policy, or no reason says why images are not guarded', dev, [
  { field: 'imageRegistry.keptImages', values: [0], says: 'is not a whole number from 2' },
  { field: 'imageRegistry.untaggedExpiration', values: [Duration.days(0)], says: '0 days is not a whole' },
  { field: 'imageRegistry.immutableTags', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
  { field: 'imageRegistry.scanOnPush', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
]);

takes('what ECR takes', dev, [{ field: 'imageRegistry.keptImages', values: [2] }]);

test('fewer than two kept images are refused', () => {
  // ECR deletes the earlier one within a day, and no release can be rolled back to it.
  expect(brokenWith(dev, { 'imageRegistry.keptImages': 1 })).toEqual([
    'dev: imageRegistry.keptImages: 1 leaves no earlier image to roll back to; write 2 or more, as in 10',
  ]);
});

const scanned = withField(dev, 'imageRegistry.scanOnPush', 'on');
const refusing = withField(scanned, 'imageRegistry.refuse', {
  severity: 'HIGH',
  accepted: [{ id: 'CVE-2026-12345', until: '2026-12-31', why: 'the package is never called' }],
});
const REFUSE = 'imageRegistry.refuse';
const ACCEPTED = `${REFUSE}.accepted[0]`;

takes('images are refused by their scan', refusing, [
  { field: `${REFUSE}.severity`, values: ['CRITICAL', 'HIGH'] },
  { field: `${REFUSE}.accepted`, values: [[]] },
  // Inspector names what has no CVE by the id of GitHub, a basic scan by that of the distribution.
  { field: `${ACCEPTED}.id`, values: ['GHSA-599f-7c49-w659', 'TEMP-0290435-0B57B5', 'ALAS2023-2026-1234'] },
  // `release` alone judges a day that is over: the synth of an old commit must not fail.
  { field: `${ACCEPTED}.until`, values: ['2020-02-29'] },
]);

refuses('nobody could tell which images are refused, or why one is accepted', refusing, [
  { field: `${REFUSE}.severity`, values: ['MEDIUM'], says: 'is not one of CRITICAL, HIGH' },
  {
    field: `${ACCEPTED}.id`,
    values: ['CVE-26-1', 'cve-2026-12345', 'CVE-2026-12345 and others', 'see CVE-2026-12345', 'GHSA'],
    says: 'is not the id of a vulnerability; write one as `release` shows it',
  },
  {
    field: `${ACCEPTED}.until`,
    values: ['2026-02-30', '2026/12/31', 'soon'],
    says: 'is not a date; write year, month and day',
  },
  { field: `${ACCEPTED}.why`, values: ['TODO'], says: 'gives no reason; write why this environment can live' },
]);

test('without scans each image would be refused', () => {
  expect(brokenWith(refusing, { 'imageRegistry.scanOnPush': { off: 'no scans for now' } })).toEqual([
    "dev: imageRegistry.refuse: no image is scanned while imageRegistry.scanOnPush is off, and each would be refused; write scanOnPush: 'on', or undefined here",
  ]);
});

test('a finding that is accepted twice has two ends', () => {
  const accepted = { id: 'CVE-2026-12345', until: '2026-12-31', why: 'the package is never called' };
  expect(brokenWith(refusing, { [`${REFUSE}.accepted`]: [accepted, accepted] })).toEqual([
    'dev: imageRegistry.refuse.accepted[1]: CVE-2026-12345 is listed twice; list each value once',
  ]);
});
