import { runRelease } from '../../../../tools/operate/release/release';
import { clockOfTimers } from './migrating';
import { answerCommands } from '../../support/answer-commands';
import { stackAnswers } from '../../support/parts';

jest.mock('../../../../tools/operate/release/cdk', () => ({
  ...jest.requireActual<object>('../../../../tools/operate/release/cdk'),
  deployStack: () => {
    hasDeployed = true;
    return Promise.resolve(false);
  },
}));
jest.mock('../../../../tools/operate/release/stack-template', () => ({
  ...jest.requireActual<object>('../../../../tools/operate/release/stack-template'),
  readStackTemplate: () => ({ Resources: {} }),
}));
afterEach(() => jest.restoreAllMocks());

/** True once the CDK CLI has deployed. */
let hasDeployed = false;

const PARTS = stackAnswers({ webService: 'a/b/c', targetGroup: 'targets' });

/** End of a release whose deployment fails, by the state of the stack afterwards, while ECS answers or does not. */
async function ended(StackStatus: string, ecs: unknown = { services: [{}] }) {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  hasDeployed = false;
  answerCommands({
    DescribeStacks: () => ({
      Stacks: [{ StackName: 'ProoflinkDev', StackStatus: hasDeployed ? StackStatus : 'UPDATE_COMPLETE' }],
    }),
    ...PARTS,
    DescribeServices: ecs,
    ListTasks: {},
    DescribeTargetHealth: {},
  });
  const { exitCode, stdout } = await runRelease('dev', { assemblyFolder: 'cdk.out' });
  return { exitCode, stdout };
}

test.each([
  ['UPDATE_IN_PROGRESS', 3, 'The CDK CLI has ended, and ProoflinkDev is UPDATE_IN_PROGRESS.'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 3, 'The CDK CLI has ended, and ProoflinkDev is UPDATE_ROLLBACK_IN_PROGRESS.'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 1, 'It is not deployed: the deployment failed'],
  ['UPDATE_ROLLBACK_COMPLETE', 1, 'It is not deployed: the deployment failed'],
])('a deployment that fails and leaves the stack %s: exit code %i', async (status, exitCode, says) => {
  expect(await ended(status)).toEqual({ exitCode, stdout: expect.stringContaining(says) as string });
});

test('after a deployment that failed, the serving version may not be known for minutes: that is no answer', async () => {
  clockOfTimers(100);
  const { exitCode, stdout } = await ended('UPDATE_ROLLBACK_COMPLETE', new Error('Throttled'));
  expect([exitCode, stdout]).toEqual([3, expect.stringContaining('What serves instead could not be asked: ')]);
});
