import { Backup } from '@aws-sdk/client-backup';
import { Part } from '@infra/commands/app';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { readAll } from '@infra/operate/deployed/pages';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { isConfiguredOrDeployed, type Question } from '../question';
import { words } from './words';

/** Question on the restore tests of AWS Backup: when the last one ended, and the minutes that it took. */
export const RESTORE_TEST: Question = {
  id: 'restore-test',
  statement: words.statements.restoreTest,
  confirms: ['restore-test'],
  firstAskedBy: 'status',
  applies: isConfiguredOrDeployed(Part.restoreTestPlan, ({ database }) => database.backups.restoreTest !== undefined),
  ask: checkRestoreTest,
};

/** Two tests in a row that did not end well. */
const MAXIMUM_AGE_DAYS = 60;

const MINUTE_MS = 60_000;

async function checkRestoreTest(environment: Environment): Promise<Answer> {
  const backup = environment.client(Backup);
  const { RestoreTestingPlan: plan } = await backup.getRestoreTestingPlan({
    RestoreTestingPlanName: physicalIdOf(environment, Part.restoreTestPlan),
  });
  const oldest = new Date(environment.now.getTime() - MAXIMUM_AGE_DAYS * 24 * 60 * MINUTE_MS);
  const pages = backup.paginateListRestoreJobs({
    ByRestoreTestingPlanArn: plan?.RestoreTestingPlanArn,
    ByStatus: 'COMPLETED',
    ByCompleteAfter: oldest,
  });
  const tests = await readAll(pages, 'RestoreJobs');
  const end = Math.max(...tests.map(({ CompletionDate }) => Number(CompletionDate)));
  const last = tests.find(({ CompletionDate }) => Number(CompletionDate) === end);
  if (last) {
    const minutes = Math.ceil((end - Number(last.CreationDate)) / MINUTE_MS);
    return wellAnswer(words.restoreTest.ended({ time: formatInTokyo(end), minutes }));
  }
  const says = words.restoreTest.none({ days: MAXIMUM_AGE_DAYS });
  const isNew = Number(plan?.CreationTime) > oldest.getTime();
  return isNew ? personMustLook({ says }) : wrongAnswer({ says, fix: words.restoreTest.look });
}
