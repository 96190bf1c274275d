import { ECSClient, paginateListTasks, StopTaskCommand, waitUntilTasksStopped } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';

/** Time that a task has to end after SIGTERM and SIGKILL. */
const END_TIMEOUT_SECONDS = 60;

/** Stops the migration tasks that run or are about to start, and waits for their end. */
export async function stopMigrationTasks({ cluster, migrationFamily }: ResourceNames): Promise<void> {
  const client = awsClient(ECSClient, {});
  const tasks = await readAll(paginateListTasks({ client }, { cluster, family: migrationFamily }), 'taskArns');
  if (tasks.length === 0) return;
  for (const task of tasks) {
    await client.send(new StopTaskCommand({ cluster, task, reason: 'Stopped in the session of deploy:local' }));
  }
  await waitUntilTasksStopped(
    { client, maxWaitTime: END_TIMEOUT_SECONDS, minDelay: 1, maxDelay: 1 },
    { cluster, tasks },
  );
}
