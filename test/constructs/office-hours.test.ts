import { Capture, Match, Template } from 'aws-cdk-lib/assertions';
import { Cluster, FargateService } from 'aws-cdk-lib/aws-ecs';
import { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Duration } from 'aws-cdk-lib/core';
import { OfficeHours } from '../../lib/constructs/office-hours';
import { ImageTags } from '../../lib/image-tags';
import { importSecurityGroup, importVpc, names, newStack } from '../support/construct';

const SCHEDULE = 'AWS::Scheduler::Schedule';

const stack = newStack();
const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: importVpc(stack) });
new OfficeHours(stack, 'OfficeHours', {
  names,
  start: '08:50',
  stop: '22:57',
  days: 'weekdays',
  databaseStartup: Duration.minutes(25),
  database: DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Database', {
    instanceIdentifier: 'database',
    instanceEndpointAddress: 'database.example.com',
    port: 5432,
    securityGroups: [importSecurityGroup(stack)],
  }),
  service: FargateService.fromFargateServiceAttributes(stack, 'Service', { cluster, serviceName: 'service' }),
  tasks: { mode: 'fixed', desiredCount: 3 },
  workers: [],
  imageTags: new ImageTags(stack, { migrates: false, importsUsers: false }),
});
const template = Template.fromStack(stack);

/** Input of the target of a schedule: a text, or a function that makes it. */
function inputOf(schedule: string): Capture {
  const input = new Capture();
  template.hasResourceProperties(SCHEDULE, { Name: `prooflink-test-${schedule}`, Target: { Input: input } });
  return input;
}

test.each([
  { schedule: 'stop-web-tasks', expression: 'cron(57 22 ? * MON-FRI *)' },
  { schedule: 'stop-database', expression: 'cron(2 23 ? * MON-FRI *)' },
  { schedule: 'start-database', expression: 'cron(50 8 ? * MON-FRI *)' },
  { schedule: 'start-web-tasks', expression: 'cron(15 9 ? * MON-FRI *)' },
])('$schedule: tasks run only while their database does', ({ schedule, expression }) => {
  // A task without its database is unhealthy, and ECS replaces it again and again.
  template.hasResourceProperties(SCHEDULE, {
    Name: `prooflink-test-${schedule}`,
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    FlexibleTimeWindow: { Mode: 'OFF' },
  });
});

test('each schedule is retried for a quarter of an hour', () => {
  // A later retry would stop the database next morning.
  const RetryPolicy = { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 };
  template.resourcePropertiesCountIs(SCHEDULE, { Target: { RetryPolicy } }, 4);
});

describe('the number of tasks', () => {
  const request = (desiredCount: number) =>
    JSON.stringify({ Cluster: 'cluster', Service: 'service', DesiredCount: desiredCount });

  test('is zero in the evening', () => {
    expect(inputOf('stop-web-tasks').asString()).toBe(request(0));
  });

  test('is the configured one in the morning, and zero while there is no image', () => {
    // Two whole requests: a number that is decided within a text may become text, which ECS refuses.
    expect(inputOf('start-web-tasks').asObject()).toEqual({ 'Fn::If': ['HasAppImage', request(3), request(0)] });
  });
});

test.each([
  { schedule: 'stop-database', document: 'AWS-StopRdsInstance' },
  { schedule: 'start-database', document: 'AWS-StartRdsInstance' },
])('$schedule runs $document on this database, with its role', ({ schedule, document }) => {
  // Without the role, Systems Manager has no right to the database.
  const [automationRole = ''] = Object.keys(
    template.findResources('AWS::IAM::Role', {
      Properties: {
        AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'ssm.amazonaws.com' } })] },
      },
    }),
  );
  const [start, reference, end] = (inputOf(schedule).asObject() as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  expect(reference).toEqual({ 'Fn::GetAtt': [automationRole, 'Arn'] });
  expect(JSON.parse(`${String(start)}role${String(end)}`)).toEqual({
    DocumentName: document,
    Parameters: { InstanceId: ['database'], AutomationAssumeRole: ['role'] },
  });
});
