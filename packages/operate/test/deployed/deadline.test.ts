import { ECS } from '@aws-sdk/client-ecs';
import { awsClient } from '../../src/deployed/aws-client';
import { deadlineFromNow } from '../../src/deployed/deadline';
import { answerCommands } from '../support/answer-commands';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

// With seconds of its own for each, a chain of late requests took twice the time of the command.
test('late requests share the ten seconds of a command: one that comes after them is not sent, and says so', async () => {
  jest.useFakeTimers({ now: 0 });
  const asked = answerCommands({ ListClusters: { clusterArns: [] } });
  const deadline = deadlineFromNow();
  const ecs = awsClient(ECS, { region: 'ap-northeast-1', deadline });
  jest.setSystemTime(9_900);
  expect(deadline.remainingMs()).toBe(100);
  await ecs.listClusters({});
  jest.setSystemTime(10_001);
  await expect(ecs.listClusters({})).rejects.toMatchObject({
    name: 'TimeoutError',
    message: 'ECS was not asked: the time of this command is over',
  });
  expect(asked['ListClusters']).toHaveLength(1);
});
