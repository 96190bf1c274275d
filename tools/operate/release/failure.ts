import { errorText } from '../../deployed/aws-errors';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { ExitCode } from './exit-code';
import type { MigrationResult } from './migration-runner';
import type { ReleaseOptions } from './options';
import { readServingVersion } from './serving';
import type { Summary } from './summary';

/** The release has failed. The message ends a sentence such as `v2 does not serve: …`. */
export class ReleaseFailedError extends Error {
  /**
   * @param migration - The migration that failed; `undefined` if something else did.
   */
  constructor(
    message: string,
    readonly migration?: MigrationResult,
  ) {
    super(message);
  }
}

/** Summary of a failed release: the reason, and the version that serves instead. */
export async function summarizeFailure(
  environmentName: EnvironmentName,
  { appTag }: ReleaseOptions,
  { message, migration }: ReleaseFailedError,
): Promise<Summary> {
  const failure = appTag ? `${appTag} does not serve: ${message}` : `It is not deployed: ${message}`;
  try {
    const stack = await readStackIfDeployed(environmentName);
    const serving = await readServingVersion(stack);
    return {
      exitCode: ExitCode.doesNotServe,
      sentences: [failure, serving.sentence, ...explainMigration(migration)],
      servingTags: serving.tags,
      migration,
    };
  } catch (error) {
    const unknown = `What serves instead could not be asked: ${errorText(error)}`;
    return { exitCode: ExitCode.outcomeUnknown, sentences: [failure, unknown], migration };
  }
}

/** The last log lines of a failed migration, and the page that says what to do; nothing if no migration failed. */
function explainMigration(migration: MigrationResult | undefined): string[] {
  if (!migration) return [];
  const indentedLines = migration.lastLines.map((line) => `    ${line}`);
  const log = indentedLines.length > 0 ? ['Its last lines:', '', ...indentedLines] : [];
  return [...log, '', 'What to do: docs/runbook.md, "A migration that failed".'];
}
