import { ECSClient, paginateListTasks, StopTaskCommand, waitUntilTasksStopped } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { readAll } from '@infra/operate/deployed/pages';

/** Time that a task has to end after SIGTERM and SIGKILL. */
const END_TIMEOUT_SECONDS = 60;

/** ARNs of the migration tasks that run, or are about to start. */
export async function readMigrationTaskArns({ cluster, migrationFamily }: ResourceNames): Promise<string[]> {
  const client = awsClient(ECSClient, {});
  return await readAll(paginateListTasks({ client }, { cluster, family: migrationFamily }), 'taskArns');
}

/** Stops the migration tasks, and waits for their end. */
export async function stopMigrationTasks(names: ResourceNames): Promise<void> {
  const { cluster } = names;
  const tasks = await readMigrationTaskArns(names);
  if (tasks.length === 0) return;
  const client = awsClient(ECSClient, {});
  for (const task of tasks) {
    await client.send(new StopTaskCommand({ cluster, task, reason: 'Stopped in the session of deploy:local' }));
  }
  await waitUntilTasksStopped(
    { client, maxWaitTime: END_TIMEOUT_SECONDS, minDelay: 1, maxDelay: 1 },
    { cluster, tasks },
  );
}
