import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../../../test/support/configs';
import { besideOthers } from '@infra/deployed/test/support/containers';
import { ago, describeAnswers, environmentWith } from './aws-answers';

/** Parameters of a stack whose first release migrates to v1. */
const FIRST_MIGRATION = { AppImageTag: '', MigrationImageTag: 'v1', MigratedImageTag: '' };

const migrating = environmentWith({ parameters: FIRST_MIGRATION });

const migratingWithinTenMinutes = environmentWith({
  parameters: FIRST_MIGRATION,
  config: {
    webService: { ...prod.webService, migration: { command: ['migrate'], timeout: Duration.minutes(10) } },
  },
});

/** ECS on the only migration task, which was started an hour ago, with fields of its application's container. */
function migrationTask(lastStatus: 'RUNNING' | 'STOPPED', container: object = {}, stoppedAt?: Date) {
  const containers = besideOthers({ image: 'registry/prooflink-prod-app:v1', ...container });
  return {
    ListTasks: ({ desiredStatus }: { readonly desiredStatus: string }) => ({
      taskArns: desiredStatus === lastStatus ? ['a'] : [],
    }),
    DescribeTasks: {
      tasks: [{ taskArn: 'a', lastStatus, createdAt: ago(1), startedAt: ago(1), stoppedAt, containers }],
    },
  };
}

const STOP_TASK = 'aws ecs stop-task --region ap-northeast-1 --cluster prooflink-prod-cluster --task a';
const NONE_LISTED =
  'ECS lists no migration of v1: it never began, or ended more than an hour ago; no release has migrated yet, ' +
  'and no version serves.';
const READ_LOG =
  'aws logs tail --region ap-northeast-1 /ecs/prooflink-prod-app --log-stream-name-prefix migration/ --since 1d';

describeAnswers('migration', [
  {
    title: 'a first migration that runs is no fault',
    aws: migrationTask('RUNNING'),
    environment: migrating,
    result: 'look',
    says:
      'The migration of v1 runs since 2026-11-26 11:00 (Tokyo) (task a): no release has migrated yet, ' +
      'and no version serves.',
    fix: `its end; this ends it at once: ${STOP_TASK}`,
  },
  {
    title: 'a first migration that runs beyond its time limit is stopped by a person',
    aws: migrationTask('RUNNING'),
    environment: migratingWithinTenMinutes,
    result: 'wrong',
    says:
      'The migration of v1 runs since 2026-11-26 11:00 (Tokyo) (task a), and may take 10 minutes: its time limit ' +
      'did not stop it. Now no release has migrated yet, and no version serves.',
    fix: STOP_TASK,
  },
  {
    title: 'a first migration that failed leaves nothing that serves',
    aws: migrationTask('STOPPED', { exitCode: 3 }),
    environment: migrating,
    result: 'wrong',
    says: 'The migration of v1 failed with exit code 3: no release has migrated yet, and no version serves.',
    fix: '“A migration that failed” in docs/runbook.md',
  },
  {
    title: 'a migration that succeeded, and whose release was interrupted before the deployment, is released again',
    aws: migrationTask('STOPPED', { exitCode: 0 }),
    environment: migrating,
    result: 'look',
    says:
      'The migration of v1 ended with exit code 0, and stays, but v1 was not deployed: no release has migrated yet, ' +
      'and no version serves.',
    fix: 'npm run prooflink -- release prod --app v1',
  },
  {
    title: 'a version that was deployed after its migration, and failed, is not released again: it would fail again',
    aws: migrationTask('STOPPED', { exitCode: 0 }, ago(0.5)),
    environment: environmentWith({ parameters: FIRST_MIGRATION, description: { LastUpdatedTime: ago(0.4) } }),
    result: 'look',
    says:
      'The migration of v1 ended with exit code 0, and stays, but v1 was not deployed: no release has migrated yet, ' +
      'and no version serves.',
    fix: 'if v1 failed, a repaired version under a new tag; nothing, if the version that serves is the right one',
  },
  {
    title: 'ECS forgets a task after an hour, and the log has what it said',
    aws: { ListTasks: {} },
    environment: migrating,
    result: 'look',
    says: NONE_LISTED,
    fix: READ_LOG,
  },
  {
    title: 'a migration to another version is not the one to v1',
    aws: migrationTask('STOPPED', { exitCode: 0, image: 'registry/prooflink-prod-app:v0' }),
    environment: migrating,
    result: 'look',
    says: NONE_LISTED,
    fix: READ_LOG,
  },
]);
