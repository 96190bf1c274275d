import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Alarms, type AlarmsProps } from '../../lib/constructs/alarms';
import { ImageTags } from '../../lib/image-tags';
import { names, newStack } from '../support/construct';

const ALARM = 'AWS::CloudWatch::Alarm';

const metric = (metricName: string) => new Metric({ namespace: 'Test', metricName });

function build(props: Partial<AlarmsProps> = {}) {
  const stack = newStack();
  const alarms = new Alarms(stack, 'Alarms', {
    names,
    email: 'night-watch@example.com',
    language: undefined,
    webCpuPercent: 75,
    webMemoryPercent: 90,
    responseTime: Duration.millis(1500),
    http5xxCount: 5,
    databaseCpuPercent: 65,
    databaseFreeStorage: Size.gibibytes(4),
    databaseConnections: 70,
    imageTags: new ImageTags(stack, { migrates: false, importsUsers: false }),
    officeHours: false,
    webCpu: metric('WebCpu'),
    webMemory: metric('WebMemory'),
    loadBalancer: {
      healthyTargets: metric('HealthyTargets'),
      unhealthyTargets: metric('UnhealthyTargets'),
      connectionErrors: metric('ConnectionErrors'),
      loadBalancer5xx: metric('LoadBalancer5xx'),
      application5xx: metric('Application5xx'),
      responseTime: metric('ResponseTime'),
    },
    database: { cpu: metric('DatabaseCpu'), freeStorage: metric('FreeStorage'), connections: metric('Connections') },
    userImport: undefined,
    jobs: [],
    scannedRegistries: [],
    ...props,
  });
  return { stack, alarms, template: Template.fromStack(stack) };
}

const { stack, alarms, template } = build();

/** The template has an alarm with these properties. */
function hasAlarm(name: string, properties: Record<string, unknown>, built = template): void {
  built.hasResourceProperties(ALARM, { AlarmName: `prooflink-test-${name}`, ...properties });
}

