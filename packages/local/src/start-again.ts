import { words } from './words';

/**
 * Text on starting an application again that does not serve. A release is refused while a migration runs, so that the
 * commands that stop the migration come first.
 *
 * @param commands - Commands that start the application again; none if the last start has released it.
 * @param migrationTaskArns - Migration tasks that run.
 */
export function startAgainText(
  commands: readonly string[],
  cluster: string,
  migrationTaskArns: readonly string[],
): string {
  const parts: string[] = [];
  if (migrationTaskArns.length > 0) {
    const stopCommands = migrationTaskArns.map((taskArn) => stopCommand(cluster, taskArn));
    parts.push(words.farewell.migrationRuns({ stopCommands }));
  }
  if (commands.length > 0) parts.push(words.farewell.startAgain({ commands }));
  return parts.join('\n');
}

function stopCommand(cluster: string, taskArn: string): string {
  return `aws ecs stop-task --cluster ${cluster} --task ${taskArn} --query task.desiredStatus --output text`;
}
