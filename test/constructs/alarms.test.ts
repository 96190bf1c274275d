import { at, deployed } from '../support/deployed';

const stack = deployed('prod');
const GIB = 1024 ** 3;

test.each([
  ['ecs-cpu-high', 'AWS/ECS', 'CPUUtilization', 'GreaterThanThreshold', 80, 300, 1],
  ['unhealthy-targets', 'AWS/ApplicationELB', 'UnHealthyHostCount', 'GreaterThanOrEqualToThreshold', 1, 60, 3],
  ['load-balancer-5xx', 'AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'GreaterThanOrEqualToThreshold', 10, 300, 1],
  ['application-5xx', 'AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'GreaterThanOrEqualToThreshold', 10, 300, 1],
  ['database-cpu-high', 'AWS/RDS', 'CPUUtilization', 'GreaterThanThreshold', 80, 300, 3],
  ['database-storage-low', 'AWS/RDS', 'FreeStorageSpace', 'LessThanThreshold', 10 * GIB, 300, 1],
  ['database-connections-high', 'AWS/RDS', 'DatabaseConnections', 'GreaterThanThreshold', 300, 300, 3],
  ['import-failed', 'AWS/Events', 'Invocations', 'GreaterThanOrEqualToThreshold', 1, 300, 1],
])('%s tells the operator', (name, Namespace, MetricName, ComparisonOperator, Threshold, Period, EvaluationPeriods) => {
  expect(stack.one('AWS::CloudWatch::Alarm', `prooflink-prod-${name}`).properties).toMatchObject({
    ...{ Namespace, MetricName, ComparisonOperator, Threshold, Period, EvaluationPeriods },
    AlarmActions: ['Alarms/Topic'],
    OKActions: ['Alarms/Topic'],
    // At night there is no request and no job: that is no fault.
    TreatMissingData: 'notBreaching',
  });
});

test('the eight above are all alarms there are', () => {
  expect(stack.all('AWS::CloudWatch::Alarm')).toHaveLength(8);
});

test('the topic takes messages from this account’s alarms: with a policy of its own it loses the default one', () => {
  expect(
    at(stack.one('AWS::SNS::TopicPolicy').properties, 'PolicyDocument.Statement.AlarmsOfThisAccount'),
  ).toMatchObject({
    Effect: 'Allow',
    Action: 'sns:Publish',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  });
});

test('a failed import says which job and why, for this queue only', () => {
  const rule = stack.one('AWS::Events::Rule').properties;
  expect(rule['EventPattern']).toEqual({
    source: ['aws.batch'],
    'detail-type': ['Batch Job State Change'],
    detail: { status: ['FAILED'], jobQueue: ['prooflink-prod-job-queue'] },
  });
  expect(at(rule, 'Targets.0.InputTransformer.InputTemplate')).toContain('<detail-statusReason>');
});

test('the alarm of failed imports counts what that rule has seen, and no other rule of the account', () => {
  const rule = stack.one('AWS::Events::Rule').name;
  expect(stack.one('AWS::CloudWatch::Alarm', 'prooflink-prod-import-failed').properties['Dimensions']).toEqual([
    { Name: 'RuleName', Value: rule },
  ]);
});

test('one sick target in a minute is seen: an average over the targets would hide it', () => {
  const { properties } = stack.one('AWS::CloudWatch::Alarm', 'prooflink-prod-unhealthy-targets');
  expect(properties['Statistic']).toBe('Maximum');
});

test('mails say which environment they are of, and the topic takes nothing that is not encrypted', () => {
  expect(stack.one('AWS::SNS::Topic').properties['DisplayName']).toBe('prooflink-prod alarms');
  const statements = at(stack.one('AWS::SNS::TopicPolicy').properties, 'PolicyDocument.Statement') as object[];
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Action: 'sns:Publish',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
});

test('the dashboard shows what the alarms watch', () => {
  const dashboard = stack.one('AWS::CloudWatch::Dashboard');
  expect(dashboard.name).toBe('prooflink-prod');
  expect(at(dashboard.properties, 'DashboardBody.widgets')).toHaveLength(8);
});

test('dev has no alarm, no topic and no dashboard', () => {
  const types = Object.values(deployed('dev').template.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /CloudWatch|SNS/.test(type))).toEqual([]);
});
