import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Part, type PartName } from '../../lib/contract';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { at } from '../support/deployed';
import { synthesizeOther } from '../support/other-environment';
import type { Json } from '../support/template';

// Dev and prod have some values in common, and others only one of them has: the guide's tables (test/guide) do not notice a
// constant in their place. In these two environments each of them is another one.

/** Dev's mode (a fixed number of tasks, office hours), in Virginia, with prod's alarms. */
const fixed = synthesizeOther(
  withFields(dev, {
    region: 'us-east-1',
    'network.availabilityZones': ['us-east-1a', 'us-east-1b'],
    'database.engineVersion': '16',
    'database.sslMode': 'verify-full',
    'fileStorage.importExpiration': Duration.days(45),
    'imageRegistry.scanOnPush': 'on',
    'imageRegistry.untaggedExpiration': Duration.days(21),
    'webService.tasks.desiredCount': 3,
    'webService.healthCheckGracePeriod': Duration.seconds(150),
    'webService.settings': { variables: { SMTP_PORT: '2525' }, secrets: [] },
    'userImport.schedule': { time: '12:10', days: 'every-day', fileKey: 'imports/daily.csv' },
    'officeHours.databaseStartup': Duration.minutes(25),
    alarms: {
      email: 'night-watch@example.com',
      webCpuPercent: 75,
      http5xxCount: 5,
      databaseCpuPercent: 65,
      databaseFreeStorage: Size.gibibytes(4),
      databaseConnections: 70,
    },
    budget: { amount: 90, email: 'night-watch@example.com' },
  }),
);

/** Prod's mode (scaling, a domain), with other bounds and another policy. */
const scaled = synthesizeOther(
  withFields(prod, {
    'loadBalancer.deregistrationDelay': Duration.seconds(45),
    'loadBalancer.domain.sslPolicy': SslPolicy.TLS13_13,
    'webService.tasks.minCapacity': 3,
    'webService.tasks.maxCapacity': 7,
    'webService.tasks.targetCpuPercent': 55,
    'webService.tasks.targetRequestsPerMinute': 900,
  }),
);

/** A value of the config, and its place in a part of the stack. */
interface Place {
  readonly field: string;
  readonly part: PartName;
  readonly path: string;
  readonly value: Json;
}

const PLACES_OF_FIXED: readonly Place[] = [
  { field: 'region', part: 's3Endpoint', path: 'ServiceName', value: 'com.amazonaws.us-east-1.s3' },
  { field: 'database.engineVersion', part: 'database', path: 'EngineVersion', value: '16' },
  {
    field: 'fileStorage.importExpiration',
    part: 'bucket',
    path: 'LifecycleConfiguration.Rules.delete-old-imports.ExpirationInDays',
    value: 45,
  },
  {
    field: 'imageRegistry.untaggedExpiration',
    part: 'appRepository',
    path: 'LifecyclePolicy.LifecyclePolicyText.rules.2.selection.countNumber',
    value: 21,
  },
  { field: 'webService.tasks.desiredCount', part: 'webService', path: 'DesiredCount', value: 3 },
  {
    field: 'webService.tasks.desiredCount, in the morning',
    part: 'startTasks',
    path: 'Target.Input.DesiredCount',
    value: 3,
  },
  {
    field: 'webService.healthCheckGracePeriod',
    part: 'webService',
    path: 'HealthCheckGracePeriodSeconds',
    value: 150,
  },
  {
    field: 'webService.settings.variables',
    part: 'webTaskDefinition',
    path: 'ContainerDefinitions.0.Environment.SMTP_PORT.Value',
    value: '2525',
  },
  {
    field: 'userImport.schedule.time and .days',
    part: 'importSchedule',
    path: 'ScheduleExpression',
    value: 'cron(10 12 * * ? *)',
  },
  {
    field: 'userImport.schedule.fileKey',
    part: 'importSchedule',
    path: 'Target.Input.ContainerOverrides.Environment.IMPORT_FILE_KEY.Value',
    value: 'imports/daily.csv',
  },
  {
    field: 'officeHours.databaseStartup',
    part: 'startTasks',
    path: 'ScheduleExpression',
    value: 'cron(25 9 * * ? *)',
  },
  { field: 'budget.amount', part: 'budget', path: 'Budget.BudgetLimit.Amount', value: 90 },
  {
    field: 'budget.email',
    part: 'budget',
    path: 'NotificationsWithSubscribers.0.Subscribers.0.Address',
    value: 'night-watch@example.com',
  },
];

