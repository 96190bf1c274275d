import { ago, answers, standing } from './aws-answers';

const STACK = { StackId: 'arn:stack', StackName: 'ProoflinkProd' };
const event = (ResourceType: string, ResourceStatus: string, PhysicalResourceId: string) => ({
  ...{ ResourceType, ResourceStatus, PhysicalResourceId, Timestamp: ago(1) },
});
/** Newest first; a deployment before the last one made a task definition. */
const events = (...last: object[]) => ({
  DescribeStackEvents: {
    StackEvents: [
      ...last,
      event('AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', STACK.StackId),
      event('AWS::ECS::TaskDefinition', 'UPDATE_COMPLETE', 'task:1'),
    ],
  },
});
const is = (StackStatus: string) =>
  standing({ description: { ...STACK, StackStatus }, parameters: { AppImageTag: 'v9' } });
const ended = event('AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', STACK.StackId);

answers('deployment', [
  ['succeeded', events(ended), 'well', /^ProoflinkProd is UPDATE_COMPLETE, 2026-11-26 11:00/, is('UPDATE_COMPLETE')],
  ['is underway', events(), 'look', /underway \(UPDATE_IN_PROGRESS\)/, is('UPDATE_IN_PROGRESS')],
  [
    'failed of something else',
    events(),
    'wrong',
    /^The last deployment failed: ProoflinkProd is UPDATE_ROLLBACK_FAILED, [^.]*\. what/,
    is('UPDATE_ROLLBACK_FAILED'),
  ],
]);

const never = standing({ parameters: { AppImageTag: '', MigrationImageTag: 'v1', MigratedImageTag: '' } });
answers('migration', [
  ['of the first version failed', {}, 'look', /of v1 runs or has failed: no release .* no version serves/, never],
]);
