import { ago, answers } from './aws-answers';

const metric = (Values: number[], Id = 'connections') => ({ GetMetricData: { MetricDataResults: [{ Id, Values }] } });
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
answers('extended-support', [
  ['off', instance({ EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' }), 'well', /is not/],
  [
    'on',
    instance({ EngineLifecycleSupport: 'open-source-rds-extended-support' }),
    'wrong',
    /^It is: open-source-rds-extended-support\./,
  ],
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
