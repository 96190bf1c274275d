import type { Task } from '@aws-sdk/client-ecs';
import { MIGRATION_LOG_PREFIX, Parameter } from '../../../../../lib/contract';
import type { Environment } from '../../../../deployed/environment';
import {
  describeMigration,
  isOverdue,
  migrationFailure,
  readLastMigrationTask,
  stopCommand,
} from '../../../../deployed/migration-tasks';
import { imageTagOf } from '../../../../deployed/web-state';
import { en } from '../../../en';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../../answer';
import type { Question } from '../../question';

/** Question on the migration of the database, which a release runs before it deploys a version. */
export const MIGRATION: Question = {
  id: 'migration',
  statement: 'The version was migrated',
  firstAskedBy: 'status',
  applies: ({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined,
  ask: checkMigration,
};

/**
 * Compares the tags of the last migration with the tag that serves. The stack records only the migrations of releases that
 * were deployed: if the serving version was deployed without a release, or deployed again after a newer one, its migration
 * is not known, which is no fault. A rollback of the stack puts its record back, too: then ECS is asked for the task.
 */
async function checkMigration(environment: Environment): Promise<Answer> {
  const { parameters, webImageTag: servingTag } = environment;
  const startedTag = parameters[Parameter.migrationImageTag] ?? '';
  const migratedTag = parameters[Parameter.migratedImageTag] ?? '';
  const lastMigration =
    migratedTag === '' ? 'no release has migrated yet' : `the last release that migrated was ${migratedTag}`;
  if (startedTag !== migratedTag) {
    const serving = servingTag === '' ? 'no version serves' : `${servingTag} serves`;
    return await checkStartedMigration(environment, startedTag, `${lastMigration}, and ${serving}`);
  }
  if (servingTag === '' || servingTag === migratedTag) return NOTHING_WRONG;
  return personMustLook({ says: `It is not known whether ${servingTag} was migrated: ${lastMigration}.` });
}

const FAILED_MIGRATION = '“A migration that failed” in docs/runbook.md';

/**
 * Asks ECS for the migration of a tag whose release has deployed nothing yet.
 *
 * @param otherwise - Part of a sentence on the versions that were migrated, and that serve.
 */
async function checkStartedMigration(environment: Environment, startedTag: string, otherwise: string): Promise<Answer> {
  const task = await readLastMigrationTask(environment);
  if (!task || imageTagOf(task) !== startedTag) {
    return personMustLook({
      says: `ECS lists no migration of ${startedTag}: it never began, or ended more than an hour ago; ${otherwise}.`,
      fix: logCommand(environment),
    });
  }
  if (task.lastStatus !== 'STOPPED') return answerOnRunningMigration(environment, task, otherwise);
  const failure = migrationFailure(task);
  if (failure !== undefined) {
    return wrongAnswer({ says: `The migration of ${startedTag} ${failure}: ${otherwise}.`, fix: FAILED_MIGRATION });
  }
  return personMustLook({
    says: `The migration of ${startedTag} ended with exit code 0, and stays, but ${startedTag} was not deployed: ${otherwise}.`,
    fix: environment.prooflinkCommand('release', `--app ${startedTag}`),
  });
}

/** A running migration is a fault once its time is over: its own time limit should have stopped it. */
function answerOnRunningMigration(environment: Environment, task: Task, otherwise: string): Answer {
  const migration = capitalized(describeMigration(task));
  const command = stopCommand(environment, task);
  const { timeout } = environment.config.webService.migration ?? {};
  if (timeout && isOverdue(task, timeout.toSeconds())) {
    const minutes = timeout.toMinutes();
    return wrongAnswer({ says: en.health.migrationIsOverdue({ migration, minutes, otherwise }), fix: command });
  }
  return personMustLook({ says: `${migration}: ${otherwise}.`, fix: `its end; this ends it at once: ${command}` });
}

/** Command that shows the log of the last migrations. */
function logCommand({ awsCommand, names }: Environment): string {
  return awsCommand('logs tail', `${names.logGroups.app} --log-stream-name-prefix ${MIGRATION_LOG_PREFIX}/ --since 1d`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
