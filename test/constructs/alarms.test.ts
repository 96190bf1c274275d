import { Size } from 'aws-cdk-lib/core';
import { Part } from '../../lib/contract';
import { at, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('prod');

/** A threshold in a period, in words of CloudWatch. */
interface WatchedAlarm {
  readonly alarm: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Average' | 'Maximum' | 'Sum';
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  readonly periodInSeconds: number;
  /** Number of periods in a row that have to breach. */
  readonly periods: number;
  /** Treatment of missing data. At night there is no request and no job: that is no fault. */
  readonly missing: 'notBreaching' | 'breaching';
}

const WATCHED: readonly WatchedAlarm[] = [
  {
    alarm: 'ecs-cpu-high',
    namespace: 'AWS/ECS',
    metric: 'CPUUtilization',
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: 80,
    periodInSeconds: 300,
    periods: 1,
    missing: 'notBreaching',
  },
  {
    alarm: 'no-healthy-target',
    namespace: 'AWS/ApplicationELB',
    metric: 'HealthyHostCount',
    // One healthy target is enough, whichever zone sees it: an average would hide it.
    statistic: 'Maximum',
    comparison: 'LessThanThreshold',
    threshold: 1,
    periodInSeconds: 60,
    periods: 3,
    // No target at all is a fault.
    missing: 'breaching',
  },
  {
    alarm: 'unhealthy-targets',
    namespace: 'AWS/ApplicationELB',
    metric: 'UnHealthyHostCount',
    // One sick target is seen: an average would hide it.
    statistic: 'Maximum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    periodInSeconds: 60,
    periods: 3,
    missing: 'notBreaching',
  },
  {
    alarm: 'load-balancer-5xx',
    namespace: 'AWS/ApplicationELB',
    metric: 'HTTPCode_ELB_5XX_Count',
    statistic: 'Sum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 10,
    periodInSeconds: 300,
    periods: 1,
    missing: 'notBreaching',
  },
  {
    alarm: 'application-5xx',
    namespace: 'AWS/ApplicationELB',
    metric: 'HTTPCode_Target_5XX_Count',
    statistic: 'Sum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 10,
    periodInSeconds: 300,
    periods: 1,
    missing: 'notBreaching',
  },
  {
    alarm: 'database-cpu-high',
    namespace: 'AWS/RDS',
    metric: 'CPUUtilization',
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: 80,
    periodInSeconds: 300,
    periods: 3,
    missing: 'notBreaching',
  },
  {
    alarm: 'database-storage-low',
    namespace: 'AWS/RDS',
    metric: 'FreeStorageSpace',
    statistic: 'Average',
    comparison: 'LessThanThreshold',
    threshold: Size.gibibytes(10).toBytes(),
    periodInSeconds: 300,
    periods: 1,
    missing: 'notBreaching',
  },
  {
    alarm: 'database-connections-high',
    namespace: 'AWS/RDS',
    metric: 'DatabaseConnections',
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: 300,
    periodInSeconds: 300,
    periods: 3,
    missing: 'notBreaching',
  },
  {
    alarm: 'import-failed',
    namespace: 'AWS/Events',
    metric: 'Invocations',
    statistic: 'Sum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    periodInSeconds: 300,
    periods: 1,
    missing: 'notBreaching',
  },
];

test.each(WATCHED)('$alarm notifies the operator', (watched) => {
  expect(stack.one('AWS::CloudWatch::Alarm', `prooflink-prod-${watched.alarm}`).properties).toMatchObject({
    Namespace: watched.namespace,
    MetricName: watched.metric,
    Statistic: watched.statistic,
    ComparisonOperator: watched.comparison,
    Threshold: watched.threshold,
    Period: watched.periodInSeconds,
    EvaluationPeriods: watched.periods,
    TreatMissingData: watched.missing,
    AlarmActions: ['Alarms/Topic'],
    OKActions: ['Alarms/Topic'],
  });
});

describe('the alarm on the load balancer’s own 5xx, which rolls a release back', () => {
  const { properties } = stack.one('AWS::CloudWatch::Alarm', 'prooflink-prod-load-balancer-5xx-while-healthy');

  test('counts none until a task is healthy: the 503s of the first release would roll it back', () => {
    const metric = (id: string, name: string, statistic: string) => ({
      Id: id,
      MetricStat: {
        Metric: { Namespace: 'AWS/ApplicationELB', MetricName: name },
        Period: 60,
        Stat: statistic,
      },
      ReturnData: false,
    });
    expect(properties['Metrics']).toMatchObject([
      // No healthy target counts as 0 errors; no data at all is no error.
      { Expression: 'IF(healthy > 0, errors, 0)' },
      metric('healthy', 'HealthyHostCount', 'Maximum'),
      metric('errors', 'HTTPCode_ELB_5XX_Count', 'Sum'),
    ]);
  });

  test('waits for three minutes in a row: the load balancer’s nodes find the first target healthy in fewer', () => {
    expect(properties).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 10,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
    });
  });

  test('notifies the operator', () => {
    expect(properties).toMatchObject({ AlarmActions: ['Alarms/Topic'], OKActions: ['Alarms/Topic'] });
  });
});

