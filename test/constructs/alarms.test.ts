import { Part } from '../../lib/contract';
import { at, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('prod');
const GIB = 1024 ** 3;

const OVER = 'GreaterThanThreshold';
const FROM = 'GreaterThanOrEqualToThreshold';
const BELOW = 'LessThanThreshold';
// At night there is no request and no job: that is no fault. That there is no target is one.
const FINE = 'notBreaching';

/** Columns of the table, after the alarm's name. */
const PROPERTIES = [
  ...['Namespace', 'MetricName', 'Statistic', 'ComparisonOperator'],
  ...['Threshold', 'Period', 'EvaluationPeriods', 'TreatMissingData'],
];

test.each([
  ['ecs-cpu-high', 'AWS/ECS', 'CPUUtilization', 'Average', OVER, 80, 300, 1, FINE],
  // One healthy target is enough, whichever zone sees it; one sick target is seen: an average would hide both.
  ['no-healthy-target', 'AWS/ApplicationELB', 'HealthyHostCount', 'Maximum', BELOW, 1, 60, 3, 'breaching'],
  ['unhealthy-targets', 'AWS/ApplicationELB', 'UnHealthyHostCount', 'Maximum', FROM, 1, 60, 3, FINE],
  ['load-balancer-5xx', 'AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'Sum', FROM, 10, 300, 1, FINE],
  ['application-5xx', 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum', FROM, 10, 300, 1, FINE],
  ['database-cpu-high', 'AWS/RDS', 'CPUUtilization', 'Average', OVER, 80, 300, 3, FINE],
  ['database-storage-low', 'AWS/RDS', 'FreeStorageSpace', 'Average', BELOW, 10 * GIB, 300, 1, FINE],
  ['database-connections-high', 'AWS/RDS', 'DatabaseConnections', 'Average', OVER, 300, 300, 3, FINE],
  ['import-failed', 'AWS/Events', 'Invocations', 'Sum', FROM, 1, 300, 1, FINE],
])('%s notifies the operator', (name, ...values) => {
  expect(stack.one('AWS::CloudWatch::Alarm', `prooflink-prod-${name}`).properties).toMatchObject({
    ...Object.fromEntries(PROPERTIES.map((property, index) => [property, values[index]])),
    AlarmActions: ['Alarms/Topic'],
    OKActions: ['Alarms/Topic'],
  });
});

test('until the first task is healthy, the 503s of the load balancer roll no release back', () => {
  const { properties } = stack.one('AWS::CloudWatch::Alarm', 'prooflink-prod-load-balancer-5xx-while-healthy');
  const metric = (Id: string, MetricName: string, Stat: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'AWS/ApplicationELB', MetricName }, Period: 60, Stat },
    ReturnData: false,
  });
  // No healthy target counts as 0 errors; no data at all is no error.
  expect(properties['Metrics']).toMatchObject([
    { Expression: 'IF(healthy > 0, errors, 0)' },
    metric('healthy', 'HealthyHostCount', 'Maximum'),
    metric('errors', 'HTTPCode_ELB_5XX_Count', 'Sum'),
  ]);
  // In three minutes in a row: those in which the load balancer's nodes find the first one healthy are fewer.
  expect(properties).toMatchObject({
    ...{ ComparisonOperator: FROM, Threshold: 10, EvaluationPeriods: 3, TreatMissingData: FINE },
    AlarmActions: ['Alarms/Topic'],
    OKActions: ['Alarms/Topic'],
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

/** An event's rule: what it takes, and the mail, into which EventBridge puts JSON for each variable outside quotes. */
const mailOf = (path: string) => {
  const { properties } = stack.one('AWS::Events::Rule', path);
  return [properties['EventPattern'], at(properties, 'Targets.0.InputTransformer')];
};
const paths = (...names: string[]) => Object.fromEntries(names.map((name) => [`detail-${name}`, `$.detail.${name}`]));

test('a failed import says which job and why, in any revision; a further job of its queue is no import', () => {
  const jobDefinition = 'arn:aws:batch:ap-northeast-1:123456789012:job-definition/prooflink-prod-user-import:';
  expect(mailOf('Alarms/FailedImports/Rule')).toEqual([
    {
      source: ['aws.batch'],
      'detail-type': ['Batch Job State Change'],
      detail: { status: ['FAILED'], jobDefinition: [{ prefix: jobDefinition }] },
    },
    {
      InputPathsMap: paths('jobId', 'jobName', 'statusReason'),
      InputTemplate:
        '{"message":"An import job failed","job":<detail-jobName>,"id":<detail-jobId>,"reason":<detail-statusReason>}',
    },
  ]);
});

test('high and critical findings of either registry’s images are mailed', () => {
  expect(mailOf('Alarms/ScanFindings/Rule')).toEqual([
    {
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Scan'],
      detail: {
        'repository-name': ['prooflink-prod-app', 'prooflink-prod-batch'],
        'finding-severity-counts': {
          $or: [{ CRITICAL: [{ numeric: ['>', 0] }] }, { HIGH: [{ numeric: ['>', 0] }] }],
        },
      },
    },
    {
      InputPathsMap: paths('repository-name', 'image-tags', 'image-digest', 'finding-severity-counts'),
      InputTemplate:
        '{"message":"The scan of an image found known vulnerabilities","repository":<detail-repository-name>,' +
        '"tags":<detail-image-tags>,"digest":<detail-image-digest>,"findings":<detail-finding-severity-counts>}',
    },
  ]);
});

test('where images are not scanned, no mail is promised', () => {
  expect(deployed('testlean').all('AWS::Events::Rule')).toEqual([]);
});

test('the alarm of failed imports counts what that rule has seen, and no other rule of the account', () => {
  const Value = stack.one('AWS::Events::Rule', 'Alarms/FailedImports/Rule').name;
  const dimensions = stack.at('AWS::CloudWatch::Alarm', 'Dimensions', 'prooflink-prod-import-failed');
  expect(dimensions).toEqual([{ Name: 'RuleName', Value }]);
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
  expect(
    deployed(environment)
      .types()
      .filter((type) => /CloudWatch|Events|SNS/.test(type)),
  ).toEqual([]);
});
