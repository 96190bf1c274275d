import { resourceNames } from '@infra/commands/app';
import { stopMigrationTasks } from '../src/migration-tasks';
import { restartWebTask } from '../src/web-task';
import { answerCommands } from '@infra/operate/test/support/answer-commands';

const names = resourceNames('dev');

afterEach(() => jest.restoreAllMocks());

test('r stops the tasks of the migration alone, and waits for their end: a release is refused until then', async () => {
  const asked = answerCommands({
    ListTasks: { taskArns: ['arn:migration'] },
    StopTask: {},
    DescribeTasks: { tasks: [{ taskArn: 'arn:migration', lastStatus: 'STOPPED' }], failures: [] },
  });
  await stopMigrationTasks(names);
  expect(asked['ListTasks']).toMatchObject([{ cluster: names.cluster, family: names.migrationFamily }]);
  expect(asked['StopTask']).toMatchObject([{ cluster: names.cluster, task: 'arn:migration' }]);
  expect(asked['DescribeTasks']).toMatchObject([{ cluster: names.cluster, tasks: ['arn:migration'] }]);
});

test('without a migration that runs, nothing is stopped', async () => {
  const asked = answerCommands({ ListTasks: { taskArns: [] } });
  await stopMigrationTasks(names);
  expect(Object.keys(asked)).toEqual(['ListTasks']);
});

test('r replaces the web task by a new one of the same task definition: without force, ECS would do nothing', async () => {
  const asked = answerCommands({ UpdateService: {} });
  await restartWebTask(names);
  expect(asked['UpdateService']).toEqual([
    { cluster: names.cluster, service: names.service, forceNewDeployment: true },
  ]);
});
