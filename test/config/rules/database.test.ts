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
  [
    'database.instanceType',
    'is not an instance class of RDS for PostgreSQL 15; write one of t3, t4g, m6g',
    ...classes('t2.micro', 'm4.large', 'r3.large', 'm1.small', 'c6gd.large', 'db.t4g.micro'),
  ],
  ['database.instanceType', '"" is not an instance class of RDS for PostgreSQL 15', new InstanceType('')],
  [
    'database.instanceType',
    `is not an instance class of RDS for PostgreSQL 15; write one of ${FAMILIES.join(', ')} and a size, without db. in ` +
      'front, as in t4g.micro; a newer one goes into lib/config/rules/database-classes.ts',
    new InstanceType('q9.large'),
  ],
  [
    'database.instanceType',
    'is not a size of t4g; write one of micro, small, medium',
    ...classes('t4g', 't4g.micros', 't4g.4xlarge', 't4g.micro.x'),
  ],
  ['database.instanceType', 'is not a size of m7g; write one of large, ', new InstanceType('m7g.24xlarge')],
  ['database.allocatedStorage', '19 GiB is not a whole number of GiB from 20', Size.gibibytes(19)],
  ['database.allocatedStorage', '20.01953125 GiB is not a whole number of GiB', Size.mebibytes(20500)],
  [
    'database.maxAllocatedStorage',
    '20 GiB is not 10 % above the 20 GiB allocated; write 22 GiB or more, or undefined',
    Size.gibibytes(20),
  ],
  ['database.iops', 'does not go with 20 GiB: it takes 400 GiB or more; write undefined', 3000],
  ['database.storageThroughput', 'does not go with 20 GiB: it takes 400 GiB or more', 125],
  ['database.databaseName', 'is not allowed', 'prooflink-dev', 'my_prooflink', `prooflink${'a'.repeat(55)}`],
  [
    'database.databaseName',
    'is not allowed; begin with prooflink, and go on with up to 54 of a-z, 0-9 and _: RDS refuses words of SQL',
    'a'.repeat(64),
  ],
  // RDS refused each in an account: "DBName … cannot be used. It is a reserved word for this engine".
  ['database.databaseName', 'is not allowed', 'db', 'flag', 'identity', 'catalog', 'grant', 'user', 'current_user'],
  ['database.databaseName', 'is not allowed', 'rdsadmin', 'postgres', 'template1'],
  ['database.sslMode', 'is not one of require, verify-ca, verify-full', 'disable'],
  ['database.backups.retention', '36 days is not a whole number of days from 1 to 35', Duration.days(36)],
  ['database.backups.retention', '0 days is not a whole number of days from 1 to 35', Duration.days(0)],
  ['database.backups.retention', '1.5 days is not a whole number of days', Duration.hours(36)],
  ['database.backups.retention', `{ off: " " } gives no reason; write ${OFF} or Duration.days(1) to`, { off: ' ' }],
  ['database.multiAz', '{ off: cheap } gives no reason', { off: 'cheap' }],
  ['database.multiAz', `is not 'on' or ${OFF}`, false],
  ['database.encryption', '{ off: "" } gives no reason', { off: '' }],
  ['database.deletionProtection', '{ off: "" } gives no reason', { off: '' }],
  ['database.engineVersion', 'is not a major version of PostgreSQL from 15 on; write it alone, as in 15', '14', '115'],
  [
    'database.engineVersion',
    'is not a major version of PostgreSQL from 15 on; write it alone, as in 15: a minor version would fail the ' +
      "deploys after RDS's own upgrade",
    '15.4',
  ],
]);

refuses('gp3 from 400 GiB on', big, [
  ['database.allocatedStorage', '65537 GiB is not a whole number of GiB from 20 to 65536', Size.gibibytes(65537)],
  ['database.iops', 'is not a whole number from 12000', 3000],
  [
    'database.iops',
    'does not go with 400 GiB: from 400 GiB on RDS refuses to grow storage without it; write 12000, which costs ' +
      'nothing extra, or up to 64000',
    undefined,
  ],
  ['database.storageThroughput', 'does not go with 400 GiB: from 400 GiB on RDS refuses', undefined],
  ['database.storageThroughput', 'MiB/s is more than a quarter of 12000 IOPS; write 3000 or less', 4000, 3001],
]);
const moreIops = withField(big, 'database.iops', 14000);
refuses('gp3 with more IOPS', moreIops, [
  ['database.storageThroughput', 'MiB/s is more than a quarter of 14000 IOPS; write 3500', 3600],
]);
refuses('storage grows by a tenth at least', prod, [
  [
    'database.maxAllocatedStorage',
    '109 GiB is not 10 % above the 100 GiB allocated; write 110 GiB',
    Size.gibibytes(109),
  ],
]);
takes('storage may grow by exactly a tenth', prod, [['database.maxAllocatedStorage', Size.gibibytes(110)]]);

