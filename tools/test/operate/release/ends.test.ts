import { runRelease } from '../../../operate/release/release';
import { clockOfTimers } from './migrating';
import { answerCommands } from '../../support/answer-commands';
import { stackAnswers } from '../../support/parts';

jest.mock('../../../operate/release/cdk', () => ({
  ...jest.requireActual<object>('../../../operate/release/cdk'),
  deployStack: () => {
    hasDeployed = true;
    return Promise.resolve(false);
  },
}));
jest.mock('../../../operate/release/stack-template', () => ({
  ...jest.requireActual<object>('../../../operate/release/stack-template'),
  readStackTemplate: () => ({ Resources: {} }),
}));
afterEach(() => jest.restoreAllMocks());

/** True once the CDK CLI has deployed. */
let hasDeployed = false;

const PARTS = stackAnswers({ webService: 'a/b/c', targetGroup: 'targets' });

/** End of a release whose deployment fails and leaves the stack in a status, while ECS answers or does not. */
async function endWith(statusAfterwards: string, webService: unknown = { services: [{}] }) {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  hasDeployed = false;
  answerCommands({
    DescribeStacks: () => ({
      Stacks: [{ StackName: 'ProoflinkDev', StackStatus: hasDeployed ? statusAfterwards : 'UPDATE_COMPLETE' }],
    }),
    ...PARTS,
    DescribeServices: webService,
    ListTasks: {},
    DescribeTargetHealth: {},
  });
  const { exitCode, stdout } = await runRelease('dev', { assemblyFolder: 'cdk.out' });
  return { exitCode, stdout };
}

describe('a deployment that failed leaves the stack', () => {
  it.each([{ status: 'UPDATE_IN_PROGRESS' }, { status: 'UPDATE_ROLLBACK_IN_PROGRESS' }])(
    '$status: CloudFormation goes on, so exit code 3',
    async ({ status }) => {
      const { exitCode, stdout } = await endWith(status);
      expect(exitCode).toBe(3);
      expect(stdout).toContain(`The CDK CLI has ended, and ProoflinkDev is ${status}.`);
    },
  );

  it.each([{ status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' }, { status: 'UPDATE_ROLLBACK_COMPLETE' }])(
    '$status: the version of before serves, so exit code 1',
    async ({ status }) => {
      const { exitCode, stdout } = await endWith(status);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('It is not deployed: the deployment failed');
    },
  );
});

test('after a deployment that failed, ECS may not answer for minutes: what serves is not known, so exit code 3', async () => {
  clockOfTimers(100);
  const { exitCode, stdout } = await endWith('UPDATE_ROLLBACK_COMPLETE', new Error('Throttled'));
  expect(exitCode).toBe(3);
  expect(stdout).toContain('What serves instead could not be asked: ');
});
