import type { DeployedStack } from '@infra/deployed/deployed-stack';
import { explainStoppedTasks } from '../../src/release/stopped-tasks';
import { answerCommands } from '@infra/deployed/test/support/answer-commands';
import { besideOthers } from '@infra/deployed/test/support/containers';
import { stackWith } from '@infra/deployed/test/support/parts';

afterEach(() => jest.restoreAllMocks());

const stack = {
  environmentName: 'dev',
  region: 'ap-northeast-1',
  details: { StackName: 'ProoflinkDev' },
  ...stackWith({ webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service' }),
  client: (Client: new (config: object) => unknown) => new Client({ region: 'ap-northeast-1' }),
} as unknown as DeployedStack;

/** A reason of the local AWS, which has the exit code in it. */
const REASON = 'Essential container in task exited (exit code 1)';
const start = new Date();

test('each fact of a stopped task is printed once, and the lines of its log are set off', async () => {
  const containers = besideOthers({ image: 'registry/prooflink-dev-app:v2', exitCode: 1, reason: REASON });
  answerCommands({
    ListTasks: { taskArns: ['task'] },
    DescribeTasks: {
      tasks: [{ taskArn: 'task/1', createdAt: start, stoppedAt: start, stoppedReason: REASON, containers }],
    },
    GetLogEvents: { events: [{ message: 'Cannot find module' }], nextForwardToken: 'end' },
  });
  expect(await explainStoppedTasks(stack, start)).toEqual([
    'Tasks that ended, newest first:',
    `  1 (v2): ${REASON}`,
    'The last lines of 1:',
    '',
    '    Cannot find module',
    '',
  ]);
});
