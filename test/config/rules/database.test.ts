import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { prod } from '../../../lib/config/prod';
import { brokenRules } from '../../../lib/config/validate';
import { bent, testAccepted, testRules } from '../../support/config';

/** Enough storage for IOPS and throughput of one's own. */
const big = bent(prod, 'database', {
  ...prod.database,
  allocatedStorage: Size.gibibytes(400),
  maxAllocatedStorage: undefined,
});

testRules('database: RDS refuses the instance after ten minutes of deploying everything else', [
  [
    'database.instanceType',
    new InstanceType('db.t4g.micro'),
    'database.instanceType: db.t4g.micro is no instance class',
  ],
  ['database.instanceType', new InstanceType('t4g.micros'), 'database.instanceType: t4g.micros is no instance class'],
  ['database.instanceType', new InstanceType('t4g.dxlarge'), 'database.instanceType: t4g.dxlarge is no instance class'],
  ['database.allocatedStorage', Size.gibibytes(65537), '65537 GiB are not whole GiB from 20 to 65536', big],
  ['database.allocatedStorage', Size.gibibytes(19), 'database.allocatedStorage: 19 GiB are not whole GiB from 20'],
  ['database.allocatedStorage', Size.mebibytes(20500), 'database.allocatedStorage: 20.01953125 GiB are not whole GiB'],
  [
    'database.maxAllocatedStorage',
    Size.gibibytes(20),
    'database.maxAllocatedStorage: 20 GiB are not 10 % above the 20',
  ],
  ['database.iops', 3000, 'database.iops: 3000 with 20 GiB: RDS takes it from 400 GiB on; write undefined'],
  ['database.storageThroughput', 125, 'database.storageThroughput: 125 with 20 GiB: RDS takes it from 400 GiB on'],
  ['database.iops', 3000, 'database.iops: 3000 is not a whole number from 12000', big],
  ['database.storageThroughput', 4000, '4000 MiB/s is more than a quarter of 12000', big],
  ['database.databaseName', 'prooflink-dev', 'database.databaseName: prooflink-dev is not allowed'],
  ['database.storageThroughput', 3001, '3001 MiB/s is more than a quarter of 12000 IOPS', big],
  ['database.databaseName', 'a'.repeat(64), 'is not allowed; up to 63 of a-z, 0-9 and _, a letter first'],
  ...['rdsadmin', 'postgres', 'template0', 'template1'].map((name): [string, string, string] => [
    'database.databaseName',
    name,
    `database.databaseName: ${name} is not allowed`,
  ]),
  ['database.sslMode', 'disable', 'database.sslMode: disable is none of require, verify-ca, verify-full'],
  [
    'database.backups.retention',
    Duration.days(36),
    'database.backups.retention: 36 days are not whole days from 1 to 35',
  ],
  [
    'database.backups.retention',
    Duration.days(0),
    'database.backups.retention: 0 days are not whole days from 1 to 35',
  ],
  ['database.backups.retention', Duration.hours(36), 'database.backups.retention: 1.5 days are not whole days'],
  ['database.backups.retention', { off: ' ' }, 'database.backups.retention: off without a reason'],
  ['database.encryption', { off: '' }, 'database.encryption: off without a reason'],
  ['database.deletionProtection', { off: '' }, 'database.deletionProtection: off without a reason'],
]);

test('maxAllocatedStorage may be exactly 10 % above what is allocated', () => {
  const exact = bent(prod, 'database.maxAllocatedStorage', Size.gibibytes(110));
  expect(brokenRules('prod', exact)).toEqual([]);
  const less = bent(prod, 'database.maxAllocatedStorage', Size.gibibytes(109));
  expect(brokenRules('prod', less)).toEqual([expect.stringContaining('109 GiB are not 10 % above the 100 GiB')]);
});

testAccepted('database: what RDS takes', [
  ...['m5.large', 'm5.xlarge', 'r6gd.2xlarge', 'x2iedn.32xlarge'].map((name): [string, InstanceType] => [
    'database.instanceType',
    new InstanceType(name),
  ]),
  ['database.databaseName', 'a'.repeat(63)],
  ['database.databaseName', 'postgres_2'],
  ['database.databaseName', 'my_postgres'],
  ['database.databaseName', 'template2'],
  ['database.backups.retention', Duration.days(1)],
  ['database.backups.retention', Duration.days(35)],
  ['database.allocatedStorage', Size.gibibytes(65536)],
  ['database.iops', 12000, big],
  ['database.iops', 64000, big],
  ['database.storageThroughput', 500, big],
  ['database.storageThroughput', 3000, big],
  ['database.storageThroughput', 4000, bent(big, 'database.iops', 16000)],
]);