takes('what RDS takes', dev, [
  ['database.instanceType', ...classes('m5.large', 'm5.xlarge', 'r6gd.2xlarge', 'm6i.32xlarge')],
  ['database.databaseName', `prooflink${'a'.repeat(54)}`, 'prooflink'],
  ['database.backups.retention', Duration.days(1), Duration.days(35)],
  ['database.allocatedStorage', Size.gibibytes(399)],
  // RDS itself takes the storage over 400 GiB.
  ['database.maxAllocatedStorage', Size.gibibytes(65536)],
  ['database.engineVersion', '16', '18'],
]);
takes('gp3 from 400 GiB on', big, [
  ['database.allocatedStorage', Size.gibibytes(65536)],
  ['database.iops', 12000, 64000],
  ['database.storageThroughput', 500, 3000],
]);
takes('gp3 with more IOPS', withField(big, 'database.iops', 16000), [['database.storageThroughput', 4000]]);

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
  [BACKUP, 'is not a window; write UTC times, as in 17:00-17:30', '1', '17:00', '24:00-00:30', '011:00-11:30'],
  [BACKUP, 'is not a window; write UTC', '11:00-11:300', '11:00-11:30-12:00'],
  [MAINTENANCE, 'is not a window; write UTC times, as in Sat:18:00-Sat:18:30', '1', 'Mon:12:00', '12:00-12:30'],
  [MAINTENANCE, 'is not a window; write UTC', 'Xyz:12:00-Mon:12:30', 'Mon:12:00-Xyz:12:30', 'Mon:24:00-Tue:00:30'],
  [MAINTENANCE, 'is not a window; write UTC', 'Mon:23:30-Mon:24:00', 'Mon:12:00-Mon:12:300', 'xMon:12:00-Mon:12:30'],
  [MAINTENANCE, 'is not a window; write UTC', 'Mon 12:00-Mon:12:30'],
  [MAINTENANCE, 'is 0 minutes', 'Mon:12:00-Mon:12:00'],
  [BACKUP, 'is 29 minutes long; RDS takes 30', '11:00-11:29'],
  [MAINTENANCE, 'is 1470 minutes long; RDS takes 30 minutes to 24 hours', 'Mon:12:00-Tue:12:30'],
  [MAINTENANCE, `overlaps ${BACKUP}, 11:00-11:30`, 'Mon:11:15-Mon:12:00', 'Mon:10:45-Mon:11:15'],
  [BACKUP, `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan)`, '17:00-17:30', '23:45-00:15'],
  [MAINTENANCE, `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), on any day`, 'Sat:18:00-Sat:18:30'],
  [MAINTENANCE, 'lies outside the office hours', 'Mon:12:45-Mon:13:15'],
]);
const WORKING_DAYS = [
  MAINTENANCE,
  `${OUTSIDE} 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), Monday to Friday`,
] as const;
refuses('on weekdays', weekdays, [[...WORKING_DAYS, 'Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30']]);
refuses('on weekdays from midnight', fromMidnight, [
  [MAINTENANCE, `${OUTSIDE} 15:00 to 13:00 UTC (00:00 to 22:00 in Japan), Monday to Friday`, 'Fri:15:00-Fri:15:30'],
]);

takes('windows that touch the hours or each other', dev, [
  [MAINTENANCE, 'Mon:11:30-Mon:12:00', 'Mon:10:30-Mon:11:00', 'Mon:12:30-Mon:13:00'],
  [BACKUP, '00:00-00:30', '12:30-13:00'],
  [MAINTENANCE, 'Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'],
]);
const noons = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day) => `${day}:12:00-${day}:12:30`);
takes('windows on every working day', weekdays, [[MAINTENANCE, ...noons]]);
takes('Japan’s Monday begins on UTC’s Sunday', fromMidnight, [[MAINTENANCE, 'Sun:15:00-Sun:15:30']]);
takes('windows over midnight', prod, [
  [MAINTENANCE, 'Sun:23:45-Mon:00:15'],
  [BACKUP, '23:45-00:15'],
]);

test('a window of 24 hours is not too long, but leaves no room for the other: that alone is reported', () => {
  const wholeDay = withField(prod, MAINTENANCE, 'Mon:12:00-Tue:12:00');
  const overlap = `Mon:12:00-Tue:12:00 overlaps ${BACKUP}, 17:00-17:30; RDS wants them apart`;
  expect(brokenRules('prod', wholeDay)).toEqual([`prod: ${MAINTENANCE}: ${overlap}`]);
});