test('each alarm mails when it fires, and when it is over', () => {
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  template.allResourcesProperties(ALARM, { AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
});

test.each([
  // A leak ends in exit code 137, and a slow database shows in no other metric.
  { name: 'ecs-memory-high', metric: 'WebMemory', threshold: 90 },
  { name: 'response-slow', metric: 'ResponseTime', threshold: 1.5 },
])(
  '$name fires if its metric is above the threshold in each of three periods',
  ({ name, metric: MetricName, threshold }) => {
    hasAlarm(name, {
      MetricName,
      Threshold: threshold,
      EvaluationPeriods: 3,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  },
);

test('alarms.email gets the mails, which say of which environment they are', () => {
  template.hasResourceProperties('AWS::SNS::Topic', { DisplayName: 'prooflink-test alarms' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'night-watch@example.com' });
});

test('alarms, dashboard and mails are in Japanese if the config says so', () => {
  // A person who is woken at night reads one of the three.
  const userImport = { jobDefinitionArn: 'arn:aws:batch:::job-definition/import' };
  const japanese = build({ language: 'ja', userImport }).template;
  const meaning = 'インポートのジョブが失敗しました';
  hasAlarm('import-failed', { AlarmDescription: meaning }, japanese);
  const dashboard = JSON.stringify(japanese.findResources('AWS::CloudWatch::Dashboard'));
  expect(dashboard).toContain(meaning);
  expect(dashboard).not.toMatch(/Database|tasks:/);
  const rule = JSON.stringify(japanese.findResources('AWS::Events::Rule'));
  expect(rule).toContain(`{\\"message\\":\\"${meaning}\\"`);
});

test.each([
  { alarm: 'ecs-cpu-high', MetricName: 'WebCpu', Threshold: 75 },
  { alarm: 'database-cpu-high', MetricName: 'DatabaseCpu', Threshold: 65 },
  { alarm: 'database-connections-high', MetricName: 'Connections', Threshold: 70 },
])('$alarm fires above the configured value', ({ alarm, MetricName, Threshold }) => {
  hasAlarm(alarm, { MetricName, Threshold, ComparisonOperator: 'GreaterThanThreshold' });
});

test.each([
  { alarm: 'load-balancer-5xx', MetricName: 'LoadBalancer5xx' },
  { alarm: 'application-5xx', MetricName: 'Application5xx' },
])('$alarm fires from the configured number in five minutes on', ({ alarm, MetricName }) => {
  const ComparisonOperator = 'GreaterThanOrEqualToThreshold';
  hasAlarm(alarm, { MetricName, Threshold: 5, Period: 300, EvaluationPeriods: 1, ComparisonOperator });
});

test('database-storage-low fires below the configured size', () => {
  // A database without storage stops.
  const Threshold = Size.gibibytes(4).toBytes();
  hasAlarm('database-storage-low', { MetricName: 'FreeStorage', Threshold, ComparisonOperator: 'LessThanThreshold' });
});

test('import-failed fires at the first job that fails', () => {
  // Nothing else shows it: AWS Batch has no metric of failed jobs.
  const withImport = build({ userImport: { jobDefinitionArn: 'arn:aws:batch:::job-definition/import' } }).template;
  const ComparisonOperator = 'GreaterThanOrEqualToThreshold';
  hasAlarm('import-failed', { MetricName: 'Invocations', Threshold: 1, Period: 300, ComparisonOperator }, withImport);
});

test.each(['database-cpu-high', 'database-connections-high'])('%s waits for 15 minutes', (alarm) => {
  // A report, or a deploy that starts tasks beside the old ones, is normal.
  hasAlarm(alarm, { Period: 300, EvaluationPeriods: 3 });
});

test('unhealthy-targets waits for three minutes', () => {
  // A task that is replaced is unhealthy for a moment. A single one that stays so is enough.
  const ComparisonOperator = 'GreaterThanOrEqualToThreshold';
  hasAlarm('unhealthy-targets', { Threshold: 1, Period: 60, EvaluationPeriods: 3, ComparisonOperator });
});

test('no-healthy-target waits for three minutes', () => {
  // A fixed count of one has a moment without a healthy task where the task is replaced.
  const ComparisonOperator = 'LessThanThreshold';
  hasAlarm('no-healthy-target', { Threshold: 1, Period: 60, EvaluationPeriods: 3, ComparisonOperator });
});

describe('missing data', () => {
  test('of targets is an outage once there is an image, and none before', () => {
    // Tasks that crash deregister: there is no target, and no data. Before the first image no task runs.
    const TreatMissingData = { 'Fn::If': ['HasAppImage', 'breaching', 'notBreaching'] };
    hasAlarm('no-healthy-target', { TreatMissingData });
  });

  test('of targets is no outage where the tasks are stopped at night', () => {
    hasAlarm('no-healthy-target', { TreatMissingData: 'notBreaching' }, build({ officeHours: true }).template);
  });

  test('of anything else is no fault', () => {
    // At night there is no request.
    const others = { AlarmName: Match.not('prooflink-test-no-healthy-target'), TreatMissingData: 'notBreaching' };
    const all = Object.keys(template.findResources(ALARM));
    template.resourcePropertiesCountIs(ALARM, others, all.length - 1);
  });
});

test('connection-errors waits for three minutes', () => {
  // A task that is replaced refuses connections for a moment.
  const ComparisonOperator = 'GreaterThanOrEqualToThreshold';
  const MetricName = 'ConnectionErrors';
  hasAlarm('connection-errors', { MetricName, Threshold: 5, Period: 60, EvaluationPeriods: 3, ComparisonOperator });
});

test('a release is rolled back by errors and unhealthy targets', () => {
  // Not by the load balancer's own 5xx, which a further application behind it has, too.
  const rolledBackBy = stack.resolve(alarms.ofRelease.map(({ alarmName }) => alarmName)) as { Ref: string }[];
  const all = template.findResources(ALARM);
  expect(rolledBackBy.map(({ Ref }) => (all[Ref]?.['Properties'] as { AlarmName: string }).AlarmName)).toEqual([
    'prooflink-test-unhealthy-targets',
    'prooflink-test-connection-errors',
    'prooflink-test-application-5xx',
  ]);
});

test('the dashboard shows every alarm', () => {
  const dashboard = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
  const missing = Object.keys(template.findResources(ALARM)).filter((id) => !dashboard.includes(`"${id}"`));
  expect(missing).toEqual([]);
});

test('findings are mailed where a registry is scanned, and else nothing of them is there', () => {
  // An event rule that never fires would promise a mail.
  template.resourceCountIs('AWS::Events::Rule', 0);
  const registry = Repository.fromRepositoryName(newStack(), 'Registry', 'test-app');
  build({ scannedRegistries: [registry] }).template.resourceCountIs('AWS::Events::Rule', 1);
});
