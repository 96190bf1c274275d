import { Match, Template } from 'aws-cdk-lib/assertions';
import { Duration, Size } from 'aws-cdk-lib/core';
import { UserImport, type UserImportProps } from '../../lib/constructs/user-import';
import { importSecurityGroup, importVpc, jobContainer, newStack } from '../support/construct';

const COMPUTE_ENVIRONMENT = 'AWS::Batch::ComputeEnvironment';

function build(props: Partial<UserImportProps> = {}) {
  const stack = newStack();
  const vpc = importVpc(stack);
  const userImport = new UserImport(stack, 'UserImport', {
    maxvCpus: 4,
    size: { cpu: 512, memory: Size.gibibytes(1) },
    timeout: Duration.hours(1),
    schedule: undefined,
    databaseVariable: undefined,
    settings: undefined,
    ...jobContainer(stack),
    vpc,
    subnets: vpc.publicSubnets,
    securityGroup: importSecurityGroup(stack),
    ...props,
  });
  return { userImport, template: Template.fromStack(stack) };
}

const { userImport, template } = build();

test('the compute environment has no update policy', () => {
  // AWS refuses it for Fargate on the first update.
  template.hasResourceProperties(COMPUTE_ENVIRONMENT, { UpdatePolicy: Match.absent() });
});

test('the compute environment’s type is written as AWS reads it back', () => {
  // Another spelling is drift that no deploy ends.
  template.hasResourceProperties(COMPUTE_ENVIRONMENT, { Type: 'MANAGED' });
});

test('the web application submits to this queue, without a revision of the job definition', () => {
  // Without one it means the newest, after the next deploy, too.
  expect(userImport.submitEnvironment).toEqual({
    BATCH_JOB_QUEUE: 'prooflink-test-job-queue',
    BATCH_JOB_DEFINITION: 'prooflink-test-user-import',
  });
});

test('a scheduled import is submitted to this queue at its time, with the key to read', () => {
  const schedule = { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' } as const;
  build({ schedule }).template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 10 ? * MON-FRI *)',
    Target: {
      Input: Match.serializedJson({
        JobName: 'user-import',
        JobQueue: 'prooflink-test-job-queue',
        JobDefinition: 'prooflink-test-user-import',
        ContainerOverrides: { Environment: [{ Name: 'IMPORT_FILE_KEY', Value: 'imports/users.csv' }] },
      }),
    },
  });
});
