import { ECR } from '@aws-sdk/client-ecr';
import type { Task } from '@aws-sdk/client-ecs';
import { MIGRATION_LOG_PREFIX, Parameter, Part, resourceNames } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { physicalIdOf, webImageTag } from '@infra/operate/deployed/deployed-stack';
import { readAll } from '@infra/operate/deployed/pages';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import {
  describeMigration,
  isOverdue,
  migrationFailure,
  readLastMigrationTask,
  stopCommand,
} from '@infra/operate/deployed/migration-tasks';
import { imageTagOf } from '@infra/operate/deployed/web-state';
import { type Answer, NOTHING_WRONG, personMustLook, wellAnswer, wrongAnswer } from '../../answer';
import type { Question } from '../../question';
import { words } from './words';

/** Question on the migration of the database, which a release runs before it deploys a version. */
export const MIGRATION: Question = {
  id: 'migration',
  statement: words.migration.statement,
  firstAskedBy: 'status',
  applies: ({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined,
  ask: checkMigration,
};

/**
 * Compares the tags of the last migration with the tag that serves. The stack records only the migrations of releases that
 * were deployed: if the serving version was deployed without a release, its migration is not known, which is no fault. A
 * rollback of the stack puts its record back, too: then ECS is asked for the task.
 */
async function checkMigration(environment: Environment): Promise<Answer> {
  const { parameters } = environment;
  const servingTag = webImageTag(environment);
  const startedTag = parameters[Parameter.migrationImageTag] ?? '';
  const migratedTag = parameters[Parameter.migratedImageTag] ?? '';
  if (startedTag !== migratedTag) {
    return await checkStartedMigration(environment, startedTag);
  }
  if (servingTag === '' || servingTag === migratedTag) return NOTHING_WRONG;
  if (await wasPushedBefore(environment, servingTag, migratedTag)) {
    return wellAnswer(words.migration.isOlder({ servingTag, migratedTag }));
  }
  return personMustLook({ says: words.migration.notKnown({ servingTag, migratedTag }) });
}

/** True if a version is older than another one, whose migration the database has: it is a way back. */
async function wasPushedBefore(environment: Environment, olderTag: string, newerTag: string): Promise<boolean> {
  const repositoryName = physicalIdOf(environment, Part.appRepository);
  const pages = environment.client(ECR).paginateDescribeImages({ repositoryName });
  const images = await readAll(pages, 'imageDetails');
  const pushTime = (tag: string) => images.find(({ imageTags = [] }) => imageTags.includes(tag))?.imagePushedAt;
  return (pushTime(olderTag)?.getTime() ?? NaN) < (pushTime(newerTag)?.getTime() ?? NaN);
}

/** Asks ECS for a migration whose release has deployed nothing yet. */
async function checkStartedMigration(environment: Environment, startedTag: string): Promise<Answer> {
  const task = await readLastMigrationTask(environment);
  if (!task || imageTagOf(task) !== startedTag) {
    return personMustLook({ says: words.migration.notListed({ startedTag }), fix: logCommand(environment) });
  }
  if (task.lastStatus !== 'STOPPED') return answerOnRunningMigration(environment, task);
  const failure = migrationFailure(task);
  if (failure !== undefined) {
    return wrongAnswer({
      says: words.migration.failed({ startedTag, failure }),
      fix: words.migration.failureChapter,
    });
  }
  return personMustLook({
    says: words.migration.notDeployed({ startedTag }),
    fix: wasUpdatedAfter(task, environment)
      ? words.migration.repairedVersion({ startedTag })
      : prooflinkCommand(environment.environmentName, 'release', `--app ${startedTag}`),
  });
}

/** True if a deployment has begun since a migration: its own, which was rolled back, or that of another version. */
function wasUpdatedAfter({ stoppedAt }: Task, { details: { LastUpdatedTime } }: Environment): boolean {
  return stoppedAt !== undefined && LastUpdatedTime !== undefined && LastUpdatedTime > stoppedAt;
}

/** A running migration is a fault once its time is over: its own time limit should have stopped it. */
function answerOnRunningMigration(environment: Environment, task: Task): Answer {
  const migration = describeMigration(task);
  const command = stopCommand(environment, task);
  const { timeout } = environment.config.webService.migration ?? {};
  if (timeout && isOverdue(task, timeout.toSeconds())) {
    const minutes = timeout.toMinutes();
    return wrongAnswer({ says: words.migration.isOverdue({ migration, minutes }), fix: command });
  }
  return personMustLook({
    says: words.migration.runs({ migration }),
    fix: words.migration.wait({ stopCommand: command }),
  });
}

/** Command that shows the log of the last migrations. */
function logCommand(environment: Environment): string {
  const { logGroups } = resourceNames(environment.environmentName);
  return awsCommand(
    environment.region,
    'logs tail',
    `${logGroups.app} --log-stream-name-prefix ${MIGRATION_LOG_PREFIX}/ --since 1d`,
  );
}
