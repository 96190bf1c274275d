import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs/dev';
import { prod } from '../../support/configs/prod';
import { brokenRules } from '../../../lib/config/validate';
import { withField, testAccepted, testRules } from '../../support/config';

/** Enough storage for IOPS and throughput of one's own. */
const big = withField(prod, 'database', {
  ...prod.database,
  allocatedStorage: Size.gibibytes(400),
  maxAllocatedStorage: undefined,
  iops: 12000,
  storageThroughput: 500,
});

const moreIops = withField(big, 'database.iops', 14000);

const weekdays = withField(dev, 'officeHours.days', 'weekdays');

/** Office hours from midnight: Japan's Monday and Saturday begin on UTC's Sunday and Friday. */
const fromMidnight = withField(weekdays, 'officeHours.start', '00:00');

testRules('database: RDS refuses the instance after ten minutes of deploying everything else', [
  // The CDK's own validation lets these pass beside EngineVersion 15.
  ...['t2.micro', 'm4.large', 'r3.large', 'm1.small', 'c6gd.large', 'db.t4g.micro', 'q9.large', 't4g', ''].map(
    (name): [string, InstanceType, string] => [
      'database.instanceType',
      new InstanceType(name),
      `${name || '""'} is not ${name === 't4g' ? 'a size of t4g; write one of micro, small, medium' : 'an instance class of RDS for PostgreSQL 15; write one of t3, t4g, m6g'}`,
    ],
  ),
  [
    'database.instanceType',
    new InstanceType('q9.large'),
    'q9.large is not an instance class of RDS for PostgreSQL 15; write one of t3, t4g, m6g, m6gd, m7g, r6g, r6gd, r7g, ' +
      'm5, m5d, r5, r5b, r5d, m6i, m6id, m6idn, m6in, r6i, r6id, r6idn, r6in, m7i, m8g, m8gd, r7i, r8g, r8gd, x2g, ' +
      'x2iedn and a size, without db. in front, as in t4g.micro; a newer one goes into lib/config/rules/database-classes.ts',
  ],
  ['database.instanceType', new InstanceType('t4g.micros'), 't4g.micros is not a size of t4g; write one of micro, '],
  ['database.instanceType', new InstanceType('t4g.4xlarge'), 't4g.4xlarge is not a size of t4g; write one of micro, '],
  [
    'database.instanceType',
    new InstanceType('m7g.24xlarge'),
    'm7g.24xlarge is not a size of m7g; write one of large, ',
  ],
  ['database.instanceType', new InstanceType('t4g.micro.x'), 't4g.micro.x is not a size of t4g; write one of micro, '],
  ['database.allocatedStorage', Size.gibibytes(65537), '65537 GiB is not a whole number of GiB from 20 to 65536', big],
  ['database.allocatedStorage', Size.gibibytes(19), '19 GiB is not a whole number of GiB from 20'],
  ['database.allocatedStorage', Size.mebibytes(20500), '20.01953125 GiB is not a whole number of GiB'],
  [
    'database.maxAllocatedStorage',
    Size.gibibytes(20),
    '20 GiB is not 10 % above the 20 GiB allocated; write 22 GiB or more, or undefined',
  ],
  ['database.iops', 3000, '3000 does not go with 20 GiB: it takes 400 GiB or more; write undefined'],
  ['database.storageThroughput', 125, '125 does not go with 20 GiB: it takes 400 GiB or more'],
  ['database.iops', 3000, '3000 is not a whole number from 12000', big],
  ['database.storageThroughput', 4000, '4000 MiB/s is more than a quarter of 12000 IOPS; write 3000 or less', big],
  [
    'database.iops',
    undefined,
    'undefined does not go with 400 GiB: from 400 GiB on RDS refuses to grow storage without it; write 12000, which ' +
      'costs nothing extra, or up to 64000',
    big,
  ],
  ['database.storageThroughput', 3600, '3600 MiB/s is more than a quarter of 14000 IOPS; write 3500', moreIops],
  ['database.storageThroughput', undefined, 'undefined does not go with 400 GiB: from 400 GiB on RDS refuses', big],
  ['database.databaseName', 'prooflink-dev', 'prooflink-dev is not allowed'],
  ['database.databaseName', 'my_prooflink', 'my_prooflink is not allowed'],
  ['database.storageThroughput', 3001, '3001 MiB/s is more than a quarter of 12000 IOPS', big],
  [
    'database.databaseName',
    'a'.repeat(64),
    `${'a'.repeat(64)} is not allowed; begin with prooflink, and go on with up to 54 of a-z, 0-9 and _`,
  ],
  ['database.databaseName', `prooflink${'a'.repeat(55)}`, `prooflink${'a'.repeat(55)} is not allowed`],
  // Each was refused by RDS in somebody's account: "DBName … cannot be used. It is a reserved word for this engine".
  ...['db', 'flag', 'identity', 'catalog', 'grant', 'user', 'current_user', 'rdsadmin', 'postgres', 'template1'].map(
    (name): [string, string, string] => ['database.databaseName', name, `${name} is not allowed`],
  ),
  ['database.sslMode', 'disable', 'disable is not one of require, verify-ca, verify-full'],
  ['database.backups.retention', Duration.days(36), '36 days is not a whole number of days from 1 to 35'],
  ['database.backups.retention', Duration.days(0), '0 days is not a whole number of days from 1 to 35'],
  ['database.backups.retention', Duration.hours(36), '1.5 days is not a whole number of days'],
  [
    'database.backups.retention',
    { off: ' ' },
    '{ off: " " } gives no reason; write { off: \'<why this environment can do without>\' } or Duration.days(1) to',
  ],
  ['database.multiAz', { off: 'cheap' }, '{ off: cheap } gives no reason'],
  ['database.multiAz', false, "false is not 'on' or { off: '<why this environment can do without>' }"],
  ['database.encryption', { off: '' }, '{ off: "" } gives no reason'],
  ['database.deletionProtection', { off: '' }, '{ off: "" } gives no reason'],
]);

