import { errorText } from '../deployed/aws-errors';
import { askPatiently } from '../deployed/wait';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { words } from './words';
import { ExitCode } from './exit-code';
import { showProgress } from './masked-output';
import { readStackPatiently } from './read-stack-patiently';
import type { MigrationResult } from './migration-runner';
import type { ReleaseOptions } from './options';
import { readServingVersion } from './serving';
import { explainStoppedTasks, logSection } from './stopped-tasks';
import type { Summary } from './summary';

/** Facts about a release that failed. */
interface FailureProps {
  /** The migration that the release ran; `undefined` if it ran none. */
  readonly migration?: MigrationResult;
  /** Begin of the deployment that failed; `undefined` if something else did. */
  readonly deploymentStart?: Date;
}

/** The release has failed. The message ends a sentence such as `v2 does not serve: …`. */
export class ReleaseFailedError extends Error {
  constructor(
    message: string,
    readonly props: FailureProps = {},
  ) {
    super(message);
  }
}

/** Summary of a failed release: the last lines of what ended, then the reason, and the version that serves instead. */
export async function summarizeFailure(
  environmentName: EnvironmentName,
  { appTag }: ReleaseOptions,
  { message, props: { migration, deploymentStart } }: ReleaseFailedError,
): Promise<Summary> {
  const failure = appTag
    ? words.doesNotServe({ imageTag: appTag, reason: message })
    : words.notDeployed({ reason: message });
  const sentences = migration && !migration.failure ? [failure, words.migratedAndStays] : [failure];
  try {
    const stack = await readStackPatiently(environmentName);
    const serving = await askPatiently(() => readServingVersion(stack), showProgress);
    const stoppedTasks = deploymentStart ? await explainStoppedTasks(stack, deploymentStart) : [];
    const advice = migration?.failure ? ['', words.whatToDo] : [];
    return {
      exitCode: ExitCode.doesNotServe,
      sentences: [...logOfFailed(migration), ...stoppedTasks, ...sentences, serving.sentence, ...advice],
      servingTags: serving.tags,
      migration,
    };
  } catch (error) {
    const unknown = words.servingUnknown({ reason: errorText(error) });
    return { exitCode: ExitCode.outcomeUnknown, sentences: [...sentences, unknown], migration };
  }
}

/** The last log lines of a failed migration; none if no migration failed. */
function logOfFailed(migration: MigrationResult | undefined): string[] {
  return migration?.failure ? logSection(migration.lastLines) : [];
}
