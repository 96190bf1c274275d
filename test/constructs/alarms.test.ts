import { Template } from 'aws-cdk-lib/assertions';
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

const userImport = { jobDefinitionArn: 'arn:aws:batch:::job-definition/import' };
const { stack, alarms, template } = build();
const withImport = build({ userImport }).template;

/** Properties of the alarms that the tests read. */
interface AlarmProperties {
  readonly AlarmName: string;
  readonly MetricName: string;
  readonly ComparisonOperator: keyof typeof COMPARISONS;
  readonly Threshold: number;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: unknown;
}

const COMPARISONS = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
};

function alarmsIn(built: Template): AlarmProperties[] {
  return Object.values(built.findResources(ALARM)).map((found) => found['Properties'] as AlarmProperties);
}

/** The alarm's name, and its condition in words. */
function condition(alarm: AlarmProperties): string {
  const comparison = COMPARISONS[alarm.ComparisonOperator];
  const fires = `${alarm.AlarmName}: ${alarm.MetricName} ${comparison} ${alarm.Threshold}`;
  return `${fires}, ${alarm.EvaluationPeriods} x ${alarm.Period / 60} min`;
}

/** Treatment of missing data by the alarm on healthy targets. */
function missingTargets(built: Template): unknown {
  return alarmsIn(built).find(({ AlarmName }) => AlarmName === 'prooflink-test-no-healthy-target')?.TreatMissingData;
}

test('each alarm mails when it fires, and when it is over', () => {
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  template.allResourcesProperties(ALARM, { AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
});

test('an alarm fires by the configured value, once it is no moment that is normal', () => {
  expect(alarmsIn(withImport).map(condition)).toEqual([
    'prooflink-test-ecs-cpu-high: WebCpu > 75, 1 x 5 min',
    // A leak ends in exit code 137, and a slow database shows in no other metric.
    'prooflink-test-ecs-memory-high: WebMemory > 90, 3 x 5 min',
    'prooflink-test-response-slow: ResponseTime > 1.5, 3 x 5 min',
    // A task that is replaced is unhealthy for a moment, and refuses connections.
    'prooflink-test-no-healthy-target: HealthyTargets < 1, 3 x 1 min',
    'prooflink-test-unhealthy-targets: UnhealthyTargets >= 1, 3 x 1 min',
    'prooflink-test-load-balancer-5xx: LoadBalancer5xx >= 5, 1 x 5 min',
    'prooflink-test-connection-errors: ConnectionErrors >= 5, 3 x 1 min',
    'prooflink-test-application-5xx: Application5xx >= 5, 1 x 5 min',
    // A report, or a deploy that starts tasks beside the old ones, is normal.
    'prooflink-test-database-cpu-high: DatabaseCpu > 65, 3 x 5 min',
    'prooflink-test-database-storage-low: FreeStorage < 4294967296, 1 x 5 min',
    'prooflink-test-database-connections-high: Connections > 70, 3 x 5 min',
    // AWS Batch has no metric of failed jobs.
    'prooflink-test-import-failed: Invocations >= 1, 1 x 5 min',
  ]);
});

test('alarms.email gets the mails, which say of which environment they are', () => {
  template.hasResourceProperties('AWS::SNS::Topic', { DisplayName: 'prooflink-test alarms' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'night-watch@example.com' });
});

test('alarms, dashboard and mails are in Japanese if the config says so', () => {
  // A person who is woken at night reads one of the three.
  const japanese = build({ language: 'ja', userImport }).template;
  const meaning = 'インポートのジョブが失敗しました';
  japanese.hasResourceProperties(ALARM, { AlarmName: 'prooflink-test-import-failed', AlarmDescription: meaning });
  const dashboard = JSON.stringify(japanese.findResources('AWS::CloudWatch::Dashboard'));
  expect(dashboard).toContain(meaning);
  expect(dashboard).not.toMatch(/Database|tasks:/);
  const rule = JSON.stringify(japanese.findResources('AWS::Events::Rule'));
  expect(rule).toContain(`{\\"message\\":\\"${meaning}\\"`);
});

describe('missing data', () => {
  test('of targets is an outage once there is an image, and none before', () => {
    // Tasks that crash deregister: there is no target, and no data. Before the first image no task runs.
    expect(missingTargets(template)).toEqual({ 'Fn::If': ['HasAppImage', 'breaching', 'notBreaching'] });
  });

  test('of targets is no outage where the tasks are stopped at night', () => {
    expect(missingTargets(build({ officeHours: true }).template)).toBe('notBreaching');
  });

  test('of anything else is no fault', () => {
    // At night there is no request.
    const others = alarmsIn(template).filter(({ AlarmName }) => AlarmName !== 'prooflink-test-no-healthy-target');
    expect(new Set(others.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(['notBreaching']));
  });
});

test('a release is rolled back by errors and unhealthy targets', () => {
  // Not by the load balancer's own 5xx, which a further application behind it has, too.
  const rolledBackBy = stack.resolve(alarms.ofRelease.map(({ alarmName }) => alarmName)) as { Ref: string }[];
  expect(rolledBackBy.map(({ Ref }) => Ref.slice(0, -8))).toEqual([
    'Alarmsunhealthytargets',
    'Alarmsconnectionerrors',
    'Alarmsapplication5xx',
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
