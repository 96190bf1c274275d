import { resourceNames } from '@infra/commands/app';
import { restartWebTask } from '../src/web-task';
import { answerCommands } from '@infra/operate/test/support/answer-commands';

const names = resourceNames('dev');

afterEach(() => jest.restoreAllMocks());

test('r replaces the web task by a new one of the same task definition: without force, ECS would do nothing', async () => {
  const asked = answerCommands({ UpdateService: {} });
  await restartWebTask(names);
  expect(asked['UpdateService']).toEqual([
    { cluster: names.cluster, service: names.service, forceNewDeployment: true },
  ]);
});
