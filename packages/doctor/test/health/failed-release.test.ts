import { prod } from '@infra/testing/configs';
import { besideOthers } from '@infra/operate/test/support/containers';
import { ago, describeAnswers, environmentWith } from './aws-answers';

const IMAGE = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-prod-app:v2';
const STACK_ID = 'arn:stack';

/** The stack after a release of v2 that was rolled back half an hour ago; events are what ECS says of its service. */
const rolledBack = (events: readonly object[] = []) =>
  environmentWith({
    description: { StackId: STACK_ID, StackName: 'ProoflinkProd', StackStatus: 'UPDATE_ROLLBACK_COMPLETE' },
    service: { events },
  });

const WEB_SERVICE = 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service';

const stackEvent = (LogicalResourceId: string, ResourceStatus: string, fields: object = {}) => ({
  StackId: STACK_ID,
  PhysicalResourceId: LogicalResourceId === 'ProoflinkProd' ? STACK_ID : `the ${LogicalResourceId}`,
  LogicalResourceId,
  ResourceType: 'AWS::ECS::Service',
  ResourceStatus,
  Timestamp: ago(0.5),
  ...fields,
});

/** CloudFormation's events of the release, the newest first: the web service failed, and with it another resource. */
const RELEASE_OF_V2 = {
  DescribeStackEvents: {
    StackEvents: [
      stackEvent('ProoflinkProd', 'UPDATE_ROLLBACK_COMPLETE'),
      stackEvent('jobDefinition', 'UPDATE_FAILED', { ResourceStatusReason: 'Resource update cancelled' }),
      stackEvent('webService', 'UPDATE_FAILED', {
        PhysicalResourceId: WEB_SERVICE,
        ResourceStatusReason:
          'Resource handler returned message: "ECS Deployment Circuit Breaker was triggered" (RequestToken: 1)',
      }),
      stackEvent('webTaskDefinition', 'UPDATE_COMPLETE', { Timestamp: ago(0.58) }),
      stackEvent('ProoflinkProd', 'UPDATE_IN_PROGRESS', { Timestamp: ago(0.6) }),
    ],
  },
  DescribeTaskDefinition: { taskDefinition: { containerDefinitions: besideOthers({ image: IMAGE }) } },
  DescribeImages: { imageDetails: [{}] },
};

const FAILED =
  'The last deployment failed: ProoflinkProd is UPDATE_ROLLBACK_COMPLETE, 2026-11-26 11:30 (Tokyo). ' +
  'It was to bring v2; the stack is back at v1.';
const FIRST_FAILED = 'First failed webService (AWS::ECS::Service): ECS Deployment Circuit Breaker was triggered';

// All of these got "cdk diagnose", which printed an older failure's log.
describeAnswers('deployment', [
  {
    title: 'after an hour, in which ECS lists ended tasks, that is said, and CloudFormation’s events are the advice',
    aws: { ...RELEASE_OF_V2, ListTasks: {} },
    environment: rolledBack(),
    result: 'wrong',
    says: `${FAILED}\n${FIRST_FAILED}\nECS lists no ended task of v2, as it does for an hour after the end.`,
    fix: /diagnose ProoflinkProd$/,
  },
]);

describeAnswers('migration', [
  {
    title: 'a migration that its time limit did not stop is a fault, and stopped by hand',
    aws: {
      ListTasks: ({ desiredStatus }: { readonly desiredStatus: string }) => ({
        taskArns: desiredStatus === 'RUNNING' ? ['a'] : [],
      }),
      DescribeTasks: {
        tasks: [
          {
            taskArn: 'a',
            lastStatus: 'RUNNING',
            createdAt: ago(1),
            startedAt: ago(1),
            containers: besideOthers({ image: IMAGE }),
          },
        ],
      },
    },
    environment: environmentWith({
      parameters: { MigrationImageTag: 'v2', MigratedImageTag: 'v1' },
      config: {
        webService: {
          ...prod.webService,
          migration: { command: ['migrate'], timeout: prod.webService.healthCheckGracePeriod },
        },
      },
    }),
    result: 'wrong',
    says: /^The migration of v2 runs since 2026-11-26 11:00 \(Tokyo\) .* and may take 2 minutes/,
    fix: /^aws ecs stop-task .* --task a$/,
  },
]);