test('the ten above are all alarms there are', () => {
  expect(stack.all('AWS::CloudWatch::Alarm')).toHaveLength(10);
});

test('before the first image no alarm fires because no target is healthy', () => {
  const alarm = firstDeploy('prod').one('AWS::CloudWatch::Alarm', 'prooflink-prod-no-healthy-target');
  expect(alarm.properties['TreatMissingData']).toBe('notBreaching');
});

test('EventBridge publishes with roles: in the topic’s policy it fulfils no condition, so that any account could', () => {
  const rules = stack.all('AWS::Events::Rule').filter(({ path }) => path.startsWith('Alarms/'));
  const targets = rules.map(({ properties }) => at(properties, 'Targets.0.RoleArn'));
  expect(targets.sort()).toEqual(['Alarms/FailedImports/Role', 'Alarms/ScanFindings/Role']);
});

describe('the mail on a failed import', () => {
  const rule = stack.one('AWS::Events::Rule', 'Alarms/FailedImports/Rule').properties;

  test('is sent for any revision of its job definition; a further job of its queue is no import', () => {
    const jobDefinition = 'arn:aws:batch:ap-northeast-1:123456789012:job-definition/prooflink-prod-user-import:';
    expect(rule['EventPattern']).toEqual({
      source: ['aws.batch'],
      'detail-type': ['Batch Job State Change'],
      detail: { status: ['FAILED'], jobDefinition: [{ prefix: jobDefinition }] },
    });
  });

  test('says which job and why: EventBridge puts JSON for each variable outside quotes', () => {
    expect(at(rule, 'Targets.0.InputTransformer')).toEqual({
      InputPathsMap: {
        'detail-jobId': '$.detail.jobId',
        'detail-jobName': '$.detail.jobName',
        'detail-statusReason': '$.detail.statusReason',
      },
      InputTemplate:
        '{"message":"An import job failed","job":<detail-jobName>,"id":<detail-jobId>,"reason":<detail-statusReason>}',
    });
  });
});

describe('the mail on the scan of an image', () => {
  const rule = stack.one('AWS::Events::Rule', 'Alarms/ScanFindings/Rule').properties;

  test('is sent for high and critical findings in either registry', () => {
    expect(rule['EventPattern']).toEqual({
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Scan'],
      detail: {
        'repository-name': ['prooflink-prod-app', 'prooflink-prod-batch'],
        'finding-severity-counts': {
          $or: [{ CRITICAL: [{ numeric: ['>', 0] }] }, { HIGH: [{ numeric: ['>', 0] }] }],
        },
      },
    });
  });

  test('says which image, and how many findings', () => {
    expect(at(rule, 'Targets.0.InputTransformer')).toEqual({
      InputPathsMap: {
        'detail-repository-name': '$.detail.repository-name',
        'detail-image-tags': '$.detail.image-tags',
        'detail-image-digest': '$.detail.image-digest',
        'detail-finding-severity-counts': '$.detail.finding-severity-counts',
      },
      InputTemplate:
        '{"message":"The scan of an image found known vulnerabilities","repository":<detail-repository-name>,' +
        '"tags":<detail-image-tags>,"digest":<detail-image-digest>,"findings":<detail-finding-severity-counts>}',
    });
  });
});

test('where images are not scanned, no mail is promised', () => {
  expect(deployed('testlean').all('AWS::Events::Rule')).toEqual([]);
});

test('the alarm of failed imports counts what that rule has seen, and no other rule of the account', () => {
  const rule = stack.one('AWS::Events::Rule', 'Alarms/FailedImports/Rule');
  const dimensions = stack.at('AWS::CloudWatch::Alarm', 'Dimensions', 'prooflink-prod-import-failed');
  expect(dimensions).toEqual([{ Name: 'RuleName', Value: rule.name }]);
});

test('mails say which environment they are of', () => {
  expect(stack.partAt(Part.alarmTopic, 'DisplayName')).toBe('prooflink-prod alarms');
});

test('the dashboard shows what the alarms watch', () => {
  const dashboard = stack.part(Part.dashboard);
  expect(dashboard.name).toBe('prooflink-prod');
  expect(at(dashboard.properties, 'DashboardBody.widgets')).toHaveLength(10);
});

test.each(['dev', 'testopen'] as const)('%s has no alarm, no topic, no dashboard and no mail', (environment) => {
  const types = deployed(environment).types();
  expect(types.filter((type) => /CloudWatch|Events|SNS/.test(type))).toEqual([]);
});
