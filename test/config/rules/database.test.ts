import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { FAMILIES } from '../../../lib/config/rules/database-classes';
import { brokenRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField, withFields } from '../../support/config';

/** Enough storage for IOPS and throughput of one's own. */
const big = withField(prod, 'database', {
  ...prod.database,
  allocatedStorage: Size.gibibytes(400),
  maxAllocatedStorage: undefined,
  iops: 12000,
  storageThroughput: 500,
});

const weekdays = withField(dev, 'officeHours.days', 'weekdays');

/** Office hours from midnight: Japan's Monday and Saturday begin on UTC's Sunday and Friday. */
const fromMidnight = withField(weekdays, 'officeHours.start', '00:00');

const classes = (...names: string[]) => names.map((name) => new InstanceType(name));
const OFF = "{ off: '<why this environment can do without>' }";

refuses('RDS refuses the instance after ten minutes of deploying everything else', dev, [
  // The CDK's own validation lets these pass beside EngineVersion 15.
  {
    field: 'database.instanceType',
    values: classes('t2.micro', 'm4.large', 'r3.large', 'm1.small', 'c6gd.large', 'db.t4g.micro'),
    says: 'is not an instance class of RDS for PostgreSQL 15; write one of t3, t4g, m6g',
  },
  {
    field: 'database.instanceType',
    values: [new InstanceType('')],
    says: '"" is not an instance class of RDS for PostgreSQL 15',
  },
  {
    field: 'database.instanceType',
    values: [new InstanceType('q9.large')],
    says:
      `is not an instance class of RDS for PostgreSQL 15; write one of ${FAMILIES.join(', ')} and a size, without db. in ` +
      'front, as in t4g.micro; a newer one goes into lib/config/rules/database-classes.ts',
  },
  {
    field: 'database.instanceType',
    values: classes('t4g', 't4g.micros', 't4g.4xlarge', 't4g.micro.x'),
    says: 'is not a size of t4g; write one of micro, small, medium',
  },
  {
    field: 'database.instanceType',
    values: [new InstanceType('m7g.24xlarge')],
    says: 'is not a size of m7g; write one of large, ',
  },
  {
    field: 'database.allocatedStorage',
    values: [Size.gibibytes(19)],
    says: '19 GiB is not a whole number of GiB from 20',
  },
  {
    field: 'database.allocatedStorage',
    values: [Size.mebibytes(20500)],
    says: '20.01953125 GiB is not a whole number of GiB',
  },
  {
    field: 'database.maxAllocatedStorage',
    values: [Size.gibibytes(20)],
    says: '20 GiB is not 10 % above the 20 GiB allocated; write 22 GiB or more, or undefined',
  },
  {
    field: 'database.iops',
    values: [3000],
    says: 'does not go with 20 GiB: it takes 400 GiB or more; write undefined',
  },
  { field: 'database.storageThroughput', values: [125], says: 'does not go with 20 GiB: it takes 400 GiB or more' },
  {
    field: 'database.databaseName',
    values: ['prooflink-dev', 'my_prooflink', `prooflink${'a'.repeat(55)}`],
    says: 'is not allowed',
  },
  {
    field: 'database.databaseName',
    values: ['a'.repeat(64)],
    says: 'is not allowed; begin with prooflink, and go on with up to 54 of a-z, 0-9 and _: RDS refuses words of SQL',
  },
  // RDS refused each in an account: "DBName … cannot be used. It is a reserved word for this engine".
  {
    field: 'database.databaseName',
    values: ['db', 'flag', 'identity', 'catalog', 'grant', 'user', 'current_user'],
    says: 'is not allowed',
  },
  { field: 'database.databaseName', values: ['rdsadmin', 'postgres', 'template1'], says: 'is not allowed' },
  { field: 'database.sslMode', values: ['disable'], says: 'is not one of require, verify-ca, verify-full' },
  {
    field: 'database.backups.retention',
    values: [Duration.days(36)],
    says: '36 days is not a whole number of days from 1 to 35',
  },
  {
    field: 'database.backups.retention',
    values: [Duration.days(0)],
    says: '0 days is not a whole number of days from 1 to 35',
  },
  { field: 'database.backups.retention', values: [Duration.hours(36)], says: '1.5 days is not a whole number of days' },
  {
    field: 'database.backups.retention',
    values: [{ off: ' ' }],
    says: `{ off: " " } gives no reason; write ${OFF} or Duration.days(1) to`,
  },
  { field: 'database.multiAz', values: [{ off: 'cheap' }], says: '{ off: cheap } gives no reason' },
  { field: 'database.multiAz', values: [false], says: `is not 'on' or ${OFF}` },
  { field: 'database.encryption', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
  { field: 'database.deletionProtection', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
  {
    field: 'database.engineVersion',
    values: ['14', '115'],
    says: 'is not a major version of PostgreSQL from 15 on; write it alone, as in 15',
  },
  {
    field: 'database.engineVersion',
    values: ['15.4'],
    says:
      'is not a major version of PostgreSQL from 15 on; write it alone, as in 15: a minor version would fail the ' +
      "deploys after RDS's own upgrade",
  },
]);

refuses('gp3 from 400 GiB on', big, [
  {
    field: 'database.allocatedStorage',
    values: [Size.gibibytes(65537)],
    says: '65537 GiB is not a whole number of GiB from 20 to 65536',
  },
  { field: 'database.iops', values: [3000], says: 'is not a whole number from 12000' },
  {
    field: 'database.iops',
    values: [undefined],
    says:
      'does not go with 400 GiB: from 400 GiB on RDS refuses to grow storage without it; write 12000, which costs ' +
      'nothing extra, or up to 64000',
  },
  {
    field: 'database.storageThroughput',
    values: [undefined],
    says: 'does not go with 400 GiB: from 400 GiB on RDS refuses',
  },
  {
    field: 'database.storageThroughput',
    values: [4000, 3001],
    says: 'MiB/s is more than a quarter of 12000 IOPS; write 3000 or less',
  },
]);
const moreIops = withField(big, 'database.iops', 14000);
refuses('gp3 with more IOPS', moreIops, [
  {
    field: 'database.storageThroughput',
    values: [3600],
    says: 'MiB/s is more than a quarter of 14000 IOPS; write 3500',
  },
]);
refuses('storage grows by a tenth at least', prod, [
  {
    field: 'database.maxAllocatedStorage',
    values: [Size.gibibytes(109)],
    says: '109 GiB is not 10 % above the 100 GiB allocated; write 110 GiB',
  },
]);
takes('storage may grow by exactly a tenth', prod, [
  { field: 'database.maxAllocatedStorage', values: [Size.gibibytes(110)] },
]);

takes('what RDS takes', dev, [
  { field: 'database.instanceType', values: classes('m5.large', 'm5.xlarge', 'r6gd.2xlarge', 'm6i.32xlarge') },
  { field: 'database.databaseName', values: [`prooflink${'a'.repeat(54)}`, 'prooflink'] },
  { field: 'database.backups.retention', values: [Duration.days(1), Duration.days(35)] },
  { field: 'database.allocatedStorage', values: [Size.gibibytes(399)] },
  // RDS itself takes the storage over 400 GiB.
  { field: 'database.maxAllocatedStorage', values: [Size.gibibytes(65536)] },
  { field: 'database.engineVersion', values: ['16', '18'] },
]);
takes('gp3 from 400 GiB on', big, [
  { field: 'database.allocatedStorage', values: [Size.gibibytes(65536)] },
  { field: 'database.iops', values: [12000, 64000] },
  { field: 'database.storageThroughput', values: [500, 3000] },
]);
takes('gp3 with more IOPS', withField(big, 'database.iops', 16000), [
  { field: 'database.storageThroughput', values: [4000] },
]);

test('a major version that RDS does not offer yet, which CloudFormation would refuse ten minutes later', () => {
  expect(brokenWith(dev, { 'database.engineVersion': '20' })).toEqual([
    'dev: database.engineVersion: 20 is not a major version that RDS offers; write one of 15, 16, 17, 18; a newer one ' +
      'goes into lib/config/rules/database-classes.ts first',
  ]);
});

/** Dev in another region, with the first and the third of its zones. */
const devIn = (region: string) =>
  withFields(dev, { region, 'network.availabilityZones': [`${region}a`, `${region}c`] });

test.each([
  { title: 'memory that Tokyo lacks', region: 'ap-northeast-1', instanceClass: 'x2iedn.xlarge' },
  { title: 'a new family that Osaka lacks', region: 'ap-northeast-3', instanceClass: 'm7i.large' },
  { title: 'the guide’s family in Calgary', region: 'ca-west-1', instanceClass: 't4g.micro' },
])('$title, which RDS refuses ten minutes later, is refused by field: $instanceClass', ({ region, instanceClass }) => {
  expect(brokenWith(devIn(region), { 'database.instanceType': new InstanceType(instanceClass) })).toEqual([
    expect.stringMatching(
      new RegExp(
        `^dev: database.instanceType: ${instanceClass} is not offered in ${region}; write one of t3, .* and a size`,
      ),
    ),
  ]);
});

test('a class that one region lacks is allowed where RDS offers it, or where nothing is known of the region', () => {
  const largest = { 'database.instanceType': new InstanceType('x2iedn.32xlarge') };
  expect(brokenWith(devIn('us-east-1'), largest)).toEqual([]);
  expect(brokenWith(devIn('me-west-1'), largest)).toEqual([]);
});

const BACKUP = 'database.backups.window';
const MAINTENANCE = 'database.maintenanceWindow';
const OUTSIDE = 'lies outside the office hours, when the database runs; write one within';

refuses('RDS refuses a window, or never reaches it because the database is stopped', dev, [
  {
    field: BACKUP,
    values: ['1', '17:00', '24:00-00:30', '011:00-11:30'],
    says: 'is not a window; write UTC times, as in 17:00-17:30',
  },
  { field: BACKUP, values: ['11:00-11:300', '11:00-11:30-12:00'], says: 'is not a window; write UTC' },
  {
    field: MAINTENANCE,
    values: ['1', 'Mon:12:00', '12:00-12:30'],
    says: 'is not a window; write UTC times, as in Sat:18:00-Sat:18:30',
  },
  {
    field: MAINTENANCE,
    values: ['Xyz:12:00-Mon:12:30', 'Mon:12:00-Xyz:12:30', 'Mon:24:00-Tue:00:30'],
    says: 'is not a window; write UTC',
  },
  {
    field: MAINTENANCE,
    values: ['Mon:23:30-Mon:24:00', 'Mon:12:00-Mon:12:300', 'xMon:12:00-Mon:12:30'],
    says: 'is not a window; write UTC',
  },
  { field: MAINTENANCE, values: ['Mon 12:00-Mon:12:30'], says: 'is not a window; write UTC' },
  { field: MAINTENANCE, values: ['Mon:12:00-Mon:12:00'], says: 'is 0 minutes' },
  { field: BACKUP, values: ['11:00-11:29'], says: 'is 29 minutes long; RDS takes 30' },
  {
    field: MAINTENANCE,
    values: ['Mon:12:00-Tue:12:30'],
    says: 'is 1470 minutes long; RDS takes 30 minutes to 24 hours',
  },
  {
    field: MAINTENANCE,
    values: ['Mon:11:15-Mon:12:00', 'Mon:10:45-Mon:11:15'],
    says: `overlaps ${BACKUP}, 11:00-11:30`,
  },
  {
    field: BACKUP,
    values: ['17:00-17:30', '23:45-00:15'],
    says: `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan)`,
  },
  {
    field: MAINTENANCE,
    values: ['Sat:18:00-Sat:18:30'],
    says: `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), on any day`,
  },
  { field: MAINTENANCE, values: ['Mon:12:45-Mon:13:15'], says: 'lies outside the office hours' },
]);
refuses('on weekdays', weekdays, [
  {
    field: MAINTENANCE,
    values: ['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'],
    says: `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), Monday to Friday`,
  },
]);
refuses('on weekdays from midnight', fromMidnight, [
  {
    field: MAINTENANCE,
    values: ['Fri:15:00-Fri:15:30'],
    says: `${OUTSIDE} 15:00 to 13:00 UTC (00:00 to 22:00 in Japan), Monday to Friday`,
  },
]);

takes('windows that touch the hours or each other', dev, [
  { field: MAINTENANCE, values: ['Mon:11:30-Mon:12:00', 'Mon:10:30-Mon:11:00', 'Mon:12:30-Mon:13:00'] },
  { field: BACKUP, values: ['00:00-00:30', '12:30-13:00'] },
  { field: MAINTENANCE, values: ['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'] },
]);
const noons = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day) => `${day}:12:00-${day}:12:30`);
takes('windows on every working day', weekdays, [{ field: MAINTENANCE, values: noons }]);
takes('Japan’s Monday begins on UTC’s Sunday', fromMidnight, [{ field: MAINTENANCE, values: ['Sun:15:00-Sun:15:30'] }]);
takes('windows over midnight', prod, [
  { field: MAINTENANCE, values: ['Sun:23:45-Mon:00:15'] },
  { field: BACKUP, values: ['23:45-00:15'] },
]);

test('a window of 24 hours is not too long, but leaves no room for the other: that alone is reported', () => {
  const wholeDay = withField(prod, MAINTENANCE, 'Mon:12:00-Tue:12:00');
  const overlap = `Mon:12:00-Tue:12:00 overlaps ${BACKUP}, 17:00-17:30; RDS wants them apart`;
  expect(brokenRules('prod', wholeDay)).toEqual([`prod: ${MAINTENANCE}: ${overlap}`]);
});
