import { ago, rows } from './aws-answers';

const metric = (Values: number[], Id = 'connections') => ({ GetMetricData: { MetricDataResults: [{ Id, Values }] } });
rows('the database is reached', /reaches the database/, [
  ['connections', metric([0, 4]), 'pass', /up to 4 connections/],
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
rows('clear text', /clear text/, [
  ['refused', { ...instance({}), ...parameter('1') }, 'pass', /of default\.postgres15 is 1, and in force/],
  ['let in', { ...instance({}), ...parameter('0') }, 'fail', /is 0: it has to be 1/],
  ['not known', { ...instance({}), ...parameter() }, 'fail', /is not set/],
  ['not in force', { ...instance(rebooting), ...parameter('1') }, 'fail', /pending-reboot: restart/],
]);
rows('Extended Support', /Extended Support/, [
  ['off', instance({ EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' }), 'pass', /is not/],
  [
    'on',
    instance({ EngineLifecycleSupport: 'open-source-rds-extended-support' }),
    'fail',
    /^It is: open-source-rds-extended-support\./,
  ],
]);
rows('a backup', /backup of RDS/, [
  ['up to now', instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(0.1) }), 'look', /runbook/],
  [
    'not any more',
    instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(5) }),
    'fail',
    /has not been saved since/,
  ],
  ['none after a day', instance({ InstanceCreateTime: ago(25) }), 'fail', /older than a day/],
  ['none yet', instance({ InstanceCreateTime: ago(1) }), 'look', /not a day old/],
]);
