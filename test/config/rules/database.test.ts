import { PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { MAJOR_VERSIONS } from '../../../lib/config/rules/database';
import { brokenRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField, withFields } from '../../support/config';

/** Prod with storage that RDS stripes, from 400 GiB on: IOPS and throughput must be given. */
const prodWithStripedStorage = withFields(prod, {
  'database.allocatedStorage': Size.gibibytes(400),
  'database.maxAllocatedStorage': undefined,
  'database.iops': 12000,
  'database.storageThroughput': 500,
});

/** Instance classes by their names, as a config has them. */
const classes = (...names: string[]) => names.map((name) => new InstanceType(name));

refuses('RDS refuses the instance class, ten minutes into the deploy', dev, [
  {
    title: 'the family is too old for PostgreSQL 15, although the CDK’s own validation accepts it',
    field: 'database.instanceType',
    values: classes('t1.micro', 't2.micro', 'm1.small', 'm4.large', 'r3.large', 'r4.large'),
    says: 'is not an instance class of RDS for PostgreSQL 15; write family and size',
  },
  {
    title: 'db. is in front of the class, where the CDK puts it once more',
    field: 'database.instanceType',
    values: classes('db.t4g.micro'),
    says: 'is not an instance class of RDS for PostgreSQL 15; write family and size, without db. in front, as in t4g.micro',
  },
  {
    title: 'it has no family, or no size',
    field: 'database.instanceType',
    values: classes('t4g', '.micro', 't4g.', 'T4G.MICRO'),
    says: 'is not an instance class of RDS for PostgreSQL 15',
  },
]);

takes('a class of a newer generation', dev, [
  {
    field: 'database.instanceType',
    values: classes('t3.micro', 'm5.large', 'r5.large', 'm10g.large', 'x2iedn.32xlarge'),
  },
]);

refuses('RDS refuses the storage, ten minutes into the deploy', dev, [
  {
    title: 'it is below the 20 GiB with which gp3 begins',
    field: 'database.allocatedStorage',
    values: [Size.gibibytes(19)],
    says: '19 GiB is not a whole number of GiB from 20',
  },
  {
    title: 'it has a part of a GiB',
    field: 'database.allocatedStorage',
    values: [Size.mebibytes(20500)],
    says: '20.01953125 GiB is not a whole number of GiB',
  },
  {
    title: 'it has IOPS below 400 GiB',
    field: 'database.iops',
    values: [3000],
    says: 'does not go with 20 GiB: it takes 400 GiB or more; write undefined',
  },
]);

takes('storage up to the last GiB below striping', dev, [
  { field: 'database.allocatedStorage', values: [Size.gibibytes(399)] },
]);
takes('storage that RDS itself enlarges over 400 GiB', dev, [
  { field: 'database.maxAllocatedStorage', values: [Size.gibibytes(65536)] },
]);

refuses('RDS refuses the storage of prod, 100 GiB', prod, [
  {
    title: 'it grows by less than a tenth',
    field: 'database.maxAllocatedStorage',
    values: [Size.gibibytes(109)],
    says: '109 GiB is not 10 % above the 100 GiB allocated; write 110 GiB',
  },
]);
takes('storage that grows by exactly a tenth', prod, [
  { field: 'database.maxAllocatedStorage', values: [Size.gibibytes(110)] },
]);

refuses('RDS refuses storage of 400 GiB and more', prodWithStripedStorage, [
  {
    title: 'above the most of RDS for PostgreSQL',
    field: 'database.allocatedStorage',
    values: [Size.gibibytes(65537)],
    says: '65537 GiB is not a whole number of GiB from 20 to 65536',
  },
  {
    title: 'with fewer IOPS than it has at least',
    field: 'database.iops',
    values: [3000],
    says: 'is not a whole number from 12000',
  },
  {
    title: 'to grow without IOPS',
    field: 'database.iops',
    values: [undefined],
    says:
      'does not go with 400 GiB: from 400 GiB on RDS refuses to grow storage without it; write 12000, which costs ' +
      'nothing extra, or up to 64000',
  },
  {
    title: 'to grow without throughput',
    field: 'database.storageThroughput',
    values: [undefined],
    says: 'does not go with 400 GiB: from 400 GiB on RDS refuses',
  },
  {
    title: 'with more throughput than a quarter of its IOPS',
    field: 'database.storageThroughput',
    values: [4000, 3001],
    says: 'MiB/s is more than a quarter of 12000 IOPS; write 3000 or less',
  },
]);
takes('gp3 from 400 GiB on', prodWithStripedStorage, [
  { field: 'database.allocatedStorage', values: [Size.gibibytes(65536)] },
  { field: 'database.iops', values: [12000, 64000] },
  { field: 'database.storageThroughput', values: [500, 3000] },
]);

takes('the most throughput, with 4 times as many IOPS', withField(prodWithStripedStorage, 'database.iops', 16000), [
  { field: 'database.storageThroughput', values: [4000] },
]);

refuses('RDS refuses the name of the database, ten minutes into the deploy', dev, [
  {
    title: 'a character that RDS does not take',
    field: 'database.databaseName',
    values: ['prooflink-dev'],
    says: 'is not allowed; begin with prooflink, and go on with up to 54 of a-z, 0-9 and _: RDS refuses words of SQL',
  },
  {
    title: 'a name of 64 characters',
    field: 'database.databaseName',
    values: [`prooflink${'a'.repeat(55)}`],
    says: 'is not allowed',
  },
  {
    // RDS refused each in an account: "DBName … cannot be used. It is a reserved word for this engine".
    title: 'a word of SQL, or a database that PostgreSQL or RDS has already',
    field: 'database.databaseName',
    values: ['db', 'identity', 'current_user', 'postgres'],
    says: 'is not allowed',
  },
]);

takes('a name with prooflink in front, of up to 63 characters', dev, [
  { field: 'database.databaseName', values: [`prooflink${'a'.repeat(54)}`, 'prooflink'] },
]);

refuses('no task connects: the server refuses clear text', dev, [
  { field: 'database.sslMode', values: ['disable'], says: 'is not one of require, verify-ca, verify-full' },
]);

refuses('RDS refuses the retention of backups', dev, [
  {
    title: 'above its 35 days',
    field: 'database.backups.retention',
    values: [Duration.days(36)],
    says: '36 days is not a whole number of days from 1 to 35',
  },
  {
    title: 'of a part of a day',
    field: 'database.backups.retention',
    values: [Duration.hours(36)],
    says: '1.5 days is not a whole number of days',
  },
]);
takes('a retention from one day to 35', dev, [
  { field: 'database.backups.retention', values: [Duration.days(1), Duration.days(35)] },
]);

/** A safeguard that is switched off, as a message asks for it. */
const OFF_WITH_REASON = "{ off: '<why this environment can do without>' }";

refuses('the database lacks a safeguard, and no reviewer learns why', dev, [
  {
    title: 'zero days are backups switched off',
    field: 'database.backups.retention',
    values: [Duration.days(0)],
    says: '0 days is not a whole number of days from 1 to 35',
  },
  {
    title: 'a blank is no reason',
    field: 'database.backups.retention',
    values: [{ off: ' ' }],
    says: `{ off: " " } gives no reason; write ${OFF_WITH_REASON} or Duration.days(1) to`,
  },
  {
    title: 'false has no reason',
    field: 'database.multiAz',
    values: [false],
    says: `is not 'on' or ${OFF_WITH_REASON}`,
  },
  {
    title: 'encryption is off without a reason',
    field: 'database.encryption',
    values: [{ off: '' }],
    says: '{ off: "" } gives no reason',
  },
  {
    title: 'deletion protection is off without a reason',
    field: 'database.deletionProtection',
    values: [{ off: '' }],
    says: '{ off: "" } gives no reason',
  },
]);

// RDS upgrades the minor version itself, and fails each deploy that asks for the older one.
refuses('PostgreSQL is older than the guide’s 15, RDS has no such version, or a deploy fails after an upgrade', dev, [
  {
    field: 'database.engineVersion',
    values: ['14', '115', '99', '15.4'],
    says:
      'is not a major version of PostgreSQL that the installed CDK knows (15, 16, 17, 18); write it alone, as in 15: a ' +
      "minor version would fail the deploys after RDS's own upgrade",
  },
]);
test('a major version of PostgreSQL from 15 on is taken once the installed CDK knows it', () => {
  const known = Object.keys(PostgresEngineVersion).flatMap((name) => /^VER_(\d+)$/.exec(name)?.[1] ?? []);
  expect(MAJOR_VERSIONS).toEqual(known.filter((version) => Number(version) >= 15));
});
takes('a major version that RDS offers', dev, [{ field: 'database.engineVersion', values: ['16', '18'] }]);

const BACKUP = 'database.backups.window';
const MAINTENANCE = 'database.maintenanceWindow';

// Windows are in UTC: dev's backup is 11:00-11:30, and its maintenance Mon:12:00-Mon:12:30.
refuses('RDS refuses the window, ten minutes into the deploy', dev, [
  {
    title: 'a backup window that is no pair of times of a clock',
    field: BACKUP,
    values: ['1', '17:00', '11:00-11:30-12:00', '24:00-00:30', '011:00-11:30', '11:00-11:300'],
    says: 'is not a window; write UTC times, as in 17:00-17:30',
  },
  {
    title: 'a maintenance window without its days, or with a time that no clock shows',
    field: MAINTENANCE,
    values: [
      '12:00-12:30',
      'Mon 12:00-Mon:12:30',
      'Mon:12:00-Xyz:12:30',
      'xMon:12:00-Mon:12:30',
      'Mon:24:00-Tue:00:30',
    ],
    says: 'is not a window; write UTC times, as in Sat:18:00-Sat:18:30',
  },
  { title: 'below 30 minutes', field: BACKUP, values: ['11:00-11:29'], says: 'is 29 minutes long; RDS takes 30' },
  { title: 'without any length', field: MAINTENANCE, values: ['Mon:12:00-Mon:12:00'], says: 'is 0 minutes' },
  {
    title: 'above 24 hours',
    field: MAINTENANCE,
    values: ['Mon:12:00-Tue:12:30'],
    // Such a window also overlaps the backup and leaves the office hours.
    breaksMore: true,
    says: 'is 1470 minutes long; RDS takes 30 minutes to 24 hours',
  },
  {
    title: 'maintenance during the backup',
    field: MAINTENANCE,
    values: ['Mon:11:15-Mon:12:00', 'Mon:10:45-Mon:11:15'],
    says: `overlaps ${BACKUP}, 11:00-11:30`,
  },
]);
takes('windows that touch each other', dev, [
  { field: MAINTENANCE, values: ['Mon:11:30-Mon:12:00', 'Mon:10:30-Mon:11:00'] },
]);
takes('windows over midnight', prod, [
  { field: MAINTENANCE, values: ['Sun:23:45-Mon:00:15'] },
  { field: BACKUP, values: ['23:45-00:15'] },
]);

/** Beginning of the report on a window outside dev's office hours, 09:00 to 22:00 in Japan: 00:00 to 13:00 UTC. */
const OUTSIDE_HOURS = 'lies outside the office hours, when the database runs; write one within';

refuses('RDS never reaches the window, since the database is stopped outside the office hours', dev, [
  {
    title: 'a backup at night',
    field: BACKUP,
    values: ['17:00-17:30', '23:45-00:15'],
    says: `${OUTSIDE_HOURS} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan)`,
  },
  {
    title: 'maintenance at night',
    field: MAINTENANCE,
    values: ['Sat:18:00-Sat:18:30'],
    says: `${OUTSIDE_HOURS} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), on any day`,
  },
  {
    title: 'maintenance that begins before the stop and ends after it',
    field: MAINTENANCE,
    values: ['Mon:12:45-Mon:13:15'],
    says: 'lies outside the office hours',
  },
]);
takes('windows up to the first and the last minute of the office hours', dev, [
  { field: MAINTENANCE, values: ['Mon:12:30-Mon:13:00'] },
  { field: BACKUP, values: ['00:00-00:30', '12:30-13:00'] },
]);
takes('maintenance on a weekend, on which dev runs, too', dev, [
  { field: MAINTENANCE, values: ['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'] },
]);

/** Dev that is stopped on weekends. */
const weekdays = withField(dev, 'officeHours.days', 'weekdays');

refuses('RDS never reaches the window, since the database is stopped on weekends', weekdays, [
  {
    field: MAINTENANCE,
    values: ['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'],
    says: `${OUTSIDE_HOURS} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), Monday to Friday`,
  },
]);
takes('a window on the first and the last working day', weekdays, [
  { field: MAINTENANCE, values: ['Mon:12:00-Mon:12:30', 'Fri:12:00-Fri:12:30'] },
]);

/** Office hours from midnight: Japan's Monday and Saturday begin on UTC's Sunday and Friday. */
const weekdaysFromMidnight = withField(weekdays, 'officeHours.start', '00:00');

refuses('RDS never reaches the window: Japan’s Saturday begins on UTC’s Friday', weekdaysFromMidnight, [
  {
    field: MAINTENANCE,
    values: ['Fri:15:00-Fri:15:30'],
    says: `${OUTSIDE_HOURS} 15:00 to 13:00 UTC (00:00 to 22:00 in Japan), Monday to Friday`,
  },
]);
takes('Japan’s Monday begins on UTC’s Sunday', weekdaysFromMidnight, [
  { field: MAINTENANCE, values: ['Sun:15:00-Sun:15:30'] },
]);

test('a window of 24 hours is not too long, but leaves no room for the other: that alone is reported', () => {
  const wholeDay = withField(prod, MAINTENANCE, 'Mon:12:00-Tue:12:00');
  const overlap = `Mon:12:00-Tue:12:00 overlaps ${BACKUP}, 17:00-17:30; RDS wants them apart`;
  expect(brokenRules('prod', wholeDay)).toEqual([`prod: ${MAINTENANCE}: ${overlap}`]);
});

const testedEachMonth = withField(prod, 'database.backups.restoreTest', { day: 1, time: '04:00' });

refuses('the restore test never comes', testedEachMonth, [
  {
    field: 'database.backups.restoreTest.time',
    values: ['15:30', '17:29', '16:30', '18:00'],
    says: 'and two hours on meet database.backups.window or database.maintenanceWindow; write another time, as in 04:00',
  },
  { field: 'database.backups.restoreTest.time', values: ['4:00'], says: 'is not a time of day' },
  { field: 'database.backups.restoreTest.day', values: [0, 28], says: 'is not a whole number from 1 to 27' },
]);
test.each([
  { config: testedEachMonth, field: 'keepData', value: { off: 'nothing of prod is kept' }, says: 'keepData is off' },
  { config: dev, field: 'database.backups.restoreTest', value: { day: 1, time: '04:00' }, says: 'officeHours stops' },
])('a restore test is refused where $says: its vault stops a deletion, or no snapshot is taken', (row) => {
  const problem = `database.backups.restoreTest: ${row.says}`;
  expect(brokenWith(row.config, { [row.field]: row.value })).toContainEqual(expect.stringContaining(problem));
});
