import { ago, answers, resting } from './aws-answers';

const metric = (Values: number[], Id = 'm0') => ({ GetMetricData: { MetricDataResults: [{ Id, Values }] } });
answers('connections', [
  ['connections', metric([0, 4]), 'well', /up to 4 connections/],
  ['none yet', metric([0]), 'look', /Sign in/],
]);

const instance = (more: object) => ({
  DescribeDBInstances: {
    DBInstances: [
      { DBParameterGroups: [{ DBParameterGroupName: 'default.postgres15', ParameterApplyStatus: 'in-sync' }], ...more },
    ],
  },
});
const parameter = (ParameterValue?: string) => ({
  DescribeDBParameters: { Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue }] },
});
const rebooting = { DBParameterGroups: [{ DBParameterGroupName: 'own', ParameterApplyStatus: 'pending-reboot' }] };
answers('clear-text', [
  ['refused', { ...instance({}), ...parameter('1') }, 'well', /of default\.postgres15 is 1, and in force/],
  ['let in', { ...instance({}), ...parameter('0') }, 'wrong', /is 0: it has to be 1/],
  ['not known', { ...instance({}), ...parameter() }, 'wrong', /is not set/],
  ['not in force', { ...instance(rebooting), ...parameter('1') }, 'wrong', /pending-reboot: restart/],
]);
answers('backup', [
  ['up to now', instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(0.1) }), 'look', /runbook/],
  [
    'not any more',
    instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(5) }),
    'wrong',
    /has not been saved since/,
  ],
  ['none after a day', instance({ InstanceCreateTime: ago(25) }), 'wrong', /older than a day/],
  ['none yet', instance({ InstanceCreateTime: ago(1) }), 'look', /not a day old/],
]);

const status = (DBInstanceStatus: string) =>
  instance({ DBInstanceStatus, DBInstanceIdentifier: 'db', AllocatedStorage: 20 });
answers('database', [
  ['runs', status('backing-up'), 'well', /^db is backing-up/],
  ['is upgraded', status('upgrading'), 'look', /ask again when it is done/],
  ['is restored', status('creating'), 'look', /is creating.*ask again when it is done/],
  [
    'is full',
    status('storage-full'),
    'wrong',
    /storage-full: 20 GiB\. raise database\.allocatedStorage .* in lib\/config\/prod\.ts/,
  ],
  ['is deleted', status('deleting'), 'wrong', /is deleting\. what RDS says of it: aws rds describe-events/],
  ['is stopped, though tasks want it', status('stopped'), 'wrong', /aws rds start-db-instance .* db$/],
  ['is stopped, and no task wants it', status('stopped'), 'well', /^db is stopped/, resting],
]);