test('maxAllocatedStorage may be exactly 10 % above what is allocated', () => {
  const exact = withField(prod, 'database.maxAllocatedStorage', Size.gibibytes(110));
  expect(brokenRules('prod', exact)).toEqual([]);
  const less = withField(prod, 'database.maxAllocatedStorage', Size.gibibytes(109));
  expect(brokenRules('prod', less)).toEqual([
    expect.stringContaining('109 GiB is not 10 % above the 100 GiB allocated; write 110 GiB'),
  ]);
});

testAccepted('database: what RDS takes', [
  ...['m5.large', 'm5.xlarge', 'r6gd.2xlarge', 'm6i.32xlarge', 'x2iedn.32xlarge'].map(
    (name): [string, InstanceType] => ['database.instanceType', new InstanceType(name)],
  ),
  ['database.databaseName', `prooflink${'a'.repeat(54)}`],
  ['database.databaseName', 'prooflink'],
  ['database.backups.retention', Duration.days(1)],
  ['database.backups.retention', Duration.days(35)],
  ['database.allocatedStorage', Size.gibibytes(399)],
  ['database.allocatedStorage', Size.gibibytes(65536), big],
  // RDS itself takes the storage over 400 GiB.
  ['database.maxAllocatedStorage', Size.gibibytes(65536)],
  ['database.iops', 12000, big],
  ['database.iops', 64000, big],
  ['database.storageThroughput', 500, big],
  ['database.storageThroughput', 3000, big],
  ['database.storageThroughput', 4000, withField(big, 'database.iops', 16000)],
]);

const noWindow = (field: string, ...windows: string[]) =>
  windows.map((window): [string, string, string] => [field, window, `${window} is not a window; write UTC`]);

