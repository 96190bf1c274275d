import { words } from './words';

/**
 * Text on starting an application again that does not serve. A release is refused while a migration runs, so that the
 * commands that stop the migration come first.
 *
 * @param command - Command that starts the application again.
 * @param migrationTaskArns - Migration tasks that run.
 */
export function startAgainText(command: string, cluster: string, migrationTaskArns: readonly string[]): string {
  const startText = words.farewell.startAgain({ command });
  if (migrationTaskArns.length === 0) return startText;
  const stopCommands = migrationTaskArns.map((taskArn) => stopCommand(cluster, taskArn));
  return `${words.farewell.migrationRuns({ stopCommands })}\n${startText}`;
}

function stopCommand(cluster: string, taskArn: string): string {
  return `aws ecs stop-task --cluster ${cluster} --task ${taskArn} --query task.desiredStatus --output text`;
}
