import { whyOff } from '../../../../lib/config/safeguard';
import type { Environment } from '../../../deployed/environment';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, personMustLook, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** Question on the daily backup and on the transaction log, from which RDS restores the database to a moment. */
export const BACKUP: Question = {
  id: 'backup',
  statement: 'A backup of RDS can be restored to an earlier moment',
  confirms: ['restore-to-earlier-moment'],
  firstAskedBy: 'first-contact',
  applies: ({ config }) => hasBackups(config.database.backups),
  ask: checkBackup,
};

/** True unless lib/config switches the backups off. */
function hasBackups({ retention }: Environment['config']['database']['backups']): boolean {
  return whyOff(retention) === undefined;
}

const HOUR_MS = 3_600_000;
/** RDS makes a backup every day. */
const BACKUP_INTERVAL_MS = 24 * HOUR_MS;
/** RDS saves the transaction log every five minutes, so that an hour without it is a fault. */
const MAXIMUM_LOG_AGE_MS = HOUR_MS;

async function checkBackup(environment: Environment): Promise<Answer> {
  const { InstanceCreateTime: creation = environment.now, LatestRestorableTime: latestRestorable } =
    await environment.describeDatabase();
  const now = environment.now.getTime();
  if (!latestRestorable) {
    const isNew = creation.getTime() > now - BACKUP_INTERVAL_MS;
    return isNew
      ? personMustLook({ says: 'There is no backup yet: the database is not a day old.' })
      : wrongAnswer({ says: 'There is no backup yet, of a database older than a day.' });
  }
  const latestText = `to ${formatInTokyo(latestRestorable)} at the latest`;
  if (latestRestorable.getTime() < now - MAXIMUM_LOG_AGE_MS) {
    return wrongAnswer({ says: `It could be restored ${latestText}: its log has not been saved since.` });
  }
  return personMustLook({
    says: `It can be restored ${latestText}. Do it once before it is needed: docs/runbook.md, "Restoring a backup".`,
  });
}
