import { errorText } from '../../deployed/aws-errors';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import type { MigrationResult } from './migration';
import type { ReleaseOptions } from './options';
import { readServing } from './serving';
import type { Summary } from './summary';

/** The new version does not serve; the message is the end of a sentence that says so. */
export class ReleaseFailedError extends Error {
  constructor(
    message: string,
    readonly migration?: MigrationResult,
  ) {
    super(message);
  }
}

/** Summary of a failed release: why it failed, and which version serves instead. */
export async function summarizeFailure(
  environmentName: EnvironmentName,
  { app }: ReleaseOptions,
  { message, migration }: ReleaseFailedError,
): Promise<Summary> {
  const failure = app ? `${app} does not serve: ${message}` : `It is not deployed: ${message}`;
  try {
    const stack = await readStackIfDeployed(environmentName);
    const serving = await readServing(stack);
    return {
      exitCode: 1,
      says: [failure, serving.says, ...explainMigration(migration)],
      serves: serving.tags,
      migration,
    };
  } catch (error) {
    const unknown = `What serves instead could not be asked: ${errorText(error)}`;
    return { exitCode: 3, says: [failure, unknown], migration };
  }
}

/** The last lines of a failed migration, and what to do. */
function explainMigration(migration: MigrationResult | undefined): string[] {
  if (!migration) return [];
  const { lines } = migration;
  const log = lines.length > 0 ? ['Its last lines:', '', ...lines.map((line) => `    ${line}`)] : [];
  return [...log, '', 'What to do: docs/runbook.md, "A migration that failed".'];
}