testRules('windows: RDS refuses one, or never reaches it because the database is stopped', [
  ...noWindow('database.backups.window', '17:00', '24:00-00:30', '011:00-11:30', '11:00-11:300', '11:00-11:30-12:00'),
  ...noWindow('database.maintenanceWindow', 'Mon:12:00', 'Xyz:12:00-Mon:12:30', 'Mon:12:00-Xyz:12:30'),
  ...noWindow('database.maintenanceWindow', 'Mon:24:00-Tue:00:30', 'Mon:23:30-Mon:24:00', 'Mon:12:00-Mon:12:300'),
  ...noWindow('database.maintenanceWindow', 'xMon:12:00-Mon:12:30', 'Mon 12:00-Mon:12:30', '12:00-12:30'),
  ['database.backups.window', '1', '1 is not a window; write UTC times, as in 17:00-17:30'],
  ['database.maintenanceWindow', '1', '1 is not a window; write UTC times, as in Sat:18:00-Sat:18:30'],
  ['database.maintenanceWindow', 'Mon:12:00-Mon:12:00', 'Mon:12:00-Mon:12:00 is 0 minutes'],
  ['database.backups.window', '11:00-11:29', '11:00-11:29 is 29 minutes long; RDS takes 30'],
  [
    'database.maintenanceWindow',
    'Mon:12:00-Tue:12:30',
    'Mon:12:00-Tue:12:30 is 1470 minutes long; RDS takes 30 minutes to 24 hours',
  ],
  [
    'database.maintenanceWindow',
    'Mon:11:15-Mon:12:00',
    'Mon:11:15-Mon:12:00 overlaps database.backups.window, 11:00-11:30',
  ],
  [
    'database.maintenanceWindow',
    'Mon:10:45-Mon:11:15',
    'Mon:10:45-Mon:11:15 overlaps database.backups.window, 11:00-11:30',
  ],
  [
    'database.backups.window',
    '17:00-17:30',
    '17:00-17:30 lies outside the office hours, when the database runs; ' +
      'write one within 00:00 to 13:00 UTC (09:00 to 22:00 in Japan)',
  ],
  [
    'database.maintenanceWindow',
    'Sat:18:00-Sat:18:30',
    'Sat:18:00-Sat:18:30 lies outside the office hours, when the database runs; ' +
      'write one within 00:00 to 13:00 UTC (09:00 to 22:00 in Japan), on any day',
  ],
  ...['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'].map((window): [string, string, string, typeof weekdays] => [
    'database.maintenanceWindow',
    window,
    `${window} lies outside the office hours, when the database runs; write one within 00:00 to 13:00 UTC ` +
      '(09:00 to 22:00 in Japan), Monday to Friday',
    weekdays,
  ]),
  [
    'database.maintenanceWindow',
    'Fri:15:00-Fri:15:30',
    'Fri:15:00-Fri:15:30 lies outside the office hours, when the database runs; write one within 15:00 to 13:00 UTC ' +
      '(00:00 to 22:00 in Japan), Monday to Friday',
    fromMidnight,
  ],
  ['database.maintenanceWindow', 'Mon:12:45-Mon:13:15', 'Mon:12:45-Mon:13:15 lies outside the office hours'],
  ['database.backups.window', '23:45-00:15', '23:45-00:15 lies outside the office hours'],
]);

testAccepted('windows that touch the hours or each other, on every day', [
  ['database.maintenanceWindow', 'Mon:11:30-Mon:12:00'],
  ['database.maintenanceWindow', 'Mon:10:30-Mon:11:00'],
  ['database.maintenanceWindow', 'Mon:12:30-Mon:13:00'],
  ['database.backups.window', '00:00-00:30'],
  ['database.backups.window', '12:30-13:00'],
  ...['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day): [string, string, typeof weekdays] => [
    'database.maintenanceWindow',
    `${day}:12:00-${day}:12:30`,
    weekdays,
  ]),
  ['database.maintenanceWindow', 'Sat:03:00-Sat:03:30'],
  ['database.maintenanceWindow', 'Sun:03:00-Sun:03:30'],
  ['database.maintenanceWindow', 'Sun:15:00-Sun:15:30', fromMidnight],
  ['database.maintenanceWindow', 'Sun:23:45-Mon:00:15', prod],
  ['database.backups.window', '23:45-00:15', prod],
]);

test('a window of 24 hours is not too long, but leaves no room for the other: that alone is told', () => {
  const wholeDay = withField(prod, 'database.maintenanceWindow', 'Mon:12:00-Tue:12:00');
  const overlap = 'Mon:12:00-Tue:12:00 overlaps database.backups.window, 17:00-17:30; RDS wants them apart';
  expect(brokenRules('prod', wholeDay)).toEqual([`prod: database.maintenanceWindow: ${overlap}`]);
});

testRules('database: RDS’s own minor upgrade would fail the next deploy', [
  ['database.engineVersion', '14', '14 is not a major version of PostgreSQL from 15 on; write it alone, as in 15'],
  [
    'database.engineVersion',
    '15.4',
    '15.4 is not a major version of PostgreSQL from 15 on; write it alone, as in 15: a minor version would fail the ' +
      "deploys after RDS's own upgrade",
  ],
  ['database.engineVersion', '115', '115 is not a major version of PostgreSQL'],
]);

testAccepted('database: a major version alone', [['database.engineVersion', '20']]);