test.each(PLACES_OF_FIXED)('$field is the value of $part, not a constant', ({ part, path, value }) => {
  expect(fixed.deployed.partAt(Part[part], path)).toBe(value);
});

const PLACES_OF_SCALED: readonly Place[] = [
  {
    field: 'loadBalancer.domain.sslPolicy',
    part: 'httpsListener',
    path: 'SslPolicy',
    value: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
  },
  { field: 'webService.tasks.minCapacity', part: 'scalableTarget', path: 'MinCapacity', value: 3 },
  { field: 'webService.tasks.maxCapacity', part: 'scalableTarget', path: 'MaxCapacity', value: 7 },
  {
    field: 'webService.tasks.targetCpuPercent',
    part: 'cpuScalingPolicy',
    path: 'TargetTrackingScalingPolicyConfiguration.TargetValue',
    value: 55,
  },
];

test.each(PLACES_OF_SCALED)('$field is the value of $part, not a constant', ({ part, path, value }) => {
  expect(scaled.deployed.partAt(Part[part], path)).toBe(value);
});

test.each([
  { field: 'alarms.webCpuPercent', alarm: 'ecs-cpu-high', threshold: 75 },
  { field: 'alarms.http5xxCount', alarm: 'load-balancer-5xx', threshold: 5 },
  { field: 'alarms.http5xxCount', alarm: 'load-balancer-5xx-while-healthy', threshold: 5 },
  { field: 'alarms.http5xxCount', alarm: 'application-5xx', threshold: 5 },
  { field: 'alarms.databaseCpuPercent', alarm: 'database-cpu-high', threshold: 65 },
  { field: 'alarms.databaseFreeStorage', alarm: 'database-storage-low', threshold: Size.gibibytes(4).toBytes() },
  { field: 'alarms.databaseConnections', alarm: 'database-connections-high', threshold: 70 },
])(
  '$field is the threshold of $alarm: with a constant it would fire too late, or at nothing',
  ({ alarm, threshold }) => {
    expect(fixed.deployed.at('AWS::CloudWatch::Alarm', 'Threshold', `prooflink-other-${alarm}`)).toBe(threshold);
  },
);

test('alarms.email gets the alarms’ mails', () => {
  const endpoints = fixed.deployed.all('AWS::SNS::Subscription').map(({ properties }) => properties['Endpoint']);
  expect(endpoints).toEqual(['night-watch@example.com']);
});

test('loadBalancer.deregistrationDelay is the time for requests of a task that stops', () => {
  const attributes = scaled.deployed.partAt(Part.targetGroup, 'TargetGroupAttributes');
  expect(attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '45' });
});

test('database.sslMode is part of DATABASE_URL', () => {
  expect(fixed.deployed.partAt(Part.connectionUrlSecret, 'SecretString')).toMatch(/\?sslmode=verify-full$/);
});

test('webService.tasks.targetRequestsPerMinute is the value of a scaling policy', () => {
  const policies = scaled.deployed.all('AWS::ApplicationAutoScaling::ScalingPolicy');
  const path = 'TargetTrackingScalingPolicyConfiguration.TargetValue';
  expect(policies.map(({ properties }) => at(properties, path)).sort()).toEqual([55, 900]);
});

test('a stack in another region never names Tokyo: its commands and containers would ask a region without its resources', () => {
  const { template } = fixed;
  expect(JSON.stringify(template.Resources)).not.toContain('ap-northeast-1');
  expect(JSON.stringify(template.Outputs)).not.toContain('ap-northeast-1');
  expect(fixed.deployed.output('AppLogs')).toMatch(/ --region us-east-1$/);
});
