import { whyOff } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { describeDatabase } from '@infra/operate/deployed/database';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/** Question on the daily backup and on the transaction log, from which RDS restores the database to a moment. */
export const BACKUP: Question = {
  id: 'backup',
  statement: words.statements.backup,
  confirms: ['restore-to-earlier-moment'],
  firstAskedBy: 'doctor',
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
  const {
    DBInstanceIdentifier: database = '',
    InstanceCreateTime: creation = environment.now,
    LatestRestorableTime: latestRestorable,
  } = await describeDatabase(environment);
  const now = environment.now.getTime();
  if (!latestRestorable) {
    const isNew = creation.getTime() > now - BACKUP_INTERVAL_MS;
    const says = words.backup.isMissing({ database });
    return isNew ? personMustLook({ says }) : wrongAnswer({ says });
  }
  const time = formatInTokyo(latestRestorable);
  const isOld = latestRestorable.getTime() < now - MAXIMUM_LOG_AGE_MS;
  if (isOld) return wrongAnswer({ says: words.backup.isOld({ database, time }) });
  return wellAnswer(words.backup.isRestorable({ database, time }));
}
