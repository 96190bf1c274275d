import { ago, answers, standing } from './aws-answers';

const STACK = { StackId: 'arn:stack', StackName: 'ProoflinkProd' };
const event = (ResourceType: string, ResourceStatus: string, PhysicalResourceId: string) => ({
  ...{ ResourceType, ResourceStatus, PhysicalResourceId, Timestamp: ago(1) },
});
/** Newest first; a page for each deployment. */
const events = (...last: object[]) => ({
  DescribeStackEvents: {
    StackEvents: [
      ...last,
      event('AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', STACK.StackId),
      event('AWS::ECS::TaskDefinition', 'UPDATE_COMPLETE', 'task:1'),
    ],
  },
  DescribeTaskDefinition: ({ taskDefinition }: { taskDefinition: string }) => ({
    taskDefinition: { containerDefinitions: [{ image: `registry/app:v${taskDefinition.split(':')[1] ?? ''}` }] },
  }),
});
const is = (StackStatus: string) => standing({ description: { ...STACK, StackStatus } });
const brought = event('AWS::ECS::TaskDefinition', 'UPDATE_COMPLETE', 'task:9');
const ended = event('AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', STACK.StackId);

answers('deployment', [
  ['succeeded', events(ended), 'well', /^ProoflinkProd is UPDATE_COMPLETE, 2026-11-26 11:00/, is('UPDATE_COMPLETE')],
  ['is underway', events(), 'look', /underway \(UPDATE_IN_PROGRESS\)/, is('UPDATE_IN_PROGRESS')],
  [
    'failed, and the stack went back: which version it was to bring, and which the stack has',
    events(brought),
    'wrong',
    /is UPDATE_ROLLBACK_COMPLETE.* It was to bring v9; the stack is back at v1\. .*diagnose ProoflinkProd$/,
    is('UPDATE_ROLLBACK_COMPLETE'),
  ],
  [
    'failed of something else',
    events(),
    'wrong',
    /^The last deployment failed: ProoflinkProd is UPDATE_ROLLBACK_FAILED, [^.]*\. what/,
    is('UPDATE_ROLLBACK_FAILED'),
  ],
]);

const tags = (AppImageTag: string, MigrationImageTag: string, MigratedImageTag: string) =>
  standing({ parameters: { AppImageTag, MigrationImageTag, MigratedImageTag } });
answers('migration', [
  ['ended well', {}, 'well', /^$/, tags('v2', 'v2', 'v2')],
  [
    'failed',
    {},
    'look',
    /migration of v3 runs or has failed: .* migrated was v2, and v2 serves/,
    tags('v2', 'v3', 'v2'),
  ],
  [
    'of the first version failed',
    {},
    'look',
    /of v1 runs or has failed: no release .* no version serves/,
    tags('', 'v1', ''),
  ],
  ['was left out', {}, 'look', /not known whether v1 was migrated: .* was v2\./, tags('v1', 'v2', 'v2')],
]);
